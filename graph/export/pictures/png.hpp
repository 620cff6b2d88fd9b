#pragma once

#include <iosfwd>
#include <string>

namespace chokepoint::detail {

/// The picture as PNG, two pixels for each of its own, on white.
/// @throws IoError saying how to install librsvg's `rsvg-convert` when it is not there, or what it said when it failed
void write_png_of(const std::string& svg, std::ostream& out);

}  // namespace chokepoint::detail
