#include "analysis/cut_oracle.hpp"
#include "analysis/failure_state.hpp"
#include "analysis/fatal_nodes.hpp"
#include "analysis/lanes.hpp"
#include "analysis/support_finder.hpp"

#include <algorithm>
#include <functional>
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
      : cone_(std::move(cone)),
        state_(cone_),
        lanes_(cone_),
        fatal_(cone_),
        finder_(cone_),
        witnesses_(cone_, finder_) {
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
  std::vector<EventIndex> killers(std::span<const EventIndex> events,
                                  const std::function<bool(double)>& go_on) override {
    const auto can_spare = [&](ConeGroup g) { return state_.can_spare(g); };
    const auto has_failed = [&](ConeNode n) { return state_.has_failed(n); };
    const auto is_fatal = [&](ConeNode n) { return fatal_.has(n); };
    fatal_.restart(can_spare, has_failed);
    std::vector<EventIndex> found, doubtful;
    for (const EventIndex e : events) {
      if (fatal_.has_event(e)) {
        found.push_back(e);
      } else if (!witnesses_.survives(e)) {
        doubtful.push_back(e);
      }
    }
    if (doubtful.empty()) return found;
    // The nearest first: what they bring down is where the failures of those farther away need to be followed to, so
    // that a long chain is walked along once.
    if (doubtful.size() > LaneMask::lanes) {
      std::stable_sort(doubtful.begin(), doubtful.end(),
                       [&](EventIndex a, EventIndex b) { return cone_.nodes_of(a).back() > cone_.nodes_of(b).back(); });
    }
    for (std::size_t first = 0; first < doubtful.size(); first += LaneMask::lanes) {
      if (first > 0 && !go_on(static_cast<double>(first) / static_cast<double>(doubtful.size()))) break;
      const auto batch = std::span(doubtful).subspan(first, std::min(LaneMask::lanes, doubtful.size() - first));
      const LaneMask fails = lanes_.run(has_failed, is_fatal, batch);
      for (std::size_t lane = 0; lane < batch.size(); ++lane) {
        if (!fails.test(lane)) continue;
        found.push_back(batch[lane]);
        const auto nodes = cone_.nodes_of(batch[lane]);
        if (nodes.size() == 1) fatal_.add(nodes.front(), can_spare, has_failed);
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  Cone cone_;
  FailureState state_;
  FailureLanes lanes_;
  FatalNodes fatal_;
  SupportFinder finder_;
  Witnesses witnesses_;
  std::vector<EventIndex> pushed_;
  std::vector<Vertex> candidates_;
};

}  // namespace

std::unique_ptr<CutOracle> make_spreading_oracle(Cone cone) { return std::make_unique<SpreadingOracle>(std::move(cone)); }

}  // namespace chokepoint::detail
