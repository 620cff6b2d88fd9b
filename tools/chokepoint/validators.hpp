#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace chokepoint::cli {

/// Takes one of the choices; the refusal lists them and names the nearest.
CLI::Validator one_of(std::vector<std::string> choices);

}  // namespace chokepoint::cli
