#include "store/writer_impl.hpp"

namespace chokepoint {

PutOutcome Writer::put(const Source& source) {
  return impl_->run("writing a source",
                    [&] { return impl_->put(source, impl_->rows.find_source(source.id), source.id); });
}

PutOutcome Writer::put(const Node& given, std::string_view stored_id) {
  return impl_->run("writing a node", [&] {
    Node node = given;
    detail::sort_citations(node.sources);
    const auto known = impl_->rows.find_node(stored_id);
    return impl_->put(std::move(node), known ? std::optional(known->key) : std::nullopt,
                      known ? known->id : std::string(stored_id));
  });
}

PutOutcome Writer::put(const Edge& given) {
  return impl_->run("writing an edge", [&] {
    Edge edge = given;
    detail::sort_citations(edge.sources);
    const std::string hash = record_id(edge);
    if (edge.id.empty()) edge.id = hash;
    return impl_->put(edge, impl_->find(edge, hash), edge.id);
  });
}

PutOutcome Writer::put(const Observation& given) {
  return impl_->run("writing an observation", [&] {
    Observation observation = given;
    detail::sort_citations(observation.sources);
    const std::string hash = record_id(observation);
    if (observation.id.empty()) observation.id = hash;
    return impl_->put(observation, impl_->find(observation, hash), observation.id);
  });
}

std::optional<std::string> Writer::id_conflict(const Edge& edge) {
  return impl_->run("looking up an edge", [&] { return impl_->id_conflict(edge); });
}
std::optional<std::string> Writer::id_conflict(const Observation& observation) {
  return impl_->run("looking up an observation", [&] { return impl_->id_conflict(observation); });
}

std::vector<std::int64_t> Writer::remove_rest() {
  return impl_->run("removing records", [&] {
    std::vector<std::int64_t> removed(record_kinds);
    removed[static_cast<std::size_t>(RecordKind::observation)] = impl_->remove_unseen<Observation>();
    removed[static_cast<std::size_t>(RecordKind::edge)] = impl_->remove_unseen<Edge>();
    removed[static_cast<std::size_t>(RecordKind::node)] = impl_->remove_unseen<Node>();
    return removed;
  });
}

std::int64_t Writer::remove_rest_of_sources() {
  return impl_->run("removing sources", [&] { return impl_->remove_unseen<Source>(); });
}

void Writer::remove_dataset() {
  impl_->run("removing a dataset", [&] {
    SQLite::Statement statement(impl_->connection, "DELETE FROM dataset WHERE key = ?");
    statement.bind(1, impl_->dataset);
    statement.exec();
    impl_->touched = true;
  });
}

std::vector<std::string> Writer::dangling() {
  return impl_->run("checking what others rest on", [&] {
    std::vector<std::string> list;
    const auto add = [&](const std::string& sql) {
      SQLite::Statement statement(impl_->connection, sql);
      while (statement.executeStep()) list.push_back(statement.getColumn(0).getString());
    };
    for (const char* column : {"from_node", "to_node", "item", "market", "origin"})
      add(fmt::format(
          "SELECT 'edge ' || coalesce(e.name, printf('%016x', e.hash)) || ' of dataset ' || d.id FROM edge e JOIN "
          "dataset d ON d.key = e.dataset WHERE e.{0} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM node n WHERE "
          "n.key = e.{0})",
          column));
    for (const char* column : {"subject", "item", "market", "relative_to"})
      add(fmt::format(
          "SELECT 'observation ' || coalesce(v.name, printf('%016x', v.hash)) || ' of dataset ' || d.id FROM "
          "observation v JOIN dataset d ON d.key = v.dataset WHERE v.{0} IS NOT NULL AND NOT EXISTS (SELECT 1 "
          "FROM node n WHERE n.key = v.{0})",
          column));
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
  });
}

}  // namespace chokepoint
