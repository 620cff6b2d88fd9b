#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/support/error.hpp"
#include "export/formats/dot_picture.hpp"
#include "export/pictures/graph_map.hpp"
#include "export/pictures/picture_page.hpp"
#include "export/pictures/png.hpp"
#include "support/child_process.hpp"

#include <fmt/format.h>

#include <optional>
#include <ostream>
#include <sstream>
#include <utility>

namespace chokepoint {

namespace {

/// Above this Graphviz's layered layout takes minutes.
constexpr std::size_t most_layered_edges = 400;
/// Boxes whose letters would be smaller than this part of their size on an A4 sheet (5 points) cannot be read: then it
/// is a map.
constexpr double least_scale = 0.75;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

PictureFrame frame_of_graph(const GraphDocument& document) {
  PictureFrame frame = document.frame;
  if (frame.title.empty()) frame.title = document.title;
  return frame;
}

ExportWarnings warnings_of(std::uint64_t replaced) {
  if (std::string warning = detail::replaced_warning(replaced); !warning.empty()) return {std::move(warning)};
  return {};
}

ExportWarnings write_map(const GraphDocument& document, std::ostream& out) {
  PictureFrame frame = frame_of_graph(document);
  detail::GraphMap map(document);
  frame.legend = map.legend();
  return warnings_of(detail::write_page_svg(
      frame, map.size(frame), out,
      [&map](detail::SvgCanvas& canvas, const detail::PictureBox& box) { map.draw(canvas, box); }));
}

/// What Graphviz drew: what stands inside its `<svg>`, in points.
struct Boxes {
  std::string view_box, content;
  PictureSize size;
};

std::string run_dot(const std::string& dot) {
  detail::ProgramResult result;
  try {
    result = detail::run_program("dot", {"-Tsvg"}, dot);
  } catch (const NotFoundError&) {
    throw IoError(
        "SVG and PNG are drawn by Graphviz, whose program `dot` is not on PATH; install it (Debian, Ubuntu: "
        "apt install graphviz) or export DOT, GraphML or GEXF instead");
  }
  if (result.status != 0 || result.output.empty())
    throw IoError(fmt::format("Graphviz failed (exit code {}): {}", result.status, first_line(result.errors)));
  return std::move(result.output);
}

Boxes lay_out_boxes(const std::string& dot) {
  const std::string svg = run_dot(dot);
  constexpr std::string_view key = "viewBox=\"", end_tag = "</svg>";
  const std::size_t at = svg.find(key), start = svg.find('>', at), end = svg.rfind(end_tag);
  Boxes boxes;
  if (at != std::string::npos && start != std::string::npos && end != std::string::npos) {
    boxes.view_box = svg.substr(at + key.size(), svg.find('"', at + key.size()) - at - key.size());
    boxes.content = svg.substr(start + 1, end - start - 1);
    double left = 0, top = 0;
    std::istringstream(boxes.view_box) >> left >> top >> boxes.size.width >> boxes.size.height;
  }
  if (!(boxes.size.width > 0 && boxes.size.height > 0)) throw IoError("Graphviz wrote no picture");
  return boxes;
}

/// @return nothing where the boxes cannot be read on paper; then nothing is written
std::optional<ExportWarnings> write_boxes(const GraphDocument& document, std::ostream& out) {
  std::ostringstream dot;
  ExportWarnings warnings = detail::write_dot(document, detail::DotStyle::drawing, dot);
  const Boxes boxes = lay_out_boxes(dot.str());
  PictureFrame frame = frame_of_graph(document);
  frame.legend = detail::box_legend(document);
  const PictureSize sheet = detail::PicturePage(frame, boxes.size).size();
  if (page_scale(sheet) < least_scale && document.nodes.size() > 2) return std::nullopt;
  detail::write_page_svg(frame, boxes.size, out, [&boxes](detail::SvgCanvas& canvas, const detail::PictureBox& box) {
    canvas.nest(box, boxes.view_box, boxes.content);
  });
  return warnings;
}

ExportWarnings write_graph_svg(const GraphDocument& document, std::ostream& out) {
  if (document.edges.size() <= most_layered_edges && document.nodes.size() <= most_layered_edges)
    if (auto warnings = write_boxes(document, out)) return *std::move(warnings);
  return write_map(document, out);
}

}  // namespace

ExportWarnings write_picture(const GraphDocument& document, PictureFormat format, std::ostream& out) {
  if (format == PictureFormat::svg) return write_graph_svg(document, out);
  std::ostringstream svg;
  ExportWarnings warnings = write_graph_svg(document, svg);
  detail::write_png_of(svg.str(), out);
  return warnings;
}

}  // namespace chokepoint
