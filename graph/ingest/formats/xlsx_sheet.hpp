#pragma once

#include "ingest/files/xml_reader.hpp"
#include "ingest/formats/sheet_table.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// What the cells of a workbook refer to.
struct WorkbookParts {
  TextStore texts;
  std::vector<CellStyle> styles;  ///< by the number that a cell names
  bool from_1904 = false;
};

/// What stands behind the rows of a sheet and is about its cells.
struct BehindRows {
  std::multimap<std::uint32_t, MergedCells> merged;                      ///< by their first row
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> links;  ///< by row and column: an address
};

/// Takes the XML of a sheet and makes a table of its rows.
class XlsxSheet : public XmlHandler {
 public:
  static constexpr std::size_t cell_limit = std::size_t{1} << 20U;
  XlsxSheet(SpooledTable& table, const WorkbookParts& parts, BehindRows behind,
            std::function<void(const std::string& cell, const std::string& message)> refuse)
      : rows_(table, std::move(behind.merged)),
        parts_(parts),
        links_(std::move(behind.links)),
        refuse_(std::move(refuse)) {}

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;
  /// After the last element.
  void finish() { rows_.finish(); }
  [[nodiscard]] std::vector<std::unique_ptr<SpooledTable>> take_more() { return rows_.take_more(); }
  /// What was not taken as it stands, a line each.
  [[nodiscard]] std::vector<std::string> remarks() const;

 private:
  void begin_row(const XmlAttributes& attributes);
  void begin_cell(const XmlAttributes& attributes);
  void end_cell();
  void take_value();
  void take_number();
  void take_link();
  [[noreturn]] void refuse_cell(const std::string& message) const;

  SheetTable rows_;
  const WorkbookParts& parts_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> links_;
  std::function<void(const std::string&, const std::string&)> refuse_;

  // The cell that is open.
  SheetCell cell_;
  std::string type_, value_, formula_;
  CellStyle style_ = CellStyle::number;
  bool in_value_ = false, in_sound_ = false, in_formula_ = false, has_formula_ = false;
  std::uint32_t next_column_ = 0;

  std::uint32_t errors_ = 0, formulas_ = 0, odd_dates_ = 0, hidden_rows_ = 0;
  std::string error_example_;
};

}  // namespace chokepoint::detail
