#include "analysis/cut_sets/batched_least_fixed_point.hpp"
#include "analysis/cut_sets/fault_tree_oracle.hpp"
#include "analysis/cut_sets/least_fixed_point_state.hpp"

#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// What is not held from below fails.
class LeastFixedPointReading {
 public:
  explicit LeastFixedPointReading(const FaultTree& tree) : state_(tree), lanes_(tree) {}

  void remove(EventIndex e) { state_.remove(e); }
  void undo() { state_.undo(); }
  [[nodiscard]] bool has_failed(TreeNode n) const { return state_.has_failed(n); }
  [[nodiscard]] bool can_spare(TreeGroup g) const { return state_.can_spare(g); }
  [[nodiscard]] const std::vector<TreeNode>& failures() {
    state_.failures(failures_);
    return failures_;
  }
  /// Only what stood before: so a support stands from below as well.
  [[nodiscard]] bool may_use(TreeNode user, TreeNode member) const { return state_.rank(member) < state_.rank(user); }
  ScenarioMask failing(const FatalNodes& fatal, std::span<const EventIndex> events) {
    return lanes_.run(state_, fatal, events);
  }

 private:
  LeastFixedPointState state_;
  BatchedLeastFixedPoint lanes_;
  std::vector<TreeNode> failures_;
};

}  // namespace

std::unique_ptr<CutOracle> make_least_fixed_point_oracle(std::shared_ptr<const FaultTree> tree, bool is_for_singles) {
  return std::make_unique<FaultTreeOracle<LeastFixedPointReading>>(std::move(tree), is_for_singles);
}

}  // namespace chokepoint::detail
