#pragma once

#include "chokepoint/snapshot/snapshot.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::test {

/// The compiled-in ontology as the shared pointer that builders want.
std::shared_ptr<const Ontology> standard_ontology();

/// A small graph written down by hand. Edges get the ids `e1`, `e2`, … in order, unless told otherwise.
///
///   GraphFixture g;
///   g.nodes("firm", {"asml"}).nodes("equipment", {"scanner"});
///   g.edge("asml", "produces", "scanner").share = 1.0;
class GraphFixture {
 public:
  explicit GraphFixture(std::shared_ptr<const Ontology> ontology = standard_ontology());

  GraphFixture& nodes(std::string_view type, const std::vector<std::string>& ids);
  SnapshotNode& node(std::string_view id, std::string_view type);
  /// Ends that nobody has added yet become nodes of `default_type`.
  SnapshotEdge& edge(const std::string& from, std::string_view type, const std::string& to);
  /// Key of a node, for `item`, `market` and `origin`; added when it is new.
  std::int64_t key(const std::string& id);

  [[nodiscard]] std::shared_ptr<const Snapshot> build(std::int32_t settled_from = day_open_from) const;
  /// With everything undated and reported: all of it.
  [[nodiscard]] View view(ViewOptions options = {}) const;

  std::string default_type = "product";

 private:
  std::shared_ptr<const Ontology> ontology_;
  std::deque<SnapshotNode> nodes_;
  std::deque<SnapshotEdge> edges_;
  std::map<std::string, std::int64_t> keys_;
};

/// chip = scanner AND resist; the scanner comes from asml, resist from jsr or tok.
GraphFixture scanner_and_resist();

/// Number of the node with that id; fails loudly when there is none.
Vertex vertex(const Snapshot& snapshot, std::string_view id);
/// Number of the edge with that store key (edges of a GraphFixture have the keys 1, 2, … in order).
Arc arc(const Snapshot& snapshot, std::int64_t key);
/// Ids of vertices, in the order given, joined by spaces.
std::string ids(const Snapshot& snapshot, const std::vector<Vertex>& vertices);

}  // namespace chokepoint::test
