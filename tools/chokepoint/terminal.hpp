#pragma once

#include <cstddef>
#include <string_view>

namespace chokepoint::cli {

/// Whether a stream is a terminal: 1 standard output, 2 standard error.
bool is_terminal(int descriptor);

/// Writes to standard error, in one piece if that can be, so that lines of several processes do not mix. A closed one
/// is nobody's concern.
void write_message(std::string_view text);

/// Columns that an answer is wrapped to: what COLUMNS says, else those of the terminal that standard output is; 0 when
/// it is none.
std::size_t terminal_width();

/// Whether to colour standard output. `auto` does on a terminal, unless NO_COLOR is set or TERM is dumb.
/// @param choice  auto, always or never
bool wants_colour(std::string_view choice);

}  // namespace chokepoint::cli
