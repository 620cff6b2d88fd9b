#include "tests/support/graph_fixture.hpp"

#include <stdexcept>
#include <utility>

namespace chokepoint::test {

std::shared_ptr<const Ontology> standard_ontology() {
  return {&Ontology::standard(), [](const Ontology*) {}};  // it lives as long as the program
}

GraphFixture::GraphFixture(std::shared_ptr<const Ontology> ontology) : ontology_(std::move(ontology)) {}

SnapshotNode& GraphFixture::node(std::string_view id, std::string_view type) {
  SnapshotNode& added = nodes_.emplace_back();
  added.id = id;
  added.key = static_cast<std::int64_t>(nodes_.size());
  added.type = ontology_->node_type(type).value();
  keys_.emplace(added.id, added.key);
  return added;
}

GraphFixture& GraphFixture::nodes(std::string_view type, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) node(id, type);
  return *this;
}

std::int64_t GraphFixture::key(const std::string& id) {
  const auto place = keys_.find(id);
  return place != keys_.end() ? place->second : node(id, default_type).key;
}

SnapshotEdge& GraphFixture::edge(const std::string& from, std::string_view type, const std::string& to) {
  const std::int64_t from_key = key(from);
  const std::int64_t to_key = key(to);
  SnapshotEdge& added = edges_.emplace_back();
  added.key = static_cast<std::int64_t>(edges_.size());
  added.id = "e" + std::to_string(added.key);
  added.type = ontology_->edge_type(type).value();
  added.from = from_key;
  added.to = to_key;
  return added;
}

std::shared_ptr<const Snapshot> GraphFixture::build(std::int32_t settled_from) const {
  SnapshotBuilder builder(ontology_);
  for (const SnapshotNode& node : nodes_) builder.add(node);
  for (const SnapshotEdge& edge : edges_) builder.add(edge);
  return std::move(builder).build(settled_from);
}

View GraphFixture::view(ViewOptions options) const { return {build(), std::move(options)}; }

GraphFixture scanner_and_resist() {
  GraphFixture g;
  g.nodes("firm", {"asml", "jsr", "tok"});
  g.edge("chip", "requires", "scanner");
  g.edge("chip", "requires", "resist");
  g.edge("asml", "produces", "scanner");
  g.edge("jsr", "produces", "resist");
  g.edge("tok", "produces", "resist");
  return g;
}

Vertex vertex(const Snapshot& snapshot, std::string_view id) {
  const auto found = snapshot.find(id);
  if (!found) throw std::invalid_argument("no node " + std::string(id));
  return *found;
}

Arc arc(const Snapshot& snapshot, std::int64_t key) {
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    if (snapshot.columns().edge_key[e] == key) return e;
  }
  throw std::invalid_argument("no edge with key " + std::to_string(key));
}

std::string ids(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  std::string text;
  for (const Vertex v : vertices) {
    if (!text.empty()) text += ' ';
    text += snapshot.id(v);
  }
  return text;
}

}  // namespace chokepoint::test
