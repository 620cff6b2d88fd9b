#pragma once

#include <algorithm>
#include <string_view>

namespace chokepoint::detail {

/// Without blanks, tabs and returns at both ends.
inline std::string_view without_outer_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace chokepoint::detail
