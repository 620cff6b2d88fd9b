#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// The manual's pages as plain text of 80 columns, compiled in; tools/cmake/make_manual.cmake makes them.
namespace chokepoint::cli::manual {

/// A page by its file's name (`depends.txt`); nullopt for others.
std::optional<std::string_view> embedded(std::string_view name);
/// Names of all of them, sorted.
std::vector<std::string_view> embedded_names();

}  // namespace chokepoint::cli::manual
