// How much is left.
//
// Components of what has not failed are worked off in an order in which each comes after those it rests on. Outside
// cycles a group is computed from its members and a node from its groups, once. Inside a cycle, `high` treats a
// supplier of the cycle as whole or gone, so that supplier groups become constants and the rest is a system of minima
// and k-th best values, solved exactly by settling values from the smallest up; `low` is iterated downwards.

#include "analysis/capacity/assess.hpp"

#include "analysis/capacity/component_values.hpp"
#include "analysis/capacity/group_value.hpp"
#include "analysis/capacity/possible.hpp"
#include "analysis/requirements/components.hpp"

#include <algorithm>
#include <optional>

namespace chokepoint {

namespace detail {

namespace {

constexpr double threshold_tolerance = 1e-9;

class Assessor {
 public:
  /// @param order  the components of the whole system, where it has no cycle: they order any part of it; else nullptr
  Assessor(const Situation& situation, const Components* order)
      : situation_(situation),
        requirements_(*situation.requirements),
        order_(order),
        limits_(requirements_, situation.disruption),
        propagation_(requirements_, limits_, situation.options.variants, result_) {
    result_.starved.assign(requirements_.group_count(), 0);
    propagation_.start();
  }

  Assessment run() && {
    if (situation_.options.cycles == Cycles::unsupported) {
      fail_unsupported(situation_, limits_, propagation_, result_);
    }
    // What starves may leave a cycle without support, or leave none of it, so that what is left of its members counts;
    // only looking at everything again shows that.
    bool is_settled = false;
    while (!is_settled) {
      const std::size_t failures = propagation_.failures().size();
      measure();
      if (situation_.options.cycles == Cycles::unsupported && situation_.options.threshold) {
        fail_unsupported(situation_, limits_, propagation_, result_);
      }
      is_settled = !situation_.options.threshold || propagation_.failures().size() == failures;
    }
    return std::move(result_);
  }

 private:
  /// Nothing is lost and nothing limited, so that everything has all (graph/SEMANTICS.md §2.7).
  [[nodiscard]] bool is_whole() const {
    return propagation_.failures().empty() && limits_.partial().empty() && limits_.cuts().empty() &&
           limits_.ranges().empty() && requirements_.options().scaled.empty();
  }

  /// Nothing can be left in part, so that what has not failed has all. A threshold would still ask which groups starve.
  [[nodiscard]] bool is_all_or_nothing() const {
    return !requirements_.has_parts() && !situation_.options.threshold && limits_.partial().empty() &&
           limits_.cuts().empty() && limits_.ranges().empty();
  }

  void measure() {
    result_.low.assign(requirements_.node_count(), 1);
    result_.high.assign(requirements_.node_count(), 1);
    if (is_whole()) return;
    if (is_all_or_nothing()) {
      for (const SystemNode n : propagation_.failures()) result_.low[n] = result_.high[n] = 0;
      return;
    }
    components_ = order_;
    if (order_ == nullptr)
      components_ =
          &own_components_.emplace(requirements_, Components::Open{result_.failed, situation_.options.variants});
    GroupValues values(requirements_, limits_, situation_.options.variants,
                       impaired_places(requirements_, result_, limits_));
    group_low_.assign(requirements_.group_count(), 1);
    group_high_.assign(requirements_.group_count(), 1);
    for (std::size_t c = 0; c < components_->count(); ++c) {
      const auto vertices = components_->vertices(c);
      if (vertices.size() > 1) {
        measure_cycle(values, c);
      } else if (components_->is_group(vertices.front())) {
        measure_group(values, components_->group(vertices.front()));
      } else {
        measure_node(vertices.front());
      }
    }
  }

  [[nodiscard]] bool starves(GroupIndex g, double high) const {
    return situation_.options.threshold && requirements_.group(g).kind == GroupKind::supplier &&
           high < *situation_.options.threshold - threshold_tolerance;
  }

  void starve(GroupIndex g) {
    result_.starved[g] = 1;
    propagation_.fail_group(g);
    propagation_.run();
  }

  /// Whether a group's value is asked for by a node that has not failed. @pre no threshold, by which groups starve
  [[nodiscard]] bool is_needed(GroupIndex g) const {
    const auto dependents = requirements_.dependents(g);
    return std::any_of(dependents.begin(), dependents.end(), [&](SystemNode n) { return result_.failed[n] == 0; });
  }

  void measure_group(GroupValues& values, GroupIndex g) {
    if (!situation_.options.threshold && !is_needed(g)) return;
    group_high_[g] = values.value(g, Side::high, [&](SystemNode n) { return result_.high[n]; });
    group_low_[g] = values.value(g, Side::low, [&](SystemNode n) { return result_.low[n]; });
    if (starves(g, group_high_[g])) starve(g);
    if (result_.starved[g] != 0) group_high_[g] = group_low_[g] = 0;
  }

  void measure_node(SystemNode n) {
    if (result_.failed[n] != 0) {
      result_.low[n] = result_.high[n] = 0;
      return;
    }
    auto [low, high] = limits_.most_of(n);
    for (const GroupIndex g : requirements_.groups_of(n)) {
      low = std::min(low, group_low_[g]);
      high = std::min(high, group_high_[g]);
    }
    const Interval least = limits_.least_of(n);
    result_.low[n] = std::max(low, least.low);
    result_.high[n] = std::max(high, least.high);
  }

  void measure_cycle(GroupValues& values, std::size_t c) {
    ComponentValues cycle(requirements_, *components_, limits_, situation_.options.variants, c, result_, group_low_,
                          group_high_);
    for (const GroupIndex g : cycle.supplier_groups()) cycle.weigh(values, g);
    if (situation_.options.threshold) {
      // A group that starves takes members from others of the cycle, which may starve in turn.
      std::vector<GroupIndex> pending(cycle.supplier_groups().begin(), cycle.supplier_groups().end());
      while (!pending.empty()) {
        const GroupIndex g = pending.back();
        pending.pop_back();
        cycle.weigh(values, g);
        if (result_.starved[g] != 0 || !starves(g, group_high_[g])) continue;
        const std::size_t old_failures = propagation_.failures().size();
        starve(g);
        for (std::size_t i = old_failures; i < propagation_.failures().size(); ++i) {
          for (const MemberIndex m : requirements_.memberships(propagation_.failures()[i])) {
            const GroupIndex other = requirements_.group_of_member(m);
            if (components_->of_group(other) == c && cycle.is_weighed(other)) pending.push_back(other);
          }
        }
      }
    }
    cycle.settle_high();
    cycle.settle_low(values);
    // Whoever shares a group from outside the cycle sees its suppliers as they are.
    for (const GroupIndex g : cycle.supplier_groups()) {
      if (result_.starved[g] == 0) {
        group_high_[g] = values.value(g, Side::high, [&](SystemNode n) { return result_.high[n]; });
      }
    }
  }

  const Situation& situation_;
  const Requirements& requirements_;
  const Components* order_;
  const Components* components_ = nullptr;
  std::optional<Components> own_components_;
  Limits limits_;
  Assessment result_;
  Propagation propagation_;
  std::vector<double> group_low_, group_high_;
};

}  // namespace

Assessment assess(const Situation& situation, const Components& components) {
  return Assessor(situation, components.has_cycle() ? nullptr : &components).run();
}

}  // namespace detail

Assessment assess(const Situation& situation) { return detail::Assessor(situation, nullptr).run(); }

Interval group_capacity(const Situation& situation, const Assessment& assessment, GroupIndex group) {
  const Requirements& requirements = *situation.requirements;
  if (assessment.starved[group] != 0) return {0, 0};
  const detail::Limits limits(requirements, situation.disruption);
  detail::GroupValues values(requirements, limits, situation.options.variants,
                             detail::impaired_places(requirements, assessment, limits));
  return {values.value(group, detail::Side::low, [&](SystemNode n) { return assessment.low[n]; }),
          values.value(group, detail::Side::high, [&](SystemNode n) { return assessment.high[n]; })};
}

}  // namespace chokepoint
