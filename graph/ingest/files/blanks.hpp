#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace chokepoint::detail {

/// Without blanks, tabs and returns at both ends.
inline std::string_view without_outer_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Without any white space at both ends, blanks that do not break included.
inline std::string_view without_white_space(std::string_view text) {
  constexpr std::string_view hard_blank = "\xC2\xA0";
  const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  for (std::size_t before = text.size() + 1; before != text.size();) {
    before = text.size();
    if (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    if (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    if (text.starts_with(hard_blank)) text.remove_prefix(hard_blank.size());
    if (text.ends_with(hard_blank)) text.remove_suffix(hard_blank.size());
  }
  return text;
}

}  // namespace chokepoint::detail
