#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace chokepoint::detail {

/// So many entries a change has at most, before it is logged as one that changed all.
inline constexpr std::size_t most_logged = 4000;

/// All edges of a type between two nodes, by the keys of these: what the log tells of edges.
struct ParallelEdges {
  std::int64_t from = 0, type = 0, to = 0;
  friend auto operator<=>(const ParallelEdges&, const ParallelEdges&) = default;
};

/// What a writer changes of the graph, for `change_log`. While it writes, the triggers that tell of others' edits are
/// gone.
class ChangeLog {
 public:
  explicit ChangeLog(SQLite::Database& connection);

  void add(const ParallelEdges& edges);
  /// The edges that are parallel to the one of that key, as it is stored.
  void add_edge(std::int64_t key);
  /// A node that comes, goes, or changes what the graph has of it. @param id  it has, or had
  void add_node(std::int64_t key, const std::string& id);
  /// The node of that key, as it is stored.
  void add_node(std::int64_t key);
  /// More than is worth telling.
  void add_all() { tells_all_ = true; }
  [[nodiscard]] bool tells_all() const { return tells_all_; }
  /// Writes the entries, to be followed by the change of the state. Called once.
  void write();

 private:
  void stop_if_long();

  SQLite::Database& connection_;
  SQLite::Statement ends_of_edge_, id_of_node_;
  std::set<ParallelEdges> edges_;
  std::map<std::int64_t, std::set<std::string>> nodes_;  ///< ids by key
  bool tells_all_ = false;
};

}  // namespace chokepoint::detail
