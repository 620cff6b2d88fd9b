#pragma once

#include <string>
#include <string_view>

namespace chokepoint::detail {

// Names from files in commands that a message tells: what a shell understands must not come in with them.

/// Whether a text means itself inside quotes of a shell and of Python: it has no quotes, `$`, `\`, `!`, nor controls.
bool is_plain_in_quotes(std::string_view text);
/// A file's name as a command that is told names it: itself where it means itself without quotes, else `FILE` with its
/// extension.
std::string name_in_commands(std::string_view name);
/// The last part of such a name, without its ending; for names of files that a command writes.
std::string stem_in_commands(std::string_view name);

}  // namespace chokepoint::detail
