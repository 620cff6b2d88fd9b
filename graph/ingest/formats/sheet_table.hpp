#pragma once

#include "ingest/formats/xlsx_values.hpp"
#include "ingest/tables/table_spool.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A block of cells of which only the first has a value.
struct MergedCells {
  CellPlace first, last;
};

/// A cell of a sheet as it is shown.
struct SheetCell {
  std::uint32_t column = 0;  ///< from 0
  std::string text;
  FlatType type = FlatType::text;
  std::string address;      ///< that it links to
  bool is_rounded = false;  ///< a whole number of more digits than spreadsheets keep
};

/// Makes a table of the rows of a sheet. Its first row of two cells or more is the header, and what stands above it a
/// title; of a sheet of one column the first row is. Names of groups of columns, in merged cells above it, come in
/// front of theirs. Addresses of links become a column of their own, `NAME link`. Memory: a row, the header and the
/// merged blocks.
class SheetTable {
 public:
  /// @param merged  by their first row
  SheetTable(SpooledTable& table, std::multimap<std::uint32_t, MergedCells> merged)
      : table_(&table), merged_(std::move(merged)) {}

  /// @param number  from 1
  void begin_row(std::uint32_t number);
  void set_row(std::uint32_t number) { row_.number = number; }
  [[nodiscard]] std::uint32_t row() const { return row_.number; }
  /// A cell of the row, in order of columns.
  void add(SheetCell cell);
  /// Of the row that is open or a later one.
  void add_merged(const MergedCells& block) { merged_.emplace(block.first.row, block); }
  void end_row();
  /// After the last row.
  void finish();
  /// Tables that stand below the first one, each behind an empty row and with a header of its own.
  [[nodiscard]] std::vector<std::unique_ptr<SpooledTable>> take_more() { return std::move(more_); }
  /// What was not taken as it stands, a line each.
  [[nodiscard]] std::vector<std::string> remarks() const;

 private:
  struct Row {
    std::uint32_t number = 0;
    std::vector<SheetCell> cells;
  };
  struct Repeated {
    std::uint32_t last_row = 0;
    SheetCell cell;
  };
  void repeat_merged();
  [[nodiscard]] bool begins_table() const;
  void begin_table();
  [[nodiscard]] bool has_groups();
  [[nodiscard]] bool names_columns_of(const Row& groups) const;
  [[nodiscard]] bool names_index() const;
  void name_columns(const Row& row);
  void take_header_below(const Row& groups);
  void take_header(const Row& row);
  void take_row(const Row& row);
  std::size_t column_at(std::uint32_t column);
  std::size_t link_column_at(std::uint32_t column);
  std::string unused_name(std::string name, std::uint32_t column);

  SpooledTable* table_;
  std::vector<std::unique_ptr<SpooledTable>> more_;
  std::multimap<std::uint32_t, MergedCells> merged_;
  Row row_;
  std::vector<Row> before_header_;
  std::optional<Row> groups_;  ///< names of groups of columns, whose own names stand in the row below
  bool has_header_ = false, are_groups_merged_ = false;
  std::set<std::string, std::less<>> names_;
  std::vector<std::size_t> column_of_;  ///< by place in the sheet: 1 + column of the table
  std::map<std::uint32_t, std::size_t> link_column_of_;
  std::map<std::uint32_t, Repeated> repeated_;

  int wide_groups_ = 0;
  std::uint32_t merged_used_ = 0, groups_row_ = 0, header_row_ = 0, last_row_ = 0;
  std::map<std::string, std::uint32_t> links_, rounded_;  ///< how many, by name of the column
  std::vector<std::string> titles_, renamed_;
  std::vector<std::string> bare_names_;  ///< of columns in groups whose name says enough
};

}  // namespace chokepoint::detail
