#pragma once

#include "analysis/cut_sets/batched_failures.hpp"
#include "analysis/cut_sets/fatal_nodes.hpp"
#include "analysis/cut_sets/least_fixed_point_state.hpp"

#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

namespace chokepoint::detail {

/// Works out, for many removals at once, which of them leave the target without support from below, on top of what was
/// removed before. Only what changes is visited, block by block: no node rests on one of a later block. As in
/// LeastFixedPointState, what was derived from a removed node is taken down and then put up again where something else
/// holds it, which is found in its block and before.
class BatchedLeastFixedPoint {
 public:
  explicit BatchedLeastFixedPoint(const FaultTree& tree);

  /// @param fatal  of the state: failures need not be followed further than to the block of such a node
  /// @param events  at most ScenarioMask::width
  /// @return bit i: removing events[i] as well fails the target
  ScenarioMask run(const LeastFixedPointState& state, const FatalNodes& fatal, std::span<const EventIndex> events);

 private:
  /// Block, rank, node.
  using Due = std::tuple<std::uint32_t, LeastFixedPointState::Rank, TreeNode>;

  void start(const LeastFixedPointState& state, std::span<const EventIndex> events);
  ScenarioMask& touch(TreeNode n);
  [[nodiscard]] bool is_touched(TreeNode n) const { return run_of_[n] == run_; }
  void queue(const LeastFixedPointState& state, TreeNode n);
  /// Lanes, of those that are open, in which the node is removed or some group of it lacks members that stand at ranks
  /// below this.
  ScenarioMask fallen(const LeastFixedPointState& state, TreeNode n, LeastFixedPointState::Rank below);
  /// Takes down what is due in the first block that is, and lists it in `fell_`.
  void take_down_block(const LeastFixedPointState& state);
  void put_up_block(const LeastFixedPointState& state);
  /// Tells the blocks behind.
  void pass_on(const LeastFixedPointState& state);

  const FaultTree* tree_;
  std::vector<std::uint32_t> block_;  ///< [nodes] ascending; nodes of a cycle have neighbouring numbers
  std::uint32_t run_ = 0;
  std::vector<std::uint32_t> run_of_;      ///< [nodes] the run in which the masks were last used
  std::vector<std::uint8_t> is_queued_;    ///< [nodes]
  std::vector<ScenarioMask> gone_, down_;  ///< [nodes] removed; not standing
  std::vector<Due> heap_;                  ///< the smallest first
  std::vector<TreeNode> fell_;             ///< in one block, lower ranks first
  ScenarioMask all_ = ScenarioMask::filled(true), none_;
  ScenarioMask open_;  ///< lanes in which the target is not known to fail
};

}  // namespace chokepoint::detail
