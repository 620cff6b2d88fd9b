#include "chokepoint/export/graph_document.hpp"
#include "export/formats/fields.hpp"
#include "export/formats/graphml_keys.hpp"
#include "export/formats/graphml_yed.hpp"
#include "export/formats/name_tokens.hpp"
#include "export/layout/picture.hpp"
#include "export/text/xml_writer.hpp"

#include <set>

namespace chokepoint {

namespace {

using detail::XmlWriter;

void open_root(XmlWriter& xml, GraphmlDialect dialect) {
  xml.declaration();
  xml.open("graphml", XmlWriter::Place::line);
  xml.attribute("xmlns", "http://graphml.graphdrawing.org/xmlns");
  xml.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  if (dialect == GraphmlDialect::yed) xml.attribute("xmlns:y", "http://www.yworks.com/xml/graphml");
  xml.attribute("xsi:schemaLocation", dialect == GraphmlDialect::yed
                                          ? "http://graphml.graphdrawing.org/xmlns "
                                            "http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd"
                                          : "http://graphml.graphdrawing.org/xmlns "
                                            "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd");
}

void write_nodes(XmlWriter& xml, const detail::GraphmlSources& from, GraphmlDialect dialect, detail::GraphmlKeys& keys,
                 const detail::NameTokens& ids) {
  for (std::size_t row = 0; row < from.document.nodes.size(); ++row) {
    const Node& node = from.document.nodes[row];
    xml.open("node", XmlWriter::Place::line);
    xml.attribute("id", ids[node.id]);
    if (dialect == GraphmlDialect::yed)
      detail::write_yed_node(xml, detail::node_label(from.document, node), from.picture.places[row],
                             from.picture.sizes[row], from.looks.fill(row));
    keys.write(xml, row);
    xml.close();
  }
}

void write_edges(XmlWriter& xml, const detail::GraphmlSources& from, GraphmlDialect dialect, detail::GraphmlKeys& keys,
                 const detail::NameTokens& node_ids) {
  const bool strict = dialect == GraphmlDialect::strict;
  const detail::EdgeKinds kinds(from.document);
  const detail::NameTokens ids = strict ? detail::edge_tokens(from.document, from.edge_ids) : detail::NameTokens();
  for (std::size_t row = 0; row < from.document.edges.size(); ++row) {
    const Edge& edge = from.document.edges[row];
    xml.open("edge", XmlWriter::Place::line);
    xml.attribute("id", ids[from.edge_ids[row]]);
    xml.attribute("source", node_ids[edge.from]);
    xml.attribute("target", node_ids[edge.to]);
    if (dialect == GraphmlDialect::gephi) xml.attribute("label", kinds[row]);
    if (dialect == GraphmlDialect::yed) detail::write_yed_edge(xml, from.looks.edge(row));
    keys.write(xml, row);
    xml.close();
  }
}

}  // namespace

std::optional<GraphmlDialect> parse_graphml_dialect(std::string_view text) {
  if (text == "gephi") return GraphmlDialect::gephi;
  if (text == "strict") return GraphmlDialect::strict;
  if (text == "yed") return GraphmlDialect::yed;
  if (text == "cytoscape") return GraphmlDialect::cytoscape;
  return std::nullopt;
}

ExportWarnings write_graphml(const GraphDocument& document, GraphmlDialect dialect, std::ostream& out) {
  // yEd shows what has no place in one heap.
  const auto placing = dialect == GraphmlDialect::yed ? detail::Placing::always : detail::Placing::where_it_tells;
  const detail::Picture picture = detail::draw(document, placing);
  const detail::Looks looks(document);
  const detail::UniqueEdgeIds edge_ids(document.edges);
  const detail::GraphmlSources from{document, picture, looks, edge_ids};
  const bool strict = dialect == GraphmlDialect::strict;

  std::set<std::string> taken = {"d3", "d7"};  // Gephi takes these for yEd's labels
  detail::GraphmlKeys node_keys(taken, "", strict), edge_keys(taken, "edge_", strict);
  detail::add_node_visuals(node_keys, from, dialect);
  detail::add_edge_visuals(edge_keys, from, dialect);
  std::vector<std::pair<std::string, std::string>> renamed;
  for (detail::Field& field : detail::node_fields(document, &renamed)) node_keys.add(std::move(field));
  for (detail::Field& field : detail::edge_fields(document, &renamed)) edge_keys.add(std::move(field));
  for (const detail::GraphmlKeys* keys : {&node_keys, &edge_keys})
    renamed.insert(renamed.end(), keys->renamed().begin(), keys->renamed().end());

  XmlWriter xml(out);
  open_root(xml, dialect);
  if (dialect == GraphmlDialect::yed) detail::declare_yed_keys(xml);
  node_keys.declare(xml, "node");
  edge_keys.declare(xml, "edge");
  xml.open("graph", XmlWriter::Place::line);
  xml.attribute("id", "G");
  xml.attribute("edgedefault", "directed");
  if (!document.title.empty()) {
    xml.open("desc", XmlWriter::Place::line);
    xml.text(document.title);
    xml.close();
  }
  const detail::NameTokens node_ids = strict ? detail::node_tokens(document) : detail::NameTokens();
  write_nodes(xml, from, dialect, node_keys, node_ids);
  write_edges(xml, from, dialect, edge_keys, node_ids);
  xml.finish();

  ExportWarnings warnings;
  if (dialect == GraphmlDialect::gephi)
    if (std::string warning = detail::EdgeKinds(document).remark("the key `type`"); !warning.empty())
      warnings.push_back(std::move(warning));
  if (std::string warning = detail::unplaced_warning(document, picture); !warning.empty())
    warnings.push_back(std::move(warning));
  for (std::string warning : {detail::replaced_warning(xml.replaced()), detail::renamed_warning(renamed)})
    if (!warning.empty()) warnings.push_back(std::move(warning));
  return warnings;
}

}  // namespace chokepoint
