#include "analysis/capacity/assess.hpp"
#include "analysis/cut_sets/cut_oracle.hpp"
#include "analysis/requirements/components.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Shares make failure a matter of quantity, so no counting tells what holds the target up: supports are found by
/// removing candidates in blocks for as long as the target stands.
class ThresholdOracle final : public CutOracle {
 public:
  ThresholdOracle(const Situation& situation, std::shared_ptr<const Components> components, SystemNode target,
                  std::vector<Vertex> candidates)
      : situation_(situation),
        components_(std::move(components)),
        target_(target),
        candidates_(std::move(candidates)),
        is_removed_(candidates_.size(), 0) {
    find_fatal();
  }

  [[nodiscard]] std::unique_ptr<CutOracle> fork() const override {
    auto made = std::make_unique<ThresholdOracle>(situation_, components_, target_, candidates_);
    made->seeds_ = seeds_;
    return made;
  }
  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return candidates_; }
  void push(EventIndex e) override {
    if (pushed_.empty()) found_.clear();
    pushed_.push_back(e);
    is_removed_[e] = 1;
  }
  void pop() override {
    is_removed_[pushed_.back()] = 0;
    pushed_.pop_back();
  }

  bool prepare(std::span<const EventIndex> roots, const GoOn& go_on) override {
    for (const EventIndex e : roots) {
      found_.clear();
      pushed_.assign(1, e);
      is_removed_[e] = 1;
      std::vector<EventIndex> events;
      const bool is_done = support(events, go_on);
      pop();
      if (!is_done) return false;
      seeds_.insert(seeds_.end(), found_.begin(), found_.end());
    }
    return true;
  }
  bool support(std::vector<EventIndex>& events, const GoOn& go_on) override {
    // A support found before serves again as long as nothing of it was removed. Beside those that were there when the
    // branch began only those of the branch are used, so that it goes the same way whatever came before.
    for (const auto* known : {&seeds_, &found_}) {
      for (const auto& each : *known) {
        if (std::any_of(each.begin(), each.end(), [&](EventIndex e) { return is_removed_[e] != 0; })) continue;
        events = each;
        return true;
      }
    }
    const bool is_done = find_support(events, go_on);
    std::fill(is_removed_.begin(), is_removed_.end(), std::uint8_t{0});
    for (const EventIndex e : pushed_) is_removed_[e] = 1;
    if (is_done) (pushed_.empty() ? seeds_ : found_).push_back(events);
    return is_done;
  }

  void screen(std::span<const EventIndex> events, std::vector<EventIndex>& killers,
              std::vector<EventIndex>& doubtful) override {
    doubtful.clear();
    for (const EventIndex e : events) (is_fatal_[e] != 0 ? killers : doubtful).push_back(e);
  }
  [[nodiscard]] std::size_t batch_size() const override { return 1; }
  void test(std::span<const EventIndex> batch, std::vector<EventIndex>& killers) override {
    for (const EventIndex e : batch) {
      is_removed_[e] = 1;
      if (fails()) killers.push_back(e);
      is_removed_[e] = 0;
    }
  }

 private:
  /// Removes candidates in blocks for as long as the target stands; leaves them removed.
  bool find_support(std::vector<EventIndex>& kept, const GoOn& go_on) {
    // What is fatal by itself is in every support and need not be tried.
    std::vector<EventIndex> fatal;
    kept.clear();
    for (EventIndex e = 0; e < candidates_.size(); ++e) {
      if (is_removed_[e] == 0) (is_fatal_[e] != 0 ? fatal : kept).push_back(e);
    }
    for (std::size_t block = kept.size(); block > 0; block /= 2) {
      for (std::size_t first = 0; first < kept.size();) {
        if (!go_on()) return false;
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
    kept.insert(kept.end(), fatal.begin(), fatal.end());
    std::sort(kept.begin(), kept.end());
    return true;
  }

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
          if (!member.is_minor && std::exchange(entered[member.node], std::uint8_t{1}) == 0)
            queue.push_back(member.node);
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
    return assess(situation, *components_).failed[target_] != 0;
  }

  const Situation& situation_;
  std::shared_ptr<const Components> components_;
  SystemNode target_;
  std::vector<Vertex> candidates_;
  std::vector<std::uint8_t> is_removed_;
  std::vector<std::uint8_t> is_fatal_;  ///< [candidates]
  std::vector<EventIndex> pushed_;
  std::vector<std::vector<EventIndex>> seeds_;  ///< supports found before the branches
  std::vector<std::vector<EventIndex>> found_;  ///< supports found in this branch
};

}  // namespace

std::unique_ptr<CutOracle> make_threshold_oracle(const Situation& situation,
                                                 std::shared_ptr<const Components> components, SystemNode target,
                                                 std::vector<Vertex> candidates) {
  return std::make_unique<ThresholdOracle>(situation, std::move(components), target, std::move(candidates));
}

}  // namespace chokepoint::detail
