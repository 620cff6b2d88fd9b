#include "chokepoint/snapshot/arc_graph.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

ArcGraph::ArcGraph(const View& view, const ArcChoice& choice, Walk walk)
    : view_(&view),
      vertex_count_(view.snapshot().vertex_count()),
      is_undirected_(walk == Walk::either),
      type_(view.snapshot().columns().edge_type.data()),
      from_(view.snapshot().columns().from.data()),
      to_(view.snapshot().columns().to.data()),
      item_(view.snapshot().columns().item.data()) {
  const auto& types = view.snapshot().ontology().edge_types();
  rules_.assign(types.size(), 0);
  for (std::size_t number = 0; number < types.size(); ++number) {
    const bool is_wanted = choice.edge_types.empty() ||
                           std::find(choice.edge_types.begin(), choice.edge_types.end(), number) !=
                               choice.edge_types.end();
    if (!is_wanted) continue;
    std::uint8_t rule = leaves_from;
    if (choice.dependencies) {
      const auto& dependency = types[number].dependency;
      if (!dependency) continue;
      if (dependency->strength == Strength::soft && !choice.soft) continue;
      if (dependency->strength == Strength::asked && !choice.asked) continue;
      rule = dependency->from_depends ? leaves_from : leaves_to;
      if (types[number].role == Role::flow && !choice.soft) rule |= needs_item;
    }
    if (walk == Walk::either) rule |= leaves_from | leaves_to;
    rules_[number] = rule;
  }
  if (walk == Walk::backward) *this = reversed();
}

ArcGraph ArcGraph::reversed() const {
  ArcGraph other = *this;
  for (std::uint8_t& rule : other.rules_) {
    const bool from = (rule & leaves_from) != 0;
    const bool to = (rule & leaves_to) != 0;
    rule = static_cast<std::uint8_t>((rule & needs_item) | (from ? leaves_to : 0) | (to ? leaves_from : 0));
  }
  return other;
}

ArcGraph::Range ArcGraph::range(Vertex v, bool is_arriving) const {
  const Snapshot& snapshot = view_->snapshot();
  const auto [out_first, out_last] = snapshot.out_edges(v);
  const auto in = snapshot.in_edges(v);
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
