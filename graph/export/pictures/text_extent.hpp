#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Width of a line of text in pixels as the widest of the usual fonts without serifs (DejaVu Sans) has it, so that what
/// fits by this fits in the others; East Asian characters are as wide as high.
/// @param size  of the font, in pixels
double text_extent(std::string_view text, double size, bool bold = false);

/// The text in lines of at most `width` pixels; breaks at spaces and beside wide characters, and inside of a word that
/// is longer than a line. Never empty. With `most` > 0 so many lines, the last of which then ends in `…`.
std::vector<std::string> break_lines(std::string_view text, double size, double width, std::size_t most = 0,
                                     bool bold = false);

}  // namespace chokepoint::detail
