#pragma once

#include <string>
#include <string_view>

namespace chokepoint::detail {

/// A value of a list without the bullet in front of it: `• Acme`, `- Acme`. O(1)
std::string_view without_bullet(std::string_view value);

/// Whether a cell is a list of lines, two at least, each with a bullet in front. O(length)
bool is_bullet_list(std::string_view cell);

/// The values of a cell that holds several, joined by `list_mark`: what stands between the marks, on lines of its own
/// or between semicolons, without bullets and blanks; a semicolon that ends an entity (`R&amp;D`) parts nothing.
/// O(length)
std::string split_values(std::string_view cell, std::string_view mark);

}  // namespace chokepoint::detail
