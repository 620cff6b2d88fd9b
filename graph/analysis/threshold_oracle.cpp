#include "analysis/assess.hpp"
#include "analysis/components.hpp"
#include "analysis/cut_oracle.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Shares make failure a matter of quantity, so no counting tells what holds the target up: supports are found by
/// removing candidates in blocks for as long as the target stands.
class ThresholdOracle final : public CutOracle {
 public:
  ThresholdOracle(const Situation& situation, SystemNode target, std::vector<Vertex> candidates)
      : situation_(situation),
        components_(*situation.requirements),
        target_(target),
        candidates_(std::move(candidates)),
        is_removed_(candidates_.size(), 0) {
    find_fatal();
  }

  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return candidates_; }
  bool push(EventIndex e) override {
    pushed_.push_back(e);
    is_removed_[e] = 1;
    return fails();
  }
  void pop() override {
    is_removed_[pushed_.back()] = 0;
    pushed_.pop_back();
  }

  std::vector<EventIndex> support() override {
    // A support found before serves again as long as nothing of it was removed.
    for (const auto& known : supports_) {
      if (std::none_of(known.begin(), known.end(), [&](EventIndex e) { return is_removed_[e] != 0; })) return known;
    }
    // What is fatal by itself is in every support and need not be tried.
    std::vector<EventIndex> kept, fatal;
    for (EventIndex e = 0; e < candidates_.size(); ++e) {
      if (is_removed_[e] == 0) (is_fatal_[e] != 0 ? fatal : kept).push_back(e);
    }
    for (std::size_t block = kept.size(); block > 0; block /= 2) {
      for (std::size_t first = 0; first < kept.size();) {
        const auto begin = kept.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = kept.begin() + static_cast<std::ptrdiff_t>(std::min(first + block, kept.size()));
        std::for_each(begin, end, [&](EventIndex e) { is_removed_[e] = 1; });
        if (fails()) {
          std::for_each(begin, end, [&](EventIndex e) { is_removed_[e] = 0; });
          first += block;
        } else {
          kept.erase(begin, end);
        }
      }
    }
    std::fill(is_removed_.begin(), is_removed_.end(), std::uint8_t{0});
    for (const EventIndex e : pushed_) is_removed_[e] = 1;
    kept.insert(kept.end(), fatal.begin(), fatal.end());
    std::sort(kept.begin(), kept.end());
    supports_.push_back(kept);
    return kept;
  }

  std::vector<EventIndex> killers(std::span<const EventIndex> events,
                                  const std::function<bool(double)>& go_on) override {
    std::vector<EventIndex> found;
    double tried = 0;
    for (const EventIndex e : events) {
      if (is_fatal_[e] != 0) {
        found.push_back(e);
        continue;
      }
      if (tried > 0 && !go_on(tried / static_cast<double>(events.size()))) break;
      if (push(e)) found.push_back(e);
      pop();
      ++tried;
    }
    return found;
  }

 private:
  /// Marks candidates without which the target fails whatever the shares: members of groups that need all they have,
  /// from the target on.
  void find_fatal() {
    const Requirements& requirements = *situation_.requirements;
    std::vector<std::uint8_t> entered(requirements.node_count(), 0);
    std::vector<SystemNode> queue{target_};
    entered[target_] = 1;
    while (!queue.empty()) {
      const SystemNode n = queue.back();
      queue.pop_back();
      for (const GroupIndex g : requirements.groups_of(n)) {
        const auto members = requirements.members(g);
        if (requirements.needed(g, situation_.options.variants) != requirements.group(g).voters) continue;
        if (std::any_of(members.begin(), members.end(), [](const auto& m) { return m.is_refill; })) continue;
        for (const RequirementMember& member : members) {
          if (!member.is_minor && std::exchange(entered[member.node], std::uint8_t{1}) == 0) queue.push_back(member.node);
        }
      }
    }
    is_fatal_.assign(candidates_.size(), 0);
    for (EventIndex e = 0; e < candidates_.size(); ++e) {
      const auto flows = requirements.flows_of(candidates_[e]);
      is_fatal_[e] = entered[candidates_[e]];
      for (SystemNode n = flows.first; n < flows.last; ++n) is_fatal_[e] |= entered[n];
    }
  }

  bool fails() {
    Situation situation{situation_.requirements, situation_.disruption, situation_.options};
    for (std::size_t e = 0; e < candidates_.size(); ++e) {
      if (is_removed_[e] != 0) situation.disruption.removed.push_back(candidates_[e]);
    }
    return assess(situation, components_).failed[target_] != 0;
  }

  const Situation& situation_;
  Components components_;
  SystemNode target_;
  std::vector<Vertex> candidates_;
  std::vector<std::uint8_t> is_removed_;
  std::vector<std::uint8_t> is_fatal_;  ///< [candidates]
  std::vector<EventIndex> pushed_;
  std::vector<std::vector<EventIndex>> supports_;
};

}  // namespace

std::unique_ptr<CutOracle> make_threshold_oracle(const Situation& situation, SystemNode target,
                                                 std::vector<Vertex> candidates) {
  return std::make_unique<ThresholdOracle>(situation, target, std::move(candidates));
}

}  // namespace chokepoint::detail
