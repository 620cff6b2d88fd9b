#include "analysis/cut_oracle.hpp"
#include "analysis/fatal_nodes.hpp"
#include "analysis/lanes.hpp"
#include "analysis/support_finder.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

/// Works out what stands on its own from below, from scratch for each question: in a cycle, losing a member may leave
/// others standing on each other only, which no counting forwards can see.
class GroundedOracle final : public CutOracle {
 public:
  explicit GroundedOracle(Cone cone)
      : cone_(std::move(cone)), fatal_(cone_), finder_(cone_), rank_(cone_.node_count(), 0) {
    for (EventIndex e = 0; e < cone_.event_count(); ++e) candidates_.push_back(cone_.vertex(e));
    rank();
  }

  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return candidates_; }
  bool push(EventIndex e) override {
    removed_.push_back(e);
    rank();
    return rank_[cone_.target()] == never;
  }
  void pop() override {
    removed_.pop_back();
    rank();
  }
  std::vector<EventIndex> support() override {
    // Only what stood before: so the support stands from below as well.
    return finder_.find([&](ConeNode user, ConeNode member) { return rank_[member] < rank_[user]; });
  }
  std::vector<EventIndex> killers(std::span<const EventIndex> events,
                                  const std::function<bool(double)>& go_on) override {
    const auto has_failed = [&](ConeNode n) { return rank_[n] == never; };
    const auto can_spare = [&](ConeGroup g) {
      const auto members = cone_.members(g);
      return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), has_failed)) + cone_.needed(g) <
             members.size();
    };
    fatal_.restart(can_spare, has_failed);
    std::vector<EventIndex> found, doubtful;
    for (const EventIndex e : events) (fatal_.has_event(e) ? found : doubtful).push_back(e);
    for (std::size_t first = 0; first < doubtful.size(); first += LaneMask::lanes) {
      if (first > 0 && !go_on(static_cast<double>(first) / static_cast<double>(doubtful.size()))) break;
      const auto batch = std::span(doubtful).subspan(first, std::min(LaneMask::lanes, doubtful.size() - first));
      const LaneMask works = standing(batch);
      for (std::size_t lane = 0; lane < batch.size(); ++lane) {
        if (!works.test(lane)) found.push_back(batch[lane]);
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  /// Numbers nodes in the order in which they come to stand.
  void rank() {
    std::vector<std::uint32_t> missing(cone_.group_count()), unmet(cone_.node_count(), 0);
    for (ConeGroup g = 0; g < cone_.group_count(); ++g) missing[g] = cone_.needed(g);
    for (ConeNode n = 0; n < cone_.node_count(); ++n) unmet[n] = static_cast<std::uint32_t>(cone_.groups_of(n).size());
    for (const EventIndex e : removed_) {
      for (const ConeNode n : cone_.nodes_of(e)) ++unmet[n];
    }
    std::fill(rank_.begin(), rank_.end(), never);
    std::vector<ConeNode> queue;
    const auto stand = [&](ConeNode n) {
      rank_[n] = static_cast<std::uint32_t>(queue.size());
      queue.push_back(n);
    };
    for (ConeNode n = 0; n < cone_.node_count(); ++n) {
      if (unmet[n] == 0) stand(n);
    }
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const ConeGroup g : cone_.memberships(queue[i])) {
        if (missing[g] == 0 || --missing[g] > 0) continue;
        for (const ConeNode d : cone_.dependents(g)) {
          if (--unmet[d] == 0) stand(d);
        }
      }
    }
  }

  /// In which lanes the target stands when lane i removes batch[i] as well.
  LaneMask standing(std::span<const EventIndex> batch) {
    std::vector<LaneMask> allowed(cone_.node_count(), LaneMask::filled(true));
    for (const EventIndex e : removed_) {
      for (const ConeNode n : cone_.nodes_of(e)) allowed[n] = {};
    }
    for (std::size_t lane = 0; lane < batch.size(); ++lane) {
      LaneMask others = LaneMask::filled(true);
      others.words[lane / 64] ^= std::uint64_t{1} << (lane % 64);
      for (const ConeNode n : cone_.nodes_of(batch[lane])) allowed[n] &= others;
    }
    std::vector<LaneMask> stands(cone_.node_count());
    for (bool has_changed = true; has_changed;) {
      has_changed = false;
      for (ConeNode n = 0; n < cone_.node_count(); ++n) {
        LaneMask mask = allowed[n];
        for (const ConeGroup g : cone_.groups_of(n)) {
          mask &= at_least(cone_.members(g), cone_.needed(g), [&](ConeNode m) -> const LaneMask& { return stands[m]; });
        }
        if (mask == stands[n]) continue;
        stands[n] = mask;
        has_changed = true;
      }
    }
    return stands[cone_.target()];
  }

  Cone cone_;
  FatalNodes fatal_;
  SupportFinder finder_;
  std::vector<std::uint32_t> rank_;
  std::vector<EventIndex> removed_;
  std::vector<Vertex> candidates_;
};

}  // namespace

std::unique_ptr<CutOracle> make_grounded_oracle(Cone cone) { return std::make_unique<GroundedOracle>(std::move(cone)); }

}  // namespace chokepoint::detail
