#include "analysis/cut_sets/failure_state.hpp"

namespace chokepoint::detail {

FailureState::FailureState(const Cone& cone) : cone_(&cone), spare_(cone.group_count()), failed_(cone.node_count(), 0) {
  for (ConeGroup g = 0; g < cone.group_count(); ++g) {
    spare_[g] = static_cast<std::int32_t>(cone.members(g).size()) - static_cast<std::int32_t>(cone.needed(g));
  }
}

void FailureState::fail(ConeNode n) {
  if (failed_[n] != 0) return;
  failed_[n] = 1;
  trail_.push_back(n);
}

void FailureState::remove(EventIndex e) {
  marks_.push_back(trail_.size());
  std::size_t done = trail_.size();
  for (const ConeNode n : cone_->nodes_of(e)) fail(n);
  for (; done < trail_.size(); ++done) {
    for (const ConeGroup g : cone_->memberships(trail_[done])) {
      // Exactly the step from enough to too few fails the dependents, so that taking it back is symmetric.
      if (spare_[g]-- != 0) continue;
      for (const ConeNode d : cone_->dependents(g)) fail(d);
    }
  }
}

void FailureState::undo() {
  for (; trail_.size() > marks_.back(); trail_.pop_back()) {
    failed_[trail_.back()] = 0;
    for (const ConeGroup g : cone_->memberships(trail_.back())) ++spare_[g];
  }
  marks_.pop_back();
}

}  // namespace chokepoint::detail
