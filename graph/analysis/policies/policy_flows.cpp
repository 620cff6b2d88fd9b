// Which flows enforcement has to derive.
//
// A restriction into a place finds its flow at that place. A restriction "everywhere outside" finds it where something
// outside requires the thing: at the place that is in, else at the one who requires it. A generic thing is only
// derived where somebody requires it, as a choice between the restricted variants and the others.

#include "analysis/policies/policy_rules.hpp"
#include "analysis/requirements/passed_needs.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <iterator>

namespace chokepoint::detail {

namespace {

class FlowPlanner {
 public:
  FlowPlanner(const View& view, const std::vector<EdgeRule>& edge_rules, const FlowTable& recorded,
              Containment& containment)
      : view_(view),
        edge_rules_(edge_rules),
        recorded_(recorded),
        containment_(containment),
        needs_(view, edge_rules, containment.kinship()) {}

  void plan(const PolicyRule& rule) {
    if (rule.aim == PolicyAim::insider) {
      plan_insider(rule);
      return;
    }
    std::vector<Vertex> items = rule.items;
    std::vector<Vertex> generics = rule.generics;
    if (rule.aim == PolicyAim::outsider) {
      items = provided_by(rule);
      generics = generic_closure(view_, edge_rules_, items);
    } else if (!rule.market.is_outside) {
      for (const Vertex item : items) add({item, rule.market.places.front()});
    }
    std::vector<Vertex> family = items;
    family.insert(family.end(), generics.begin(), generics.end());
    std::sort(family.begin(), family.end());
    for (const Vertex thing : family) plan_needs(rule, thing, family);
  }

  std::vector<Flow> take() && {
    sort_unique(flows_);
    return std::move(flows_);
  }

 private:
  void add(const Flow& flow) { flows_.push_back(flow); }

  /// What the target provides; failing that, what it designed. Variants that take over suppliers have it from there.
  [[nodiscard]] std::vector<Vertex> provided_by(const PolicyRule& rule) {
    const Snapshot& snapshot = view_.snapshot();
    for (const GroupKind kind : {GroupKind::supplier, GroupKind::maker}) {
      std::vector<Vertex> things;
      const auto collect = [&](Arc e) {
        const EdgeRule& edge = edge_rules_[snapshot.columns().edge_type[e]];
        if (!edge.is_hard || edge.is_flow || edge.kind != kind || !view_.has_edge(e)) return;
        if (provider_of(snapshot, edge, e) == rule.target) things.push_back(dependent_of(snapshot, edge, e));
      };
      const auto out = snapshot.out_edges(rule.target);
      for (Arc e = out.first; e < out.last; ++e) collect(e);
      for (const Arc e : snapshot.in_edges(rule.target)) collect(e);
      for (std::size_t i = 0, count = things.size(); i < count; ++i) {
        for (const Vertex v : containment_.kinship().below(things[i])) {
          if (lists(containment_.suppliers().lenders(v), things[i])) things.push_back(v);
        }
      }
      sort_unique(things);
      if (!rule.is_any_item) {
        std::erase_if(things, [&](Vertex v) { return !std::binary_search(rule.items.begin(), rule.items.end(), v); });
      }
      if (!things.empty()) return things;
    }
    return {};
  }

  /// Calls `visit(dependent)` for everything that requires `thing`: what a generic requires, its variants do.
  template <class Visit>
  void for_each_needy(Vertex thing, const Visit& visit) {
    const Snapshot& snapshot = view_.snapshot();
    const auto each = [&](Arc e) {
      const EdgeRule& edge = edge_rules_[snapshot.columns().edge_type[e]];
      if (edge.is_hard && edge.kind == GroupKind::need && view_.has_edge(e) &&
          provider_of(snapshot, edge, e) == thing) {
        for_each_holder(dependent_of(snapshot, edge, e), thing, visit);
      }
    };
    const auto out = snapshot.out_edges(thing);
    for (Arc e = out.first; e < out.last; ++e) each(e);
    for (const Arc e : snapshot.in_edges(thing)) each(e);
  }

  /// Calls `visit(dependent, is_unnamed)` for who has a need of `needy` on `thing`: the node itself, or what inherits
  /// it where it passes it down.
  template <class Visit>
  void for_each_holder(Vertex needy, Vertex thing, const Visit& visit) {
    const auto [first, last] = needs_.own_groups(needy);
    if (first == last) {
      visit(needy, false);
      return;
    }
    // What is recorded of the generic keeps its needs.
    if (recorded_.has_item(needy)) visit(needy, false);
    const auto has = [&](const std::vector<InheritedGroup>& groups) {
      return std::any_of(groups.begin(), groups.end(), [&](const InheritedGroup& inherited) {
        const PassedGroup& group = needs_.groups()[inherited.group];
        if (group.generic != needy) return false;
        for (std::uint32_t r = group.first; r < group.last; ++r) {
          const bool is_dropped = std::binary_search(inherited.dropped.begin(), inherited.dropped.end(), r);
          if (needs_.rows()[r].item == thing && !is_dropped) return true;
        }
        return false;
      });
    };
    std::vector<Vertex> family = containment_.kinship().below(needy);
    family.push_back(needy);
    for (const Vertex v : family) {
      if (!containment_.kinship().is_generic(v)) {
        if (has(needs_.inherited_by(v))) visit(v, false);
      } else if (recorded_.find({v, no_vertex, true}) != nullptr && has(needs_.inherited_below(v))) {
        visit(v, true);
      }
    }
  }

  /// Derives `thing` (and what of the family is below it) wherever something in the market requires it and data
  /// records no flow for that.
  void plan_needs(const PolicyRule& rule, Vertex thing, const std::vector<Vertex>& family) {
    std::vector<Vertex> customers;
    for_each_needy(thing, [&](Vertex dependent, bool is_unnamed) {
      if (is_unnamed) {
        if (!rule.market.contains_unnamed(dependent, containment_)) return;
        if (recorded_.drawn_from_by_unnamed(dependent, thing, containment_) != no_vertex) return;
      } else {
        if (!rule.market.contains(dependent, containment_)) return;
        if (recorded_.drawn_from(dependent, thing, containment_) != no_vertex) return;
      }
      const Vertex place = rule.market.is_outside ? place_of(dependent, is_unnamed) : rule.market.places.front();
      if (place != no_vertex) customers.push_back(place);
    });
    if (customers.empty()) return;
    const std::vector<Vertex> below = variant_closure(view_, edge_rules_, thing);
    std::vector<Vertex> derived;
    std::set_intersection(below.begin(), below.end(), family.begin(), family.end(), std::back_inserter(derived));
    for (const Vertex customer : customers) {
      for (const Vertex item : derived) add({item, customer});
    }
  }

  /// The nearest place that a node is in, else the node; an unnamed variant is none.
  Vertex place_of(Vertex v, bool is_unnamed) {
    for (const Container& container : is_unnamed ? containment_.of_unnamed(v) : containment_.of(v)) {
      if (view_.snapshot().layer(container.node) == Layer::place) return container.node;
    }
    return is_unnamed ? no_vertex : v;
  }

  void plan_insider(const PolicyRule& rule) {
    const Snapshot& snapshot = view_.snapshot();
    std::vector<Vertex> concerned = rule.items;
    concerned.insert(concerned.end(), rule.generics.begin(), rule.generics.end());
    std::sort(concerned.begin(), concerned.end());
    for_each_requirement(view_, edge_rules_, rule.target, [&](Arc e) {
      const EdgeRule& edge = edge_rules_[snapshot.columns().edge_type[e]];
      if (edge.kind != GroupKind::need) return;
      const Vertex item = provider_of(snapshot, edge, e);
      for (const Vertex thing : variant_closure(view_, edge_rules_, item)) {
        const bool counts = rule.is_any_item || std::binary_search(concerned.begin(), concerned.end(), thing);
        if (counts) add({thing, rule.target});
      }
    });
  }

  const View& view_;
  const std::vector<EdgeRule>& edge_rules_;
  const FlowTable& recorded_;
  Containment& containment_;
  PassedNeeds needs_;
  std::vector<Flow> flows_;
};

}  // namespace

std::vector<Flow> flows_to_derive(const View& view, const std::vector<EdgeRule>& edge_rules,
                                  std::span<const PolicyRule> rules, const FlowTable& recorded,
                                  Containment& containment) {
  FlowPlanner planner(view, edge_rules, recorded, containment);
  for (const PolicyRule& rule : rules) planner.plan(rule);
  return std::move(planner).take();
}

}  // namespace chokepoint::detail
