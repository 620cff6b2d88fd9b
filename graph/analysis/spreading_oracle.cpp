#include "analysis/cut_oracle.hpp"
#include "analysis/failure_state.hpp"
#include "analysis/lanes.hpp"
#include "analysis/support_finder.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

class SpreadingOracle final : public CutOracle {
 public:
  explicit SpreadingOracle(Cone cone) : cone_(std::move(cone)), state_(cone_), lanes_(cone_), finder_(cone_) {
    for (EventIndex e = 0; e < cone_.event_count(); ++e) candidates_.push_back(cone_.vertex(e));
  }

  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return candidates_; }
  bool push(EventIndex e) override {
    state_.remove(e);
    return state_.has_failed(cone_.target());
  }
  void pop() override { state_.undo(); }
  std::vector<EventIndex> support() override {
    return finder_.find([&](ConeNode, ConeNode member) { return !state_.has_failed(member); });
  }
  std::vector<EventIndex> killers(std::span<const EventIndex> events) override {
    std::vector<EventIndex> found;
    for (std::size_t first = 0; first < events.size(); first += LaneMask::lanes) {
      const auto batch = events.subspan(first, std::min(LaneMask::lanes, events.size() - first));
      const LaneMask fails = lanes_.run([&](ConeNode n) { return state_.has_failed(n); }, batch);
      for (std::size_t lane = 0; lane < batch.size(); ++lane) {
        if (fails.test(lane)) found.push_back(batch[lane]);
      }
    }
    return found;
  }

 private:
  Cone cone_;
  FailureState state_;
  FailureLanes lanes_;
  SupportFinder finder_;
  std::vector<Vertex> candidates_;
};

}  // namespace

std::unique_ptr<CutOracle> make_spreading_oracle(Cone cone) { return std::make_unique<SpreadingOracle>(std::move(cone)); }

}  // namespace chokepoint::detail
