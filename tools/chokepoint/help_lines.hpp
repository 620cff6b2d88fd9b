#pragma once

#include <cstddef>
#include <string>

namespace chokepoint::cli {

/// A help text in lines of at most `width` columns: descriptions stay in their column, values of an option break
/// between two of them. @param width  0: as it is
std::string wrapped_help(const std::string& text, std::size_t width);

}  // namespace chokepoint::cli
