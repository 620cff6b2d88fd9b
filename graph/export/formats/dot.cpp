#include "chokepoint/export/graph_document.hpp"
#include "export/formats/dot_picture.hpp"
#include "export/formats/dot_quote.hpp"
#include "export/layout/picture.hpp"
#include "export/text/text_buffer.hpp"
#include "export/text/xml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace chokepoint {

namespace {

std::string hexadecimal(detail::Colour colour) {
  return fmt::format("\"#{:02x}{:02x}{:02x}\"", colour.r, colour.g, colour.b);
}

/// Graphviz points a unit of the layout: boxes with labels need three times the room of Gephi's discs; whole ones.
double points(double units) { return std::round(3 * units); }

/// Black or white, whichever reads better on the colour. @see ITU-R BT.601, luma
std::string_view text_colour(detail::Colour colour) {
  return 299 * colour.r + 587 * colour.g + 114 * colour.b > 140'000 ? "\"#000000\"" : "\"#ffffff\"";
}

/// `: 35–97 %`, where the answer says that less than everything is left of a node; else nothing.
std::string left_text(const GraphDocument& document, std::size_t row) {
  const auto& columns = document.node_columns.by_name;
  const auto low = columns.find("capacity_low"), high = columns.find("capacity_high");
  if (low == columns.end() || high == columns.end()) return {};
  const auto* least = std::get_if<double>(&low->second[row]);
  const auto* most = std::get_if<double>(&high->second[row]);
  if (least == nullptr || most == nullptr || *least >= 1) return {};
  const auto percent = [](double value) { return fmt::format("{}", std::round(value * 1000) / 10); };
  const std::string from = percent(*least), to = percent(*most);
  return from == to ? fmt::format(": {} %", from) : fmt::format(": {}–{} %", from, to);
}

}  // namespace

ExportWarnings write_dot(const GraphDocument& document, std::ostream& out) {
  return detail::write_dot(document, detail::DotStyle::plain, out);
}

ExportWarnings detail::write_dot(const GraphDocument& document, DotStyle style, std::ostream& out) {
  const detail::Picture picture = detail::draw(document);
  const detail::Looks looks(document);
  const detail::UniqueEdgeIds edge_ids(document.edges);
  std::uint64_t replaced = 0;
  const auto label = [&replaced](std::string_view text) { return detail::dot_label(text, replaced); };

  detail::TextBuffer buffer(out);
  buffer.put("digraph \"chokepoint\" {\n");
  if (style == DotStyle::plain && !document.title.empty())
    buffer.put("  graph [label=" + label(document.title) + ", labelloc=\"t\"];\n");
  if (style != DotStyle::plain) buffer.put(fmt::format("  graph [fontname=\"{}\"];\n", detail::dot_fonts));
  buffer.put("  graph [charset=\"UTF-8\", overlap=\"true\", outputorder=\"edgesfirst\", rankdir=\"LR\"];\n");
  buffer.put(fmt::format("  node [shape=\"box\", style=\"filled,rounded\", fontname=\"{}\", fontsize=\"10\"];\n",
                         detail::dot_fonts));
  buffer.put(fmt::format("  edge [fontname=\"{}\", fontsize=\"{}\", arrowsize=\"0.6\"];\n", detail::dot_fonts,
                         style == DotStyle::plain ? 8 : 9));
  for (std::size_t row = 0; row < document.nodes.size(); ++row) {
    const Node& node = document.nodes[row];
    const detail::Colour colour = looks.fill(row);
    buffer.put("  ");
    buffer.put(detail::dot_id(node.id));
    buffer.put(" [label=" + label(std::string(detail::node_label(document, node)) + left_text(document, row)));
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
    buffer.put(", label=" + label(looks.edge(row).label));
    buffer.put(", color=" + hexadecimal(looks.edge(row).colour));
    buffer.put("];\n");
  }
  buffer.put("}\n");
  buffer.flush();
  ExportWarnings warnings;
  if (std::string warning = detail::replaced_warning(replaced); !warning.empty())
    warnings.push_back(std::move(warning));
  return warnings;
}

std::vector<LegendEntry> detail::box_legend(const GraphDocument& document) {
  const Looks looks(document);
  std::map<std::string, LegendEntry> entries;
  for (std::size_t row = 0; row < document.nodes.size(); ++row) {
    const bool is_marked = !document.marks.empty();
    const Mark mark = is_marked ? document.marks[row] : Mark::none;
    const std::string key = is_marked ? std::string(to_string(mark)) : document.nodes[row].type;
    const Colour colour = looks.fill(row);
    entries.try_emplace(key,
                        LegendEntry{LegendSign::bar, fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b),
                                    is_marked ? std::string(label_of(look_of(mark).labels, document.language, key))
                                              : looks.node(row).label});
  }
  std::vector<LegendEntry> legend;
  for (auto& [key, entry] : entries) legend.push_back(std::move(entry));
  return legend;
}

}  // namespace chokepoint
