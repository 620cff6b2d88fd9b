#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// The manual's pages as plain text, compiled in; tools/cmake/make_manual.cmake makes them, manual_layout.hpp wraps
/// them.
namespace chokepoint::cli::manual {

/// A page by its file's name (`depends.txt`, in Chinese `depends.zh.txt`); nullopt for others.
std::optional<std::string_view> embedded(std::string_view name);
/// Names of all of them, sorted.
std::vector<std::string_view> embedded_names();

}  // namespace chokepoint::cli::manual
