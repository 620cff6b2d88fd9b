#include "export/pictures/svg_canvas.hpp"

#include "export/layout/picture.hpp"

#include <fmt/format.h>

#include <cmath>

namespace chokepoint {

double page_scale(PictureSize size) {
  const auto fitted = [&](double width, double height) { return std::min(width / size.width, height / size.height); };
  return std::min(1.0, std::max(fitted(page_width_px, page_height_px), fitted(page_height_px, page_width_px)));
}

}  // namespace chokepoint

namespace chokepoint::detail {

namespace {

constexpr std::string_view picture_fonts =
    "'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', 'Microsoft YaHei', "
    "sans-serif";

double to_tenth(double value) { return std::round(value * 10) / 10 + 0.0; }

}  // namespace

std::string tint(std::string_view colour, double part) {
  const Colour full = parse_colour(colour);
  const auto mixed = [part](std::uint8_t value) {
    return static_cast<int>(std::lround(255 - part * (255 - static_cast<double>(value))));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mixed(full.r), mixed(full.g), mixed(full.b));
}

std::string point_text(double x, double y) { return fmt::format("{},{}", to_tenth(x), to_tenth(y)); }

SvgCanvas::SvgCanvas(std::ostream& out, PictureSize size, std::string_view title, std::string_view description)
    : xml_(out) {
  const double scale = page_scale(size);
  xml_.declaration();
  xml_.open("svg", XmlWriter::Place::line);
  xml_.attribute("xmlns", "http://www.w3.org/2000/svg");
  xml_.attribute("width", to_tenth(size.width * scale));
  xml_.attribute("height", to_tenth(size.height * scale));
  xml_.attribute("viewBox", fmt::format("0 0 {} {}", to_tenth(size.width), to_tenth(size.height)));
  xml_.attribute("role", "img");
  xml_.attribute("font-family", picture_fonts);
  xml_.attribute("font-size", "11");
  for (const auto& [name, content] : {std::pair("title", title), std::pair("desc", description)}) {
    if (content.empty()) continue;
    xml_.open(name, XmlWriter::Place::line);
    xml_.text(content);
    xml_.close();
  }
  rectangle({0, 0, size.width, size.height}, paper);
}

void SvgCanvas::stroke_attributes(const Stroke& stroke) {
  if (stroke.colour.empty()) return;
  xml_.attribute("stroke", stroke.colour);
  if (stroke.width != 1) xml_.attribute("stroke-width", to_tenth(stroke.width));
  if (stroke.is_dashed) xml_.attribute("stroke-dasharray", "4 3");
}

void SvgCanvas::rectangle(const PictureBox& box, std::string_view fill, const Stroke& stroke, double corner) {
  xml_.open("rect", XmlWriter::Place::line);
  xml_.attribute("x", to_tenth(box.x));
  xml_.attribute("y", to_tenth(box.y));
  xml_.attribute("width", to_tenth(box.width));
  xml_.attribute("height", to_tenth(box.height));
  if (corner > 0) xml_.attribute("rx", to_tenth(corner));
  xml_.attribute("fill", fill);
  stroke_attributes(stroke);
  xml_.close();
}

void SvgCanvas::line(double x1, double y1, double x2, double y2, const Stroke& stroke) {
  xml_.open("line", XmlWriter::Place::line);
  xml_.attribute("x1", to_tenth(x1));
  xml_.attribute("y1", to_tenth(y1));
  xml_.attribute("x2", to_tenth(x2));
  xml_.attribute("y2", to_tenth(y2));
  stroke_attributes(stroke);
  xml_.close();
}

void SvgCanvas::path(std::string_view data, std::string_view fill, const Stroke& stroke) {
  xml_.open("path", XmlWriter::Place::line);
  xml_.attribute("d", data);
  xml_.attribute("fill", fill);
  stroke_attributes(stroke);
  xml_.close();
}

void SvgCanvas::disc(double x, double y, double radius, std::string_view fill, const Stroke& stroke) {
  xml_.open("circle", XmlWriter::Place::line);
  xml_.attribute("cx", to_tenth(x));
  xml_.attribute("cy", to_tenth(y));
  xml_.attribute("r", to_tenth(radius));
  xml_.attribute("fill", fill);
  stroke_attributes(stroke);
  xml_.close();
}

void SvgCanvas::text(double x, double y, std::string_view content, const LetterStyle& style) {
  if (content.empty()) return;
  xml_.open("text", XmlWriter::Place::line);
  xml_.attribute("x", to_tenth(x));
  xml_.attribute("y", to_tenth(y));
  if (style.anchor != "start") xml_.attribute("text-anchor", style.anchor);
  if (style.size != 11) xml_.attribute("font-size", to_tenth(style.size));
  if (style.bold) xml_.attribute("font-weight", "bold");
  if (style.has_halo) {
    xml_.attribute("stroke", paper);
    xml_.attribute("stroke-width", "3");
    xml_.attribute("paint-order", "stroke");
  }
  xml_.attribute("fill", style.colour);
  xml_.text(content);
  xml_.close();
}

double SvgCanvas::lines(double x, double y, const std::vector<std::string>& content, const LetterStyle& style,
                        double leading) {
  for (const std::string& line : content) {
    text(x, y, line, style);
    y += leading;
  }
  return y;
}

void SvgCanvas::begin_group(std::string_view name, std::string_view tooltip, std::string_view id) {
  xml_.open("g", XmlWriter::Place::line);
  xml_.attribute("class", name);
  if (!id.empty()) xml_.attribute("data-id", id);
  if (tooltip.empty()) return;
  xml_.open("title", XmlWriter::Place::line);
  xml_.text(tooltip);
  xml_.close();
}

void SvgCanvas::end_group() { xml_.close(); }

void SvgCanvas::define_hatch(std::size_t number, std::string_view colour) {
  xml_.open("pattern", XmlWriter::Place::line);
  xml_.attribute("id", fmt::format("hatch{}", number));
  xml_.attribute("width", "6");
  xml_.attribute("height", "6");
  xml_.attribute("patternUnits", "userSpaceOnUse");
  xml_.attribute("patternTransform", "rotate(45)");
  rectangle({0, 0, 6, 6}, paper);
  rectangle({0, 0, 3, 6}, colour);
  xml_.close();
}

std::string SvgCanvas::hatch_fill(std::size_t number) { return fmt::format("url(#hatch{})", number); }

void SvgCanvas::nest(const PictureBox& box, std::string_view view_box, std::string_view content) {
  xml_.open("svg", XmlWriter::Place::line);
  xml_.attribute("x", to_tenth(box.x));
  xml_.attribute("y", to_tenth(box.y));
  xml_.attribute("width", to_tenth(box.width));
  xml_.attribute("height", to_tenth(box.height));
  xml_.attribute("viewBox", view_box);
  xml_.prepared(content);
  xml_.close();
}

std::uint64_t SvgCanvas::finish() {
  xml_.finish();
  return xml_.replaced();
}

}  // namespace chokepoint::detail
