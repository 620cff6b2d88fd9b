#pragma once

#include "chokepoint/model/table.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// A sheet on its way into a workbook: rows are asked for twice, first to see which columns hold days.
struct Sheet {
  std::string name;  ///< made fit for Excel: 31 characters, none of `[]:*?/\`, used once
  std::vector<std::string> headers;
  std::size_t rows = 0;
  /// Fills the cells of a row, as many as `headers`.
  std::function<void(std::size_t row, std::vector<Cell>& cells)> cells;
};

/// Text of people's notes that stands before the header, and cells, that had to change.
struct WorkbookRemarks {
  std::uint64_t replaced = 0;       ///< characters that XML cannot hold, now U+FFFD
  std::uint64_t shortened = 0;      ///< texts cut at the 32,767 characters that a cell holds
  std::uint64_t rows_left_out = 0;  ///< beyond the 1,048,575 below a header
};

/// Writes sheets as Office Open XML (ECMA-376). Numbers, truths and whole days are typed cells, days only in columns in
/// which every text is a date; partial dates stay text, and so do whole numbers that a double cannot hold. A text that
/// is an address is a link. The header is frozen and filters. Equal sheets give equal bytes. Memory: the packed file.
///
/// Debian's libxlsxwriter has no static library, which the program is linked with, so that only the ZIP is a library's.
WorkbookRemarks write_workbook(const std::vector<Sheet>& sheets, std::ostream& out);

}  // namespace chokepoint::detail
