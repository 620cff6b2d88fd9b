#pragma once

#include "analysis/cut_sets/batched_failures.hpp"
#include "analysis/cut_sets/cut_oracle.hpp"
#include "analysis/cut_sets/fatal_nodes.hpp"
#include "analysis/cut_sets/support_finder.hpp"
#include "analysis/cut_sets/witnesses.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Answers a search from a tree. What it means to fail, a reading says:
/// - `Reading(const FaultTree&)`: with nothing removed
/// - `remove(EventIndex)`, `undo()`: removals, stacked
/// - `has_failed(TreeNode)`, `can_spare(TreeGroup)`, `failures()`: as in FailureState
/// - `may_use(TreeNode user, TreeNode member)`: as in SupportFinder::find
/// - `failing(const FatalNodes&, events)`: bit i: removing events[i] as well fails the target
template <class Reading>
class FaultTreeOracle final : public CutOracle {
 public:
  /// @param is_for_singles  as in make_greatest_fixed_point_oracle
  FaultTreeOracle(std::shared_ptr<const FaultTree> tree, bool is_for_singles)
      : owner_(std::move(tree)),
        tree_(*owner_),
        reading_(tree_),
        fatal_(tree_),
        finder_(tree_),
        // Few tests are made in a few batches; they need no more supports.
        witnesses_(tree_, finder_, is_for_singles ? ScenarioMask::width / 8 : 0, may_use()) {
    fatal_.begin(can_spare(), has_failed());
  }
  /// A fork of another one.
  FaultTreeOracle(std::shared_ptr<const FaultTree> tree, const SupportFinder& finder, const Witnesses& witnesses)
      : owner_(std::move(tree)),
        tree_(*owner_),
        reading_(tree_),
        fatal_(tree_),
        finder_(finder),
        witnesses_(witnesses) {
    fatal_.begin(can_spare(), has_failed());
  }

  [[nodiscard]] std::unique_ptr<CutOracle> fork() const override {
    return std::make_unique<FaultTreeOracle>(owner_, finder_, witnesses_);
  }
  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return tree_.vertices(); }
  void push(EventIndex e) override {
    pushed_.push_back(e);
    witnesses_.push(e);
  }
  void pop() override {
    witnesses_.pop(pushed_.back());
    pushed_.pop_back();
    if (removed_ <= pushed_.size()) return;
    reading_.undo();
    --removed_;
  }
  bool support(std::vector<EventIndex>& events, const GoOn& /*go_on*/) override {
    settle();
    finder_.find(may_use(), events);
    return true;
  }
  bool last_support(std::vector<EventIndex>& events, const GoOn& go_on) override {
    if (!witnesses_.stands()) return support(events, go_on);
    witnesses_.critical(events);
    return true;
  }
  void screen(std::span<const EventIndex> events, std::vector<EventIndex>& killers,
              std::vector<EventIndex>& doubtful) override {
    doubtful.clear();
    std::copy_if(events.begin(), events.end(), std::back_inserter(doubtful),
                 [&](EventIndex e) { return !witnesses_.survives(e); });
    if (doubtful.empty()) return;
    settle();
    fatal_.restart(reading_.failures(), can_spare(), has_failed());
    std::erase_if(doubtful, [&](EventIndex e) {
      const bool is_fatal = fatal_.has_event(e);
      if (is_fatal) killers.push_back(e);
      return is_fatal;
    });
    sort_nearest_first(tree_, doubtful);
  }
  [[nodiscard]] std::size_t batch_size() const override { return ScenarioMask::width; }
  void test(std::span<const EventIndex> batch, std::vector<EventIndex>& killers) override {
    const ScenarioMask fails = reading_.failing(fatal_, batch);
    for (std::size_t lane = 0; lane < batch.size(); ++lane) {
      if (!fails.test(lane)) continue;
      killers.push_back(batch[lane]);
      learn(batch.subspan(lane, 1));
    }
  }
  void learn(std::span<const EventIndex> killers) override {
    for (const EventIndex e : killers) {
      const auto nodes = tree_.nodes_of(e);
      if (nodes.size() == 1) fatal_.add(nodes.front(), can_spare(), has_failed());
    }
  }

 private:
  /// Removals are worked out when they are looked at, which witnesses often make unnecessary.
  void settle() {
    for (; removed_ < pushed_.size(); ++removed_) reading_.remove(pushed_[removed_]);
  }
  [[nodiscard]] auto can_spare() const {
    return [this](TreeGroup g) { return reading_.can_spare(g); };
  }
  [[nodiscard]] auto has_failed() const {
    return [this](TreeNode n) { return reading_.has_failed(n); };
  }
  [[nodiscard]] auto may_use() const {
    return [this](TreeNode user, TreeNode member) { return reading_.may_use(user, member); };
  }

  std::shared_ptr<const FaultTree> owner_;
  const FaultTree& tree_;
  Reading reading_;
  FatalNodes fatal_;
  SupportFinder finder_;
  Witnesses witnesses_;
  std::vector<EventIndex> pushed_;
  std::size_t removed_ = 0;  ///< so many of them are worked into the reading
};

}  // namespace chokepoint::detail
