#include "analysis/cut_oracle.hpp"
#include "analysis/failure_state.hpp"
#include "analysis/lanes.hpp"
#include "analysis/support_finder.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Supports that keep clear of each other as far as they can. A set that misses one of them is no cut set, which is
/// said much faster than by spreading the failure.
class Witnesses {
 public:
  static constexpr std::size_t most = 24;

  Witnesses(const Cone& cone, SupportFinder& finder) : hits_(most, 0) {
    constexpr float dearer = 8;  // than what no support rests on yet
    std::vector<float> weights(cone.event_count(), 1);
    const std::size_t words = (cone.event_count() + std::size_t{63}) / 64;
    while (bits_.size() < most) {
      const std::vector<EventIndex> support = finder.find([](ConeNode, ConeNode) { return true; });
      std::vector<std::uint64_t> bits(words, 0);
      for (const EventIndex e : support) {
        bits[e / 64] |= std::uint64_t{1} << (e % 64);
        weights[e] *= dearer;
      }
      if (std::find(bits_.begin(), bits_.end(), bits) != bits_.end()) break;
      bits_.push_back(std::move(bits));
      finder.weigh(weights);
    }
    finder.weigh(std::vector<float>(cone.event_count(), 1));
  }

  void push(EventIndex e) { count(e, 1); }
  void pop(EventIndex e) { count(e, -1); }
  /// Whether some support has none of what was pushed, nor `e`.
  [[nodiscard]] bool survives(EventIndex e) const {
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      if (hits_[i] == 0 && !has(i, e)) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] bool has(std::size_t i, EventIndex e) const { return ((bits_[i][e / 64] >> (e % 64)) & 1U) != 0; }
  void count(EventIndex e, int by) {
    for (std::size_t i = 0; i < bits_.size(); ++i) hits_[i] += has(i, e) ? by : 0;
  }

  std::vector<std::vector<std::uint64_t>> bits_;
  std::vector<int> hits_;  ///< [supports] how many of their candidates are pushed
};

class SpreadingOracle final : public CutOracle {
 public:
  explicit SpreadingOracle(Cone cone)
      : cone_(std::move(cone)), state_(cone_), lanes_(cone_), finder_(cone_), witnesses_(cone_, finder_) {
    for (EventIndex e = 0; e < cone_.event_count(); ++e) candidates_.push_back(cone_.vertex(e));
  }

  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return candidates_; }
  bool push(EventIndex e) override {
    pushed_.push_back(e);
    witnesses_.push(e);
    state_.remove(e);
    return state_.has_failed(cone_.target());
  }
  void pop() override {
    state_.undo();
    witnesses_.pop(pushed_.back());
    pushed_.pop_back();
  }
  std::vector<EventIndex> support() override {
    return finder_.find([&](ConeNode, ConeNode member) { return !state_.has_failed(member); });
  }
  std::vector<EventIndex> killers(std::span<const EventIndex> events) override {
    std::vector<EventIndex> doubtful;
    for (const EventIndex e : events) {
      if (!witnesses_.survives(e)) doubtful.push_back(e);
    }
    std::vector<EventIndex> found;
    for (std::size_t first = 0; first < doubtful.size(); first += LaneMask::lanes) {
      const auto batch = std::span(doubtful).subspan(first, std::min(LaneMask::lanes, doubtful.size() - first));
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
  Witnesses witnesses_;
  std::vector<EventIndex> pushed_;
  std::vector<Vertex> candidates_;
};

}  // namespace

std::unique_ptr<CutOracle> make_spreading_oracle(Cone cone) { return std::make_unique<SpreadingOracle>(std::move(cone)); }

}  // namespace chokepoint::detail
