#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint {

/// How an entry of a legend is drawn.
enum class LegendSign : std::uint8_t {
  box,        ///< a bordered box, as nodes are drawn
  dashed,     ///< the same with a dashed border
  bar,        ///< a filled bar
  hatched,    ///< the striped part of a bar
  line,       ///< a line
  cut_line,   ///< a dashed line with a cross
  all_gate,   ///< a square gate
  any_gate,   ///< a round gate
  some_gate,  ///< a pointed gate
  point,      ///< a diamond
  dot,        ///< a disc
};

struct LegendEntry {
  LegendSign sign = LegendSign::box;
  std::string colour;  ///< `#rrggbb`
  std::string text;
};

/// What stands around every picture, whatever it shows: nothing that goes into a report is without its title, the day
/// it speaks of, a legend and where it comes from. Texts are in the reader's language; they are wrapped, never cut.
struct PictureFrame {
  std::string title;
  std::string date;                    ///< below the title: `as of 2025-06-30`
  std::vector<LegendEntry> legend{};   ///< in the order they are read
  std::vector<std::string> notes{};    ///< sentences below the drawing: what was left out, how to read it
  std::string sources_title{};         ///< `Sources`
  std::vector<std::string> sources{};  ///< number 1 first, as the drawing cites them; or one sentence, unnumbered
  bool sources_are_numbered = false;
};

/// Extent of a picture in CSS pixels, before it is fitted to paper.
struct PictureSize {
  double width = 0, height = 0;
};

/// Pixels of an A4 sheet's printable part at 96 to the inch, upright; pictures that are larger are scaled down to it,
/// turned where that is larger.
inline constexpr double page_width_px = 718, page_height_px = 1047;

/// By what a picture of that size is scaled to fit an A4 sheet, at most 1.
double page_scale(PictureSize size);

}  // namespace chokepoint
