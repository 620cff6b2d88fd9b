#include "chokepoint/export/tile_map.hpp"

#include "export/pictures/picture_page.hpp"
#include "export/pictures/text_extent.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

constexpr double pitch = 34, side = 32, code_letters = 10, value_letters = 8.5;

PictureSize size_of(const TileMap& map) {
  int columns = 0, rows = 0;
  for (const MapTile& tile : map.tiles)
    columns = std::max(columns, tile.column + 1), rows = std::max(rows, tile.row + 1);
  return {columns * pitch, rows * pitch};
}

void draw_tile(const TileMap& map, const MapTile& tile, detail::SvgCanvas& canvas, const detail::PictureBox& area) {
  const detail::PictureBox box{area.x + tile.column * pitch, area.y + tile.row * pitch, side, side};
  const bool has_value = tile.step > 0;
  canvas.begin_group(has_value ? "box tile value" : "box tile", tile.tooltip, tile.id);
  canvas.rectangle(box, has_value ? tile_fill(map.colour, tile.step) : "#f4f4f1", {has_value ? map.colour : "#d0d0cc"},
                   3);
  const double middle = box.x + side / 2;
  canvas.text(middle, has_value ? box.y + 14 : box.y + 20, tile.code,
              {.size = code_letters,
               .colour = has_value ? detail::ink : detail::faint_ink,
               .anchor = "middle",
               .bold = has_value});
  if (has_value)
    canvas.lines(middle, box.y + 25, detail::break_lines(tile.text, value_letters, side - 2, 1),
                 {.size = value_letters, .anchor = "middle"}, 10);
  canvas.end_group();
}

}  // namespace

std::string tile_fill(const std::string& colour, int step) { return detail::tint(colour, 0.1 + 0.12 * step); }

std::uint64_t write_tile_map(const TileMap& map, std::ostream& out) {
  return detail::write_page_svg(map.frame, size_of(map), out,
                                [&](detail::SvgCanvas& canvas, const detail::PictureBox& area) {
                                  for (const MapTile& tile : map.tiles) draw_tile(map, tile, canvas, area);
                                });
}

}  // namespace chokepoint
