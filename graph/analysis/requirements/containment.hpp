#pragma once

#include "chokepoint/snapshot/view.hpp"
#include "analysis/requirements/roles.hpp"
#include "analysis/requirements/variant_suppliers.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Something a node is in, and how far up.
struct Container {
  Vertex node = no_vertex;
  std::uint32_t distance = 0;  ///< 0: the node itself
  friend bool operator==(const Container&, const Container&) = default;
};

/// Calls `visit(whole)` for what `v` is directly in: its seats (not sites) and what it is part of.
template <class Visit>
void for_each_container(const View& view, const std::vector<EdgeRule>& rules, Vertex v, const Visit& visit) {
  const Snapshot& snapshot = view.snapshot();
  for_each_out(view, Role::part, v, [&](Arc e) { visit(snapshot.columns().to[e]); });
  for_each_requirement(view, rules, v, [&](Arc e) {
    const EdgeRule& rule = rules[snapshot.columns().edge_type[e]];
    // Mode 0 is the seat; the other modes are sites, which say nothing about who rules there.
    if (rule.kind == GroupKind::seat && snapshot.columns().mode[e] == 0) visit(provider_of(snapshot, rule, e));
  });
}

/// What is where: by seats (not sites), by being part of a whole and, for a thing, by where all of those are who
/// design or provide it (graph/SEMANTICS.md §4.1: "in M").
class Containment {
 public:
  Containment(const View& view, const std::vector<EdgeRule>& rules, bool keep_minor);

  [[nodiscard]] const View& view() const { return *view_; }
  [[nodiscard]] VariantSuppliers& suppliers() { return suppliers_; }
  [[nodiscard]] const Kinship& kinship() const { return suppliers_.kinship(); }

  /// Everything that `v` is in, itself first; by distance, then number. Valid until the next call.
  /// O(containers), for a thing times its makers
  const std::vector<Container>& of(Vertex v);
  /// … that the unnamed variant of a generic is in: where all of those are who make it. The same.
  const std::vector<Container>& of_unnamed(Vertex generic);
  /// Whether `v` is one of `places` (sorted) or in one of them.
  bool is_in(Vertex v, const std::vector<Vertex>& places);
  /// Those who design or provide a thing, minor suppliers left out; sorted.
  std::vector<Vertex> makers(Vertex thing) const { return suppliers_.makers(thing); }
  /// Those of a generic who make none of its variants; sorted.
  std::vector<Vertex> unnamed_makers(Vertex generic);

 private:
  void climb(Vertex v, std::vector<Container>& out);
  void add_common_containers(const std::vector<Vertex>& makers);
  const std::vector<Container>& sorted();

  const View* view_;
  const std::vector<EdgeRule>* rules_;
  VariantSuppliers suppliers_;
  std::vector<std::uint32_t> seen_;  ///< [n] number of the climb that met the node
  std::uint32_t climb_ = 0;
  std::vector<Container> containers_, common_, other_;
  Vertex last_ = no_vertex;
};

}  // namespace chokepoint::detail
