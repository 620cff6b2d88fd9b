#include "store/writing/writer_impl.hpp"

#include <array>
#include <string_view>

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
    if (!impl_->known) return removed;  // nothing was of it before, and looking costs the database
    removed[static_cast<std::size_t>(RecordKind::observation)] = impl_->remove_unseen<Observation>();
    removed[static_cast<std::size_t>(RecordKind::edge)] = impl_->remove_unseen<Edge>();
    removed[static_cast<std::size_t>(RecordKind::node)] = impl_->remove_unseen<Node>();
    return removed;
  });
}

std::int64_t Writer::remove_rest_of_sources() {
  if (!impl_->known) return 0;
  return impl_->run("removing sources", [&] { return impl_->remove_unseen<Source>(); });
}

void Writer::remove_dataset() {
  impl_->run("removing a dataset", [&] {
    // All that was of it is gone by now.
    SQLite::Statement rest(impl_->connection, "SELECT record FROM membership WHERE dataset = ?");
    rest.bind(1, impl_->dataset);
    if (rest.executeStep())
      detail::refuse_value({"membership", rest.getColumn(0).getInt64()}, "kind", "no such record is there");
    const detail::UncheckedReferences looked_for(impl_->connection);
    SQLite::Statement statement(impl_->connection, "DELETE FROM dataset WHERE key = ?");
    statement.bind(1, impl_->dataset);
    statement.exec();
    impl_->foreign_citations.forget(impl_->dataset);
    impl_->touched = true;
  });
}

namespace {

/// A column that names a node.
struct NodeColumn {
  const char* table;
  const char* name;
  bool is_indexed;
};

constexpr std::array node_columns{NodeColumn{"edge", "from_node", true},
                                  NodeColumn{"edge", "to_node", true},
                                  NodeColumn{"edge", "item", true},
                                  NodeColumn{"edge", "market", true},
                                  NodeColumn{"edge", "origin", true},
                                  NodeColumn{"observation", "subject", true},
                                  NodeColumn{"observation", "item", false},
                                  NodeColumn{"observation", "market", false},
                                  NodeColumn{"observation", "relative_to", false}};

/// Up to so many nodes are looked up one by one; beyond, all records are looked at once.
constexpr std::size_t most_lookups = 10000;

/// The records whose column is as said; `{}` in that stands for the column.
std::string records_where(const NodeColumn& column, std::string_view condition) {
  return fmt::format(
      "SELECT r.key, r.{1}, coalesce(r.name, printf('%016x', r.hash)), d.id, d.key FROM {0} r LEFT JOIN dataset d ON "
      "d.key = r.dataset WHERE r.{1} {2}",
      column.table, column.name, fmt::format(fmt::runtime(condition), column.name));
}

}  // namespace

Writer::Dangling Writer::dangling() {
  return impl_->run("checking what others rest on", [&] {
    std::set<std::string> own, others;
    const auto add = [&](const NodeColumn& column, SQLite::Statement& statement) {
      while (statement.executeStep()) {
        if (!impl_->erased_nodes.contains(statement.getColumn(1).getInt64()))
          detail::refuse_value({column.table, statement.getColumn(0).getInt64()}, column.name,
                               "it names what is not there");
        std::string record = fmt::format("{} {}", column.table, statement.getColumn(2).getString());
        if (statement.getColumn(4).getInt64() == impl_->dataset)
          own.insert(std::move(record));
        else
          others.insert(fmt::format("{} of dataset {}", record, statement.getColumn(3).getString()));
      }
    };
    for (const NodeColumn& column : node_columns) {
      if (!column.is_indexed || impl_->erased_nodes.size() > most_lookups) {
        SQLite::Statement all(impl_->connection, records_where(column,
                                                               "IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                                                               "node n WHERE n.key = r.{})"));
        add(column, all);
        continue;
      }
      SQLite::Statement one(impl_->connection, records_where(column, "= ?"));
      for (const std::int64_t node : impl_->erased_nodes) {
        one.bind(1, node);
        add(column, one);
        one.reset();
      }
    }
    return Dangling{{own.begin(), own.end()}, {others.begin(), others.end()}};
  });
}

}  // namespace chokepoint
