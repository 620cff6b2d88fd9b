#include "chokepoint/export/chart.hpp"

#include "export/pictures/picture_page.hpp"
#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint {

namespace {

using detail::PictureBox;
using detail::SvgCanvas;

constexpr double widest_chart_label = 260, bars_width = 430, bar_text_width = 210, bar_height = 14, chart_row_gap = 8,
                 bar_letters = 10;
/// Okabe and Ito's, without yellow, which white swallows. @see look_of
constexpr std::array<std::string_view, 8> colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                  "#e69f00", "#56b4e9", "#000000", "#777777"};

std::string_view series_colour(std::size_t series) { return colours[std::min(series, colours.size() - 1)]; }

/// The frame with a legend of what colours, stripes and diamonds say.
PictureFrame chart_frame(const Chart& chart) {
  PictureFrame frame = chart.frame;
  for (std::size_t i = 0; i < chart.series.size(); ++i)
    frame.legend.push_back({LegendSign::bar, std::string(series_colour(i)), chart.series[i]});
  if (!chart.hatched_text.empty())
    frame.legend.push_back({LegendSign::hatched, std::string(colours.front()), chart.hatched_text});
  if (!chart.point_text.empty())
    frame.legend.push_back({LegendSign::point, std::string(series_colour(1)), chart.point_text});
  return frame;
}

class ChartDrawing {
 public:
  explicit ChartDrawing(const Chart& chart) : chart_(chart) {
    double y = 0;
    for (const ChartRow& row : chart.rows) {
      labels_.push_back(detail::break_lines(row.label, 11, widest_chart_label, 3));
      for (const std::string& line : labels_.back())
        label_width_ = std::max(label_width_, detail::text_extent(line, 11) + 10);
      for (const ChartBar& bar : row.bars) text_width_ = std::max(text_width_, extent_of(bar) + 18);
      tops_.push_back(y);
      y += row_height(row, labels_.back().size());
    }
    size_ = {label_width_ + bars_width + text_width_, y + (chart.ticks.empty() ? 0.0 : 18.0)};
    bottom_ = y;
  }
  [[nodiscard]] PictureSize size() const { return size_; }

  void draw(SvgCanvas& canvas, const PictureBox& area) {
    canvas_ = &canvas;
    area_ = area;
    for (std::size_t i = 0; i < std::min(std::max<std::size_t>(chart_.series.size(), 1), colours.size()); ++i)
      canvas.define_hatch(i, colours[i]);
    draw_chart_axis();
    for (std::size_t i = 0; i < chart_.rows.size(); ++i) draw_chart_row(i);
  }

 private:
  static double extent_of(const ChartBar& bar) {
    double width = 0;
    for (const std::string& line : detail::break_lines(bar.text, bar_letters, bar_text_width, 1))
      width = std::max(width, detail::text_extent(line, bar_letters));
    return width;
  }
  static double row_height(const ChartRow& row, std::size_t label_lines) {
    std::size_t lanes = 0;
    for (const ChartBar& bar : row.bars) lanes = std::max(lanes, bar.lane);
    return std::max(static_cast<double>(lanes + 1) * bar_height, 13 * static_cast<double>(label_lines)) + chart_row_gap;
  }
  [[nodiscard]] double x_of(double value) const {
    const double part = (std::clamp(value, chart_.low, chart_.high) - chart_.low) / (chart_.high - chart_.low);
    return area_.x + label_width_ + part * bars_width;
  }

  void draw_chart_axis() {
    for (const ChartTick& tick : chart_.ticks) {
      const double x = x_of(tick.at);
      canvas_->line(x, area_.y - 2, x, area_.y + bottom_, {"#dcdcd8"});
      canvas_->text(x, area_.y + bottom_ + 13, tick.text,
                    {.size = 10, .colour = detail::faint_ink, .anchor = "middle"});
    }
  }

  void draw_chart_row(std::size_t number) {
    const ChartRow& row = chart_.rows[number];
    const double y = area_.y + tops_[number];
    std::string shown;
    for (const std::string& line : labels_[number]) shown += line;
    canvas_->begin_group("row", shown.ends_with("…") ? row.label : std::string());
    canvas_->lines(area_.x + label_width_ - 8, y + 12, labels_[number], {.anchor = "end"}, 13);
    for (const ChartBar& bar : row.bars) draw_bar(bar, y + static_cast<double>(bar.lane) * bar_height + 2);
    for (const ChartPoint& point : row.points) draw_diamond(x_of(point.at), y + 2 + bar_height / 2, point.series);
    canvas_->end_group();
  }

  void draw_bar(const ChartBar& bar, double y) {
    const double from = x_of(bar.from), to = std::max(x_of(bar.to), bar.to > bar.from ? from + 1 : from),
                 height = bar_height - 3;
    const std::string_view colour = series_colour(bar.series);
    const std::string hatch = SvgCanvas::hatch_fill(std::min(bar.series, colours.size() - 1));
    canvas_->rectangle({from, y, to - from, height}, bar.hatched ? std::string_view(hatch) : colour,
                       {bar.hatched ? colour : std::string_view()});
    if (bar.open)
      canvas_->path(fmt::format("M{}L{}L{}z", detail::point_text(to, y), detail::point_text(to + 7, y + height / 2),
                                detail::point_text(to, y + height)),
                    colour, {});
    if (!bar.text.empty())
      canvas_->text(to + (bar.open ? 11 : 5), y + height - 2,
                    detail::break_lines(bar.text, bar_letters, bar_text_width, 1).front(), {.size = bar_letters});
  }
  void draw_diamond(double x, double y, std::size_t series) {
    using detail::point_text;
    canvas_->path(fmt::format("M{}L{}L{}L{}z", point_text(x, y - 6), point_text(x + 6, y), point_text(x, y + 6),
                              point_text(x - 6, y)),
                  series_colour(series), {detail::paper});
  }

  const Chart& chart_;
  std::vector<std::vector<std::string>> labels_;
  std::vector<double> tops_;
  double label_width_ = 0, text_width_ = 20, bottom_ = 0;
  PictureSize size_;
  SvgCanvas* canvas_ = nullptr;
  PictureBox area_;
};

}  // namespace

std::uint64_t write_chart(const Chart& chart, std::ostream& out) {
  ChartDrawing drawing(chart);
  const PictureFrame frame = chart_frame(chart);
  return detail::write_page_svg(frame, drawing.size(), out,
                                [&](SvgCanvas& canvas, const PictureBox& area) { drawing.draw(canvas, area); });
}

}  // namespace chokepoint
