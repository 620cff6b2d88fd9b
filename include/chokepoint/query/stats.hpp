#pragma once

#include "chokepoint/query/session.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

/// What is counted, by id or name, with its number.
using RecordTally = std::vector<std::pair<std::string, std::int64_t>>;

struct StatsResult {
  RecordTally records;                               ///< nodes, edges, observations, sources, datasets
  RecordTally node_types, edge_types;                ///< in the order of the ontology, also those that have none
  RecordTally statuses;                              ///< of edges
  std::uint64_t nodes_of_day = 0, edges_of_day = 0;  ///< that count on the session's day
  std::uint64_t rivals = 0;                          ///< edges on that day beside those that count
};

/// How much of what the database holds: by node type, edge type, status and dataset, and how many facts count on the
/// session's day. Kept in the snapshot, not counted: O(types, days on which anything changes, contested edges)
StatsResult count_records(Session& session);

}  // namespace chokepoint
