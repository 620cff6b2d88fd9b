#pragma once

#include "chokepoint/export/tile_map.hpp"
#include "chokepoint/snapshot/view.hpp"
#include "present/words/names.hpp"

#include <map>
#include <string>

namespace chokepoint::detail {

/// What a place has or loses, and how a reader sees it.
struct PlaceValue {
  double value = 0;  ///< above 0
  std::string text;  ///< `98 %`; short, it stands in the tile
};

/// How a map is to be read.
struct MapLegend {
  std::string title;      ///< of the picture
  std::string colour;     ///< `#0072b2` for what places hold, `#d55e00` for what they lose
  std::string what;       ///< `share of the supply`, in the legend
  std::string none;       ///< what an uncoloured country stands for: `nothing recorded`
  bool is_share = false;  ///< values are fractions of 1
};

/// Places on the map of tiles (data/tiles.json), by id or ISO 3166 code. What is no country of the map (a region, a
/// group of countries) is told in a note with its value.
/// @throws SchemaError for a map of tiles that is none
TileMap country_map(Names& names, const std::map<std::string, PlaceValue>& values, const MapLegend& legend);

}  // namespace chokepoint::detail
