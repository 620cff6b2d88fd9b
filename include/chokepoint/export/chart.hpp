#pragma once

#include "chokepoint/export/picture_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// A bar on the common axis of a chart, in the axis's own numbers.
struct ChartBar {
  double from = 0, to = 0;
  std::size_t series = 0;  ///< number of its entry in the chart's legend
  std::size_t lane = 0;    ///< which line of its row
  bool hatched = false;    ///< possible and not certain: the upper part of a range, a suspension
  bool open = false;       ///< goes on beyond the chart
  std::string text{};      ///< beside its end; may be empty
};

/// A moment on the axis, drawn as a diamond.
struct ChartPoint {
  double at = 0;
  std::size_t series = 0;
};

struct ChartRow {
  std::string label;
  std::vector<ChartBar> bars{};
  std::vector<ChartPoint> points{};
};

struct ChartTick {
  double at = 0;
  std::string text;
};

/// Rows of bars over one axis: what `rank`, `figures`, `compare` and `concentration` draw.
struct Chart {
  PictureFrame frame;
  double low = 0, high = 1;
  std::vector<ChartTick> ticks{};
  std::vector<std::string> series{};  ///< what the colours say, in the legend; at most 8 have colours of their own
  std::string hatched_text{};         ///< what hatching says; empty: the legend does not tell
  std::string point_text{};           ///< what a diamond says
  std::vector<ChartRow> rows{};
};

/// SVG of a chart: text as text, colours that colour-blind people tell apart, hatching where colour alone would speak,
/// a title and a description for readers of screens. Labels take three lines; what is longer is cut, with the whole one
/// as tooltip. Equal charts give equal bytes; nothing of it depends on installed fonts.
/// @return how many characters XML could not hold
/// @pre low < high, all numbers finite
std::uint64_t write_chart(const Chart& chart, std::ostream& out);

}  // namespace chokepoint
