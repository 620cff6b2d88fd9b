#pragma once

#include "chokepoint/export/chart.hpp"
#include "chokepoint/export/cut_matrix.hpp"
#include "chokepoint/export/event_line.hpp"
#include "chokepoint/export/fault_tree.hpp"
#include "chokepoint/export/share_flow.hpp"
#include "chokepoint/export/state_comparison.hpp"
#include "chokepoint/export/tile_map.hpp"

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chokepoint {

/// A picture before anybody chose a format: what it shows, in plain values.
using DrawnPicture = std::variant<FaultTreePicture, CutMatrix, Chart, EventLine, StateComparison, ShareFlow, TileMap>;

/// What stands around it.
const PictureFrame& frame_of(const DrawnPicture& picture);

/// A picture that an answer can be shown as, made when it is asked for.
struct OfferedPicture {
  std::string_view kind;  ///< one of `picture_kinds`
  std::function<DrawnPicture()> make;
};

/// Names of all kinds, as `--picture` takes them; `graph` is the answer's part of the graph and no DrawnPicture.
std::span<const std::string_view> picture_kinds();

/// SVG. Equal pictures give equal bytes; nothing of it depends on installed fonts.
/// @return how many characters XML could not hold
std::uint64_t write_svg(const DrawnPicture& picture, std::ostream& out);

/// PNG at two pixels a CSS pixel, made of the SVG by the program `rsvg-convert`, which is looked for on PATH and
/// started without a shell.
/// @throws IoError saying how to install librsvg when it is not there, or what it said when it failed
std::uint64_t write_png(const DrawnPicture& picture, std::ostream& out);

/// One HTML page that works offline and prints on a sheet of A4: the picture as SVG, without scripts.
std::uint64_t write_picture_page(const DrawnPicture& picture, std::string_view language, std::ostream& out);

}  // namespace chokepoint
