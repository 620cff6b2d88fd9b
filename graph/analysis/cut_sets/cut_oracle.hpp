#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "analysis/cut_sets/fault_tree.hpp"
#include "analysis/requirements/components.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Asked between pieces of work; false: the rest is to be left undone.
using GoOn = std::function<bool()>;

/// What a search for cut sets asks. Removals are stacked. One thread uses an oracle at a time.
class CutOracle {
 public:
  CutOracle() = default;
  CutOracle(const CutOracle&) = delete;
  CutOracle& operator=(const CutOracle&) = delete;
  virtual ~CutOracle() = default;

  /// Another oracle of the same question for another thread, with nothing pushed; what never changes is shared.
  /// @pre nothing is pushed
  [[nodiscard]] virtual std::unique_ptr<CutOracle> fork() const = 0;
  /// Candidates, sorted; events are their positions.
  [[nodiscard]] virtual const std::vector<Vertex>& candidates() const = 0;
  /// Removes one more. @pre the target works on without it and what was pushed
  virtual void push(EventIndex e) = 0;
  virtual void pop() = 0;
  /// Gets ready for branches that start with one of `roots`, so that what an oracle answers in a branch does not depend
  /// on the branches that it, or another one, was asked about before. Forks made later are ready, too.
  /// @return false when `go_on` said so
  virtual bool prepare(std::span<const EventIndex> roots, const GoOn& go_on);
  /// Events, sorted, of which every cut set that contains what was pushed must contain one more; written over `events`.
  /// @return false when `go_on` said so; then `events` mean nothing
  virtual bool support(std::vector<EventIndex>& events, const GoOn& go_on) = 0;

  /// Events, sorted, among which are all that fail the target, each by itself on top of what was pushed; like a
  /// support, but perhaps fewer. @return false when `go_on` said so
  virtual bool last_support(std::vector<EventIndex>& events, const GoOn& go_on);

  /// Which of `events` fail the target, each by itself on top of what was pushed, as far as that is known without a
  /// test: `killers` is added to; `doubtful` gets the others that may, in the order in which they are best tested.
  virtual void screen(std::span<const EventIndex> events, std::vector<EventIndex>& killers,
                      std::vector<EventIndex>& doubtful) = 0;
  /// How many events are tested at a time.
  [[nodiscard]] virtual std::size_t batch_size() const = 0;
  /// Adds to `killers` those of `batch` that fail the target, each by itself on top of what was pushed.
  /// @pre nothing was pushed or popped since the last screening; batch.size() <= batch_size()
  virtual void test(std::span<const EventIndex> batch, std::vector<EventIndex>& killers) = 0;
  /// Is told what other oracles found out on top of the same removals, which may save work.
  virtual void learn(std::span<const EventIndex> killers);
};

/// Failures that spread: the greatest fixed point, or any system without cycles.
/// @param is_for_singles  whether it will be asked about single members only, which takes less preparation
std::unique_ptr<CutOracle> make_greatest_fixed_point_oracle(std::shared_ptr<const FaultTree> tree, bool is_for_singles);
/// Support from below: the least fixed point.
std::unique_ptr<CutOracle> make_least_fixed_point_oracle(std::shared_ptr<const FaultTree> tree, bool is_for_singles);
/// Capacities against a threshold; every set is assessed by itself.
/// @param situation  outlives the oracle and its forks
/// @param candidates  sorted, without what has failed and without the target
std::unique_ptr<CutOracle> make_threshold_oracle(const Situation& situation,
                                                 std::shared_ptr<const Components> components, SystemNode target,
                                                 std::vector<Vertex> candidates);

}  // namespace chokepoint::detail
