#include "store/rows/change_log.hpp"

namespace chokepoint::detail {

ChangeLog::ChangeLog(SQLite::Database& connection)
    : connection_(connection),
      ends_of_edge_(connection, "SELECT from_node, type, to_node FROM edge WHERE key = ?"),
      id_of_node_(connection, "SELECT id FROM node WHERE key = ?") {}

void ChangeLog::stop_if_long() {
  if (edges_.size() + nodes_.size() <= most_logged) return;
  tells_all_ = true;
  edges_.clear();
  nodes_.clear();
}

void ChangeLog::add(const ParallelEdges& edges) {
  if (tells_all_) return;
  edges_.insert(edges);
  stop_if_long();
}

void ChangeLog::add_edge(std::int64_t key) {
  if (tells_all_) return;
  ends_of_edge_.bind(1, key);
  if (ends_of_edge_.executeStep())
    add({ends_of_edge_.getColumn(0).getInt64(), ends_of_edge_.getColumn(1).getInt64(),
         ends_of_edge_.getColumn(2).getInt64()});
  ends_of_edge_.reset();
}

void ChangeLog::add_node(std::int64_t key, const std::string& id) {
  if (tells_all_) return;
  nodes_[key].insert(id);
  stop_if_long();
}

void ChangeLog::add_node(std::int64_t key) {
  if (tells_all_) return;
  id_of_node_.bind(1, key);
  if (id_of_node_.executeStep()) add_node(key, id_of_node_.getColumn(0).getString());
  id_of_node_.reset();
}

void ChangeLog::write() {
  if (tells_all_) {
    connection_.exec("INSERT INTO change_log (kind) VALUES ('all')");
    return;
  }
  SQLite::Statement edge(connection_,
                         "INSERT INTO change_log (kind, from_node, type, to_node) VALUES ('edge', ?, ?, ?)");
  for (const ParallelEdges& edges : edges_) {
    edge.bind(1, edges.from);
    edge.bind(2, edges.type);
    edge.bind(3, edges.to);
    edge.exec();
    edge.reset();
  }
  SQLite::Statement node(connection_, "INSERT INTO change_log (kind, node, id) VALUES ('node', ?, ?)");
  for (const auto& [key, ids] : nodes_)
    for (const std::string& id : ids) {
      node.bind(1, key);
      node.bind(2, id);
      node.exec();
      node.reset();
    }
}

}  // namespace chokepoint::detail
