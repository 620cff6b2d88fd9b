#include "store/writing/writer_impl.hpp"

namespace chokepoint {

namespace {

/// What the writer's dataset says of the records under some keys.
template <typename Record, typename Impl>
std::vector<OwnRecord<Record>> own_records(Impl& impl, const std::vector<std::int64_t>& keys) {
  std::vector<OwnRecord<Record>> own;
  for (const std::int64_t key : keys) {
    const auto by_dataset = impl.versions.of(key, static_cast<const Record*>(nullptr));
    const auto mine = by_dataset.find(impl.dataset);
    if (mine == by_dataset.end()) continue;
    Record record = impl.versions.template parse<Record>(key, mine->second);
    if (record.id == record_id(record)) record.id.clear();
    own.push_back({key, std::move(record), impl.was_seen(detail::kind_of(static_cast<const Record*>(nullptr)), key)});
  }
  return own;
}

std::vector<std::int64_t> all_keys(SQLite::Statement& statement) {
  std::vector<std::int64_t> keys;
  while (statement.executeStep()) keys.push_back(statement.getColumn(0).getInt64());
  statement.reset();
  return keys;
}

}  // namespace

std::optional<Source> Writer::own_source(std::string_view id) {
  return impl_->run("looking up a source", [&]() -> std::optional<Source> {
    const auto key = impl_->rows.find_source(id);
    if (!key) return std::nullopt;
    const auto by_dataset = impl_->versions.of(*key, static_cast<const Source*>(nullptr));
    const auto mine = by_dataset.find(impl_->dataset);
    if (mine == by_dataset.end()) return std::nullopt;
    return impl_->versions.parse<Source>(*key, mine->second);
  });
}

std::optional<Node> Writer::own_node(std::string_view id) {
  return impl_->run("looking up a node", [&]() -> std::optional<Node> {
    const auto known = impl_->rows.find_node(id);
    if (!known) return std::nullopt;
    const auto by_dataset = impl_->versions.of(known->key, static_cast<const Node*>(nullptr));
    const auto mine = by_dataset.find(impl_->dataset);
    if (mine == by_dataset.end()) return std::nullopt;
    return impl_->versions.parse<Node>(known->key, mine->second);
  });
}

std::vector<std::string> Writer::own_nodes_named(std::string_view folded, std::size_t limit) {
  return impl_->run("looking up names", [&] {
    auto statement = impl_->prepared.use(
        "SELECT DISTINCT n.id FROM alias a JOIN node n ON n.key = a.node WHERE a.folded = ?1 "
        "AND a.kind <> 'code' AND (n.dataset = ?2 OR EXISTS (SELECT 1 FROM membership m WHERE "
        "m.kind = 'node' AND m.record = n.key AND m.dataset = ?2)) ORDER BY n.id");
    statement->bind(1, std::string(folded));
    statement->bind(2, impl_->dataset);
    std::vector<std::string> ids;
    while (ids.size() < limit && statement->executeStep()) ids.push_back(statement->getColumn(0).getString());
    // A row's own dataset is the first of several that ever said it; whether it still does, `own_node` tells.
    std::erase_if(ids, [&](const std::string& id) { return !own_node(id); });
    return ids;
  });
}

std::vector<OwnRecord<Edge>> Writer::own_edges(const Edge& like) {
  return impl_->run("looking up edges", [&] {
    if (!like.id.empty()) {
      impl_->edge_by_name.bind(1, like.id);
      return own_records<Edge>(*impl_, all_keys(impl_->edge_by_name));
    }
    auto between =
        impl_->prepared.use("SELECT key FROM edge WHERE from_node = ? AND type = ? AND to_node = ? ORDER BY key");
    between->bind(1, impl_->rows.node_key(like.from));
    between->bind(2, static_cast<std::int64_t>(*impl_->ontology.edge_type(like.type)));
    between->bind(3, impl_->rows.node_key(like.to));
    return own_records<Edge>(*impl_, all_keys(*between));
  });
}

std::vector<OwnRecord<Observation>> Writer::own_figures(const Observation& like) {
  return impl_->run("looking up figures", [&] {
    if (!like.id.empty()) {
      impl_->observation_by_name.bind(1, like.id);
      return own_records<Observation>(*impl_, all_keys(impl_->observation_by_name));
    }
    auto of_subject =
        impl_->prepared.use("SELECT key FROM observation WHERE subject = ? AND indicator = ? ORDER BY key");
    of_subject->bind(1, impl_->rows.node_key(like.subject));
    of_subject->bind(2, like.indicator);
    return own_records<Observation>(*impl_, all_keys(*of_subject));
  });
}

void Writer::retract_edge(std::int64_t key) {
  impl_->run("changing an edge", [&] { impl_->take_out<Edge>(key); });
}
void Writer::retract_figure(std::int64_t key) {
  impl_->run("changing a figure", [&] { impl_->take_out<Observation>(key); });
}

}  // namespace chokepoint
