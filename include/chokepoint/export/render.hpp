#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/table.hpp"

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// How tables look on a terminal.
struct TextStyle {
  std::size_t width = 0;  ///< terminal columns; 0: as wide as needed
  bool colour = false;
};

/// Aligned columns; East Asian text takes two columns, numbers stand right, text from data is escaped for terminals.
void write_text(const Table& table, const TextStyle& style, std::ostream& out);
/// RFC 4180 with a header of keys, LF line ends, unknown cells empty; with a tab as separator the same quoting keeps
/// tabs and line breaks in cells (Python csv, pandas, R and spreadsheets read it).
/// as a formula get a leading apostrophe (lossy; numbers are untouched)
void write_csv(const Table& table, char separator, bool spreadsheet_safe, std::ostream& out);
/// A GitHub-flavoured table; pipes and markup characters in cells are escaped.
void write_markdown(const Table& table, std::ostream& out);
/// One object a row, keys in column order, unknown cells left out.
void write_jsonl(const Table& table, std::ostream& out);

}  // namespace chokepoint
