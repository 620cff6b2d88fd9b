#include "chokepoint/query/resolve.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

namespace chokepoint {

namespace {

template <typename Type>
std::uint16_t require_type(const std::vector<Type>& types, std::string_view text, std::string_view unknown) {
  const std::string wanted = fold(text);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const Type& type = types[i];
    bool named = fold(type.id) == wanted;
    for (const auto& [language, label] : type.labels) named = named || fold(label) == wanted;
    if (named) return static_cast<std::uint16_t>(i);
    ids.push_back(type.id);
  }
  const auto near = suggest(text, ids);
  throw UsageError(
      fmt::format(fmt::runtime(unknown), text, near.empty() ? "; `chokepoint schema` lists them" : did_you_mean(near)));
}

}  // namespace

std::uint16_t require_node_type(const Session& session, std::string_view text) {
  return require_type(session.ontology().node_types(), text, "no node type is called \"{}\"{}");
}

std::uint16_t require_edge_type(const Session& session, std::string_view text) {
  return require_type(session.ontology().edge_types(), text, "no edge type is called \"{}\"{}");
}

std::vector<std::string> node_type_ids(const Session& session, const std::vector<std::string>& texts) {
  std::vector<std::string> ids;
  for (const std::string& text : texts)
    ids.push_back(session.ontology().node_types()[require_node_type(session, text)].id);
  return ids;
}

std::string did_you_mean(const std::vector<std::string>& candidates) {
  if (candidates.empty()) return {};
  return fmt::format("; did you mean {}?", fmt::join(candidates, ", "));
}

std::string did_you_mean_or_see(const std::vector<std::string>& candidates, std::string_view command) {
  return candidates.empty() ? fmt::format("; see `{}`", command) : did_you_mean(candidates);
}

Date require_day(std::string_view text, std::string_view option) {
  if (const auto day = parse_as_of(text)) return *day;
  throw UsageError(fmt::format("{}: \"{}\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", option, text));
}

const NodeRef& NodeRefs::ref(const std::string& id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  NodeRef node = session_->reader().ref(id).value_or(NodeRef{.key = 0, .id = id, .type = {}, .labels = {}});
  return known_.emplace(id, std::move(node)).first->second;
}

void NodeRefs::remember(NodeRef node) {
  std::string id = node.id;
  known_.insert_or_assign(std::move(id), std::move(node));
}

NodeRef ref_of(const Snapshot& snapshot, Vertex v) {
  NodeRef ref{.key = snapshot.columns().node_key[v],
              .id = std::string(snapshot.id(v)),
              .type = snapshot.type(v).id,
              .labels = {}};
  for (const NodeName& name : snapshot.names(v))
    if (name.kind == NodeName::Kind::label) ref.labels.emplace(name.tag, name.text);
  return ref;
}

namespace {

Vertex require_vertex(std::optional<Vertex> found) {
  if (!found) throw DamagedSnapshot("lacks a node of the database");
  return *found;
}

}  // namespace

Vertex vertex_of(const Snapshot& snapshot, std::string_view id) { return require_vertex(snapshot.find(id)); }
Vertex vertex_of(const DeltaSnapshot& graph, std::string_view id) { return require_vertex(graph.find(id)); }

Vertex resolve_vertex(Session& session, const Snapshot& snapshot, std::string_view name) {
  if (const auto exact = snapshot.find(name)) return *exact;
  if (snapshot.has_names()) {
    const std::string folded = fold(name);
    const auto candidates = snapshot.named(folded);
    for (const Vertex v : candidates)
      if (fold(snapshot.id(v)) == folded) return v;
    if (candidates.size() == 1) return candidates.front();
  }
  const NodeRef node = session.reader().resolve(name);
  return vertex_of(snapshot, node.id);
}

Vertex resolve_vertex(Session& session, const DeltaSnapshot& graph, std::string_view name) {
  return vertex_of(graph, session.reader().resolve(name).id);
}

DatasetInfo require_dataset(const Session& session, const std::string& id) {
  std::vector<std::string> ids;
  for (const DatasetInfo& dataset : session.reader().dataset_infos()) {
    if (dataset.id == id) return dataset;
    ids.push_back(dataset.id);
  }
  auto near = suggest(id, ids);
  if (near.empty()) near = ids;
  throw NotFoundError(fmt::format("no dataset has the id \"{}\"{}", id, did_you_mean(near)), near);
}

}  // namespace chokepoint
