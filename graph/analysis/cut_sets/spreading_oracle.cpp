#include "analysis/cut_sets/cone_oracle.hpp"
#include "analysis/cut_sets/failure_state.hpp"

#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// A node fails with its groups, and nothing else fails.
class SpreadingReading {
 public:
  explicit SpreadingReading(const Cone& cone) : state_(cone), lanes_(cone) {}

  void remove(EventIndex e) { state_.remove(e); }
  void undo() { state_.undo(); }
  [[nodiscard]] bool has_failed(ConeNode n) const { return state_.has_failed(n); }
  [[nodiscard]] bool can_spare(ConeGroup g) const { return state_.can_spare(g); }
  [[nodiscard]] const std::vector<ConeNode>& failures() const { return state_.failures(); }
  [[nodiscard]] bool may_use(ConeNode /*user*/, ConeNode member) const { return !state_.has_failed(member); }
  LaneMask failing(const FatalNodes& fatal, std::span<const EventIndex> events) {
    return lanes_.run([this](ConeNode n) { return state_.has_failed(n); }, [&](ConeNode n) { return fatal.has(n); },
                      events);
  }

 private:
  FailureState state_;
  FailureLanes lanes_;
};

}  // namespace

std::unique_ptr<CutOracle> make_spreading_oracle(std::shared_ptr<const Cone> cone, bool is_for_singles) {
  return std::make_unique<ConeOracle<SpreadingReading>>(std::move(cone), is_for_singles);
}

}  // namespace chokepoint::detail
