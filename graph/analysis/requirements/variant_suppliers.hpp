#pragma once

#include "chokepoint/snapshot/view.hpp"
#include "analysis/requirements/kinship.hpp"
#include "analysis/requirements/roles.hpp"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace chokepoint::detail {

/// Where the suppliers that are recorded of generic things count (graph/SEMANTICS.md §2.10): a variant of which none is
/// recorded takes them over, and those that supply no variant make one more, unnamed, variant. Suppliers are those who
/// provide or design a thing; minor ones are none.
class VariantSuppliers {
 public:
  VariantSuppliers(const View& view, const std::vector<EdgeRule>& rules, bool keep_minor);

  [[nodiscard]] const Kinship& kinship() const { return kinship_; }
  /// Calls `visit(arc, rule)` for the recorded suppliers of a thing.
  template <class Visit>
  void for_each_own(Vertex thing, const Visit& visit) const {
    const auto consider = [&](Arc e) {
      const EdgeRule& rule = (*rules_)[view_->snapshot().columns().edge_type[e]];
      if (is_provision(rule.kind) && !rule.is_flow && !is_minor(e)) visit(e, rule);
    };
    const auto known = own_of_generic_.find(thing);
    if (known == own_of_generic_.end()) {
      for_each_requirement(*view_, *rules_, thing, consider);
    } else {
      for (const Arc e : known->second) consider(e);
    }
  }
  [[nodiscard]] bool has_own(Vertex thing) const;
  /// The generics whose suppliers a thing takes over, sorted: the nearest of which any is recorded, on each way up;
  /// none where it has its own. A generic whose variants are complete lends none. O(suppliers of those passed)
  [[nodiscard]] std::vector<Vertex> lenders(Vertex thing) const;
  /// Those who provide or design a thing, taken over ones included; sorted.
  [[nodiscard]] std::vector<Vertex> makers(Vertex thing) const;

  /// Generics of which a supplier is left for an unnamed variant in some layer, sorted.
  [[nodiscard]] std::vector<Vertex> with_unnamed();
  /// Whether a supplier of `generic` supplies none of its variants; a place supplies what those seated in it do.
  /// O(variants below) at first
  bool is_spare(Vertex generic, Vertex supplier);

 private:
  [[nodiscard]] bool is_minor(Arc e) const;
  [[nodiscard]] bool may_have_unnamed(Vertex generic) const;
  [[nodiscard]] std::unordered_set<Vertex> suppliers_below(Vertex generic) const;

  const View* view_;
  const std::vector<EdgeRule>* rules_;
  bool keep_minor_;
  Kinship kinship_;
  /// Edges of the suppliers of each generic: its variants ask, and it may have more of these than it has suppliers.
  std::unordered_map<Vertex, std::vector<Arc>> own_of_generic_;
  std::unordered_map<Vertex, std::unordered_set<Vertex>> below_;  ///< suppliers of the variants, by generic
};

}  // namespace chokepoint::detail
