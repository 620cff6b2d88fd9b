#include "chokepoint/snapshot/arc_graph.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

ArcGraph::ArcGraph(const View& view, const ArcChoice& choice, Walk walk)
    : view_(&view),
      vertex_count_(view.snapshot().vertex_count()),
      edge_count_(view.snapshot().edge_count()),
      is_undirected_(walk == Walk::either),
      type_(view.snapshot().columns().edge_type.data()),
      from_(view.snapshot().columns().from.data()),
      to_(view.snapshot().columns().to.data()),
      item_(view.snapshot().columns().item),
      released_(view.snapshot().columns().node_released) {
  const bool is_any_released = !released_.is_constant() || (!released_.empty() && released_.front() != 0);
  const auto& types = view.snapshot().ontology().edge_types();
  rules_.assign(types.size(), 0);
  for (std::size_t number = 0; number < types.size(); ++number) {
    const bool is_wanted = choice.edge_types.empty() || std::find(choice.edge_types.begin(), choice.edge_types.end(),
                                                                  number) != choice.edge_types.end();
    if (!is_wanted) continue;
    std::uint8_t rule = leaves_from;
    if (choice.dependencies) {
      const auto& dependency = types[number].dependency;
      if (!dependency) continue;
      if (dependency->strength == Strength::soft && !choice.soft) continue;
      if (dependency->strength == Strength::asked && !choice.asked) continue;
      rule = dependency->from_depends ? leaves_from : leaves_to;
      if (types[number].role == Role::flow && !choice.soft) rule |= needs_item;
      if (types[number].role == Role::make && !choice.soft && is_any_released)
        rule |= dependency->from_depends ? unreleased_from : unreleased_to;
    }
    if (walk == Walk::either) rule |= leaves_from | leaves_to;
    rules_[number] = rule;
    all_rules_ |= rule;
  }
  if (walk == Walk::backward) *this = reversed();
}

ArcGraph ArcGraph::reversed() const {
  ArcGraph other = *this;
  const auto turned = [](std::uint8_t rule) {
    const bool from = (rule & leaves_from) != 0;
    const bool to = (rule & leaves_to) != 0;
    return static_cast<std::uint8_t>((rule & is_particular) | (from ? leaves_to : 0) | (to ? leaves_from : 0));
  };
  for (std::uint8_t& rule : other.rules_) rule = turned(rule);
  other.all_rules_ = turned(all_rules_);
  return other;
}

void ArcGraph::damaged() { throw DamagedSnapshot("names an edge, a node or a type that is not there"); }

ArcGraph::Range ArcGraph::range(Vertex v, bool is_arriving) const {
  const Snapshot& snapshot = view_->snapshot();
  // Where no type has arcs that way, that half of the snapshot is not looked at.
  const std::uint8_t out_rule = is_arriving ? leaves_to : leaves_from;
  const std::uint8_t in_rule = is_arriving ? leaves_from : leaves_to;
  const auto [out_first, out_last] = (all_rules_ & out_rule) != 0 ? snapshot.out_edges(v) : Snapshot::ArcRange{0, 0};
  const auto in = (all_rules_ & in_rule) != 0 ? snapshot.in_edges(v) : std::span<const Arc>();
  Range range;
  Iterator& first = range.first;
  first.graph_ = this;
  first.vertex_ = v;
  first.is_arriving_ = is_arriving;
  first.out_next_ = out_first;
  first.out_last_ = out_last;
  first.in_next_ = in.data();
  first.in_last_ = in.data() + in.size();
  range.last = first;
  range.last.out_next_ = out_last;
  range.last.in_next_ = first.in_last_;
  first.skip();
  return range;
}

}  // namespace chokepoint
