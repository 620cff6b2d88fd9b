#include "analysis/cut_sets/cone_oracle.hpp"
#include "analysis/cut_sets/grounded_lanes.hpp"
#include "analysis/cut_sets/grounded_state.hpp"

#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// What is not held from below fails.
class GroundedReading {
 public:
  explicit GroundedReading(const Cone& cone) : state_(cone), lanes_(cone) {}

  void remove(EventIndex e) { state_.remove(e); }
  void undo() { state_.undo(); }
  [[nodiscard]] bool has_failed(ConeNode n) const { return state_.has_failed(n); }
  [[nodiscard]] bool can_spare(ConeGroup g) const { return state_.can_spare(g); }
  [[nodiscard]] const std::vector<ConeNode>& failures() {
    state_.failures(failures_);
    return failures_;
  }
  /// Only what stood before: so a support stands from below as well.
  [[nodiscard]] bool may_use(ConeNode user, ConeNode member) const { return state_.rank(member) < state_.rank(user); }
  LaneMask failing(const FatalNodes& fatal, std::span<const EventIndex> events) {
    return lanes_.run(state_, fatal, events);
  }

 private:
  GroundedState state_;
  GroundedLanes lanes_;
  std::vector<ConeNode> failures_;
};

}  // namespace

std::unique_ptr<CutOracle> make_grounded_oracle(std::shared_ptr<const Cone> cone, bool is_for_singles) {
  return std::make_unique<ConeOracle<GroundedReading>>(std::move(cone), is_for_singles);
}

}  // namespace chokepoint::detail
