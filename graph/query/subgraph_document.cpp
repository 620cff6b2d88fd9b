#include "chokepoint/query/subgraph_document.hpp"

#include "query/dataset_names.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace chokepoint {

namespace {

GraphDocument empty_document(const Session& session, std::string title) {
  GraphDocument document;
  document.ontology = &session.ontology();
  document.title = std::move(title);
  document.language = session.language();
  return document;
}

}  // namespace

GraphDocument to_document(Session& session, const Subgraph& subgraph, std::string title) {
  GraphDocument document = empty_document(session, std::move(title));
  const Reader reader = session.reader();
  const Snapshot& snapshot = subgraph.view->snapshot();
  for (const Vertex v : subgraph.vertices)
    if (auto node = reader.node(snapshot.id(v))) document.nodes.push_back(*std::move(node));
  document.node_columns = subgraph.columns;
  std::vector<std::int64_t> keys;
  for (const Arc e : subgraph.arcs) keys.push_back(snapshot.columns().edge_key[e]);
  document.edges = reader.edges(keys);
  std::ranges::sort(document.edges, [](const Edge& a, const Edge& b) {
    return std::tie(a.type, a.from, a.to, a.id) < std::tie(b.type, b.from, b.to, b.id);
  });
  return document;
}

GraphDocument to_document(Session& session, const std::string& dataset) {
  if (!dataset.empty()) detail::require_dataset(session, dataset);
  GraphDocument document = empty_document(session, dataset.empty() ? "chokepoint" : dataset);
  const Reader reader = session.reader();
  std::set<std::string> ids;
  reader.for_each_node(dataset, [&](const Node& node) {
    ids.insert(node.id);
    document.nodes.push_back(node);
  });
  reader.for_each_edge(dataset, [&](const Edge& edge) { document.edges.push_back(edge); });
  for (const Edge& edge : document.edges)
    for (const std::string& end : {edge.from, edge.to})
      if (ids.insert(end).second)
        if (auto node = reader.node(end)) document.nodes.push_back(*std::move(node));
  std::ranges::sort(document.nodes, {}, &Node::id);
  return document;
}

}  // namespace chokepoint
