#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chokepoint::cli::manual {

/// A page for a screen of `width` columns. Paragraphs and items of lists are wrapped, Chinese between its characters;
/// tables are narrowed; examples stay as they are.
/// @param page  as embedded: a line each for paragraphs, items and rows of tables
std::string laid_out(std::string_view page, std::size_t width);

}  // namespace chokepoint::cli::manual
