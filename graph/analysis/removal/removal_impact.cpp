// Question: how much stops when one node alone goes, for each of many nodes?
// Method: failures only ever add up, so whatever a node brings down, its impact holds all of that one's. Walks are laid
// out as a forest: each goes on from the state in which the largest known part of it has failed, and is taken back when
// those that build on it are done. Blocks of the forest, in preorder, are shared out to threads, each with a state of
// its own.
#include "analysis/removal/removal_impact.hpp"

#include "analysis/removal/failure_forest.hpp"
#include "analysis/removal/failure_net.hpp"
#include "analysis/removal/whatif_world.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

namespace chokepoint {

namespace {

using detail::FailureForest;
using detail::FailureNet;
using detail::FailureSet;
using detail::no_failure_set;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// The walks that are needed, in preorder: what a walk builds on stands before it, with all that build on it behind.
struct WalkPlan {
  std::vector<std::uint32_t> base;               ///< [walks] the walk it goes on from; none: from the start
  std::vector<std::uint32_t> end;                ///< [walks] behind the last one that builds on it
  std::vector<std::uint32_t> seed_offset{0};     ///< [walks + 1] into seeds
  std::vector<FailureSet> seeds;                 ///< what fails at first
  std::vector<std::uint32_t> walk_of_candidate;  ///< none: nothing of it works
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(base.size()); }
  [[nodiscard]] std::span<const FailureSet> seeds_of(std::uint32_t walk) const {
    return std::span(seeds).subspan(seed_offset[walk], seed_offset[walk + 1] - seed_offset[walk]);
  }
};

/// Lays the walks out. Before they are in order a walk is a set, or a candidate with its flows, which bears none.
class WalkPlanner {
 public:
  WalkPlanner(const Requirements& requirements, const FailureForest& forest, std::span<const Vertex> candidates)
      : requirements_(requirements), forest_(forest), candidates_(candidates) {}

  WalkPlan run() && {
    base_.reserve(forest_.set_count());
    for (FailureSet s = 0; s < forest_.set_count(); ++s) base_.push_back(forest_.parent(s));
    for (const Vertex v : candidates_) plan_.walk_of_candidate.push_back(walk_of(v));
    is_needed_.assign(base_.size(), 0);
    for (std::uint32_t walk : plan_.walk_of_candidate) {
      for (; walk != none && is_needed_[walk] == 0; walk = base_[walk]) is_needed_[walk] = 1;
    }
    lay_out();
    for (std::uint32_t& walk : plan_.walk_of_candidate) {
      if (walk != none) walk = place_[walk];
    }
    return std::move(plan_);
  }

 private:
  std::uint32_t walk_of(Vertex v) {
    const auto flows = requirements_.flows_of(v);
    FailureSet base = forest_.set_of(v);
    if (flows.first == flows.last) return base;
    for (SystemNode n = flows.first; n < flows.last; ++n) base = forest_.larger(base, forest_.set_of(n));
    if (base == no_failure_set) return none;
    with_flows_.push_back(v);
    base_.push_back(base);
    return static_cast<std::uint32_t>(base_.size() - 1);
  }

  void lay_out() {
    const auto count = static_cast<std::uint32_t>(base_.size());
    std::vector<std::uint32_t> first_child(count, none), next_sibling(count, none), open;
    place_.assign(count, none);
    // From the last to the first, so that each list of children ends up in order.
    for (std::uint32_t walk = count; walk-- > 0;) {
      if (is_needed_[walk] == 0 || base_[walk] == none) continue;
      next_sibling[walk] = std::exchange(first_child[base_[walk]], walk);
    }
    for (std::uint32_t root = 0; root < count; ++root) {
      if (is_needed_[root] == 0 || base_[root] != none) continue;
      enter(root, open);
      while (!open.empty()) {
        const std::uint32_t child = first_child[open.back()];
        if (child != none) {
          first_child[open.back()] = next_sibling[child];
          enter(child, open);
        } else {
          plan_.end[place_[open.back()]] = plan_.size();
          open.pop_back();
        }
      }
    }
  }

  void enter(std::uint32_t walk, std::vector<std::uint32_t>& open) {
    place_[walk] = plan_.size();
    plan_.base.push_back(base_[walk] == none ? none : place_[base_[walk]]);
    plan_.end.push_back(none);
    const auto add_seed = [&](FailureSet set) {
      if (set != no_failure_set) plan_.seeds.push_back(set);
    };
    if (walk < forest_.set_count()) {
      add_seed(walk);
    } else {
      const Vertex v = with_flows_[walk - forest_.set_count()];
      add_seed(forest_.set_of(v));
      const auto flows = requirements_.flows_of(v);
      for (SystemNode n = flows.first; n < flows.last; ++n) add_seed(forest_.set_of(n));
    }
    plan_.seed_offset.push_back(static_cast<std::uint32_t>(plan_.seeds.size()));
    open.push_back(walk);
  }

  const Requirements& requirements_;
  const FailureForest& forest_;
  std::span<const Vertex> candidates_;
  WalkPlan plan_;
  std::vector<std::uint32_t> base_;  ///< [sets, then candidates with flows]
  std::vector<std::uint8_t> is_needed_;
  std::vector<std::uint32_t> place_;  ///< in the plan
  std::vector<Vertex> with_flows_;
};

/// Goes through blocks of a plan, one after the other, forwards.
class Walker {
 public:
  Walker(const FailureNet& net, const WalkPlan& plan) : plan_(plan), state_(net) {}

  /// Everything that fails in the walks [first, last), into their places of `out`.
  void run(std::uint32_t first, std::uint32_t last, std::vector<RemovalImpact>& out) {
    for (std::uint32_t walk = first; walk < last; ++walk) {
      while (!done_.empty() && plan_.end[done_.back()] <= walk) {
        state_.undo();
        done_.pop_back();
      }
      // Several steps only where another thread did what lies between.
      const std::uint32_t stand = done_.empty() ? none : done_.back();
      for (std::uint32_t step = walk; step != stand; step = plan_.base[step]) missing_.push_back(step);
      for (; !missing_.empty(); missing_.pop_back()) {
        state_.fail(plan_.seeds_of(missing_.back()));
        done_.push_back(missing_.back());
      }
      out[walk] = {state_.failed_nodes(), state_.failed_flows()};
    }
  }

 private:
  const WalkPlan& plan_;
  detail::FailureWalk state_;
  std::vector<std::uint32_t> done_, missing_;
};

/// Blocks a thread: enough to even out, few enough that the way to their starts does not count.
constexpr std::uint32_t blocks_a_thread = 8;

std::vector<RemovalImpact> walk_all(const FailureNet& net, const WalkPlan& plan, unsigned threads) {
  std::vector<RemovalImpact> out(plan.size());
  const std::uint32_t blocks = threads == 1 ? 1 : std::min(plan.size(), threads * blocks_a_thread);
  std::atomic<std::uint32_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      Walker walker(net, plan);
      for (std::uint32_t block; (block = next++) < blocks;) {
        const auto start = [&](std::uint64_t b) { return static_cast<std::uint32_t>(plan.size() * b / blocks); };
        walker.run(start(block), start(block + std::uint64_t{1}), out);
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::jthread> others;
  for (std::uint32_t i = 1; i < std::min<std::uint32_t>(threads, blocks); ++i) others.emplace_back(work);
  work();
  others.clear();
  if (failure) std::rethrow_exception(failure);
  return out;
}

bool has_unsettled(const Requirements& requirements) {
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    if (requirements.group(g).is_unsettled) return true;
  }
  return false;
}

}  // namespace

std::vector<RemovalImpact> removal_impacts(const Situation& situation, std::span<const Vertex> candidates,
                                           unsigned threads) {
  assert(threads >= 1 && situation.options.cycles == Cycles::hold && !situation.options.threshold);
  const FailureNet net(situation, assess_possible(situation));
  const FailureForest forest(net);
  const WalkPlan plan = WalkPlanner(*situation.requirements, forest, candidates).run();
  const std::vector<RemovalImpact> walks = walk_all({net, forest.sets(), forest.set_count()}, plan, threads);
  std::vector<RemovalImpact> impacts(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (plan.walk_of_candidate[i] == none) continue;
    impacts[i] = walks[plan.walk_of_candidate[i]];
    if (net.works(candidates[i])) --impacts[i].nodes;
  }
  return impacts;
}

RemovalImpacts removal_impacts(const View& view, const Scenario& scenario, std::span<const Vertex> candidates,
                               unsigned threads) {
  RemovalImpacts impacts{std::vector<RemovalImpact>(candidates.size()), {}};
  impacts.all = impacts.any;
  for (const Layer layer : {Layer::place, Layer::actor}) {
    std::vector<Vertex> some;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (default_layer(view.snapshot(), candidates.subspan(i, 1)) != layer) continue;
      some.push_back(candidates[i]);
      places.push_back(i);
    }
    if (some.empty()) continue;
    const detail::World world =
        detail::make_world(view, scenario, layer, detail::Standing::as_is, detail::WorldExtent::all);
    const Requirements& requirements = world.enforced.requirements;
    const auto read = [&](Variants variants) {
      return removal_impacts({&requirements, world.nothing, {variants, Cycles::hold, std::nullopt}}, some, threads);
    };
    const std::vector<RemovalImpact> any = read(Variants::any);
    const std::vector<RemovalImpact> all = has_unsettled(requirements) ? read(Variants::all) : any;
    for (std::size_t i = 0; i < some.size(); ++i) {
      impacts.any[places[i]] = any[i];
      impacts.all[places[i]] = all[i];
    }
  }
  return impacts;
}

}  // namespace chokepoint
