#pragma once

#include "analysis/cone.hpp"
#include "chokepoint/analysis/assessment.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// What a search for cut sets asks. Removals are stacked.
class CutOracle {
 public:
  CutOracle() = default;
  CutOracle(const CutOracle&) = delete;
  CutOracle& operator=(const CutOracle&) = delete;
  virtual ~CutOracle() = default;

  /// Candidates, sorted; events are their positions.
  [[nodiscard]] virtual const std::vector<Vertex>& candidates() const = 0;
  /// Removes one more. @return whether the target fails
  virtual bool push(EventIndex e) = 0;
  virtual void pop() = 0;
  /// Events, sorted, of which every cut set that contains what was pushed must contain one more.
  /// @pre the target works
  virtual std::vector<EventIndex> support() = 0;
  /// Which of `events` fail the target, each by itself on top of what was pushed; in the order of `events`.
  /// @param go_on  asked now and then when there are many, with the part that is done; false: the rest is left untried
  virtual std::vector<EventIndex> killers(std::span<const EventIndex> events,
                                          const std::function<bool(double)>& go_on) = 0;
};

/// Failures that spread: the greatest fixed point, or any system without cycles.
std::unique_ptr<CutOracle> make_spreading_oracle(Cone cone);
/// Support from below: the least fixed point.
std::unique_ptr<CutOracle> make_grounded_oracle(Cone cone);
/// Capacities against a threshold; every set is assessed by itself.
/// @param candidates  sorted, without what has failed and without the target
std::unique_ptr<CutOracle> make_threshold_oracle(const Situation& situation, SystemNode target,
                                                 std::vector<Vertex> candidates);

}  // namespace chokepoint::detail
