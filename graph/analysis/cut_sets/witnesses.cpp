#include "analysis/cut_sets/witnesses.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace chokepoint::detail {

namespace {

using SupportEvents = std::vector<EventIndex>;

/// Looks for supports for as long as that is worth while.
class Gatherer {
 public:
  explicit Gatherer(std::size_t gain) : gain_(gain) {}

  /// @return whether the support is new
  bool add(const SupportEvents& support) {
    if (std::find(found_.begin(), found_.end(), support) != found_.end()) return false;
    found_.push_back(support);
    if (found_.size() == 1) {
      common_ = support;
      return true;
    }
    SupportEvents both;
    std::set_intersection(common_.begin(), common_.end(), support.begin(), support.end(), std::back_inserter(both));
    poor_ = common_.size() - both.size() >= gain_ ? 0 : poor_ + 1;
    common_ = std::move(both);
    return true;
  }
  /// More supports than events in the first would cost more than they may save.
  [[nodiscard]] bool wants_more() const {
    return found_.empty() || (poor_ < 8 && found_.size() < std::min(Witnesses::most, 1 + found_.front().size()));
  }
  std::vector<SupportEvents> take() && {
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    return std::move(found_);
  }

 private:
  std::size_t gain_;
  std::vector<SupportEvents> found_;
  SupportEvents common_;  ///< events that all have
  std::size_t poor_ = 0;  ///< supports in a row that brought little
};

/// A few supports that keep clear of each other, then many that choose at will.
std::vector<SupportEvents> find_supports(const FaultTree& tree, SupportFinder& finder, std::size_t gain,
                                         const std::function<void(SupportEvents&, std::uint32_t)>& find) {
  const std::size_t clear = gain > 0 ? 24 : 6;  // few in all should differ most
  constexpr float dearer = 8;                   // than what no support rests on yet
  constexpr std::size_t patience = 4;           // with supports that are there already
  Gatherer gatherer(gain);
  SupportEvents support;
  std::vector<float> weights(tree.event_count(), 1);
  for (std::size_t i = 0; i < clear && gatherer.wants_more(); ++i) {
    find(support, 0);
    if (!gatherer.add(support)) break;
    for (const EventIndex e : support) weights[e] *= dearer;
    finder.weigh(weights);
  }
  finder.weigh(std::vector<float>(tree.event_count(), 1));
  std::size_t in_vain = 0;
  for (std::uint32_t salt = 1; gatherer.wants_more() && in_vain < patience; ++salt) {
    find(support, salt);
    in_vain = gatherer.add(support) ? 0 : in_vain + 1;
  }
  return std::move(gatherer).take();
}

}  // namespace

Witnesses::Witnesses(const FaultTree& tree, SupportFinder& finder, std::size_t gain, const Find& find, Tag /*tag*/) {
  Supports supports;
  supports.events = find_supports(tree, finder, gain, find);
  supports.sets_of.assign(tree.event_count(), 0);
  for (std::size_t i = 0; i < supports.events.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    supports.all |= bit;
    for (const EventIndex e : supports.events[i]) supports.sets_of[e] |= bit;
  }
  shared_ = std::make_shared<const Supports>(std::move(supports));
}

void Witnesses::critical(std::vector<EventIndex>& events) const {
  events.clear();
  const auto smallest = static_cast<std::size_t>(std::countr_one(hit_));
  for (const EventIndex e : shared_->events[smallest]) {
    if (!survives(e)) events.push_back(e);
  }
}

}  // namespace chokepoint::detail
