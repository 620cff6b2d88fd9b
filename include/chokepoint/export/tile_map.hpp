#pragma once

#include "chokepoint/export/picture_frame.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// A country on a map.
struct MapTile {
  std::string id;           ///< of the node; empty where the database has none
  std::string code;         ///< in the tile: `CN`
  int column = 0, row = 0;  ///< from the west, from the north
  int step = 0;             ///< 0: nothing is recorded; 1 to `tile_steps`: the darker, the more
  std::string text{};       ///< below the code: `98 %`
  std::string tooltip{};    ///< `China: 98 %`
};

/// How many shades there are.
inline constexpr int tile_steps = 4;

/// A map on which each country is one tile of the same size: no country is hidden because it is small, and no outline
/// is taken from anybody.
struct TileMap {
  PictureFrame frame;
  std::string colour;  ///< `#rrggbb` of the darkest shade
  std::vector<MapTile> tiles;
};

/// The fill of a step, as a legend shows it. @pre 1 <= step <= tile_steps
std::string tile_fill(const std::string& colour, int step);

/// SVG. Every tile with a value says it in text, so that shade is not the only sign.
/// @return how many characters XML could not hold
std::uint64_t write_tile_map(const TileMap& map, std::ostream& out);

}  // namespace chokepoint
