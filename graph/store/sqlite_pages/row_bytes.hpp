#pragma once

#include "store/sqlite_pages/page_format.hpp"
#include "store/sqlite_pages/row_feed.hpp"

#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Appends a number in SQLite's form: seven bits a byte, highest first; the ninth byte holds eight.
void append_varint(std::string& out, std::uint64_t value);

/// A row in the form in which SQLite keeps it: the types of its values, then the values.
/// @see https://sqlite.org/fileformat2.html#record_format
class RowBytes {
 public:
  static constexpr std::size_t most_columns = 50;

  /// @return the bytes of the row; valid until the next call
  std::string_view of(std::span<const Cell> cells);

  // The same value by value, without cells: begin(), each value in the order of the columns, end().
  void begin() {
    types_at_ = 0;
    values_at_ = values_begin;
  }
  void null() { types_[types_at_++] = page_format::null_type; }
  void integer(std::int64_t value) {
    if (value == 0 || value == 1) {  // their types say it all
      types_[types_at_++] = value == 0 ? page_format::zero_type : page_format::one_type;
      return;
    }
    // Integers have 1, 2, 3, 4, 6 or 8 bytes, of types 1 to 6.
    constexpr unsigned char type_of_size[] = {0, 1, 2, 3, 4, 5, 5, 6, 6}, size_of_size[] = {0, 1, 2, 3, 4, 6, 6, 8, 8};
    const auto magnitude = static_cast<std::uint64_t>(value < 0 ? ~value : value);
    const auto needed = static_cast<unsigned>(std::bit_width(magnitude)) / 8 + 1;  // with the sign
    types_[types_at_++] = type_of_size[needed];
    put_high_bytes(static_cast<std::uint64_t>(value) << (64 - 8 * size_of_size[needed]), size_of_size[needed]);
  }
  void real(double value) {
    types_[types_at_++] = page_format::real_type;
    put_high_bytes(std::bit_cast<std::uint64_t>(value), sizeof value);
  }
  void text(std::string_view value) {
    put_type(page_format::first_text_type + 2 * value.size());
    make_room(value.size());
    if (!value.empty()) std::memcpy(values_.data() + values_at_, value.data(), value.size());
    values_at_ += value.size();
  }
  /// NULL for an empty text.
  void text_unless_empty(std::string_view value) {
    if (value.empty())
      null();
    else
      text(value);
  }
  std::string_view end();

 private:
  static constexpr std::size_t longest_varint = 9;
  static constexpr std::size_t values_begin = (most_columns + 1) * longest_varint;  ///< the head is put before them

  void put_type(std::uint64_t type);
  void make_room(std::size_t bytes) {
    if (values_at_ + bytes + sizeof(std::uint64_t) > values_.size())
      values_.resize(2 * (values_at_ + bytes) + values_begin);
  }
  /// The first `size` of the eight bytes, highest first.
  void put_high_bytes(std::uint64_t bytes, std::size_t size) {
    if constexpr (std::endian::native == std::endian::little) bytes = __builtin_bswap64(bytes);
    make_room(sizeof bytes);
    std::memcpy(values_.data() + values_at_, &bytes, sizeof bytes);
    values_at_ += size;
  }

  unsigned char types_[values_begin];
  std::size_t types_at_ = 0;
  std::vector<char> values_ = std::vector<char>(1024);
  std::size_t values_at_ = values_begin;
};

}  // namespace chokepoint::detail
