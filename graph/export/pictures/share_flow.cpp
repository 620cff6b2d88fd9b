#include "chokepoint/export/share_flow.hpp"

#include "chokepoint/export/mark.hpp"
#include "export/pictures/picture_page.hpp"
#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

namespace {

constexpr double node_width = 12, node_gap = 10, least_step = 250, label_room = 140, least_slot = 26, label_size = 10.5,
                 band_text_size = 9.8;
/// What is supplied is so high for each of its inputs, within bounds that leave room on a page.
constexpr double input_height = 60, least_unit = 230, most_unit = 480;
constexpr double least_band = 1.5;  ///< what is thinner cannot be seen

/// How high what is supplied is drawn. @param inputs  at least 1
double unit_height(std::size_t inputs) {
  return std::clamp(input_height * static_cast<double>(inputs), least_unit, most_unit);
}

std::vector<std::string> label_lines(const ShareNode& node) {
  return detail::break_lines((node.stops_alone ? "✗ " : "") + node.label, label_size, label_room - 8, 2,
                             node.stops_alone);
}

/// Heights are all of one scale: a node is as high as its bands together. Where its name needs more room, the node
/// stands in the middle of it.
struct FlowLayout {
  std::vector<double> top, height;
  std::vector<double> left;  ///< [column] from the right border of the drawing to its nodes
  std::size_t columns = 0;
  PictureSize size;
};

/// How far each column stands from the next: what is written beside its bands and the labels of the next one both fit.
std::vector<double> column_steps(const ShareFlow& flow, std::size_t columns) {
  std::vector<double> labels(columns, 0), texts(columns, 0), steps;
  for (const ShareNode& node : flow.nodes)
    for (const std::string& line : label_lines(node))
      labels[node.column] = std::max(labels[node.column], detail::text_extent(line, label_size, node.stops_alone) + 5);
  for (const ShareBand& band : flow.bands) {
    double& widest = texts[flow.nodes[band.from].column];
    widest = std::max(widest, detail::text_extent(band.text, band_text_size) + 4);
  }
  labels.front() = 0;  // stand on the other side
  for (std::size_t column = 1; column < columns; ++column)
    steps.push_back(std::max(least_step, node_width + texts[column] + 10 + labels[column - 1]));
  return steps;
}

FlowLayout lay_out_flow(const ShareFlow& flow) {
  FlowLayout out;
  out.height.assign(flow.nodes.size(), 0);
  const auto inputs = std::ranges::count(flow.bands, std::size_t{0}, &ShareBand::to);
  out.height.front() = unit_height(std::max<std::size_t>(static_cast<std::size_t>(inputs), 1));
  for (const ShareNode& node : flow.nodes) out.columns = std::max(out.columns, node.column + 1);
  out.top.resize(flow.nodes.size());
  // Nodes come by column, so that the height of what is supplied is known before its suppliers'.
  for (std::size_t i = 0; i < flow.nodes.size(); ++i)
    for (const ShareBand& band : flow.bands)
      if (band.to == i) out.height[band.from] += std::max(least_band, out.height[i] * band.share);
  std::vector<double> y(out.columns, 0);
  double tallest = 0;
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    const std::size_t column = flow.nodes[i].column;
    const double slot = std::max(least_slot, out.height[i]);
    out.top[i] = y[column] + (slot - out.height[i]) / 2;
    y[column] += slot + node_gap;
    tallest = std::max(tallest, y[column]);
  }
  for (std::size_t i = 0; i < flow.nodes.size(); ++i)
    out.top[i] += (tallest - y[flow.nodes[i].column]) / 2;  // columns stand in the middle
  out.left.assign(1, label_room + node_width);
  for (const double step : column_steps(flow, out.columns)) out.left.push_back(out.left.back() + step);
  out.size = {out.left.back() + label_room, tallest - node_gap};
  return out;
}

class FlowDrawing {
 public:
  FlowDrawing(const ShareFlow& flow, const FlowLayout& layout, detail::SvgCanvas& canvas,
              const detail::PictureBox& area)
      : flow_(flow),
        layout_(layout),
        canvas_(canvas),
        area_(area),
        used_in_(flow.nodes.size(), 0),
        used_out_(flow.nodes.size(), 0) {}

  void draw() {
    for (const ShareBand& band : flow_.bands) draw_band(band);
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) draw_node(i);
  }

 private:
  struct BandText {
    std::size_t from = 0;
    double x = 0, y = 0;
    std::string text;
  };

  /// What is supplied stands on the right.
  [[nodiscard]] double x_of(std::size_t node) const {
    return area_.x + layout_.size.width - layout_.left[flow_.nodes[node].column];
  }
  [[nodiscard]] detail::PictureBox box_of(std::size_t node) const {
    return {x_of(node), area_.y + layout_.top[node], node_width, layout_.height[node]};
  }

  void draw_band(const ShareBand& band) {
    const detail::PictureBox from = box_of(band.from), to = box_of(band.to);
    const double thick = std::max(least_band, to.height * band.share);
    const double y2 = to.y + used_in_[band.to];
    used_in_[band.to] += to.height * band.share;
    const double y1 = from.y + used_out_[band.from];
    used_out_[band.from] += thick;
    const double x1 = from.right(), x2 = to.x, middle = (x1 + x2) / 2;
    const bool stops = flow_.nodes[band.from].stops_alone;
    const std::string colour = detail::tint(flow_.nodes[band.from].is_rest ? "#999999"
                                            : stops                        ? look_of(Mark::fails).colour
                                                                           : "#0072b2",
                                            band.is_known ? 0.45 : 0.2);
    using detail::point_text;
    canvas_.begin_group(band.is_known ? "band" : "band unknown", band.text,
                        flow_.nodes[band.from].id + " " + flow_.nodes[band.to].id);
    canvas_.path(
        fmt::format("M{}C{} {} {}L{}C{} {} {}z", point_text(x1, y1), point_text(middle, y1), point_text(middle, y2),
                    point_text(x2, y2), point_text(x2, y2 + thick), point_text(middle, y2 + thick),
                    point_text(middle, y1 + thick), point_text(x1, y1 + thick)),
        colour, {band.is_known ? std::string_view() : std::string_view("#0072b2"), 0.8, true});
    canvas_.end_group();
    if (band.text.empty()) return;
    const auto before = static_cast<double>(
        std::ranges::count_if(texts_, [&](const BandText& text) { return text.from == band.from; }));
    texts_.push_back({band.from, x1 + 4, from.middle() + 3.5 + 11 * before, band.text});
  }

  void draw_node(std::size_t number) {
    const ShareNode& node = flow_.nodes[number];
    const detail::PictureBox box = box_of(number);
    const std::string_view colour = node.is_rest       ? "#8a8a86"
                                    : node.stops_alone ? look_of(Mark::fails).colour
                                                       : "#0072b2";
    canvas_.begin_group("supplier", node.label, node.id);
    canvas_.rectangle(box, colour);
    const bool is_end = node.column == 0;
    const auto lines = label_lines(node);
    const double y = box.middle() + 4 - 6.5 * static_cast<double>(lines.size() - 1);
    canvas_.lines(is_end ? box.right() + 5 : box.x - 5, y, lines,
                  {.size = label_size, .anchor = is_end ? "start" : "end", .bold = node.stops_alone, .has_halo = true},
                  13);
    canvas_.end_group();
    for (const BandText& text : texts_)
      if (number + 1 == flow_.nodes.size())
        canvas_.text(text.x, text.y, text.text, {.size = band_text_size, .has_halo = true});
  }

  const ShareFlow& flow_;
  const FlowLayout& layout_;
  detail::SvgCanvas& canvas_;
  detail::PictureBox area_;
  std::vector<double> used_in_, used_out_;
  std::vector<BandText> texts_;
};

}  // namespace

double least_drawn_share(std::size_t inputs) {
  return least_band * static_cast<double>(inputs) / unit_height(std::max<std::size_t>(inputs, 1));
}

std::uint64_t write_share_flow(const ShareFlow& flow, std::ostream& out) {
  const FlowLayout layout = lay_out_flow(flow);
  return detail::write_page_svg(flow.frame, layout.size, out,
                                [&](detail::SvgCanvas& canvas, const detail::PictureBox& area) {
                                  FlowDrawing(flow, layout, canvas, area).draw();
                                });
}

}  // namespace chokepoint
