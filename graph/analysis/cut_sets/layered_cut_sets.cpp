// Cut sets of two layers.
//
// A set without places is judged by actor, whatever it holds, and so are all its parts: one search. A set with a place
// is judged by place. So a second search, in the place layer, finds what is minimal there; things that stop the target
// alone by actor are left out of it. Of its sets those with a place count, unless they contain things that stop the
// target by actor. Things alone that stop it as places are read are a set of no layer: whatever place stood beside them
// would add nothing.
#include "analysis/cut_sets/layered_cut_sets.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using Members = std::vector<Vertex>;

/// Whether a set of at most four is, or contains, one of many.
bool includes_any(const Members& set, const std::set<Members>& parts) {
  for (std::uint32_t which = 1; which < (std::uint32_t{1} << set.size()); ++which) {
    Members part;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if ((which >> i & 1U) != 0) part.push_back(set[i]);
    }
    if (parts.contains(part)) return true;
  }
  return false;
}

class LayeredSearch {
 public:
  LayeredSearch(const LayeredSituations& situations, SystemNode target, const CutSetOptions& options)
      : situations_(situations), target_(target), options_(options) {
    result_.found.order_done = options.order;
  }

  LayeredCutSets run(std::span<const Vertex> candidates) && {
    for (const Vertex v : candidates) {
      (layer(v) == Layer::place ? places_ : others_).push_back(v);
      if (layer(v) == Layer::none) things_.push_back(v);
    }
    if (situations_.actor != nullptr) search_actor();
    if (situations_.place != nullptr && !places_.empty()) search_place();
    finish();
    return std::move(result_);
  }

 private:
  [[nodiscard]] Layer layer(Vertex v) const {
    const Situation* any = situations_.actor != nullptr ? situations_.actor : situations_.place;
    return any->requirements->snapshot().layer(v);
  }
  [[nodiscard]] bool are_things(const Members& set) const {
    return std::all_of(set.begin(), set.end(), [&](Vertex v) { return layer(v) == Layer::none; });
  }

  void take(const CutSets& found) {
    result_.found.complete = result_.found.complete && found.complete;
    result_.found.order_done = std::min(result_.found.order_done, found.order_done);
    result_.found.tests += found.tests;
    result_.found.target_is_impossible = result_.found.target_is_impossible || found.target_is_impossible;
  }

  void add(CutSet set, Layer layer) {
    set.layer = layer;
    result_.found.sets.push_back(std::move(set));
  }

  void search_actor() {
    CutSets found = minimal_cut_sets(*situations_.actor, target_, others_, options_);
    take(found);
    result_.impossible_in_actor = found.target_is_impossible;
    for (CutSet& set : found.sets) {
      if (are_things(set.members)) by_actor_.insert(set.members);
      add(std::move(set), Layer::actor);
    }
  }

  void search_place() {
    std::vector<Vertex> open = places_;
    if (options_.order > 1) {
      std::copy_if(things_.begin(), things_.end(), std::back_inserter(open),
                   [&](Vertex v) { return !by_actor_.contains({v}); });
    }
    CutSetOptions options = options_;
    options.one_of = places_;
    std::sort(options.one_of.begin(), options.one_of.end());
    CutSets found = minimal_cut_sets(*situations_.place, target_, open, options);
    // What contains larger sets by actor than were found cannot be told.
    const std::size_t largest = result_.found.order_done + 1;
    take(found);
    result_.impossible_in_place = found.target_is_impossible;
    for (CutSet& set : found.sets) {
      if (set.members.size() <= largest && !are_things(set.members) && !includes_any(set.members, by_actor_))
        add(std::move(set), Layer::place);
    }
  }

  void finish() {
    std::vector<CutSet>& sets = result_.found.sets;
    std::sort(sets.begin(), sets.end(), [](const CutSet& a, const CutSet& b) {
      return a.members.size() != b.members.size() ? a.members.size() < b.members.size() : a.members < b.members;
    });
    if (sets.size() <= options_.limit) return;
    result_.found.order_done = std::min(result_.found.order_done, sets[options_.limit].members.size() - 1);
    result_.found.complete = false;
    sets.resize(options_.limit);
  }

  LayeredSituations situations_;
  SystemNode target_;
  const CutSetOptions& options_;
  std::vector<Vertex> places_, others_, things_;
  std::set<Members> by_actor_;  ///< sets of things alone
  LayeredCutSets result_;
};

}  // namespace

LayeredCutSets layered_cut_sets(const LayeredSituations& situations, SystemNode target,
                                std::span<const Vertex> candidates, const CutSetOptions& options) {
  return LayeredSearch(situations, target, options).run(candidates);
}

}  // namespace chokepoint
