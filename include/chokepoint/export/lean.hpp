#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/snapshot/snapshot.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// What of a snapshot a lean file holds.
struct LeanGraph {
  const Snapshot* snapshot = nullptr;
  std::vector<char> nodes{};  ///< [vertex_count] 0 leaves the node out; empty: all
  std::vector<char> edges{};  ///< [edge_count]; empty: all. Both ends of an edge that is kept are kept
  std::string language = "en";
};

/// GraphML with what large graphs are looked at for and nothing else: of a node its id, label and type, of an edge its
/// ends, type and share. Keys and the edges' `label` are those of `write_graphml` for Gephi, a record a line; nodes are
/// sorted by id, edges by (from, type, to). Edges have no ids; there are no colours, sizes or places.
/// @throws DamagedSnapshot
/// @note O(n + m), streamed straight from the columns; a quarter of the bytes of a whole file
ExportWarnings write_lean_graphml(const LeanGraph& graph, std::ostream& out);

/// The same as GEXF 1.3; edges are numbered.
ExportWarnings write_lean_gexf(const LeanGraph& graph, std::ostream& out);

}  // namespace chokepoint
