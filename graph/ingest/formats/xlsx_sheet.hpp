#pragma once

#include "ingest/formats/xlsx_values.hpp"
#include "ingest/table_spool.hpp"
#include "ingest/xml_reader.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// What the cells of a workbook refer to.
struct WorkbookParts {
  TextStore texts;
  std::vector<CellStyle> styles;  ///< by the number that a cell names
  bool from_1904 = false;
};

/// A block of cells of which only the first has a value.
struct MergedCells {
  CellPlace first, last;
};

/// Takes the XML of a sheet and makes a table of it. Its first row of two cells or more is the header, and what stands
/// above it a title; of a sheet of one column the first row is. Names of groups of columns, in merged cells above it,
/// come in front of theirs. Memory: a row, the header and the merged blocks.
class XlsxSheet : public XmlHandler {
 public:
  static constexpr std::size_t cell_limit = std::size_t{1} << 20U;
  /// @param merged  by their first row
  XlsxSheet(SpooledTable& table, const WorkbookParts& parts, std::multimap<std::uint32_t, MergedCells> merged,
            std::function<void(const std::string& cell, const std::string& message)> refuse)
      : table_(table), parts_(parts), merged_(std::move(merged)), refuse_(std::move(refuse)) {}

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;
  /// After the last element.
  void finish();
  /// What was not taken as it stands, a line each.
  [[nodiscard]] std::vector<std::string> remarks() const;

 private:
  struct Cell {
    std::uint32_t column = 0;
    std::string text;
    FlatType type = FlatType::text;
  };
  struct Row {
    std::uint32_t number = 0;
    std::vector<Cell> cells;
  };
  struct Repeated {
    std::uint32_t last_row = 0;
    Cell cell;
  };
  void begin_cell(const XmlAttributes& attributes);
  void end_cell();
  void take_value(Cell& cell);
  void take_number(Cell& cell);
  void end_of_row();
  void repeat_merged();
  [[nodiscard]] bool has_groups() const;
  void take_header_below(const Row& groups);
  void take_header(const Row& row);
  void take_row(const Row& row);
  std::size_t column_at(std::uint32_t column);
  std::string unused_name(std::string name, std::uint32_t column);

  SpooledTable& table_;
  const WorkbookParts& parts_;
  std::multimap<std::uint32_t, MergedCells> merged_;
  std::function<void(const std::string&, const std::string&)> refuse_;

  // The cell that is open.
  Cell cell_;
  std::string type_, value_;
  CellStyle style_ = CellStyle::number;
  bool in_value_ = false, in_sound_ = false, has_formula_ = false;

  Row row_;
  std::uint32_t next_column_ = 0;
  std::vector<Row> before_header_;
  std::optional<Row> groups_;  ///< names of groups of columns, whose own names stand in the row below
  bool has_header_ = false;
  std::set<std::string, std::less<>> names_;
  std::vector<std::size_t> column_of_;  ///< by place in the sheet: 1 + column of the table
  std::map<std::uint32_t, Repeated> repeated_;

  std::uint32_t errors_ = 0, formulas_ = 0, merged_used_ = 0, odd_dates_ = 0, groups_row_ = 0;
  std::string error_example_;
  std::vector<std::string> titles_, renamed_;
};

}  // namespace chokepoint::detail
