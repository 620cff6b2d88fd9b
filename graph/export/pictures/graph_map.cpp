#include "export/pictures/graph_map.hpp"

#include "export/pictures/picture_page.hpp"
#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

namespace chokepoint::detail {

namespace {

constexpr double margin = 24, widest_label = 150, narrow_label = 80;
double leading_of(const LetterStyle& style) { return style.size + 1.5; }
constexpr LetterStyle marked_style{.size = 11, .anchor = "middle", .bold = true, .has_halo = true};
constexpr LetterStyle crowded_style{.size = 9, .anchor = "middle", .bold = true, .has_halo = true};
constexpr LetterStyle label_style{.size = 10, .anchor = "middle", .has_halo = true};
constexpr LetterStyle bystander_style{.size = 9, .colour = faint_ink, .anchor = "middle", .has_halo = true};
/// So many of the nodes that answer have a label wherever there is room for it, with a line to their disc; in a small
/// graph all nodes do.
constexpr std::size_t most_led_labels = 200, most_small_graph = 90;
/// Of more marked nodes the letters are small.
constexpr std::size_t most_large_labels = 30;

double tenth(double value) { return std::round(value * 10) / 10 + 0.0; }
std::string svg_colour(Colour colour) { return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b); }

bool meet(const PictureBox& a, const PictureBox& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

/// One entry of the legend: how many records look so.
struct Entry {
  std::string label;
  Colour colour;
  std::size_t count = 0;
};

void append_entries(const std::map<std::string, Entry>& entries, LegendSign sign, std::vector<LegendEntry>& legend) {
  std::vector<Entry> sorted;
  for (const auto& [key, entry] : entries) sorted.push_back(entry);
  std::ranges::stable_sort(sorted, [](const Entry& a, const Entry& b) { return a.count > b.count; });
  for (const Entry& entry : sorted)
    legend.push_back({sign, svg_colour(entry.colour), fmt::format("{} ({})", entry.label, entry.count)});
}

/// A label in lines, with the size of its box.
struct Label {
  std::vector<std::string> lines;
  PictureSize size;
};

Label label_in_lines(std::string_view text, const LetterStyle& style, bool is_whole, double widest = widest_label) {
  Label label{break_lines(text, style.size, widest, is_whole ? (widest < widest_label ? 6 : 4) : 2, style.bold), {}};
  for (const std::string& line : label.lines)
    label.size.width = std::max(label.size.width, text_extent(line, style.size, style.bold) + 2);
  label.size.height = leading_of(style) * static_cast<double>(label.lines.size()) + 1;
  return label;
}

PictureBox box_around(Point middle, PictureSize size) {
  return {middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height};
}

/// Middles of a label's box around a disc, the nearest first.
std::vector<Point> label_places(Point disc, double radius, PictureSize size, bool far_too) {
  const double aside = radius + 2 + size.width / 2, above = radius + 1 + size.height / 2;
  std::vector<Point> places{
      {disc.x, disc.y + above}, {disc.x, disc.y - above}, {disc.x + aside, disc.y}, {disc.x - aside, disc.y}};
  if (!far_too) return places;
  constexpr std::array directions{Point{0.7, 0.7}, Point{-0.7, 0.7}, Point{0.7, -0.7}, Point{-0.7, -0.7},
                                  Point{1, 0},     Point{-1, 0},     Point{0, 1},      Point{0, -1},
                                  Point{0.9, 0.4}, Point{-0.9, 0.4}, Point{0.9, -0.4}, Point{-0.9, -0.4},
                                  Point{0.4, 0.9}, Point{-0.4, 0.9}, Point{0.4, -0.9}, Point{-0.4, -0.9}};
  for (double away = 12; away < 420; away *= 1.2)
    for (const Point& to : directions)
      places.push_back({disc.x + to.x * (radius + away + size.width / 2), disc.y + to.y * (above + away)});
  return places;
}

}  // namespace

std::span<const Mark> marks_by_weight() {
  static constexpr std::array order{Mark::subject, Mark::removed, Mark::enforced, Mark::chokepoint,
                                    Mark::cut,     Mark::fails,   Mark::response, Mark::may_fail,
                                    Mark::reduced, Mark::found,   Mark::none};
  static_assert(order.size() == mark_count);
  return order;
}

std::size_t weight_of(Mark mark) {
  return static_cast<std::size_t>(std::ranges::find(marks_by_weight(), mark) - marks_by_weight().begin());
}

GraphMap::GraphMap(const GraphDocument& document)
    : document_(&document), picture_(chokepoint::detail::draw(document)), looks_(document), links_(links_of(document)) {
  for (const Point& place : picture_.places) {
    low_ = {std::min(low_.x, place.x), std::min(low_.y, place.y)};
    high_ = {std::max(high_.x, place.x), std::max(high_.y, place.y)};
  }
}

Mark GraphMap::mark(std::size_t node) const { return document_->marks.empty() ? Mark::none : document_->marks[node]; }

std::vector<LegendEntry> GraphMap::legend() const {
  std::vector<LegendEntry> legend;
  std::map<std::string, Entry> types, relations;
  std::vector<std::size_t> marked(mark_count, 0);
  for (std::size_t row = 0; row < document_->nodes.size(); ++row) {
    ++marked[static_cast<std::size_t>(mark(row))];
    Entry& entry = types[document_->nodes[row].type];
    entry = {looks_.node(row).label, looks_.fill(row), entry.count + 1};
  }
  for (std::size_t row = 0; row < document_->edges.size(); ++row) {
    Entry& entry = relations[document_->edges[row].type];
    entry = {looks_.edge(row).label, looks_.edge(row).colour, entry.count + 1};
  }
  if (document_->marks.empty()) append_entries(types, LegendSign::dot, legend);
  for (const Mark each : marks_by_weight())
    if (const std::size_t count = marked[static_cast<std::size_t>(each)]; count > 0 && !document_->marks.empty())
      legend.push_back(
          {LegendSign::dot, std::string(look_of(each).colour),
           fmt::format("{} ({})", label_of(look_of(each).labels, document_->language, to_string(each)), count)});
  append_entries(relations, LegendSign::line, legend);
  return legend;
}

PictureSize GraphMap::size(const PictureFrame& frame) const {
  const double wide = std::max(high_.x - low_.x, 1.0), high = std::max(high_.y - low_.y, 1.0);
  // However many nodes there are, the smallest letters have 5 points on paper.
  const double zoom = std::clamp(std::sqrt(static_cast<double>(document_->nodes.size()) / 250), 1.0, 1.35);
  const bool is_upright = wide < 1.4 * high;
  const PictureSize sheet = is_upright ? PictureSize{page_width_px * zoom, page_height_px * zoom}
                                       : PictureSize{page_height_px * zoom, page_width_px * zoom};
  PictureSize content{sheet.width - 40, 0};
  content.height = std::max(sheet.height - PicturePage(frame, content).size().height, 200.0);
  // A layout may be drawn out a little to fill the sheet; nothing is larger than it was laid.
  const double x = std::min((content.width - 2 * margin) / wide, 1.5), y = (content.height - 2 * margin) / high;
  content.height = std::min(y, 1.4 * x) * high + 2 * margin;
  return content;
}

Point GraphMap::at(std::size_t node) const {
  const Point& place = picture_.places[node];
  return {box_.x + (box_.width - (high_.x - low_.x) * scale_.x) / 2 + (place.x - low_.x) * scale_.x,
          box_.y + margin + (place.y - low_.y) * scale_.y};
}

double GraphMap::radius(std::size_t node) const {
  const double drawn = picture_.sizes[node] / 4 * radius_scale_;
  return mark(node) == Mark::none ? drawn : std::max(drawn, 4.5);
}

void GraphMap::fit(const PictureBox& box) {
  box_ = box;
  const double wide = std::max(high_.x - low_.x, 1.0), high = std::max(high_.y - low_.y, 1.0);
  scale_ = {std::min((box.width - 2 * margin) / wide, 1.5), (box.height - 2 * margin) / high};
  scale_.x = std::min(scale_.x, 1.4 * scale_.y);
  radius_scale_ = std::sqrt(std::min({scale_.x, scale_.y, 1.0}));
}

void GraphMap::draw(SvgCanvas& canvas, const PictureBox& box) {
  fit(box);
  canvas_ = &canvas;
  xml_ = &canvas.xml();
  draw_arrow_heads();
  draw_edges();
  draw_nodes();
  draw_labels();
}

/// One head a colour; SVG 1.1 has no way to take the line's.
void GraphMap::draw_arrow_heads() {
  std::set<std::string> heads;
  for (std::size_t row = 0; row < document_->edges.size(); ++row) heads.insert(svg_colour(looks_.edge(row).colour));
  xml_->open("defs", XmlWriter::Place::line);
  for (const std::string& colour : heads) {
    xml_->open("marker", XmlWriter::Place::line);
    xml_->attribute("id", "to" + colour.substr(1));
    xml_->attribute("viewBox", "0 0 6 6");
    xml_->attribute("refX", "6");
    xml_->attribute("refY", "3");
    xml_->attribute("markerWidth", "5");
    xml_->attribute("markerHeight", "5");
    xml_->attribute("orient", "auto");
    xml_->open("path", XmlWriter::Place::line);
    xml_->attribute("d", "M0 0L6 3L0 6z");
    xml_->attribute("fill", colour);
    xml_->close();
    xml_->close();
  }
  xml_->close();
}

void GraphMap::draw_edges() {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> number;  // edges of a pair so far, whichever way
  xml_->open("g", XmlWriter::Place::line);
  xml_->attribute("fill", "none");
  xml_->attribute("stroke-opacity", "0.45");
  for (std::size_t row = 0; row < links_.size(); ++row)
    if (const auto [a, b] = links_[row]; a != b) draw_edge(row, number[{std::min(a, b), std::max(a, b)}]++);
  xml_->close();
}

/// The first edge of a pair is straight, the next bend to either side.
void GraphMap::draw_edge(std::size_t row, std::size_t before) {
  const auto [a, b] = links_[row];
  const Point from = at(a), to = at(b);
  const double length = std::max(std::hypot(to.x - from.x, to.y - from.y), 1.0);
  const double side = (before % 2 == 0 ? 1.0 : -1.0) * (a > b ? -1 : 1);
  const double bend = side * 14 * radius_scale_ * static_cast<double>((before + 1) / 2);
  const Point across = {-(to.y - from.y) / length, (to.x - from.x) / length};
  const Point middle = {(from.x + to.x) / 2 + across.x * bend, (from.y + to.y) / 2 + across.y * bend};
  const double last = std::max(std::hypot(to.x - middle.x, to.y - middle.y), 1.0);
  const Point stop = {to.x - (to.x - middle.x) / last * radius(b), to.y - (to.y - middle.y) / last * radius(b)};
  const Edge& edge = document_->edges[row];
  const std::string colour = svg_colour(looks_.edge(row).colour);
  xml_->open("path", XmlWriter::Place::line);
  xml_->attribute("d", fmt::format("M{} {}Q{} {} {} {}", tenth(from.x), tenth(from.y), tenth(middle.x), tenth(middle.y),
                                   tenth(stop.x), tenth(stop.y)));
  xml_->attribute("stroke", colour);
  // What lies between bystanders only stands back.
  if (!document_->marks.empty() && (mark(a) == Mark::none || mark(b) == Mark::none))
    xml_->attribute("stroke-opacity", "0.2");
  xml_->attribute("class", edge.type);
  xml_->attribute("marker-end", "url(#to" + colour.substr(1) + ")");
  xml_->open("title");
  xml_->text(fmt::format("{} {} {}", node_label(*document_, document_->nodes[a]), looks_.edge(row).label,
                         node_label(*document_, document_->nodes[b])));
  xml_->close();
  xml_->close();
}

void GraphMap::draw_nodes() {
  std::vector<std::size_t> order(document_->nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // What matters most is drawn last, above the rest.
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t row) { return weight_of(mark(row)); });
  xml_->open("g", XmlWriter::Place::line);
  xml_->attribute("stroke", ink);
  xml_->attribute("stroke-width", "0.5");
  for (const std::size_t row : order) {
    xml_->open("circle", XmlWriter::Place::line);
    xml_->attribute("cx", tenth(at(row).x));
    xml_->attribute("cy", tenth(at(row).y));
    xml_->attribute("r", tenth(radius(row)));
    xml_->attribute("fill", svg_colour(looks_.fill(row)));
    xml_->attribute("class", document_->nodes[row].type);
    xml_->open("title");
    xml_->text(fmt::format("{} ({})", node_label(*document_, document_->nodes[row]), looks_.node(row).label));
    xml_->close();
    xml_->close();
  }
  xml_->close();
}

void GraphMap::draw_labels() {
  std::vector<std::size_t> order(document_->nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::pair(weight_of(mark(b)), picture_.sizes[a]) > std::pair(weight_of(mark(a)), picture_.sizes[b]);
  });
  // No label hides what is marked.
  for (const std::size_t row : order)
    if (mark(row) != Mark::none)
      take(box_around(at(row), {2 * radius(row), 2 * radius(row)}), mark(row) == Mark::found);
  const auto answers = [&](std::size_t row) { return mark(row) != Mark::none && mark(row) != Mark::found; };
  const bool is_crowded = std::ranges::count_if(order, answers) > static_cast<std::ptrdiff_t>(most_large_labels);
  const bool is_small = document_->nodes.size() <= most_small_graph;
  const bool has_marks = !document_->marks.empty();
  std::size_t led = 0;
  for (const std::size_t row : order) {
    const bool is_found = mark(row) == Mark::found;
    const LetterStyle& style = answers(row)                             ? is_crowded ? crowded_style : marked_style
                               : has_marks && (is_crowded || !is_found) ? bystander_style
                                                                        : label_style;
    place_label(row, style, is_small || (answers(row) && led++ < most_led_labels));
  }
}

void GraphMap::place_label(std::size_t node, const LetterStyle& style, bool must_stand) {
  const std::string_view text = node_label(*document_, document_->nodes[node]);
  Label label = label_in_lines(text, style, must_stand);
  const Point disc = at(node);
  std::vector<Point> places = label_places(disc, radius(node), label.size, must_stand);
  const auto first_free = [&](bool may_hide) {
    return std::ranges::find_if(places,
                                [&](Point middle) { return is_free(box_around(middle, label.size), may_hide); });
  };
  auto found = first_free(false);
  // What answers has its name, if need be above a disc that does not, or in a narrow column.
  if (found == places.end() && must_stand) found = first_free(true);
  if (found == places.end() && must_stand) {
    label = label_in_lines(text, style, must_stand, narrow_label);
    places = label_places(disc, radius(node), label.size, must_stand);
    found = first_free(true);
  }
  if (found == places.end()) return;
  const PictureBox box = box_around(*found, label.size);
  take(box);
  if (found - places.begin() >= 4) {
    xml_->open("path", XmlWriter::Place::line);
    xml_->attribute(
        "d", fmt::format("M{}L{}", point_text(disc.x, disc.y),
                         point_text(std::clamp(disc.x, box.x, box.right()), std::clamp(disc.y, box.y, box.bottom()))));
    xml_->attribute("stroke", rule_colour);
    xml_->attribute("stroke-width", "0.6");
    xml_->close();
  }
  double y = box.y + style.size - 1;
  for (const std::string& line : label.lines) {
    canvas_->text(found->x, y, line, style);
    y += leading_of(style);
  }
}

template <typename Visit>
void GraphMap::for_each_cell(const PictureBox& box, const Visit& visit) {
  constexpr double cell = 100;
  for (int x = static_cast<int>(box.x / cell); x <= static_cast<int>(box.right() / cell); ++x)
    for (int y = static_cast<int>(box.y / cell); y <= static_cast<int>(box.bottom() / cell); ++y)
      visit(std::pair(x, y));
}

bool GraphMap::is_free(const PictureBox& box, bool may_hide) const {
  if (box.x < box_.x || box.right() > box_.right() || box.y < box_.y || box.bottom() > box_.bottom()) return false;
  bool is_taken = false;
  for_each_cell(box, [&](const std::pair<int, int>& cell) {
    const auto others = taken_.find(cell);
    if (others == taken_.end()) return;
    for (const Taken& other : others->second)
      is_taken = is_taken || (!(may_hide && other.may_be_hidden) && meet(box, other.box));
  });
  return !is_taken;
}

void GraphMap::take(const PictureBox& box, bool may_be_hidden) {
  for_each_cell(box, [&](const std::pair<int, int>& cell) { taken_[cell].push_back({box, may_be_hidden}); });
}

}  // namespace chokepoint::detail
