#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint {

/// Which facts count.
struct ViewOptions {
  Date as_of;                              ///< facts not valid on this day are out, and edges whose end is out
  std::vector<Status> include;             ///< forecast, planned, recommended: out unless named here
  bool include_derived = false;            ///< `derived` edges: requirement analyses want them, reachability not
  std::optional<double> min_confidence;    ///< edges that state a lower one are out; unstated ones stay
  std::vector<std::uint16_t> edge_types;   ///< empty: every type
  std::optional<std::vector<std::uint8_t>> edge_mask;  ///< [edge_count]: 0 takes the edge out beforehand (sources)
};

/// What a view left out or had to choose between; analyses put it into their coverage.
struct ViewCoverage {
  std::uint64_t edges_of_other_days = 0;     ///< not valid on the day, or an end was not
  std::uint64_t edges_of_other_status = 0;   ///< forecast, planned, recommended or derived
  std::uint64_t edges_below_confidence = 0;
  std::vector<Arc> superseded;               ///< older or later measures of a fact of which another counts
  std::vector<Arc> rivals;                   ///< claims that lost to another claim on the same fact
};

/// The facts of a snapshot that count on one day: one bit per edge and per node. Of several measures of one fact
/// the latest `as_of` up to the day counts, else the earliest later one; of rival claims one counts (higher
/// confidence, then reported > estimated > derived, then later source, then lower id). @see semantics, §1
class View {
 public:
  /// O(n + m)
  View(std::shared_ptr<const Snapshot> snapshot, ViewOptions options);

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const std::shared_ptr<const Snapshot>& shared_snapshot() const { return snapshot_; }
  [[nodiscard]] const ViewOptions& options() const { return options_; }
  [[nodiscard]] const ViewCoverage& coverage() const { return coverage_; }
  [[nodiscard]] bool has_edge(Arc e) const { return (edges_[e >> 6U] >> (e & 63U)) & 1U; }
  [[nodiscard]] bool has_node(Vertex v) const { return (nodes_[v >> 6U] >> (v & 63U)) & 1U; }

 private:
  std::shared_ptr<const Snapshot> snapshot_;
  ViewOptions options_;
  ViewCoverage coverage_;
  std::vector<std::uint64_t> edges_;
  std::vector<std::uint64_t> nodes_;
};

}  // namespace chokepoint
