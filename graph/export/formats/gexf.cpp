#include "chokepoint/export/graph_document.hpp"
#include "export/formats/fields.hpp"
#include "export/formats/figure_series.hpp"
#include "export/formats/spells.hpp"
#include "export/layout/picture.hpp"
#include "export/text/xml_writer.hpp"

#include <fmt/format.h>

namespace chokepoint {

namespace {

using detail::Field;
using detail::FieldType;
using detail::FieldValue;
using detail::XmlWriter;

std::string_view gexf_type(FieldType type) {
  switch (type) {
    case FieldType::boolean: return "boolean";
    case FieldType::integer: return "long";
    case FieldType::real: return "double";
    case FieldType::json:
    case FieldType::text: break;
  }
  return "string";
}

void declare(XmlWriter& xml, std::string_view record, const std::vector<Field>& fields) {
  if (fields.empty()) return;
  xml.open("attributes", XmlWriter::Place::line);
  xml.attribute("class", record);
  xml.attribute("mode", "static");
  for (const Field& field : fields) {
    xml.open("attribute", XmlWriter::Place::line);
    xml.attribute("id", field.name);
    xml.attribute("title", field.name);
    xml.attribute("type", gexf_type(field.type));
    xml.close();
  }
  xml.close();
}

/// Figures change with time, so they are attributes of their own kind.
void declare_figures(XmlWriter& xml, const detail::FigureSeries& figures) {
  if (figures.by_name.empty()) return;
  xml.open("attributes", XmlWriter::Place::line);
  xml.attribute("class", "node");
  xml.attribute("mode", "dynamic");
  for (const auto& [name, nodes] : figures.by_name) {
    xml.open("attribute", XmlWriter::Place::line);
    xml.attribute("id", name);
    xml.attribute("title", name);
    xml.attribute("type", "double");
    xml.close();
  }
  xml.close();
}

void write_figures(XmlWriter& xml, const detail::FigureSeries& figures, const std::string& node, bool& any) {
  for (const auto& [name, nodes] : figures.by_name) {
    const auto found = nodes.find(node);
    if (found == nodes.end()) continue;
    for (const detail::TimedValue& timed : found->second) {
      if (!any) xml.open("attvalues");
      any = true;
      xml.open("attvalue");
      xml.attribute("for", name);
      xml.attribute("value", timed.value);
      if (!timed.spell.start.empty()) xml.attribute("start", timed.spell.start);
      if (!timed.spell.end.empty()) xml.attribute("end", timed.spell.end);
      xml.close();
    }
  }
}

/// @param figures  with the node's id for records that have figures; nullptr for others
void write_values(XmlWriter& xml, const std::vector<Field>& fields, std::size_t row, std::string& scratch,
                  const detail::FigureSeries* figures = nullptr, const std::string& node = {}) {
  bool any = false;
  for (const Field& field : fields) {
    const FieldValue value = field.value(row, scratch);
    if (std::holds_alternative<std::monostate>(value)) continue;
    if (!any) xml.open("attvalues");
    any = true;
    xml.open("attvalue");
    xml.attribute("for", field.name);
    if (const auto* text = std::get_if<std::string_view>(&value))
      xml.attribute("value", *text);
    else if (const auto* real = std::get_if<double>(&value))
      xml.attribute("value", *real);
    else if (const auto* integer = std::get_if<std::int64_t>(&value))
      xml.attribute("value", *integer);
    else
      xml.attribute("value", std::get<bool>(value) ? "true" : "false");
    xml.close();
  }
  if (figures != nullptr) write_figures(xml, *figures, node, any);
  if (any) xml.close();
}

void write_spell(XmlWriter& xml, const std::string& since, const std::string& until) {
  const auto spell = detail::spell_of(since, until);
  if (!spell) return;
  xml.open("spells");
  xml.open("spell");
  if (!spell->start.empty()) xml.attribute("start", spell->start);
  if (!spell->end.empty()) xml.attribute("end", spell->end);
  xml.close();
  xml.close();
}

/// Channels, never `hex`: older readers know only these.
void write_colour(XmlWriter& xml, detail::Colour colour) {
  xml.open("viz:color");
  xml.attribute("r", colour.r);
  xml.attribute("g", colour.g);
  xml.attribute("b", colour.b);
  xml.close();
}

bool any_dates(const GraphDocument& document) {
  const auto dated = [](const auto& records) {
    for (const auto& record : records)
      if (detail::spell_of(record.since, record.until)) return true;
    return false;
  };
  return dated(document.nodes) || dated(document.edges);
}

void open_graph(XmlWriter& xml, const GraphDocument& document, GexfVersion version, bool any_figures) {
  const bool v1_3 = version == GexfVersion::v1_3;
  xml.declaration();
  xml.open("gexf", XmlWriter::Place::line);
  xml.attribute("xmlns", v1_3 ? "http://gexf.net/1.3" : "http://www.gexf.net/1.2draft");
  xml.attribute("xmlns:viz", v1_3 ? "http://gexf.net/1.3/viz" : "http://www.gexf.net/1.2draft/viz");
  xml.attribute("version", v1_3 ? "1.3" : "1.2");
  xml.open("meta", XmlWriter::Place::line);
  xml.open("creator", XmlWriter::Place::line);
  xml.text("chokepoint");
  xml.close();
  if (!document.title.empty()) {
    xml.open("description", XmlWriter::Place::line);
    xml.text(document.title);
    xml.close();
  }
  xml.close();
  xml.open("graph", XmlWriter::Place::line);
  xml.attribute("defaultedgetype", "directed");
  xml.attribute("idtype", "string");
  if (!any_figures && !any_dates(document)) return xml.attribute("mode", "static");
  xml.attribute("mode", "dynamic");
  xml.attribute("timeformat", "date");
  if (v1_3) xml.attribute("timerepresentation", "interval");
}

void write_nodes(XmlWriter& xml, const GraphDocument& document, const detail::Looks& looks,
                 const detail::Picture& picture, const std::vector<Field>& fields,
                 const detail::FigureSeries& figures) {
  std::string scratch;
  xml.open("nodes", XmlWriter::Place::line);
  xml.attribute("count", document.nodes.size());
  for (std::size_t row = 0; row < document.nodes.size(); ++row) {
    const Node& node = document.nodes[row];
    xml.open("node", XmlWriter::Place::line);
    xml.attribute("id", node.id);
    xml.attribute("label", detail::node_label(document, node));
    write_values(xml, fields, row, scratch, &figures, node.id);
    write_spell(xml, node.since, node.until);
    write_colour(xml, looks.fill(row));
    if (!picture.places.empty()) {
      xml.open("viz:position");
      xml.attribute("x", picture.places[row].x);
      xml.attribute("y", picture.places[row].y);
      xml.attribute("z", 0);
      xml.close();
    }
    xml.open("viz:size");
    xml.attribute("value", picture.sizes[row]);
    xml.close();
    xml.close();
  }
  xml.close();
}

void write_edges(XmlWriter& xml, const GraphDocument& document, const detail::Looks& looks, GexfVersion version,
                 const std::vector<Field>& fields) {
  const detail::UniqueEdgeIds ids(document.edges);
  const detail::EdgeKinds kinds(document);
  std::string scratch;
  xml.open("edges", XmlWriter::Place::line);
  xml.attribute("count", document.edges.size());
  for (std::size_t row = 0; row < document.edges.size(); ++row) {
    const Edge& edge = document.edges[row];
    xml.open("edge", XmlWriter::Place::line);
    xml.attribute("id", ids[row]);
    xml.attribute("source", edge.from);
    xml.attribute("target", edge.to);
    if (version == GexfVersion::v1_3) xml.attribute("kind", kinds[row]);
    xml.attribute("label", looks.edge(row).label);
    write_values(xml, fields, row, scratch);
    write_spell(xml, edge.since, edge.until);
    write_colour(xml, looks.edge(row).colour);
    xml.close();
  }
  xml.close();
}

}  // namespace

std::optional<GexfVersion> parse_gexf_version(std::string_view text) {
  if (text == "1.3") return GexfVersion::v1_3;
  if (text == "1.2") return GexfVersion::v1_2;
  return std::nullopt;
}

ExportWarnings write_gexf(const GraphDocument& document, GexfVersion version, std::ostream& out, bool with_figures) {
  const detail::Picture picture = detail::draw(document, detail::Placing::where_it_tells);
  const detail::Looks looks(document);
  std::vector<std::pair<std::string, std::string>> renamed;
  const std::vector<Field> node_fields = detail::node_fields(document, &renamed),
                           edge_fields = detail::edge_fields(document, &renamed);
  const detail::FigureSeries figures = with_figures ? detail::figure_series(document) : detail::FigureSeries{};
  XmlWriter xml(out);
  open_graph(xml, document, version, !figures.by_name.empty());
  declare(xml, "node", node_fields);
  declare_figures(xml, figures);
  declare(xml, "edge", edge_fields);

  write_nodes(xml, document, looks, picture, node_fields, figures);
  write_edges(xml, document, looks, version, edge_fields);
  xml.finish();

  ExportWarnings warnings;
  const bool has_kinds = version == GexfVersion::v1_3;
  for (std::string warning : {has_kinds ? detail::EdgeKinds(document).remark("the attribute `type`")
                                        : detail::parallel_edges_warning(document, true),
                              detail::unplaced_warning(document, picture), detail::replaced_warning(xml.replaced()),
                              detail::renamed_warning(renamed)})
    if (!warning.empty()) warnings.push_back(std::move(warning));
  if (figures.left_out > 0)
    warnings.push_back(
        fmt::format("{} dated figures overlap another claim on the same and are left out, since values "
                    "in GEXF follow each other in time",
                    figures.left_out));
  return warnings;
}

}  // namespace chokepoint
