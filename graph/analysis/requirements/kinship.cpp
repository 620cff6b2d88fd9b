#include "analysis/requirements/kinship.hpp"

#include "support/csr.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace chokepoint::detail {

namespace {

using Pairs = std::vector<std::pair<Vertex, Vertex>>;

/// The variant edges of a view as (generic, variant), sorted, each pair once.
Pairs variant_pairs(const View& view, const std::vector<EdgeRule>& rules) {
  const Snapshot& snapshot = view.snapshot();
  Pairs pairs;
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    const EdgeRule& rule = rules[snapshot.columns().edge_type[e]];
    if (rule.kind != GroupKind::variant || !rule.is_hard || !view.has_edge(e)) continue;
    pairs.emplace_back(dependent_of(snapshot, rule, e), provider_of(snapshot, rule, e));
  }
  sort_unique(pairs);
  return pairs;
}

}  // namespace

Kinship::Kinship(const View& view, const std::vector<EdgeRule>& rules) {
  const Pairs pairs = variant_pairs(view, rules);
  if (pairs.empty()) return;
  std::vector<Vertex> generics, variants;
  for (const auto& [generic, variant] : pairs) {
    generics.push_back(generic);
    variants.push_back(variant);
  }
  const Vertex n = view.snapshot().vertex_count();
  down_offset_ = csr_offsets(n, generics);
  up_offset_ = csr_offsets(n, variants);
  up_ = csr_values(up_offset_, variants, generics);
  down_ = std::move(variants);
  sort_unique(generics);
  generics_ = std::move(generics);
}

std::vector<Vertex> Kinship::above(std::span<const Vertex> start) const {
  std::vector<Vertex> found(start.begin(), start.end());
  std::unordered_set<Vertex> seen(start.begin(), start.end());
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Vertex generic : generics_of(found[i])) {
      if (seen.insert(generic).second) found.push_back(generic);
    }
  }
  return found;
}

std::vector<Vertex> Kinship::below(Vertex generic) const {
  std::vector<Vertex> found{generic};
  std::unordered_set<Vertex> seen{generic};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Vertex variant : variants_of(found[i])) {
      if (seen.insert(variant).second) found.push_back(variant);
    }
  }
  found.erase(found.begin());
  return found;
}

}  // namespace chokepoint::detail
