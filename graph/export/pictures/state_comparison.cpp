#include "chokepoint/export/state_comparison.hpp"

#include "chokepoint/export/mark.hpp"
#include "export/pictures/picture_page.hpp"
#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint {

namespace {

constexpr double panel_bar = 120, panel_text = 74, panel_gap = 16, row_leading = 14, bar_thick = 12,
                 widest_state_label = 210;
constexpr std::string_view left_colour = "#0072b2";

std::string percent_of(const LeftInterval& left) {
  const auto number = [](double value) { return fmt::format("{}", std::round(value * 1000) / 10); };
  if (left.is_impossible) return "0 %";
  return number(left.low) == number(left.high) ? number(left.low) + " %"
                                               : number(left.low) + "–" + number(left.high) + " %";
}

struct StatesLayout {
  double label_width = 0, head_height = 0;
  std::vector<std::vector<std::string>> heads, labels;
  std::vector<double> heights;
  PictureSize size;
};

StatesLayout lay_out_states(const StateComparison& comparison) {
  StatesLayout out;
  for (const std::string& state : comparison.states) {
    out.heads.push_back(detail::break_lines(state, 11, panel_bar + panel_text - 4, 0, true));
    out.head_height = std::max(out.head_height, row_leading * static_cast<double>(out.heads.back().size()) + 8);
  }
  double height = out.head_height + 4;
  for (const StateRow& row : comparison.rows) {
    out.labels.push_back(detail::break_lines(row.label, 11, widest_state_label));
    for (const std::string& line : out.labels.back())
      out.label_width = std::max(out.label_width, detail::text_extent(line, 11) + 14);
    out.heights.push_back(row_leading * static_cast<double>(out.labels.back().size()) + 8);
    height += out.heights.back();
  }
  const auto panels = static_cast<double>(comparison.states.size());
  out.size = {out.label_width + panels * (panel_bar + panel_text) + (panels - 1) * panel_gap, height};
  return out;
}

void draw_left(detail::SvgCanvas& canvas, const LeftInterval& left, double x, double y, std::string_view id) {
  canvas.begin_group(left.is_impossible ? "left impossible" : "left", percent_of(left), id);
  canvas.rectangle({x, y, panel_bar, bar_thick}, "#f4f4f1", {"#d0d0cc", 0.6});
  if (left.is_impossible) {
    const detail::Stroke stroke{look_of(Mark::fails).colour, 2};
    canvas.line(x + 1, y + 1, x + 9, y + bar_thick - 1, stroke);
    canvas.line(x + 1, y + bar_thick - 1, x + 9, y + 1, stroke);
  } else {
    if (left.high > left.low)
      canvas.rectangle({x + panel_bar * left.low, y, panel_bar * (left.high - left.low), bar_thick},
                       detail::SvgCanvas::hatch_fill(0), {left_colour, 0.6});
    if (left.low > 0) canvas.rectangle({x, y, panel_bar * left.low, bar_thick}, left_colour);
  }
  canvas.text(x + panel_bar + 5, y + bar_thick - 2.5, percent_of(left), {.size = 10});
  canvas.end_group();
}

}  // namespace

std::uint64_t write_state_comparison(const StateComparison& comparison, std::ostream& out) {
  const StatesLayout layout = lay_out_states(comparison);
  return detail::write_page_svg(
      comparison.frame, layout.size, out, [&](detail::SvgCanvas& canvas, const detail::PictureBox& area) {
        canvas.define_hatch(0, left_colour);
        const auto panel_x = [&](std::size_t state) {
          return area.x + layout.label_width + static_cast<double>(state) * (panel_bar + panel_text + panel_gap);
        };
        for (std::size_t state = 0; state < comparison.states.size(); ++state)
          canvas.lines(panel_x(state), area.y + 12, layout.heads[state], {.bold = true}, row_leading);
        double y = area.y + layout.head_height;
        canvas.line(area.x, y, area.right(), y, {"#b0b0ac"});
        y += 4;
        for (std::size_t row = 0; row < comparison.rows.size(); ++row) {
          canvas.lines(area.x, y + 13, layout.labels[row], {}, row_leading);
          for (std::size_t state = 0; state < comparison.rows[row].left.size(); ++state)
            draw_left(canvas, comparison.rows[row].left[state], panel_x(state), y + 4, comparison.rows[row].id);
          y += layout.heights[row];
        }
      });
}

}  // namespace chokepoint
