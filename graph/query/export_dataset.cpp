#include "chokepoint/query/export_dataset.hpp"

#include "query/dataset_names.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace chokepoint {

namespace {

/// The one dataset that is written; nullopt when there are several.
std::optional<DatasetInfo> info_of(Session& session, const std::string& dataset) {
  if (!dataset.empty()) return detail::require_dataset(session, dataset);
  const auto all = session.reader().datasets();
  return all.size() == 1 ? std::optional(all.front().info) : std::nullopt;
}

}  // namespace

void write_dataset(Session& session, const std::string& dataset, DatasetForm form, std::ostream& out) {
  DatasetWriter writer(out, form);
  writer.begin(info_of(session, dataset));
  const auto write = [&](const auto& record) { writer.write(record); };
  const Reader reader = session.reader();
  reader.for_each_source(dataset, write);
  reader.for_each_node(dataset, write);
  reader.for_each_edge(dataset, write);
  reader.for_each_observation(dataset, write);
  writer.end();
}

void write_records(Session& session, const GraphDocument& document, DatasetForm form, std::ostream& out) {
  const Reader reader = session.reader();
  std::vector<Node> nodes = document.nodes;
  for (const auto& [id, labels] : document.names)
    if (auto node = reader.node(id)) nodes.push_back(*std::move(node));
  std::ranges::sort(nodes, {}, &Node::id);
  std::set<std::string, std::less<>> cited;
  for (const Node& node : nodes)
    for (const Citation& citation : node.sources) cited.insert(citation.source);
  for (const Source& source : document.sources) cited.insert(source.id);
  DatasetWriter writer(out, form);
  writer.begin(std::nullopt);
  for (const Source& source : reader.sources())
    if (cited.contains(source.id)) writer.write(source);
  for (const Node& node : nodes) writer.write(node);
  for (const Edge& edge : document.edges) writer.write(edge);
  for (const Observation& figure : document.observations) writer.write(figure);
  writer.end();
}

}  // namespace chokepoint
