// Which part of a graph a loss can touch: Boost's breadth-first search along what hands a loss on.
#include "analysis/requirements/affected_nodes.hpp"

#include "algorithms/breadth_first.hpp"
#include "analysis/requirements/spare_alternatives.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <tuple>

namespace chokepoint::detail {

namespace {

/// Spreads from what is lost first.
class Affected {
 public:
  /// @param spares  whether alternatives hold their owner while enough of them have all
  /// @param most  nodes; when there are more, it stops
  Affected(const View& view, const std::vector<EdgeRule>& rules, bool has_generics, bool spares, std::size_t most)
      : view_(view),
        snapshot_(view.snapshot()),
        rules_(rules),
        has_generics_(has_generics),
        spares_(spares),
        most_(most),
        seen_(snapshot_.vertex_count()),
        marks_(snapshot_.vertex_count(), 0) {}

  void spread(std::vector<Vertex> starts) {
    sort_unique(starts);
    std::erase_if(starts, [&](Vertex v) { return seen_.has(v); });
    KeepingQueue queue([](Vertex) {});
    visit_breadth_first(seen_, snapshot_.vertex_count(), starts, queue,
                        [this](Vertex v) { return std::span<const Vertex>(followers(v)); });
    for (const Vertex v : queue.take()) {
      marks_[v] = 1;
      has_place_ = has_place_ || snapshot_.layer(v) == Layer::place;
    }
  }

  [[nodiscard]] bool has_place() const { return has_place_; }
  [[nodiscard]] bool are_too_many() const { return looked_at_ + holding_.size() > most_; }

  [[nodiscard]] std::vector<std::uint8_t> take() {
    for (const Vertex v : holding_) marks_[v] = 1;
    return std::move(marks_);
  }

 private:
  /// Alternatives of a node: rows of which some may be lost before it loses anything.
  struct Alternatives {
    Vertex owner = no_vertex;
    std::uint32_t name = 0;
    std::uint16_t edge_type = 0;
    bool is_site = false;
    friend bool operator==(const Alternatives&, const Alternatives&) = default;
  };
  struct Hash {
    std::size_t operator()(const Alternatives& a) const {
      const std::uint64_t low = a.owner | (std::uint64_t{a.name} << 32U);
      return std::hash<std::uint64_t>()(low * 0x9E3779B97F4A7C15U + (std::size_t{a.edge_type} << 1U) +
                                        (a.is_site ? 1U : 0U));
    }
  };

  const std::vector<Vertex>& followers(Vertex v) {
    found_.clear();
    spare_.begin_node();
    ++looked_at_;
    if (are_too_many()) return found_;
    const auto [first, last] = snapshot_.out_edges(v);
    for (Arc e = first; e < last; ++e) add_edge(v, e);
    for (const Arc e : snapshot_.in_edges(v)) add_edge(v, e);
    return found_;
  }

  void add_edge(Vertex v, Arc e) {
    const EdgeRule& rule = checked_rule(snapshot_, rules_, e);
    if (!rule.is_hard || !view_.has_edge(e)) return;
    const Vertex dependent = dependent_of(snapshot_, rule, e), provider = provider_of(snapshot_, rule, e);
    if (rule.is_flow) {
      // What is delivered stands for all its deliveries.
      if (provider == v && snapshot_.columns().item[e] != no_vertex) found_.push_back(snapshot_.columns().item[e]);
      return;
    }
    if (provider == v) add_dependent(dependent, rule, e);
    // A variant has the needs of its generics, a step those of its whole.
    if (dependent == v && (rule.kind == GroupKind::variant || rule.kind == GroupKind::step)) found_.push_back(provider);
  }

  [[nodiscard]] Alternatives alternatives_of(const EdgeRule& rule, Arc e) const {
    const SnapshotColumns& columns = snapshot_.columns();
    return {dependent_of(snapshot_, rule, e), columns.group[e], columns.edge_type[e],
            rule.kind == GroupKind::seat && columns.mode[e] != 0};
  }

  /// How many of a group's members may have less while the group has all.
  [[nodiscard]] std::int64_t spare_of(const Alternatives& group) const {
    std::vector<Vertex> members;
    std::uint32_t k = 1;
    for_each_requirement(view_, rules_, group.owner, [&](Arc e) {
      const EdgeRule& rule = checked_rule(snapshot_, rules_, e);
      if (alternatives_of(rule, e) != group) return;
      members.push_back(provider_of(snapshot_, rule, e));
      k = std::max(k, snapshot_.columns().k[e]);
    });
    sort_unique(members);
    return static_cast<std::int64_t>(members.size()) - k;
  }

  /// Whether a group has less than all once one more of its members has.
  [[nodiscard]] bool has_less(const EdgeRule& rule, Arc e) {
    const bool is_plain = rule.kind == GroupKind::need || rule.kind == GroupKind::seat || rule.kind == GroupKind::other;
    const Alternatives group = alternatives_of(rule, e);
    if (!spares_ || !is_plain || has_generics_ || (rule.rule == GroupRule::all && group.name == 0 && !group.is_site))
      return true;
    return spare_.has_less_without(group, [&] { return spare_of(group); });
  }

  void add_dependent(Vertex dependent, const EdgeRule& rule, Arc e) {
    const GroupKind kind = rule.kind;
    const Layer layer = snapshot_.layer(dependent);
    if (layer == Layer::place && kind != GroupKind::seat) {
      holding_.push_back(dependent);
    } else if (layer == Layer::actor && is_provision(kind) && !has_generics_) {
      holding_.push_back(dependent);  // it does not stop for want of a supply
    } else {
      (has_less(rule, e) ? found_ : holding_).push_back(dependent);
    }
  }

  const View& view_;
  const Snapshot& snapshot_;
  const std::vector<EdgeRule>& rules_;
  bool has_generics_ = false, spares_ = true;
  std::size_t most_;
  std::size_t looked_at_ = 0;
  VertexSet seen_;
  std::vector<std::uint8_t> marks_;
  std::vector<Vertex> found_;
  std::vector<Vertex> holding_;  ///< that a loss comes to and goes no further, places that lack something among them
  SpareAlternatives<Alternatives, Hash> spare_;
  bool has_place_ = false;
};

/// Whose requirement an edge is: of a delivery, the thing that is delivered.
Vertex owner_of(const Snapshot& snapshot, const EdgeRule& rule, Arc e) {
  return rule.is_flow ? snapshot.columns().item[e] : dependent_of(snapshot, rule, e);
}

/// Groups that ask for several members, and who these are.
class GroupsOfSeveral {
 public:
  GroupsOfSeveral(const View& view, const std::vector<EdgeRule>& rules)
      : view_(view), snapshot_(view.snapshot()), columns_(snapshot_.columns()), rules_(rules) {
    for (Arc e = 0; e < snapshot_.edge_count(); ++e) {
      const EdgeRule& rule = checked_rule(snapshot_, rules, e);
      if (columns_.k[e] <= 1 || !rule.is_hard || !view.has_edge(e)) continue;
      if (owner_of(snapshot_, rule, e) != no_vertex) groups_[group_of(rule, e)].k = columns_.k[e];
    }
    for (const Vertex v : ends()) {
      const auto [first, last] = snapshot_.out_edges(v);
      for (Arc e = first; e < last; ++e) add(e);
      for (const Arc e : snapshot_.in_edges(v)) add(e);
    }
  }

  /// Owners of those that have too few, whatever layer is read.
  [[nodiscard]] std::vector<Vertex> owners_of_short() const {
    std::vector<Vertex> owners;
    for (const auto& [group, members] : groups_) {
      const bool is_short = std::any_of(members.by_layer.begin(), members.by_layer.end(),
                                        [k = members.k](const auto& layer) { return layer.second.size() < k; });
      if (is_short || members.by_layer.empty()) owners.push_back(std::get<0>(group));
    }
    return owners;
  }

 private:
  struct Members {
    std::uint32_t k = 1;
    std::map<Layer, std::set<Vertex>> by_layer;
  };
  /// Owner, type, name, customer of a delivery, whether it is one of sites.
  using Group = std::tuple<Vertex, std::uint16_t, std::uint32_t, Vertex, bool>;

  [[nodiscard]] Group group_of(const EdgeRule& rule, Arc e) const {
    return {owner_of(snapshot_, rule, e), columns_.edge_type[e], columns_.group[e],
            rule.is_flow ? dependent_of(snapshot_, rule, e) : no_vertex,
            rule.kind == GroupKind::seat && columns_.mode[e] != 0};
  }
  /// Owners and customers.
  [[nodiscard]] std::vector<Vertex> ends() const {
    std::vector<Vertex> ends;
    for (const auto& [group, members] : groups_) {
      ends.push_back(std::get<0>(group));
      ends.push_back(std::get<3>(group));
    }
    sort_unique(ends);
    std::erase(ends, no_vertex);
    return ends;
  }
  void add(Arc e) {
    const EdgeRule& rule = checked_rule(snapshot_, rules_, e);
    if (!rule.is_hard || !view_.has_edge(e)) return;
    const auto group = groups_.find(group_of(rule, e));
    if (group == groups_.end()) return;
    // Counting too few is safe: a minor supplier may have no vote.
    if (static_cast<Significance>(columns_.significance[e]) == Significance::minor) return;
    const Vertex provider = provider_of(snapshot_, rule, e);
    group->second.k = std::max(group->second.k, columns_.k[e]);
    group->second.by_layer[snapshot_.layer(provider)].insert(provider);
  }

  const View& view_;
  const Snapshot& snapshot_;
  const SnapshotColumns& columns_;
  const std::vector<EdgeRule>& rules_;
  std::map<Group, Members> groups_;
};

/// Owners of groups that ask for more members than there are on this day, whatever layer is read.
std::vector<Vertex> short_of_members(const View& view, const std::vector<EdgeRule>& rules) {
  const SnapshotColumns& columns = view.snapshot().columns();
  if (columns.k.is_constant() && (columns.k.empty() || columns.k.front() <= 1)) return {};
  return GroupsOfSeveral(view, rules).owners_of_short();
}

/// Owners of supplies that name shares: what is left of them may lie anywhere.
std::vector<Vertex> with_open_rest(const View& view, const std::vector<EdgeRule>& rules) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  if (!states_shares(snapshot)) return {};
  std::vector<Vertex> owners;
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    if (std::isnan(columns.share[e])) continue;
    const EdgeRule& rule = checked_rule(snapshot, rules, e);
    if (!rule.is_hard || (rule.kind != GroupKind::supplier && !rule.is_flow) || !view.has_edge(e)) continue;
    if (const Vertex owner = owner_of(snapshot, rule, e); owner != no_vertex) owners.push_back(owner);
  }
  return owners;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> affected_nodes(const View& view, const std::vector<EdgeRule>& rules,
                                                        bool has_generics, const RequirementOptions& options,
                                                        std::size_t most) {
  // A cycle through what alternatives hold is still one, in which suppliers count as whole or gone: that matters where
  // anything may have a part, see graph/SEMANTICS.md §3.4.
  const bool all_or_nothing =
      !states_shares(view.snapshot()) && !options.affected_in_part && options.refills.empty() && options.scaled.empty();
  Affected affected(view, rules, has_generics, all_or_nothing, most);
  std::vector<Vertex> starts = *options.affected_by;
  const std::vector<Vertex> lacking = short_of_members(view, rules);
  starts.insert(starts.end(), lacking.begin(), lacking.end());
  // A choice that counts only a part is less than whole.
  for (const std::vector<Refill>* refills : {&options.refills, &options.scaled})
    for (const Refill& refill : *refills) starts.push_back(refill.flow.item);
  affected.spread(std::move(starts));
  if (affected.has_place() && !affected.are_too_many()) affected.spread(with_open_rest(view, rules));
  if (affected.are_too_many()) return std::nullopt;
  return affected.take();
}

}  // namespace chokepoint::detail
