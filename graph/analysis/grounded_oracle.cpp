#include "analysis/cut_oracle.hpp"
#include "analysis/fatal_nodes.hpp"
#include "analysis/lanes.hpp"
#include "analysis/support_finder.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

/// Works out what stands on its own from below, from scratch for each question: in a cycle, losing a member may leave
/// others standing on each other only, which no counting forwards can see.
class GroundedOracle final : public CutOracle {
 public:
  explicit GroundedOracle(std::shared_ptr<const Cone> cone)
      : owner_(std::move(cone)),
        cone_(*owner_),
        fatal_(cone_),
        finder_(cone_),
        rank_(cone_.node_count(), 0),
        missing_(cone_.group_count()),
        unmet_(cone_.node_count()),
        allowed_(cone_.node_count()),
        stands_(cone_.node_count()) {}

  [[nodiscard]] std::unique_ptr<CutOracle> fork() const override { return std::make_unique<GroundedOracle>(owner_); }
  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return cone_.vertices(); }
  void push(EventIndex e) override {
    removed_.push_back(e);
    is_stale_ = true;
  }
  void pop() override {
    removed_.pop_back();
    is_stale_ = true;
  }
  bool support(std::vector<EventIndex>& events, const GoOn& /*go_on*/) override {
    refresh();
    // Only what stood before: so the support stands from below as well.
    finder_.find([&](ConeNode user, ConeNode member) { return rank_[member] < rank_[user]; }, events);
    return true;
  }
  void screen(std::span<const EventIndex> events, std::vector<EventIndex>& killers,
              std::vector<EventIndex>& doubtful) override {
    refresh();
    const auto has_failed = [&](ConeNode n) { return rank_[n] == never; };
    const auto can_spare = [&](ConeGroup g) {
      const auto members = cone_.members(g);
      return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), has_failed)) + cone_.needed(g) <
             members.size();
    };
    fatal_.restart({}, can_spare, has_failed);
    fatal_.add(cone_.target(), can_spare, has_failed);
    doubtful.clear();
    for (const EventIndex e : events) (fatal_.has_event(e) ? killers : doubtful).push_back(e);
  }
  [[nodiscard]] std::size_t batch_size() const override { return LaneMask::lanes; }
  void test(std::span<const EventIndex> batch, std::vector<EventIndex>& killers) override {
    const LaneMask works = standing(batch);
    for (std::size_t lane = 0; lane < batch.size(); ++lane) {
      if (!works.test(lane)) killers.push_back(batch[lane]);
    }
  }

 private:
  void refresh() {
    if (is_stale_) rank();
  }

  /// Numbers nodes in the order in which they come to stand.
  void rank() {
    is_stale_ = false;
    for (ConeGroup g = 0; g < cone_.group_count(); ++g) missing_[g] = cone_.needed(g);
    for (ConeNode n = 0; n < cone_.node_count(); ++n) {
      unmet_[n] = static_cast<std::uint32_t>(cone_.groups_of(n).size());
    }
    for (const EventIndex e : removed_) {
      for (const ConeNode n : cone_.nodes_of(e)) ++unmet_[n];
    }
    std::fill(rank_.begin(), rank_.end(), never);
    queue_.clear();
    const auto stand = [&](ConeNode n) {
      rank_[n] = static_cast<std::uint32_t>(queue_.size());
      queue_.push_back(n);
    };
    for (ConeNode n = 0; n < cone_.node_count(); ++n) {
      if (unmet_[n] == 0) stand(n);
    }
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      for (const ConeGroup g : cone_.memberships(queue_[i])) {
        if (missing_[g] == 0 || --missing_[g] > 0) continue;
        for (const ConeNode d : cone_.dependents(g)) {
          if (--unmet_[d] == 0) stand(d);
        }
      }
    }
  }

  /// In which lanes the target stands when lane i removes batch[i] as well.
  LaneMask standing(std::span<const EventIndex> batch) {
    std::fill(allowed_.begin(), allowed_.end(), LaneMask::filled(true));
    std::fill(stands_.begin(), stands_.end(), LaneMask());
    for (const EventIndex e : removed_) {
      for (const ConeNode n : cone_.nodes_of(e)) allowed_[n] = {};
    }
    for (std::size_t lane = 0; lane < batch.size(); ++lane) {
      LaneMask others = LaneMask::filled(true);
      others.words[lane / 64] ^= std::uint64_t{1} << (lane % 64);
      for (const ConeNode n : cone_.nodes_of(batch[lane])) allowed_[n] &= others;
    }
    for (bool has_changed = true; has_changed;) {
      has_changed = false;
      for (ConeNode n = 0; n < cone_.node_count(); ++n) {
        LaneMask mask = allowed_[n];
        for (const ConeGroup g : cone_.groups_of(n)) {
          mask &= at_least(cone_.members(g), cone_.needed(g), [&](ConeNode m) -> const LaneMask& { return stands_[m]; });
        }
        if (mask == stands_[n]) continue;
        stands_[n] = mask;
        has_changed = true;
      }
    }
    return stands_[cone_.target()];
  }

  std::shared_ptr<const Cone> owner_;
  const Cone& cone_;
  FatalNodes fatal_;
  SupportFinder finder_;
  std::vector<std::uint32_t> rank_, missing_, unmet_;
  std::vector<ConeNode> queue_;
  std::vector<LaneMask> allowed_, stands_;
  std::vector<EventIndex> removed_;
  bool is_stale_ = true;  ///< ranks are of other removals
};

}  // namespace

std::unique_ptr<CutOracle> make_grounded_oracle(std::shared_ptr<const Cone> cone, bool /*is_for_singles*/) {
  return std::make_unique<GroundedOracle>(std::move(cone));
}

}  // namespace chokepoint::detail
