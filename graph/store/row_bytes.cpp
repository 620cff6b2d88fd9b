#include "store/row_bytes.hpp"

#include <array>
#include <cstring>

namespace chokepoint::detail {

namespace {

void append_big_endian(std::string& out, std::uint64_t value, unsigned bytes) {
  std::array<char, 8> text;  // NOLINT: filled as far as it is read
  for (unsigned i = 0; i < bytes; ++i) text[i] = static_cast<char>(value >> 8 * (bytes - 1 - i));
  out.append(text.data(), bytes);
}

/// Types 1 to 6 are integers of 1, 2, 3, 4, 6 and 8 bytes; 8 and 9 are the numbers 0 and 1.
unsigned type_of(std::int64_t value) {
  if (value == 0 || value == 1) return value == 0 ? 8 : 9;
  constexpr std::array<unsigned, 5> bits = {8, 16, 24, 32, 48};
  for (unsigned i = 0; i < bits.size(); ++i) {
    const std::int64_t end = std::int64_t{1} << (bits[i] - 1);
    if (value >= -end && value < end) return i + 1;
  }
  return 6;
}
constexpr std::array<unsigned, 10> bytes_of_type = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
constexpr unsigned null_type = 0, real_type = 7, text_type = 13;

}  // namespace

void append_varint(std::string& out, std::uint64_t value) {
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
    return;
  }
  std::array<char, 9> bytes;  // NOLINT: filled from the end as far as it is read
  std::size_t at = bytes.size();
  if (value >> 56U != 0) {
    bytes[--at] = static_cast<char>(value);
    for (value >>= 8U; at > 0; value >>= 7U) bytes[--at] = static_cast<char>(value | 0x80U);
  } else {
    bytes[--at] = static_cast<char>(value & 0x7FU);
    for (value >>= 7U; value != 0; value >>= 7U) bytes[--at] = static_cast<char>(value | 0x80U);
  }
  out.append(bytes.data() + at, bytes.size() - at);
}

void RowBytes::add(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    const unsigned type = type_of(*integer);
    types_.push_back(static_cast<char>(type));
    append_big_endian(values_, static_cast<std::uint64_t>(*integer), bytes_of_type[type]);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, real, sizeof bits);
    types_.push_back(static_cast<char>(real_type));
    append_big_endian(values_, bits, sizeof bits);
  } else if (const auto* text = std::get_if<std::string_view>(&cell)) {
    append_varint(types_, text_type + 2 * text->size());
    values_ += *text;
  } else {
    types_.push_back(static_cast<char>(null_type));
  }
}

std::string_view RowBytes::of(std::span<const Cell> cells) {
  types_.clear();
  values_.clear();
  for (const Cell& cell : cells) add(cell);
  // The size of the head counts itself.
  constexpr std::size_t largest_in_one_byte = 126, largest_in_two = 16381;
  const std::size_t size_of_size = types_.size() <= largest_in_one_byte ? 1 : types_.size() <= largest_in_two ? 2 : 3;
  row_.clear();
  append_varint(row_, types_.size() + size_of_size);
  row_ += types_;
  row_ += values_;
  return row_;
}

}  // namespace chokepoint::detail
