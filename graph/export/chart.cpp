#include "chokepoint/export/chart.hpp"

#include "chokepoint/model/text.hpp"
#include "export/xml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chokepoint {

namespace {

using detail::XmlWriter;

constexpr double width = 1000, label_width = 330, right_margin = 110, top = 64, bar_height = 14, row_gap = 10;
constexpr double pixels_per_column = 6.6;  ///< of 12-pixel text; East Asian characters take two columns
/// Okabe and Ito's, without yellow, which white swallows. @see look_of
constexpr std::array<std::string_view, 8> colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                  "#e69f00", "#56b4e9", "#000000", "#777777"};
constexpr std::string_view fonts =
    "'Noto Sans', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', 'Microsoft YaHei', sans-serif";

std::string_view colour_of(std::size_t series) { return colours[std::min(series, colours.size() - 1)]; }
double tenth(double value) { return std::round(value * 10) / 10; }

class Drawing {
 public:
  Drawing(const Chart& chart, std::ostream& out) : chart_(chart), xml_(out) {}

  std::uint64_t draw() {
    double height = top;
    for (const ChartRow& row : chart_.rows) height += row_height(row);
    bottom_ = height;
    xml_.declaration();
    xml_.open("svg", XmlWriter::Place::line);
    xml_.attribute("xmlns", "http://www.w3.org/2000/svg");
    xml_.attribute("width", width);
    xml_.attribute("height", bottom_ + 56);
    xml_.attribute("viewBox", fmt::format("0 0 {} {}", width, bottom_ + 56));
    xml_.attribute("role", "img");
    xml_.attribute("font-family", fonts);
    xml_.attribute("font-size", "12");
    element("title", chart_.title);
    element("desc", chart_.note);
    hatches();
    rectangle(0, 0, width, bottom_ + 56, "#ffffff");
    text(16, 24, chart_.title, "start", "#1a1a1a", 15);
    legend();
    axis();
    double y = top;
    for (const ChartRow& row : chart_.rows) {
      draw_row(row, y);
      y += row_height(row);
    }
    if (!chart_.note.empty()) text(16, bottom_ + 46, chart_.note, "start", "#555555", 11);
    xml_.finish();
    return xml_.replaced();
  }

 private:
  static std::size_t lanes(const ChartRow& row) {
    std::size_t most = 0;
    for (const ChartBar& bar : row.bars) most = std::max(most, bar.lane);
    return most + 1;
  }
  static double row_height(const ChartRow& row) { return static_cast<double>(lanes(row)) * bar_height + row_gap; }
  [[nodiscard]] double x_of(double value) const {
    const double part = (std::clamp(value, chart_.low, chart_.high) - chart_.low) / (chart_.high - chart_.low);
    return tenth(label_width + part * (width - label_width - right_margin));
  }

  void element(std::string_view name, std::string_view content) {
    if (content.empty()) return;
    xml_.open(name, XmlWriter::Place::line);
    xml_.text(content);
    xml_.close();
  }
  void rectangle(double x, double y, double w, double h, std::string_view fill, std::string_view stroke = {}) {
    xml_.open("rect", XmlWriter::Place::line);
    xml_.attribute("x", x);
    xml_.attribute("y", y);
    xml_.attribute("width", tenth(w));
    xml_.attribute("height", h);
    xml_.attribute("fill", fill);
    if (!stroke.empty()) xml_.attribute("stroke", stroke);
    xml_.close();
  }
  void text(double x, double y, std::string_view content, std::string_view anchor, std::string_view fill, double size,
            std::string_view whole = {}) {
    xml_.open("text", XmlWriter::Place::line);
    xml_.attribute("x", tenth(x));
    xml_.attribute("y", tenth(y));
    xml_.attribute("text-anchor", anchor);
    xml_.attribute("fill", fill);
    xml_.attribute("font-size", size);
    xml_.text(content);
    if (!whole.empty()) {
      xml_.open("title");
      xml_.text(whole);
      xml_.close();
    }
    xml_.close();
  }
  void line(double x1, double y1, double x2, double y2, std::string_view stroke) {
    xml_.open("line", XmlWriter::Place::line);
    xml_.attribute("x1", x1);
    xml_.attribute("y1", y1);
    xml_.attribute("x2", x2);
    xml_.attribute("y2", y2);
    xml_.attribute("stroke", stroke);
    xml_.close();
  }

  /// One pattern a series: stripes of its colour on white.
  void hatches() {
    xml_.open("defs", XmlWriter::Place::line);
    for (std::size_t i = 0; i < std::min(std::max<std::size_t>(chart_.series.size(), 1), colours.size()); ++i) {
      xml_.open("pattern", XmlWriter::Place::line);
      xml_.attribute("id", fmt::format("hatch{}", i));
      xml_.attribute("width", "6");
      xml_.attribute("height", "6");
      xml_.attribute("patternUnits", "userSpaceOnUse");
      xml_.attribute("patternTransform", "rotate(45)");
      rectangle(0, 0, 6, 6, "#ffffff");
      rectangle(0, 0, 3, 6, colours[i]);
      xml_.close();
    }
    xml_.close();
  }
  void legend() {
    double x = 16;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
      rectangle(x, 36, 12, 12, colour_of(i));
      text(x + 17, 46, chart_.series[i], "start", "#1a1a1a", 12);
      x += 40 + pixels_per_column * static_cast<double>(display_width(chart_.series[i]));
      x = tenth(x);
    }
  }
  void axis() {
    for (const ChartTick& tick : chart_.ticks) {
      const double x = x_of(tick.at);
      line(x, top - 4, x, bottom_, "#dcdcd8");
      text(x, bottom_ + 16, tick.text, "middle", "#555555", 11);
    }
  }
  void draw_row(const ChartRow& row, double y) {
    const auto columns = static_cast<std::size_t>((label_width - 26) / pixels_per_column);
    const std::string shown = truncate_to_width(row.label, columns);
    text(label_width - 10, y + row_height(row) / 2, shown, "end", "#1a1a1a", 12, shown == row.label ? "" : row.label);
    for (const ChartBar& bar : row.bars) draw_bar(bar, y + static_cast<double>(bar.lane) * bar_height + 2);
    for (const ChartPoint& point : row.points) diamond(x_of(point.at), y + 2 + bar_height / 2, colour_of(point.series));
  }
  void draw_bar(const ChartBar& bar, double y) {
    const double from = x_of(bar.from), to = std::max(x_of(bar.to), from + 1);
    const std::string hatch = fmt::format("url(#hatch{})", std::min(bar.series, colours.size() - 1));
    rectangle(from, y, to - from, bar_height - 3, bar.hatched ? std::string_view(hatch) : colour_of(bar.series),
              bar.hatched ? colour_of(bar.series) : std::string_view{});
    if (bar.open) {
      xml_.open("polygon", XmlWriter::Place::line);
      const double h = bar_height - 3;
      xml_.attribute("points", fmt::format("{},{} {},{} {},{}", to, y, tenth(to + 7), y + h / 2, to, y + h));
      xml_.attribute("fill", colour_of(bar.series));
      xml_.close();
    }
    if (!bar.text.empty()) text(to + (bar.open ? 12 : 5), y + bar_height - 4, bar.text, "start", "#333333", 11);
  }
  void diamond(double x, double y, std::string_view fill) {
    xml_.open("polygon", XmlWriter::Place::line);
    xml_.attribute("points",
                   fmt::format("{},{} {},{} {},{} {},{}", x, y - 7, tenth(x + 6), y, x, y + 5, tenth(x - 6), y));
    xml_.attribute("fill", fill);
    xml_.attribute("stroke", "#ffffff");
    xml_.close();
  }

  const Chart& chart_;
  XmlWriter xml_;
  double bottom_ = 0;
};

}  // namespace

std::uint64_t write_chart(const Chart& chart, std::ostream& out) { return Drawing(chart, out).draw(); }

}  // namespace chokepoint
