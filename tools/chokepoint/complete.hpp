#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace chokepoint::cli {

/// Shells a completion script can be made for.
const std::vector<std::string>& completion_shells();

/// A completion script for the shell, made from the command line itself: commands, options, their choices, files.
/// @pre `shell` is one of completion_shells()
std::string completion_script(const CLI::App& app, std::string_view shell);

}  // namespace chokepoint::cli
