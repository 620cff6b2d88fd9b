#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint {

/// Which facts count.
struct ViewOptions {
  Date as_of;                             ///< facts not valid on this day are out, and edges whose end is out
  std::vector<Status> include;            ///< forecast, planned, recommended: out unless named here
  bool include_derived = false;           ///< `derived` edges: requirement analyses want them, reachability not
  std::optional<double> min_confidence;   ///< edges that state a lower one are out; unstated ones stay
  std::vector<std::uint16_t> edge_types;  ///< empty: every type
  std::optional<std::vector<std::uint8_t>> edge_mask;  ///< [edge_count]: 0 takes the edge out beforehand (sources)
};

/// What a view left out or had to choose between; analyses put it into their coverage.
struct ViewCoverage {
  std::uint64_t edges_of_other_days = 0;    ///< not valid on the day, or an end was not
  std::uint64_t edges_of_other_status = 0;  ///< forecast, planned, recommended or derived
  std::uint64_t edges_below_confidence = 0;
  std::vector<Arc> superseded;  ///< older or later measures of a fact of which another counts
  std::vector<Arc> rivals;      ///< claims that lost to another claim on the same fact
};

/// Why an edge does not count, if it does not.
enum class Fate : std::uint8_t { counts, unwanted, other_day, other_status, low_confidence, superseded, rival };

/// The facts of a snapshot that count on one day. Of several measures of one fact the latest `as_of` up to the day
/// counts, else the earliest later one; of rival claims one counts (higher confidence, then reported > estimated >
/// derived, then later source, then lower id). Where any of them states a share, one that does stands for the fact.
/// @see graph/SEMANTICS.md §1.5
class View {
 public:
  /// Looks at every edge and keeps one bit for it, which is best for whole graphs. O(n + m)
  View(std::shared_ptr<const Snapshot> snapshot, ViewOptions options);
  /// The same facts, but looks at an edge when it is asked for: best where an answer touches a small part of a large
  /// graph. O(types). It has no `coverage()`.
  static View local(std::shared_ptr<const Snapshot> snapshot, ViewOptions options);

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const std::shared_ptr<const Snapshot>& shared_snapshot() const { return snapshot_; }
  [[nodiscard]] const ViewOptions& options() const { return options_; }
  /// @pre the view is not local
  [[nodiscard]] const ViewCoverage& coverage() const { return coverage_; }
  [[nodiscard]] bool is_local() const { return is_local_; }
  [[nodiscard]] bool has_edge(Arc e) const {
    return is_local_ ? fate(e) == Fate::counts : ((edges_[e >> 6U] >> (e & 63U)) & 1U) != 0;
  }
  [[nodiscard]] bool has_node(Vertex v) const {
    if (!is_local_) return ((nodes_[v >> 6U] >> (v & 63U)) & 1U) != 0;
    const SnapshotColumns& columns = snapshot_->columns();
    return columns.node_from[v] <= options_.as_of.days && options_.as_of.days < columns.node_to[v];
  }

  /// Whether the edge counts, and if not, why. O(claims on its fact) @throws DamagedSnapshot
  [[nodiscard]] Fate fate(Arc e) const;
  /// The performance that counts for a fact: of its claims that state one, as above; NaN when none does.
  /// @pre has_edge(e). O(claims on its fact)
  [[nodiscard]] float performance(Arc e) const;
  /// What a gate byte tells here: Gate::open and Gate::closed hold without a look at the edge's other columns. Types
  /// that the view leaves out are Gate::ask.
  [[nodiscard]] Gate gate(std::uint8_t byte) const { return static_cast<Gate>(gates_[byte]); }

 private:
  View() = default;
  [[nodiscard]] Fate fate_alone(Arc e) const;
  [[nodiscard]] Fate fate_among_claims(Arc e) const;
  template <typename Visit>
  void for_each_claim(Arc e, Visit visit) const;
  void look_at_all();
  void settle_claims();

  std::shared_ptr<const Snapshot> snapshot_;
  ViewOptions options_;
  ViewCoverage coverage_;
  bool is_local_ = false;
  std::array<bool, 8> statuses_{};
  std::vector<std::uint8_t> types_;
  std::array<std::uint8_t, 256> gates_{};  ///< Gate by gate byte
  std::vector<std::uint64_t> edges_;
  std::vector<std::uint64_t> nodes_;
};

}  // namespace chokepoint
