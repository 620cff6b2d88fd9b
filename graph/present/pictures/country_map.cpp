#include "present/pictures/country_map.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "model/embedded.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chokepoint::detail {

namespace {

int whole_number(const Json& value) {
  int number = -1;
  if (!value.is_number()) throw SchemaError("tiles.json: a place is a column and a row");
  const std::string& token = value.as_number().token;
  std::from_chars(token.data(), token.data() + token.size(), number);
  return number;
}

/// Tiles without values, by code.
std::map<std::string, MapTile> empty_tiles() {
  const Json root = parse_json(embedded("tiles.json").value());
  const Json* tiles = root.is_object() ? root.find("tiles") : nullptr;
  if (tiles == nullptr || !tiles->is_object()) throw SchemaError("tiles.json: \"tiles\" is missing");
  std::map<std::string, MapTile> found;
  for (const auto& [code, place] : tiles->as_object()) {
    if (!place.is_array() || place.as_array().size() != 2)
      throw SchemaError("tiles.json: a place is a column and a row");
    MapTile tile{
        .id = {}, .code = code, .column = whole_number(place.as_array()[0]), .row = whole_number(place.as_array()[1])};
    for (char& c : tile.code) c = static_cast<char>(c - 'a' + 'A');
    found.emplace(code, std::move(tile));
  }
  return found;
}

/// The code of a node: its id where that is one, else what it says of ISO 3166.
std::string code_of(Names& names, const std::string& id, const std::map<std::string, MapTile>& tiles) {
  if (tiles.contains(id)) return id;
  if (const auto node = names.session().reader().node(id))
    for (const auto& [scheme, code] : node->codes)
      if (scheme.starts_with("iso3166") && tiles.contains(fold(code))) return fold(code);
  return {};
}

/// 1 to 4 by the value's part of the largest, so that the steps of all maps mean the same.
int step_of(double value, double largest) {
  return std::clamp(static_cast<int>(std::ceil(tile_steps * value / largest)), 1, tile_steps);
}

void add_legend(const Session& session, const MapLegend& legend, double largest, TileMap& map) {
  for (int step = 1; step <= tile_steps; ++step) {
    const double low = largest * (step - 1) / tile_steps, high = largest * step / tile_steps;
    const auto text = [&](double value) {
      return legend.is_share ? fmt::format("{:.3g} %", value * 100) : number_text(std::floor(value));
    };
    const std::string range = fmt::format("{} – {}", text(low), text(high));
    map.frame.legend.push_back(
        {LegendSign::bar, tile_fill(map.colour, step),
         step == 1 ? fmt::format("{}{}{}", legend.what, session.language() == "zh" ? "：" : ": ", range) : range});
  }
  map.frame.legend.push_back({LegendSign::box, "#d0d0cc", legend.none});
}

}  // namespace

TileMap country_map(Names& names, const std::map<std::string, PlaceValue>& values, const MapLegend& legend) {
  const Session& session = names.session();
  TileMap map{.frame = picture_frame(session, legend.title), .colour = legend.colour, .tiles = {}};
  std::map<std::string, MapTile> tiles = empty_tiles();
  double largest = 0;
  for (const auto& [id, value] : values) largest = std::max(largest, value.value);
  std::string elsewhere;
  for (const auto& [id, value] : values) {
    const std::string sentence =
        fmt::format("{}{}{}", names.label(id), session.language() == "zh" ? "：" : ": ", value.text);
    const auto tile = tiles.find(code_of(names, id, tiles));
    if (tile == tiles.end()) {
      append_part(session, elsewhere, sentence);
      continue;
    }
    tile->second.id = id;
    tile->second.step = step_of(value.value, largest);
    tile->second.text = value.text;
    tile->second.tooltip = sentence;
  }
  for (auto& [code, tile] : tiles) map.tiles.push_back(std::move(tile));
  if (largest > 0) add_legend(session, legend, largest, map);
  if (!elsewhere.empty()) map.frame.notes.push_back(say(session, "not on the map: {}", elsewhere));
  map.frame.notes.push_back(say(session, "each country is one tile, roughly at its place: size says nothing"));
  set_computed_source(session, map.frame);
  return map;
}

}  // namespace chokepoint::detail
