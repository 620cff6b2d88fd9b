#include "export/formats/map_svg.hpp"

#include "chokepoint/model/text.hpp"
#include "export/layout/picture.hpp"
#include "export/text/xml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr double margin = 60, legend_width = 190, font = 11, column_width = 6.1;
constexpr std::size_t longest_label = 26;  ///< columns
constexpr std::string_view fonts =
    "'Noto Sans', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', 'Microsoft YaHei', sans-serif";

struct Box {
  double left, top, right, bottom;
};
bool meet(const Box& a, const Box& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

double tenth(double value) { return std::round(value * 10) / 10 + 0.0; }
std::string svg_colour(Colour colour) { return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b); }

/// One entry of the legend: how many records look so.
struct Entry {
  std::string label;
  Colour colour;
  std::size_t count = 0;
};

class MapDrawing {
 public:
  MapDrawing(const GraphDocument& document, std::ostream& out)
      : document_(document), picture_(draw(document)), looks_(document), links_(links_of(document)), xml_(out) {
    Point low, high;
    for (const Point& place : picture_.places) {
      low = {std::min(low.x, place.x), std::min(low.y, place.y)};
      high = {std::max(high.x, place.x), std::max(high.y, place.y)};
    }
    shift_ = {legend_width + margin - low.x, margin - low.y};
    width_ = tenth(legend_width + 2 * margin + high.x - low.x);
    height_ = tenth(2 * margin + high.y - low.y);
  }

  ExportWarnings write() {
    const std::vector<Entry> nodes = node_entries(), edges = edge_entries();
    height_ = std::max(height_, 90 + 16 * static_cast<double>(nodes.size() + edges.size()));
    xml_.declaration();
    xml_.open("svg", XmlWriter::Place::line);
    xml_.attribute("xmlns", "http://www.w3.org/2000/svg");
    xml_.attribute("width", width_);
    xml_.attribute("height", height_);
    xml_.attribute("viewBox", fmt::format("0 0 {} {}", width_, height_));
    xml_.attribute("role", "img");
    xml_.attribute("font-family", fonts);
    xml_.attribute("font-size", font);
    element("title", document_.title);
    arrow_heads();
    open("rect");
    xml_.attribute("width", width_);
    xml_.attribute("height", height_);
    xml_.attribute("fill", "#ffffff");
    xml_.close();
    draw_edges();
    draw_nodes();
    draw_labels();
    draw_legend(nodes, edges);
    xml_.finish();
    ExportWarnings warnings;
    if (std::string warning = replaced_warning(xml_.replaced()); !warning.empty())
      warnings.push_back(std::move(warning));
    return warnings;
  }

 private:
  void open(std::string_view name) { xml_.open(name, XmlWriter::Place::line); }
  void element(std::string_view name, std::string_view content) {
    if (content.empty()) return;
    open(name);
    xml_.text(content);
    xml_.close();
  }
  [[nodiscard]] Point at(std::size_t node) const {
    return {picture_.places[node].x + shift_.x, picture_.places[node].y + shift_.y};
  }
  [[nodiscard]] double radius(std::size_t node) const { return picture_.sizes[node] / 4; }

  [[nodiscard]] std::vector<Entry> node_entries() const {
    std::map<std::string, Entry> entries;
    const bool marked = !document_.marks.empty();
    for (std::size_t row = 0; row < document_.nodes.size(); ++row) {
      const std::string key = marked ? std::string(to_string(document_.marks[row])) : document_.nodes[row].type;
      Entry& entry = entries[key];
      entry.label = marked ? std::string(label_of(look_of(document_.marks[row]).labels, document_.language, key))
                           : looks_.node(row).label;
      entry.colour = looks_.fill(row);
      ++entry.count;
    }
    return largest_first(entries);
  }
  [[nodiscard]] std::vector<Entry> edge_entries() const {
    std::map<std::string, Entry> entries;
    for (std::size_t row = 0; row < document_.edges.size(); ++row) {
      Entry& entry = entries[document_.edges[row].type];
      entry.label = looks_.edge(row).label;
      entry.colour = looks_.edge(row).colour;
      ++entry.count;
    }
    return largest_first(entries);
  }
  static std::vector<Entry> largest_first(const std::map<std::string, Entry>& entries) {
    std::vector<Entry> out;
    for (const auto& [key, entry] : entries) out.push_back(entry);
    std::ranges::stable_sort(out, [](const Entry& a, const Entry& b) { return a.count > b.count; });
    return out;
  }

  /// One head a colour; SVG 1.1 has no way to take the line's.
  void arrow_heads() {
    open("defs");
    for (std::size_t row = 0; row < document_.edges.size(); ++row) {
      const Colour colour = looks_.edge(row).colour;
      const std::string name = svg_colour(colour).substr(1);
      if (!heads_.emplace(name, true).second) continue;
      open("marker");
      xml_.attribute("id", "to" + name);
      xml_.attribute("viewBox", "0 0 6 6");
      xml_.attribute("refX", "6");
      xml_.attribute("refY", "3");
      xml_.attribute("markerWidth", "5");
      xml_.attribute("markerHeight", "5");
      xml_.attribute("orient", "auto");
      open("path");
      xml_.attribute("d", "M0 0L6 3L0 6z");
      xml_.attribute("fill", svg_colour(colour));
      xml_.close();
      xml_.close();
    }
    xml_.close();
  }

  void draw_edges() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> number;  // edges of a pair so far, whichever way
    open("g");
    xml_.attribute("fill", "none");
    xml_.attribute("stroke-opacity", "0.45");
    for (std::size_t row = 0; row < links_.size(); ++row) {
      const auto [a, b] = links_[row];
      if (a == b) continue;
      const std::size_t before = number[{std::min(a, b), std::max(a, b)}]++;
      draw_edge(row, at(a), at(b), radius(b), before, a > b);
    }
    xml_.close();
  }
  /// The first edge of a pair is straight, the next bend to either side.
  void draw_edge(std::size_t row, Point from, Point to, double end, std::size_t before, bool turned) {
    const double length = std::max(std::hypot(to.x - from.x, to.y - from.y), 1.0);
    const double side = (before % 2 == 0 ? 1.0 : -1.0) * (turned ? -1 : 1);
    const double bend = side * 14 * static_cast<double>((before + 1) / 2);
    const Point across = {-(to.y - from.y) / length, (to.x - from.x) / length};
    const Point middle = {(from.x + to.x) / 2 + across.x * bend, (from.y + to.y) / 2 + across.y * bend};
    const double last = std::max(std::hypot(to.x - middle.x, to.y - middle.y), 1.0);
    const Point stop = {to.x - (to.x - middle.x) / last * end, to.y - (to.y - middle.y) / last * end};
    const Edge& edge = document_.edges[row];
    const std::string colour = svg_colour(looks_.edge(row).colour);
    open("path");
    xml_.attribute("d", fmt::format("M{} {}Q{} {} {} {}", tenth(from.x), tenth(from.y), tenth(middle.x),
                                    tenth(middle.y), tenth(stop.x), tenth(stop.y)));
    xml_.attribute("stroke", colour);
    xml_.attribute("class", edge.type);
    xml_.attribute("marker-end", "url(#to" + colour.substr(1) + ")");
    xml_.open("title");
    xml_.text(fmt::format("{} {} {}", node_label(document_, document_.nodes[links_[row].a]), looks_.edge(row).label,
                          node_label(document_, document_.nodes[links_[row].b])));
    xml_.close();
    xml_.close();
  }

  void draw_nodes() {
    open("g");
    xml_.attribute("stroke", "#1a1a1a");
    xml_.attribute("stroke-width", "0.5");
    for (std::size_t row = 0; row < document_.nodes.size(); ++row) {
      open("circle");
      xml_.attribute("cx", tenth(at(row).x));
      xml_.attribute("cy", tenth(at(row).y));
      xml_.attribute("r", tenth(radius(row)));
      xml_.attribute("fill", svg_colour(looks_.fill(row)));
      xml_.attribute("class", document_.nodes[row].type);
      xml_.open("title");
      xml_.text(fmt::format("{} ({})", node_label(document_, document_.nodes[row]), looks_.node(row).label));
      xml_.close();
      xml_.close();
    }
    xml_.close();
  }

  void draw_labels() {
    std::vector<std::size_t> order(document_.nodes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto rank = [&](std::size_t row) {
      const bool marked = !document_.marks.empty() && document_.marks[row] != Mark::none;
      return std::pair(marked, picture_.sizes[row]);
    };
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
    open("g");
    xml_.attribute("text-anchor", "middle");
    xml_.attribute("fill", "#1a1a1a");
    xml_.attribute("stroke", "#ffffff");
    xml_.attribute("stroke-width", "3");
    xml_.attribute("paint-order", "stroke");
    for (const std::size_t row : order) {
      const std::string text = truncate_to_width(node_label(document_, document_.nodes[row]), longest_label);
      const double half = column_width * static_cast<double>(display_width(text)) / 2;
      const double top = at(row).y + radius(row) + 1;
      const Box box = {at(row).x - half - 2, top, at(row).x + half + 2, top + font + 3};
      if (box.left < legend_width || !take(box)) continue;
      open("text");
      xml_.attribute("x", tenth(at(row).x));
      xml_.attribute("y", tenth(top + font - 1));
      xml_.text(text);
      xml_.close();
    }
    xml_.close();
  }
  /// Whether the box is free; then it is taken. Boxes are found by the cells of a grid that they touch.
  bool take(const Box& box) {
    constexpr double cell = 200;
    std::vector<std::pair<int, int>> cells;
    for (int x = static_cast<int>(box.left / cell); x <= static_cast<int>(box.right / cell); ++x)
      for (int y = static_cast<int>(box.top / cell); y <= static_cast<int>(box.bottom / cell); ++y)
        cells.emplace_back(x, y);
    for (const auto& each : cells)
      for (const Box& other : taken_[each])
        if (meet(box, other)) return false;
    for (const auto& each : cells) taken_[each].push_back(box);
    return true;
  }

  void draw_legend(const std::vector<Entry>& nodes, const std::vector<Entry>& edges) {
    double y = 28;
    legend_text(16, y, truncate_to_width(document_.title, 26), 14);
    y += 22;
    for (const Entry& entry : nodes) {
      open("circle");
      xml_.attribute("cx", 22.0);
      xml_.attribute("cy", y - 4);
      xml_.attribute("r", 5.0);
      xml_.attribute("fill", svg_colour(entry.colour));
      xml_.attribute("stroke", "#1a1a1a");
      xml_.attribute("stroke-width", "0.5");
      xml_.close();
      legend_text(34, y, fmt::format("{} ({})", entry.label, entry.count), font);
      y += 16;
    }
    y += 12;
    for (const Entry& entry : edges) {
      open("path");
      xml_.attribute("d", fmt::format("M14 {}h14", y - 4));
      xml_.attribute("stroke", svg_colour(entry.colour));
      xml_.attribute("stroke-width", "2.5");
      xml_.close();
      legend_text(34, y, fmt::format("{} ({})", entry.label, entry.count), font);
      y += 16;
    }
  }
  void legend_text(double x, double y, std::string_view text, double size) {
    open("text");
    xml_.attribute("x", x);
    xml_.attribute("y", y);
    xml_.attribute("font-size", size);
    xml_.attribute("fill", "#1a1a1a");
    xml_.text(text);
    xml_.close();
  }

  const GraphDocument& document_;
  Picture picture_;
  Looks looks_;
  std::vector<Link> links_;
  XmlWriter xml_;
  Point shift_;
  double width_ = 0, height_ = 0;
  std::map<std::string, bool> heads_;
  std::map<std::pair<int, int>, std::vector<Box>> taken_;
};

}  // namespace

ExportWarnings write_map(const GraphDocument& document, std::ostream& out) { return MapDrawing(document, out).write(); }

}  // namespace chokepoint::detail
