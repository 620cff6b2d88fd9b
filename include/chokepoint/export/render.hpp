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
/// Unknown cells are empty, and a column of which no row knows anything is left out. When the table is wider than
/// `style.width`, columns marked `wrap` are narrowed, the widest first, and their cells take several lines; a table of
/// more columns than fit even so is listed, a line a cell. Nothing is cut.
void write_text(const Table& table, const TextStyle& style, std::ostream& out);
/// Several tables as one: a first column `table` with the title of each, then the columns of all, each key once, in the
/// order in which they first stand; what a table has no column for is unknown. O(size of the result)
Table join_tables(std::vector<Table> tables);
/// RFC 4180 with a header of keys and LF line ends; unknown cells are empty, numbers exact. With a tab as separator
/// the same quoting keeps tabs and line breaks in cells (Python's csv, pandas, R and spreadsheets read it).
/// @param spreadsheet_safe  text cells that a spreadsheet would run as a formula get a leading apostrophe (lossy;
///                          numbers, also those in text cells, are untouched)
void write_csv(const Table& table, char separator, bool spreadsheet_safe, std::ostream& out);
/// A workbook of Excel (ECMA-376) with a sheet a table, called by its title, headers as people read them. Numbers,
/// truths and whole days are typed cells, addresses links, headers stay in sight and filter. Memory: the packed file.
/// @return what had to change, a sentence each
std::vector<std::string> write_workbook(const std::vector<Table>& tables, std::ostream& out);
/// A GitHub-flavoured table; markup in cells is escaped, control and format characters are shown as on a terminal.
void write_markdown(const Table& table, std::ostream& out);
/// A paragraph or list item for Markdown: characters with a meaning there get a backslash, control and format
/// characters are shown as on a terminal.
std::string markdown_text(std::string_view raw);
/// The same for a sentence of the program, in which commands stand between backticks: these stay code.
std::string markdown_sentence(std::string_view raw);

/// A piece of a sentence, as it is to be shown.
struct SentencePart {
  std::string_view text;
  bool is_code = false;  ///< stood between backticks, which are not in `text`
};
/// A sentence cut at the commands in it. A single backtick, one beside a blank on its inner side, and two with nothing
/// between them are text.
std::vector<SentencePart> sentence_parts(std::string_view sentence);
/// One object a row, keys in column order, unknown cells left out; text and numbers exact.
void write_jsonl(const Table& table, std::ostream& out);

}  // namespace chokepoint
