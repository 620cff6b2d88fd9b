#include "store/sqlite_pages/row_bytes.hpp"

#include <array>

namespace chokepoint::detail {

namespace {

/// @return how many bytes were written
std::size_t put_varint(std::uint64_t value, unsigned char* out) {
  std::array<unsigned char, 9> bytes;  // NOLINT: filled from the end as far as it is read
  std::size_t at = bytes.size();
  if (value >> 56U != 0) {
    bytes[--at] = static_cast<unsigned char>(value);
    for (value >>= 8U; at > 0; value >>= 7U) bytes[--at] = static_cast<unsigned char>(value | 0x80U);
  } else {
    bytes[--at] = static_cast<unsigned char>(value & 0x7FU);
    for (value >>= 7U; value != 0; value >>= 7U) bytes[--at] = static_cast<unsigned char>(value | 0x80U);
  }
  std::memcpy(out, bytes.data() + at, bytes.size() - at);
  return bytes.size() - at;
}

}  // namespace

void append_varint(std::string& out, std::uint64_t value) {
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
    return;
  }
  std::array<unsigned char, 9> bytes;  // NOLINT: filled as far as it is read
  const std::size_t size = put_varint(value, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), size);
}

void RowBytes::put_type(std::uint64_t type) {
  assert(types_at_ + longest_varint <= values_begin);
  if (type < 0x80)
    types_[types_at_++] = static_cast<unsigned char>(type);
  else
    types_at_ += put_varint(type, types_ + types_at_);
}

std::string_view RowBytes::of(std::span<const Cell> cells) {
  begin();
  for (const Cell& cell : cells) {
    if (const auto* number = std::get_if<std::int64_t>(&cell))
      integer(*number);
    else if (const auto* number_with_point = std::get_if<double>(&cell))
      real(*number_with_point);
    else if (const auto* words = std::get_if<std::string_view>(&cell))
      text(*words);
    else
      null();
  }
  return end();
}

std::string_view RowBytes::end() {
  // The size of the head counts itself.
  constexpr std::size_t largest_in_one_byte = 126;
  const std::size_t size_of_size = types_at_ <= largest_in_one_byte ? 1 : 2;
  char* types = values_.data() + values_begin - types_at_;
  std::memcpy(types, types_, types_at_);
  char* head = types - size_of_size;
  put_varint(types_at_ + size_of_size, reinterpret_cast<unsigned char*>(head));
  return {head, static_cast<std::size_t>(values_.data() + values_at_ - head)};
}

}  // namespace chokepoint::detail
