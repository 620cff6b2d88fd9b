// What the requirement rules read on behalf of a node, by tier.
//
// The nodes of the walk are those of the requirement system: stored nodes, and deliveries (`item@customer`), for which
// their item is listed. A delivery rests on what its suppliers are, not on who provides the item elsewhere. A place is
// read for what it requires and for what is delivered into it; one that is only come to is read for where it lies. Both
// layers of a supplier group are walked, since which of them is read depends on the question.

#include "analysis/lenses/requirement_reach.hpp"

#include "chokepoint/analysis/requirements.hpp"
#include "algorithms/tier_search.hpp"
#include "analysis/requirements/roles.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace chokepoint::detail {

namespace {

/// A step of the walk.
struct Step {
  SystemNode to = no_vertex;
  Arc arc = no_arc;               ///< no_arc: nobody recorded an edge of its own for it
  bool is_within_places = false;  ///< says which place a place lies in
};

Requirements system_in(const View& view, Layer layer, const std::vector<std::uint8_t>& only) {
  RequirementOptions options;
  options.layer = layer;
  options.only = only;
  return build_requirements(view, options);
}

class RequirementWalk {
 public:
  /// @param only  [vertices] of which the groups are read; empty: of all
  RequirementWalk(const View& view, Vertex start, const ReachOptions& options, Walk walk,
                  const std::vector<std::uint8_t>& only)
      : view_(view),
        start_(start),
        options_(options),
        walk_(walk),
        only_(only),
        loose_(view, {.dependencies = true, .soft = options.soft, .asked = options.asked, .edge_types = {}}, walk) {
    systems_.push_back(system_in(view, Layer::actor, only));
    if (systems_.front().notes().depends_on_layer) systems_.push_back(system_in(view, Layer::place, only));
    for (std::size_t s = 0; s < systems_.size(); ++s) {
      for (const GroupIndex g : systems_[s].unmet_groups()) unmet_.emplace(systems_[s].group(g).owner, std::pair(s, g));
    }
    for (SystemNode n = view.snapshot().vertex_count(); n < systems_[0].node_count(); ++n) {
      const Flow& flow = systems_[0].flow(n);
      if (flow.customer != no_vertex && is_place(flow.customer)) deliveries_.emplace(flow.customer, n);
    }
  }

  DependencyReport run() {
    DependencyReport report;
    report.node = start_;
    find_inside_start();
    search(true, options_.depth, &report);
    if (options_.soft || options_.asked) mark_soft(report);
    sort_unique(report.arcs);
    std::sort(report.hops.begin(), report.hops.end());
    report.hops.erase(std::unique(report.hops.begin(), report.hops.end()), report.hops.end());
    count_hidden(report);
    return report;
  }

  [[nodiscard]] RequirementMap map() const {
    RequirementMap map;
    for (SystemNode n = 0; n < systems_[0].node_count(); ++n) {
      map.states.push_back(state_of(n));
      for_each_need(n, [&](const Step& step) {
        if (step.to == n) return;
        using enum RequirementMap::Kind;
        map.steps.push_back({n, step.to, step.arc, step.is_within_places ? lies_in : read});
      });
    }
    if (options_.soft) add_soft_steps(map);
    sort_unique(map.steps);
    return map;
  }

 private:
  [[nodiscard]] RequirementMap::State state_of(SystemNode n) const {
    if (!is_flow(n)) return {n, false, no_vertex, false};
    const Flow& flow = systems_[0].flow(n);
    return {flow.item, true, flow.customer, flow.is_unnamed};
  }
  /// What is only listed, in either direction, of each stored node.
  void add_soft_steps(RequirementMap& map) const {
    const ArcGraph back(view_, {.dependencies = true, .soft = true, .asked = false, .edge_types = {}}, Walk::backward);
    std::unordered_set<Arc> read;
    const auto note = [&](const Step& step) { read.insert(step.arc); };
    for (SystemNode n = 0; n < view_.snapshot().vertex_count(); ++n) {
      if (!only_.empty() && only_[n] == 0) continue;
      read.clear();
      for_each_need(n, note);
      for (const ArcStep step : loose_.out(n))
        if (step.target != n && !read.contains(step.arc))
          map.steps.push_back({n, step.target, step.arc, RequirementMap::Kind::soft_ahead});
      read.clear();
      for_each_use(n, note);
      for (const ArcStep step : back.out(n))
        if (step.target != n && !read.contains(step.arc))
          map.steps.push_back({step.target, n, step.arc, RequirementMap::Kind::soft_back});
    }
  }

  [[nodiscard]] bool is_place(Vertex v) const { return view_.snapshot().layer(v) == Layer::place; }
  [[nodiscard]] bool is_flow(SystemNode n) const { return systems_[0].is_flow(n); }
  /// The stored node that a node of the walk is listed as: what requires a thing requires it however it is delivered,
  /// but a thing is not short because a delivery of it is.
  [[nodiscard]] Vertex listed(SystemNode n) const {
    if (!is_flow(n)) return n;
    return walk_ == Walk::forward ? systems_[0].flow(n).item : no_vertex;
  }
  [[nodiscard]] bool is_wanted(Arc e) const {
    if (options_.edge_types.empty()) return true;
    if (e == no_arc) return false;
    const std::uint16_t type = view_.snapshot().columns().edge_type[e];
    return std::find(options_.edge_types.begin(), options_.edge_types.end(), type) != options_.edge_types.end();
  }
  [[nodiscard]] bool ends_walk(SystemNode n) const {
    return !is_flow(n) && n != start_ && is_place(n) && !options_.through_places && !inside_start_.contains(n);
  }
  /// Whether a member of a group is the place that the owner lies in.
  [[nodiscard]] bool is_within_places(const RequirementGroup& group, SystemNode member) const {
    return group.kind == GroupKind::seat && !is_flow(group.owner) && is_place(group.owner) && !is_flow(member) &&
           is_place(member);
  }
  /// Places that lie in the place which is asked about fail with it, and what rests on them: they are walked through.
  void find_inside_start() {
    if (walk_ != Walk::backward || is_flow(start_) || !is_place(start_)) return;
    std::vector<SystemNode> queue{start_};
    while (!queue.empty()) {
      const SystemNode n = queue.back();
      queue.pop_back();
      for_each_use(n, [&](const Step& step) {
        if (step.is_within_places && inside_start_.insert(step.to).second) queue.push_back(step.to);
      });
    }
  }

  template <class Visit>
  void for_each_member(const Requirements& system, GroupIndex g, const Visit& visit) const {
    const RequirementGroup& group = system.group(g);
    for (const RequirementMember& member : system.members(g)) {
      if (is_wanted(member.arc)) visit(Step{member.node, member.arc, is_within_places(group, member.node)});
    }
  }

  /// The place that a group is about what is delivered into; no_vertex for all others.
  [[nodiscard]] Vertex delivered_into(const Requirements& system, GroupIndex g) const {
    const RequirementGroup& group = system.group(g);
    if (!system.is_flow(group.owner) || group.kind != GroupKind::supplier) return no_vertex;
    const Vertex customer = system.flow(group.owner).customer;
    return customer != no_vertex && is_place(customer) ? customer : no_vertex;
  }

  /// What the rules read for a node.
  template <class Visit>
  void for_each_need(SystemNode n, const Visit& visit) const {
    for (const Requirements& system : systems_) {
      for (const GroupIndex g : system.groups_of(n)) for_each_member(system, g, visit);
      const auto [first, last] = deliveries_.equal_range(n);
      for (auto flow = first; flow != last; ++flow) {
        for (const GroupIndex g : system.groups_of(flow->second)) {
          if (delivered_into(system, g) == n) for_each_member(system, g, visit);
        }
      }
    }
    const auto [first, last] = unmet_.equal_range(n);
    for (auto each = first; each != last; ++each) {
      for_each_member(systems_[each->second.first], each->second.second, visit);
    }
  }

  /// Whom the rules read it for.
  template <class Visit>
  void for_each_use(SystemNode n, const Visit& visit) const {
    for (const Requirements& system : systems_) {
      for (const MemberIndex m : system.memberships(n)) {
        const Arc arc = system.member(m).arc;
        if (!is_wanted(arc)) continue;
        const GroupIndex g = system.group_of_member(m);
        const bool is_inside = is_within_places(system.group(g), n);
        for (const SystemNode dependent : system.dependents(g)) visit(Step{dependent, arc, is_inside});
        if (system.group(g).is_unmet_only) visit(Step{system.group(g).owner, arc});
        if (const Vertex place = delivered_into(system, g); place != no_vertex) visit(Step{place, arc});
      }
    }
    if (n != start_) return;
    // A thing that goes takes its deliveries with it.
    const auto flows = systems_[0].flows_of(n);
    for (SystemNode flow = flows.first; flow < flows.last; ++flow) for_each_use(flow, visit);
  }

  /// Calls `visit(step)` for all that the walk goes on to from a node: first what the rules read, then what is only
  /// listed.
  template <class Visit>
  void for_each_step(SystemNode n, bool with_soft, const Visit& visit) const {
    const auto read_for = [&](const auto& go) {
      if (walk_ == Walk::forward) {
        for_each_need(n, go);
      } else {
        for_each_use(n, go);
      }
    };
    if (is_flow(n) || (!options_.soft && !options_.asked)) {
      read_for(visit);
      return;
    }
    std::unordered_set<Arc> read;
    read_for([&](const Step& step) {
      read.insert(step.arc);
      visit(step);
    });
    for (const ArcStep step : loose_.out(n)) {
      if (read.contains(step.arc) || !is_wanted(step.arc)) continue;
      const bool is_asked = view_.snapshot().type_of_edge(step.arc).dependency->strength == Strength::asked;
      if (is_asked ? options_.asked : with_soft && options_.soft) visit(Step{step.target, step.arc});
    }
  }

  /// Breadth first; of each listed node the first tier counts.
  /// @param report  filled in, or nullptr where only `tiers_` is wanted
  void search(bool with_soft, std::optional<std::uint32_t> depth, DependencyReport* report) {
    tiers_.assign(view_.snapshot().vertex_count(), 0);
    expanded_.clear(), passed_.clear();
    std::vector<bool> seen(systems_[0].node_count());
    seen[start_] = true;
    std::unordered_map<SystemNode, Vertex> met_from;  // nodes that are not listed: the last one before that is
    std::vector<SystemNode> now{start_};
    for (std::uint32_t tier = 1; !now.empty() && (!depth || tier <= *depth); ++tier) {
      std::vector<SystemNode> next;
      for (const SystemNode n : now) {
        const bool is_end = ends_walk(n);
        if (is_end && walk_ == Walk::backward) continue;
        if (!is_flow(n)) (is_end ? passed_ : expanded_).push_back(n);
        const Vertex source = listed(n) == no_vertex ? met_from.at(n) : listed(n);
        for_each_step(n, with_soft, [&](const Step& step) {
          if (is_end && !step.is_within_places) return;
          if (step.to == n) return;  // an edge from a node to itself leads nowhere
          if (report != nullptr && options_.list_arcs && step.arc != no_arc) {
            report->arcs.push_back(step.arc);
            const Vertex to = listed(step.to);
            if (to != no_vertex && to != source) report->hops.push_back({step.arc, source, to});
          }
          if (seen[step.to]) return;
          seen[step.to] = true;
          next.push_back(step.to);
          const Vertex v = listed(step.to);
          if (v == no_vertex) met_from.emplace(step.to, source);
          if (v == no_vertex || v == start_ || tiers_[v] != 0) return;
          tiers_[v] = tier;
          if (report != nullptr) report->nodes.push_back({v, tier, false});
        });
      }
      now = std::move(next);
    }
    if (report == nullptr) return;
    std::sort(report->nodes.begin(), report->nodes.end(), [](const DependencyNode& a, const DependencyNode& b) {
      return std::pair(a.tier, a.vertex) < std::pair(b.tier, b.vertex);
    });
  }

  void mark_soft(DependencyReport& report) {
    const auto walked = std::pair(std::exchange(expanded_, {}), std::exchange(passed_, {}));
    search(false, std::nullopt, nullptr);
    for (DependencyNode& node : report.nodes) node.soft = tiers_[node.vertex] == 0;
    std::tie(expanded_, passed_) = walked;
  }

  /// Whether an edge is a dependency that is walked from one of its ends, if the view has it.
  [[nodiscard]] bool leads_on(Arc e, Vertex at) const {
    const Snapshot& snapshot = view_.snapshot();
    const auto& dependency = snapshot.type_of_edge(e).dependency;
    if (!dependency || (dependency->strength == Strength::soft && !options_.soft)) return false;
    if (dependency->strength == Strength::asked && !options_.asked) return false;
    const bool from_leads = dependency->from_depends == (walk_ == Walk::forward);
    return (from_leads ? snapshot.columns().from[e] : snapshot.columns().to[e]) == at;
  }

  /// Edges that would have been walked if the view did not hide them.
  void count_hidden(DependencyReport& report) const {
    const auto consider = [&](Arc e, Vertex at) {
      if (!leads_on(e, at) || !is_wanted(e)) return;
      note_hidden(report.hidden, e, view_.fate(e));
    };
    const Snapshot& snapshot = view_.snapshot();
    const auto consider_all = [&](Vertex v, const auto& is_met) {
      const auto out = snapshot.out_edges(v);
      for (Arc e = out.first; e < out.last; ++e)
        if (is_met(e)) consider(e, v);
      for (const Arc e : snapshot.in_edges(v))
        if (snapshot.columns().from[e] != v && is_met(e)) consider(e, v);  // a loop is among both
    };
    const std::vector<EdgeRule> rules = edge_rules(snapshot.ontology());
    const auto is_within_places = [&](Arc e) {
      return rules[snapshot.columns().edge_type[e]].kind == GroupKind::seat && is_place(snapshot.columns().from[e]) &&
             is_place(snapshot.columns().to[e]);
    };
    for (const Vertex v : expanded_) consider_all(v, [](Arc) { return true; });
    for (const Vertex v : passed_) consider_all(v, is_within_places);
    sort_unique(report.hidden.superseded);
    sort_unique(report.hidden.rivals);
  }

  const View& view_;
  Vertex start_;
  const ReachOptions& options_;
  Walk walk_;
  const std::vector<std::uint8_t>& only_;
  std::vector<Requirements> systems_;  ///< by actor and, where that makes a difference, by place; flows are the same
  ArcGraph loose_;                     ///< every dependency that the options let be walked
  std::unordered_multimap<SystemNode, std::pair<std::size_t, GroupIndex>> unmet_;  ///< by place
  std::unordered_multimap<Vertex, SystemNode> deliveries_;                         ///< flows by the place they go to
  std::vector<std::uint32_t> tiers_;  ///< [vertices] of the last search; 0: not listed
  std::vector<Vertex> expanded_;
  std::vector<Vertex> passed_;                   ///< places that hand the walk on to where they lie
  std::unordered_set<SystemNode> inside_start_;  ///< places that lie in the start
};

}  // namespace

DependencyReport walk_requirements(const View& view, Vertex node, const ReachOptions& options, Walk walk) {
  return RequirementWalk(view, node, options, walk, {}).run();
}

}  // namespace chokepoint::detail

namespace chokepoint {

RequirementMap read_requirements(const View& view, bool soft, const std::vector<std::uint8_t>& only) {
  const ReachOptions options{.soft = soft};
  return detail::RequirementWalk(view, no_vertex, options, Walk::forward, only).map();
}

}  // namespace chokepoint
