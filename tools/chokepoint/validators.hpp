#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace chokepoint::cli {

/// Takes one of the choices; the refusal lists them and names the nearest.
CLI::Validator one_of(std::vector<std::string> choices);

/// Refuses an empty text: `--db ""` comes from a script whose variable is not set, and must not mean what leaving the
/// option out means.
CLI::Validator not_empty();

}  // namespace chokepoint::cli
