#include "chokepoint/query/depends.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <tuple>

namespace chokepoint {

std::string_view to_string(MemberRule rule) {
  switch (rule) {
    case MemberRule::all: return "all";
    case MemberRule::any: return "any";
    case MemberRule::some: return "k-of-n";
    case MemberRule::choice: return "choice";
    case MemberRule::soft: return "soft";
    case MemberRule::asked: return "asked";
  }
  return "all";
}

namespace {

/// What puts two edges into one group.
struct Key {
  Vertex dependent;
  std::uint16_t type;
  std::uint32_t name;
  Vertex item;
  bool is_site;
  friend auto operator<=>(const Key&, const Key&) = default;
};

Key key_of(const Snapshot& snapshot, Arc e) {
  const SnapshotColumns& columns = snapshot.columns();
  const EdgeType& type = snapshot.type_of_edge(e);
  return {dependent_of(snapshot, e), columns.edge_type[e], columns.group[e],
          type.role == Role::flow ? columns.item[e] : no_vertex, !type.roles.empty() && columns.mode[e] > 0};
}

/// Whether the rule of the type is set aside: a flow of nobody knows what, a maker who is no longer needed.
bool is_soft(const Snapshot& snapshot, const Key& key, const EdgeType& type) {
  if (type.role == Role::flow && key.item == no_vertex) return true;
  return type.role == Role::make && snapshot.columns().node_released[key.dependent] == 1;
}

MemberRule rule_of(const Snapshot& snapshot, const Key& key, std::uint32_t k) {
  const EdgeType& type = snapshot.ontology().edge_types()[key.type];
  const Dependency& dependency = *type.dependency;
  if (dependency.strength == Strength::asked) return MemberRule::asked;
  if (dependency.strength == Strength::soft || dependency.group == GroupRule::soft || is_soft(snapshot, key, type))
    return MemberRule::soft;
  if (k > 1) return MemberRule::some;
  switch (dependency.group) {
    case GroupRule::choice: return MemberRule::choice;
    case GroupRule::any: return MemberRule::any;
    default: return key.name != 0 || key.is_site ? MemberRule::any : MemberRule::all;
  }
}

/// Every edge of the view at `dependent` that is a dependency of it.
template <typename Visit>
void for_each_dependency(const View& view, Vertex dependent, Visit visit) {
  const Snapshot& snapshot = view.snapshot();
  const auto consider = [&](Arc e) {
    const auto& dependency = snapshot.type_of_edge(e).dependency;
    if (dependency && view.has_edge(e) && dependent_of(snapshot, e) == dependent) visit(e);
  };
  const auto range = snapshot.out_edges(dependent);
  for (Arc e = range.first; e < range.last; ++e) consider(e);
  for (const Arc e : snapshot.in_edges(dependent)) consider(e);
}

}  // namespace

Vertex dependent_of(const Snapshot& snapshot, Arc e) {
  return snapshot.type_of_edge(e).dependency->from_depends ? snapshot.columns().from[e] : snapshot.columns().to[e];
}

Vertex dependency_of(const Snapshot& snapshot, Arc e) {
  return snapshot.type_of_edge(e).dependency->from_depends ? snapshot.columns().to[e] : snapshot.columns().from[e];
}

std::vector<DependencyGroup> group_arcs(const View& view, std::span<const Arc> arcs) {
  const Snapshot& snapshot = view.snapshot();
  std::map<Key, DependencyGroup> groups;
  std::vector<Vertex> dependents;
  for (const Arc e : arcs) {
    groups[key_of(snapshot, e)].arcs.push_back(e);
    dependents.push_back(dependent_of(snapshot, e));
  }
  std::ranges::sort(dependents);
  dependents.erase(std::unique(dependents.begin(), dependents.end()), dependents.end());
  std::map<Key, std::vector<Vertex>> members;
  for (const Vertex dependent : dependents)
    for_each_dependency(view, dependent, [&](Arc e) {
      const Key key = key_of(snapshot, e);
      const auto found = groups.find(key);
      if (found == groups.end()) return;
      members[key].push_back(dependency_of(snapshot, e));
      found->second.k = std::max(found->second.k, snapshot.columns().k[e]);
    });
  std::vector<DependencyGroup> out;
  for (auto& [key, group] : groups) {
    std::tie(group.dependent, group.type, group.name, group.item, group.is_site) =
        std::tie(key.dependent, key.type, key.name, key.item, key.is_site);
    auto& nodes = members[key];
    std::ranges::sort(nodes);
    group.members = static_cast<std::uint32_t>(std::unique(nodes.begin(), nodes.end()) - nodes.begin());
    group.rule = rule_of(snapshot, key, group.k);
    group.variants = static_cast<Variants>(snapshot.columns().node_variants[key.dependent]);
    switch (group.rule) {
      case MemberRule::all: group.k = group.members; break;
      case MemberRule::any: group.k = 1; break;
      case MemberRule::some: break;
      case MemberRule::choice: group.k = group.variants == Variants::all ? group.members : 1; break;
      default: group.k = 0;
    }
    std::ranges::sort(group.arcs);
    out.push_back(std::move(group));
  }
  return out;
}

}  // namespace chokepoint
