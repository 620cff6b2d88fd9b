#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

class Snapshot;

/// How much of what a database holds: counted when a snapshot is made, and kept in it, since counting ten million edges
/// takes longer than any question should.
struct RecordCounts {
  static constexpr std::size_t status_count = 6;

  std::vector<std::int64_t> node_types, edge_types;   ///< by number in the ontology
  std::array<std::int64_t, status_count> statuses{};  ///< of edges, as enumerated
  std::int64_t observations = 0, sources = 0, datasets = 0;
  /// What comes and goes on a day: nodes, and edges that are reported, estimated or derived and that no other edge
  /// contests, which are there while both ends are.
  struct Change {
    std::int32_t day = 0;  ///< the least value for what has always been there
    std::int64_t nodes = 0, edges = 0;
    friend bool operator==(const Change&, const Change&) = default;
  };
  std::vector<Change> changes;  ///< by day
  friend bool operator==(const RecordCounts&, const RecordCounts&) = default;
};

/// Counts nodes and edges; what is no part of the graph stays 0. O(n + m)
RecordCounts counts_of(const Snapshot& snapshot);

/// 64-bit numbers in the byte order of the machine: the numbers of node types, of edge types and of changes; what there
/// is of each type and status; observations, sources, datasets; day, nodes and edges of each change.
std::string packed(const RecordCounts& counts);
/// @param node_types, edge_types  how many the ontology has
/// @param by_day  false: `changes`, which may be long, stays empty and is not looked at
/// @throws DamagedSnapshot
RecordCounts unpacked_counts(std::string_view bytes, std::size_t node_types, std::size_t edge_types,
                             bool by_day = true);

}  // namespace chokepoint
