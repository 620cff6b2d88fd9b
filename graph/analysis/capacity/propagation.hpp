#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "analysis/capacity/limits.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Spreads failures through a requirement system by counting, for each group, how many of its voters it can still
/// spare. Failures only ever add up, so it can be fed step by step.
class Propagation {
 public:
  Propagation(const Requirements& requirements, const Limits& limits, Variants variants, Assessment& result);

  /// Removed nodes, cut rows and groups that lack members from the start.
  void start();
  void fail_group(GroupIndex g);
  void fail_node(SystemNode n, GroupIndex cause);
  /// Works off what is pending.
  void run();
  /// Failed nodes in the order in which they failed, from the start.
  [[nodiscard]] const std::vector<SystemNode>& failures() const { return queue_; }
  [[nodiscard]] bool has_failed(GroupIndex g) const { return group_failed_[g] != 0; }

 private:
  void lose(MemberIndex m);
  [[nodiscard]] bool is_short(GroupIndex g) const { return spare_[g] < 0 && refills_[g] == 0; }

  const Requirements* requirements_;
  const Limits* limits_;
  Assessment* result_;
  std::vector<std::int64_t> spare_;     ///< [groups] voters that may still fail
  std::vector<std::uint32_t> refills_;  ///< [groups] refills that still work
  std::vector<std::uint8_t> group_failed_;
  std::vector<SystemNode> queue_;
  std::size_t done_ = 0;
};

}  // namespace chokepoint::detail
