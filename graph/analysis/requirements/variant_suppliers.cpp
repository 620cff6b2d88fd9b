#include "analysis/requirements/variant_suppliers.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

VariantSuppliers::VariantSuppliers(const View& view, const std::vector<EdgeRule>& rules, bool keep_minor)
    : view_(&view), rules_(&rules), keep_minor_(keep_minor), kinship_(view, rules) {
  for (const Vertex generic : kinship_.generics()) {
    std::vector<Arc> own;
    for_each_own(generic, [&](Arc e, const EdgeRule&) { own.push_back(e); });
    own_of_generic_.emplace(generic, std::move(own));
  }
}

bool VariantSuppliers::is_minor(Arc e) const {
  return !keep_minor_ && static_cast<Significance>(view_->snapshot().columns().significance[e]) == Significance::minor;
}

bool VariantSuppliers::has_own(Vertex thing) const {
  bool has = false;
  for_each_own(thing, [&](Arc, const EdgeRule&) { has = true; });
  return has;
}

std::vector<Vertex> VariantSuppliers::lenders(Vertex thing) const {
  std::vector<Vertex> found;
  if (kinship_.generics_of(thing).empty() || view_->snapshot().layer(thing) != Layer::none || has_own(thing)) {
    return found;
  }
  std::vector<Vertex> queue{thing};
  std::unordered_set<Vertex> seen{thing};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const Vertex generic : kinship_.generics_of(queue[i])) {
      if (!seen.insert(generic).second) continue;
      if (!has_own(generic)) {
        queue.push_back(generic);
      } else if (view_->snapshot().columns().node_complete[generic] == 0) {
        found.push_back(generic);
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Vertex> VariantSuppliers::makers(Vertex thing) const {
  std::vector<Vertex> found;
  const auto add = [&](Arc e, const EdgeRule& rule) { found.push_back(provider_of(view_->snapshot(), rule, e)); };
  for_each_own(thing, add);
  if (found.empty()) {
    for (const Vertex generic : lenders(thing)) for_each_own(generic, add);
  }
  sort_unique(found);
  return found;
}

bool VariantSuppliers::may_have_unnamed(Vertex generic) const {
  const Snapshot& snapshot = view_->snapshot();
  return snapshot.layer(generic) == Layer::none && snapshot.columns().node_complete[generic] == 0 &&
         static_cast<Variants>(snapshot.columns().node_variants[generic]) != Variants::all;
}

std::vector<Vertex> VariantSuppliers::with_unnamed() {
  const Snapshot& snapshot = view_->snapshot();
  std::vector<Vertex> found;
  for (const Vertex generic : kinship_.generics()) {
    if (!may_have_unnamed(generic)) continue;
    const bool is_released = snapshot.columns().node_released[generic] != 0;
    bool has_spare = false;
    for_each_own(generic, [&](Arc e, const EdgeRule& rule) {
      if (rule.kind == GroupKind::maker && is_released) return;
      has_spare = has_spare || is_spare(generic, provider_of(snapshot, rule, e));
    });
    if (has_spare) found.push_back(generic);
  }
  return found;
}

bool VariantSuppliers::is_spare(Vertex generic, Vertex supplier) {
  const auto [place, is_new] = below_.try_emplace(generic);
  if (is_new) place->second = suppliers_below(generic);
  return !place->second.contains(supplier);
}

std::unordered_set<Vertex> VariantSuppliers::suppliers_below(Vertex generic) const {
  const Snapshot& snapshot = view_->snapshot();
  std::unordered_set<Vertex> found;
  std::vector<Vertex> queue;
  const auto add = [&](Vertex v) {
    if (found.insert(v).second) queue.push_back(v);
  };
  for (const Vertex variant : kinship_.below(generic)) {
    for_each_own(variant, [&](Arc e, const EdgeRule& rule) { add(provider_of(snapshot, rule, e)); });
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for_each_requirement(*view_, *rules_, queue[i], [&](Arc e) {
      const EdgeRule& rule = (*rules_)[snapshot.columns().edge_type[e]];
      if (rule.kind == GroupKind::seat && snapshot.columns().mode[e] == 0) add(provider_of(snapshot, rule, e));
    });
  }
  return found;
}

}  // namespace chokepoint::detail
