#include "chokepoint/export/graph_document.hpp"
#include "export/dot_quote.hpp"
#include "export/picture.hpp"
#include "export/text_buffer.hpp"
#include "export/xml_writer.hpp"

#include <fmt/format.h>

#include <cmath>

namespace chokepoint {

namespace {

std::string hexadecimal(detail::Colour colour) {
  return fmt::format("\"#{:02x}{:02x}{:02x}\"", colour.r, colour.g, colour.b);
}

/// Graphviz points: three a unit of the layout, since boxes with labels are wider than Gephi's discs; whole ones.
double points(double units) { return std::round(3 * units); }

/// Black or white, whichever reads better on the colour. @see ITU-R BT.601, luma
std::string_view text_colour(detail::Colour colour) {
  return 299 * colour.r + 587 * colour.g + 114 * colour.b > 140'000 ? "\"#000000\"" : "\"#ffffff\"";
}

}  // namespace

ExportWarnings write_dot(const GraphDocument& document, std::ostream& out) {
  const detail::Picture picture = detail::draw(document);
  const detail::Looks looks(document);
  const detail::EdgeIds edge_ids(document.edges);
  std::uint64_t replaced = 0;
  const auto label = [&replaced](std::string_view text) { return detail::dot_label(text, replaced); };

  detail::TextBuffer buffer(out);
  buffer.put("digraph \"chokepoint\" {\n");
  if (!document.title.empty()) buffer.put("  graph [label=" + label(document.title) + ", labelloc=\"t\"];\n");
  buffer.put("  graph [charset=\"UTF-8\", overlap=\"true\", outputorder=\"edgesfirst\", rankdir=\"LR\"];\n");
  buffer.put(fmt::format("  node [shape=\"box\", style=\"filled,rounded\", fontname=\"{}\", fontsize=\"10\"];\n",
                         detail::dot_fonts));
  buffer.put(fmt::format("  edge [fontname=\"{}\", fontsize=\"8\", arrowsize=\"0.6\"];\n", detail::dot_fonts));
  for (std::size_t row = 0; row < document.nodes.size(); ++row) {
    const Node& node = document.nodes[row];
    const detail::Colour colour = looks.fill(row);
    buffer.put("  ");
    buffer.put(detail::dot_id(node.id));
    buffer.put(" [label=" + label(detail::node_label(document, node)));
    buffer.put(fmt::format(", class={}, fillcolor={}, fontcolor={}, pos=\"", detail::dot_id(node.type),
                           hexadecimal(colour), text_colour(colour)));
    buffer.put_number(points(picture.places[row].x));
    buffer.put(',');
    buffer.put_number(points(picture.places[row].y));
    buffer.put("\"];\n");
  }
  for (std::size_t row = 0; row < document.edges.size(); ++row) {
    const Edge& edge = document.edges[row];
    buffer.put("  ");
    buffer.put(detail::dot_id(edge.from));
    buffer.put(" -> ");
    buffer.put(detail::dot_id(edge.to));
    buffer.put(" [id=" + detail::dot_id(edge_ids[row]) + ", class=" + detail::dot_id(edge.type));
    buffer.put(", label=" + label(looks.edge(row).label) + ", color=" + hexadecimal(looks.edge(row).colour));
    buffer.put("];\n");
  }
  buffer.put("}\n");
  buffer.flush();
  ExportWarnings warnings;
  if (std::string warning = detail::replaced_warning(replaced); !warning.empty())
    warnings.push_back(std::move(warning));
  return warnings;
}

}  // namespace chokepoint
