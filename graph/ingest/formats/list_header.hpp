#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The words of a line; a dictionary in braces is one. Where there are tabs, they stand between the words.
std::vector<std::string_view> blank_parts(std::string_view line);
/// So many lines say what a list is.
inline constexpr std::size_t most_list_lines = 50;
/// Takes the next line off the beginning of a file; nothing at its end, and where the last of many may be cut.
/// @param has_some  whether there were others
std::optional<std::string_view> take_list_line(std::string_view& text, bool has_some);
/// Whether it is text.
bool is_list_text(std::string_view line);
/// Whether a line of a list of edges begins as what is said of it does.
bool is_list_comment(std::string_view line);

/// The names of the columns of a list of edges.
struct ListHeader {
  std::vector<std::string> names;
  std::uint64_t line = 0;  ///< where it stands
  bool is_marked = false;  ///< behind # or %
  std::size_t from = 0, to = 1;
  bool names_ends = false;  ///< its words say which columns hold the ends
};

/// The header that the beginning of a list has: the last comment above the first edge, where it has as many words as
/// that and they name ends or stand between tabs; or the first line, where it names ends and is as long as the second.
std::optional<ListHeader> list_header(std::string_view text);
/// Whether the first lines below a header have as many words as it, and no marks of other layouts.
bool fits_header(const ListHeader& header, std::string_view text);

}  // namespace chokepoint::detail
