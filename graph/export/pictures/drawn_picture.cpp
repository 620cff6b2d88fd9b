#include "chokepoint/export/drawn_picture.hpp"

#include "export/pictures/png.hpp"
#include "export/text/xml_writer.hpp"

#include <array>
#include <ostream>
#include <sstream>

namespace chokepoint {

namespace {

constexpr std::array<std::string_view, 8> kinds{"fault-tree", "matrix", "bars", "timeline",
                                                "states",     "flow",   "map",  "graph"};

struct SvgWriter {
  std::ostream& out;
  std::uint64_t operator()(const FaultTreePicture& tree) const { return write_fault_tree(tree, out); }
  std::uint64_t operator()(const CutMatrix& matrix) const { return write_cut_matrix(matrix, out); }
  std::uint64_t operator()(const Chart& chart) const { return write_chart(chart, out); }
  std::uint64_t operator()(const EventLine& line) const { return write_event_line(line, out); }
  std::uint64_t operator()(const StateComparison& states) const { return write_state_comparison(states, out); }
  std::uint64_t operator()(const ShareFlow& flow) const { return write_share_flow(flow, out); }
  std::uint64_t operator()(const TileMap& map) const { return write_tile_map(map, out); }
};

constexpr std::string_view picture_page_style = R"(
:root{color-scheme:light}body{margin:0;background:#f4f4f1;font:14px/1.5 "Noto Sans",sans-serif;color:#1a1a1a}
main{max-width:80rem;margin:0 auto;padding:1rem}svg{max-width:100%;height:auto;background:#fff;border:1px solid #d0d0cc}
@page{size:A4;margin:10mm}@media print{body{background:#fff}main{padding:0}svg{border:0}}
)";

}  // namespace

const PictureFrame& frame_of(const DrawnPicture& picture) {
  return std::visit([](const auto& each) -> const PictureFrame& { return each.frame; }, picture);
}

std::span<const std::string_view> picture_kinds() { return kinds; }

std::uint64_t write_svg(const DrawnPicture& picture, std::ostream& out) { return std::visit(SvgWriter{out}, picture); }

std::uint64_t write_png(const DrawnPicture& picture, std::ostream& out) {
  std::ostringstream svg;
  const std::uint64_t replaced = write_svg(picture, svg);
  detail::write_png_of(svg.str(), out);
  return replaced;
}

std::uint64_t write_picture_page(const DrawnPicture& picture, std::string_view language, std::ostream& out) {
  std::ostringstream drawn;
  std::uint64_t replaced = write_svg(picture, drawn);
  std::string svg = drawn.str();
  svg.erase(0, svg.find("<svg"));  // the declaration belongs to files
  const std::string title = detail::xml_escaped(frame_of(picture).title, false, replaced);
  out << "<!DOCTYPE html>\n<html lang=\"" << detail::xml_escaped(language, true, replaced)
      << "\">\n<head>\n<meta charset=\"utf-8\">\n"
      << R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">)"
      << "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" << title
      << "</title>\n<style>" << picture_page_style << "</style>\n</head>\n<body>\n<main>\n"
      << svg << "</main>\n</body>\n</html>\n";
  return replaced;
}

}  // namespace chokepoint
