#pragma once

#include "store/sqlite_pages/tree_reader.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The rows of a tree, with what RawStatement has for reading them, so that one piece of code reads both. Columns count
/// from 0, in the order in which the table declares them; those of an index end with what of the table's key it has
/// not. Values of other types than they are asked for are UnreadablePages: SQLite would convert them.
/// @see https://sqlite.org/fileformat2.html#record_format
class PageRowReader {
 public:
  /// @param columns  how many each row has, at most most_columns
  /// @param pages  lives as long as this
  PageRowReader(PageReader& pages, std::uint32_t root, TreeReader::Kind kind, std::size_t columns);

  /// @return whether there is a row. @throws UnreadablePages
  bool step();
  /// 0 for NULL. Column 0 of a table is the number of the row.
  [[nodiscard]] std::int64_t integer(int column) const {
    const Value& value = value_of(column);
    if (value.type == page_format::null_type)
      return kind_ == TreeReader::Kind::rows && column == 0 ? tree_.number() : 0;
    if (value.type == page_format::zero_type || value.type == page_format::one_type)
      return value.type - page_format::zero_type;
    if (value.type >= page_format::real_type) throw UnreadablePages();
    return static_cast<std::int64_t>(eight_bytes(value)) >> (64 - 8 * value.bytes);
  }
  /// nullopt for NULL
  [[nodiscard]] std::optional<double> real(int column) const {
    const Value& value = value_of(column);
    if (value.type == page_format::null_type) return std::nullopt;
    // Whole numbers are kept as integers.
    if (value.type != page_format::real_type) return static_cast<double>(integer(column));
    const auto number = std::bit_cast<double>(eight_bytes(value));
    if (std::isnan(number)) return std::nullopt;  // as SQLite takes it
    return number;
  }
  /// Valid until the next step; empty for NULL.
  [[nodiscard]] std::string_view text(int column) const {
    const Value& value = value_of(column);
    if (value.type == page_format::null_type) return {};
    if (value.type < page_format::first_text_type || value.type % 2 == 0) throw UnreadablePages();
    return {reinterpret_cast<const char*>(body_ + value.at), value.bytes};
  }
  [[nodiscard]] bool is_null(int column) const { return value_of(column).type == page_format::null_type; }
  /// Whether any of the columns, as bits, is not NULL.
  [[nodiscard]] bool has_any(std::uint32_t columns) const { return (filled_ & columns) != 0; }

  static constexpr std::size_t most_columns = 32;

 private:
  struct Value {
    std::uint32_t type;  ///< of page_format
    std::uint32_t bytes;
    std::uint32_t at;  ///< in the body
  };
  [[nodiscard]] const Value& value_of(int column) const { return values_[static_cast<std::size_t>(column)]; }
  /// The bytes of a number, highest first, and what follows them.
  [[nodiscard]] std::uint64_t eight_bytes(const Value& value) const {
    static_assert(TreeReader::slack_bytes >= 8);
    const unsigned char* at = body_ + value.at;
    const auto byte = [at](unsigned i) { return std::uint64_t{at[i]} << (56 - 8 * i); };
    return byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) |
           byte(7);  // one instruction, and a swap
  }
  void read_head(std::span<const unsigned char> head);

  TreeReader tree_;
  TreeReader::Kind kind_;
  std::size_t columns_;
  const unsigned char* body_ = nullptr;  ///< the values of the row
  std::array<Value, most_columns> values_{};
  std::vector<unsigned char> head_;  ///< of the row that values_ was read from: those of many rows are equal
  std::uint64_t body_bytes_ = 0;     ///< of the columns that are read
  std::uint32_t filled_ = 0;         ///< a bit for each column that is not NULL
};

}  // namespace chokepoint::detail
