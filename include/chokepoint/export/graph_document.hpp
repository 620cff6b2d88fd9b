#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/model/table.hpp"

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// A graph on its way out: records and metrics, already chosen and in order. Every exporter writes one of these.
struct GraphDocument {
  const Ontology* ontology = nullptr;
  std::string title;
  std::string language = "en";
  std::vector<Node> nodes;   ///< sorted by id
  std::vector<Edge> edges;   ///< sorted by (type, from, to, id); both ends are in `nodes`
  Columns node_columns;      ///< metrics, aligned with `nodes`
  Columns edge_columns;      ///< metrics, aligned with `edges`
};

/// What an exporter had to change or could not say; goes to stderr.
using ExportWarnings = std::vector<std::string>;

/// GraphML for Gephi: the edge type stands in the XML attribute `label` of `<edge>`, edge ids are unique, key names
/// Gephi reads as visuals (label, weight, r g b, size, x y) carry only visuals, types are the six that Gephi knows,
/// characters illegal in XML are replaced. Deterministic bytes. Two edges of one type on one pair are kept with a
/// warning that Gephi merges them. @see GraphML primer; design, exports
ExportWarnings write_graphml(const GraphDocument& document, std::ostream& out);

}  // namespace chokepoint
