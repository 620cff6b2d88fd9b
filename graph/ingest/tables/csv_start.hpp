#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// What separates the fields of a text's rows: comma, semicolon, tab or bar, whichever its first rows have equally many
/// of outside quotes; the comma where none is.
/// @param is_whole  nothing follows the text
char likely_separator(std::string_view text, bool is_whole);

/// The first rows of a text that are not blank, up to 50 of them; of a field the first 80 bytes, without quotes and the
/// blanks around it.
std::vector<std::vector<std::string>> first_rows(std::string_view text, char separator, bool is_whole);

/// Where the table of a text begins.
struct CsvStart {
  char separator = ',';
  std::size_t offset = 0;           ///< of the header, in bytes
  std::uint64_t rows = 0;           ///< in front of it
  std::uint64_t lines = 0;          ///< that end in front of it
  std::vector<std::string> titles;  ///< texts of those rows
  std::size_t header_rows = 1;      ///< more where groups of columns have names above those of the columns
  bool is_marked = false;           ///< # stands in front of the header
  bool lacks_first = false;  ///< the header does not name the first column, as R writes it: that of the rows' names
};

/// Looks for titles above the header: rows of one field, sentences with a few separators in them, or lines that begin
/// with #, where a row below has as many fields as most and only texts. A text whose first row may be the header begins
/// with it; a line that begins with # is the header where it alone has names that tables call their columns by.
/// @param is_whole  nothing follows the text
CsvStart csv_start(std::string_view text, bool is_whole);

}  // namespace chokepoint::detail
