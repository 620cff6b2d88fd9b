#include "analysis/cut_sets/failure_state.hpp"
#include "analysis/cut_sets/fault_tree_oracle.hpp"

#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// A node fails with its groups, and nothing else fails.
class GreatestFixedPointReading {
 public:
  explicit GreatestFixedPointReading(const FaultTree& tree) : state_(tree), lanes_(tree) {}

  void remove(EventIndex e) { state_.remove(e); }
  void undo() { state_.undo(); }
  [[nodiscard]] bool has_failed(TreeNode n) const { return state_.has_failed(n); }
  [[nodiscard]] bool can_spare(TreeGroup g) const { return state_.can_spare(g); }
  [[nodiscard]] const std::vector<TreeNode>& failures() const { return state_.failures(); }
  [[nodiscard]] bool may_use(TreeNode /*user*/, TreeNode member) const { return !state_.has_failed(member); }
  ScenarioMask failing(const FatalNodes& fatal, std::span<const EventIndex> events) {
    return lanes_.run([this](TreeNode n) { return state_.has_failed(n); }, [&](TreeNode n) { return fatal.has(n); },
                      events);
  }

 private:
  FailureState state_;
  BatchedFailures lanes_;
};

}  // namespace

std::unique_ptr<CutOracle> make_greatest_fixed_point_oracle(std::shared_ptr<const FaultTree> tree,
                                                            bool is_for_singles) {
  return std::make_unique<FaultTreeOracle<GreatestFixedPointReading>>(std::move(tree), is_for_singles);
}

}  // namespace chokepoint::detail
