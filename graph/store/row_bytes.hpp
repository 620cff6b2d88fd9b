#pragma once

#include "store/row_feed.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Appends a number in SQLite's form: seven bits a byte, highest first; the ninth byte holds eight.
void append_varint(std::string& out, std::uint64_t value);

/// A row in the form in which SQLite keeps it: the types of its values, then the values.
/// @see https://sqlite.org/fileformat2.html#record_format
class RowBytes {
 public:
  /// @return the bytes of the row; valid until the next call
  std::string_view of(std::span<const Cell> cells);

 private:
  void add(const Cell& cell);

  std::string types_, values_, row_;
};

}  // namespace chokepoint::detail
