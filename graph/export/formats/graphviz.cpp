#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/support/error.hpp"
#include "export/formats/dot_picture.hpp"
#include "export/formats/map_svg.hpp"
#include "support/child_process.hpp"

#include <sstream>

namespace chokepoint {

namespace {

/// Above this Graphviz's layered layout takes minutes; our own positions are then used as they are.
constexpr std::size_t most_layered_edges = 400;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

ExportWarnings write_picture(const GraphDocument& document, PictureFormat format, std::ostream& out) {
  const bool large = document.edges.size() > most_layered_edges || document.nodes.size() > most_layered_edges;
  if (large && format == PictureFormat::svg) return detail::write_map(document, out);
  std::ostringstream dot;
  const detail::DotStyle style = large ? detail::DotStyle::map : detail::DotStyle::drawing;
  ExportWarnings warnings = detail::write_dot(document, style, dot);
  std::vector<std::string> arguments = {format == PictureFormat::svg ? "-Tsvg" : "-Tpng"};
  if (large) arguments.insert(arguments.end(), {"-Kneato", "-n2"});
  detail::ProgramResult result;
  try {
    result = detail::run_program("dot", arguments, dot.str());
  } catch (const NotFoundError&) {
    throw IoError(
        "SVG and PNG are drawn by Graphviz, whose program `dot` is not on PATH; install it (Debian, Ubuntu: "
        "apt install graphviz) or export DOT, GraphML or GEXF instead");
  }
  if (result.status != 0 || result.output.empty())
    throw IoError("Graphviz failed (exit code " + std::to_string(result.status) + "): " + first_line(result.errors));
  out.write(result.output.data(), static_cast<std::streamsize>(result.output.size()));
  return warnings;
}

}  // namespace chokepoint
