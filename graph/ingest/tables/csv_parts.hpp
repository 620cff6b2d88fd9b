#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// One of several tables in a text.
struct CsvPart {
  std::uint64_t begin = 0, end = UINT64_MAX;  ///< bytes
  std::uint64_t line = 1;                     ///< that it begins in
};

/// The tables in the beginning of a text: one, or more where a row that may be a header stands behind an empty line,
/// and is not the first header again. O(bytes)
/// @param is_whole  nothing follows the text
std::vector<CsvPart> csv_parts(std::string_view text, bool is_whole);

}  // namespace chokepoint::detail
