#pragma once

#include "chokepoint/snapshot/record_counts.hpp"
#include "chokepoint/snapshot/snapshot.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Whether edges of a status are counted by day.
bool counts_on_its_days(std::uint8_t status);

/// From a day to before another; none where that is not later.
struct Days {
  std::int32_t from = 0, to = 0;
};
Days days_of_node(const Snapshot& snapshot, Vertex v);
/// While both ends are there.
Days days_of_edge(const Snapshot& snapshot, Arc e);

/// Counts to which a few nodes and edges are added, or from which they are taken.
class RecordTally {
 public:
  explicit RecordTally(RecordCounts counts) : counts_(std::move(counts)) {}
  /// @param times  1 or -1
  void add_node(const Snapshot& snapshot, Vertex v, std::int64_t times);
  void add_edge(const Snapshot& snapshot, Arc e, std::int64_t times);
  /// O(changes by day + added · log)
  RecordCounts take() &&;

 private:
  void add(Days days, std::int64_t times, std::int64_t RecordCounts::Change::*what);

  RecordCounts counts_;
  std::vector<RecordCounts::Change> changes_;
};

}  // namespace chokepoint::detail
