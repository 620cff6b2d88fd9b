#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <optional>
#include <vector>

namespace chokepoint::detail {

/// How the edges of one type enter requirement groups; worked out once per type of the ontology.
struct EdgeRule {
  GroupKind kind = GroupKind::other;
  GroupRule rule = GroupRule::any;
  bool from_depends = false;
  bool is_hard = false;  ///< counts as a requirement at all
  bool is_flow = false;  ///< the dependent is the flow of the edge's item
};

/// Whether rows of a kind say who supplies, or makes, what depends on them.
constexpr bool is_provision(GroupKind kind) { return kind == GroupKind::supplier || kind == GroupKind::maker; }

/// One rule per edge type, by its number.
std::vector<EdgeRule> edge_rules(const Ontology& ontology);

/// The rule of an edge, of which a file that nobody verified may say anything. @throws DamagedSnapshot where it, its
/// type, an end or its item is not there
const EdgeRule& checked_rule(const Snapshot& snapshot, const std::vector<EdgeRule>& rules, Arc e);

/// Whether nothing but edges says who needs whom: no deliveries of things, generics, steps or policies are recorded.
/// @param counts  of the snapshot
bool is_plain(const Snapshot& snapshot, const std::vector<EdgeRule>& rules, const RecordCounts& counts);
/// Whether any edge may state a share. O(1)
bool states_shares(const Snapshot& snapshot);

/// The end of `e` that depends, and the one it depends on.
inline Vertex dependent_of(const Snapshot& snapshot, const EdgeRule& rule, Arc e) {
  return rule.from_depends ? snapshot.columns().from[e] : snapshot.columns().to[e];
}
inline Vertex provider_of(const Snapshot& snapshot, const EdgeRule& rule, Arc e) {
  return rule.from_depends ? snapshot.columns().to[e] : snapshot.columns().from[e];
}

/// Calls `visit(arc)` for every hard requirement edge of the view on which `v` depends, flows included; out-edges in
/// order, then in-edges in order. A loop is visited once.
template <class Visit>
void for_each_requirement(const View& view, const std::vector<EdgeRule>& rules, Vertex v, const Visit& visit) {
  const Snapshot& snapshot = view.snapshot();
  const auto out = snapshot.out_edges(v);
  for (Arc e = out.first; e < out.last; ++e) {
    const EdgeRule& rule = rules[snapshot.columns().edge_type[e]];
    if (rule.is_hard && rule.from_depends && view.has_edge(e)) visit(e);
  }
  for (const Arc e : snapshot.in_edges(v)) {
    const EdgeRule& rule = rules[snapshot.columns().edge_type[e]];
    if (rule.is_hard && !rule.from_depends && view.has_edge(e)) visit(e);
  }
}

/// Calls `visit(arc)` for every edge of the view and of `role` that starts (or ends) at `v`.
template <class Visit>
void for_each_out(const View& view, Role role, Vertex v, const Visit& visit) {
  const auto out = view.snapshot().out_edges(v);
  for (Arc e = out.first; e < out.last; ++e) {
    if (view.snapshot().role(e) == role && view.has_edge(e)) visit(e);
  }
}
template <class Visit>
void for_each_in(const View& view, Role role, Vertex v, const Visit& visit) {
  for (const Arc e : view.snapshot().in_edges(v)) {
    if (view.snapshot().role(e) == role && view.has_edge(e)) visit(e);
  }
}

/// Variants of `generic`, and generics of `variant`, one step; unsorted, with repetitions where edges repeat.
void variants_of(const View& view, const std::vector<EdgeRule>& rules, Vertex generic, std::vector<Vertex>& out);
void generics_of(const View& view, const std::vector<EdgeRule>& rules, Vertex variant, std::vector<Vertex>& out);

/// `thing` and all its variants, theirs and so on; sorted. O(edges met)
std::vector<Vertex> variant_closure(const View& view, const std::vector<EdgeRule>& rules, Vertex thing);
/// All generics above the (sorted) `things`, which are not among them; sorted.
std::vector<Vertex> generic_closure(const View& view, const std::vector<EdgeRule>& rules,
                                    const std::vector<Vertex>& things);

}  // namespace chokepoint::detail
