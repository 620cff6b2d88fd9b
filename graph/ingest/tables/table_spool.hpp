#pragma once

#include "ingest/tables/flat_table.hpp"

#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A table that a reader fills row by row and whose columns become known on the way. Rows are kept packed, beyond
/// `memory_bytes` in a temporary file without a name. Memory: the columns and one row.
class SpooledTable : public FlatTable {
 public:
  static constexpr std::size_t memory_bytes = std::size_t{4} << 20U;
  static constexpr std::size_t column_limit = std::size_t{1} << 16U;

  /// @param name  empty for the only table of a file
  /// @param kind  what the rows are, where the format says so
  explicit SpooledTable(std::string name, std::optional<FlatKind> kind = std::nullopt);

  /// The number of the column of that name; it is made where it is new. A column stays numbers or truth values only as
  /// long as every value is one: a value of another type makes it text.
  /// @param role  what the format says it holds; of a new column only
  /// @throws UsageError beyond `column_limit`
  std::size_t column(std::string_view name, FlatType type = FlatType::text, std::optional<Target> role = std::nullopt,
                     std::string_view key = {});
  /// A column whose first value, set by `set_typed`, says its type. @see column
  std::size_t untyped_column(std::string_view name);
  void set_typed(std::size_t column, std::string_view value, FlatType type);
  /// Begins a row. @param line  where it stands in the file. @param number  0: counted from 2, as behind a header
  void begin_row(std::uint64_t line, std::uint64_t number = 0);
  /// Sets a value of the row; a second one of the same column is joined to the first by `list_mark`.
  void set(std::size_t column, std::string_view value);
  /// Ends the row; one without any value is left out.
  void end_row();
  [[nodiscard]] std::uint64_t row_count() const { return row_count_; }

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::optional<FlatKind> kind() const override { return kind_; }
  [[nodiscard]] std::uint64_t begins_at() const override { return begins_at_; }
  [[nodiscard]] std::string_view things() const override { return things_; }
  /// @see things. @param word  lives as long as the program
  void set_things(std::string_view word) { things_ = word; }
  /// Says that it stands below another table of its sheet.
  void set_begin(std::uint64_t row) { begins_at_ = row; }
  [[nodiscard]] const std::vector<RawColumn>& columns() const override { return columns_; }
  [[nodiscard]] std::unique_ptr<FlatRows> rows(std::function<void(std::uint64_t)> on_bytes) const override;

 private:
  friend class SpooledRows;
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void write_out();

  std::string name_;
  std::optional<FlatKind> kind_;
  std::vector<RawColumn> columns_;
  std::map<std::string, std::size_t, std::less<>> column_at_;
  std::vector<std::pair<std::size_t, std::string>> row_;  ///< values of the row that is being filled, in use up to size
  std::size_t row_size_ = 0;
  std::vector<bool> is_untyped_;        ///< by column: it has had no value yet
  std::vector<std::size_t> at_in_row_;  ///< by column: 1 + where its value stands in row_, 0 for none
  std::uint64_t begins_at_ = 0;
  std::string_view things_;
  std::uint64_t line_ = 0, number_ = 0, next_number_ = 2, row_count_ = 0;
  std::string buffer_;  ///< packed rows that are not in the file yet
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t file_bytes_ = 0;
};

/// The tables that a reader makes of one file, and what it must tell of it.
struct TableSet {
  std::vector<std::unique_ptr<FlatTable>> tables;
  std::vector<std::string> remarks;  ///< what was not read and why, a line each, without the file's name

  SpooledTable& add(std::string name, std::optional<FlatKind> kind = std::nullopt) {
    auto made = std::make_unique<SpooledTable>(std::move(name), kind);
    SpooledTable& table = *made;
    tables.push_back(std::move(made));
    return table;
  }
};

}  // namespace chokepoint::detail
