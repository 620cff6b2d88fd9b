// Which part of a graph decides about some targets: Boost's breadth-first search over all that a requirement system
// could read for a node.
#include "analysis/requirements/relevant_nodes.hpp"

#include "algorithms/breadth_first.hpp"

#include <algorithm>
#include <span>

namespace chokepoint::detail {

namespace {

/// Where the rules lead from a node, whichever of them are read in the end.
class Leads {
 public:
  Leads(const View& view, const std::vector<EdgeRule>& rules, const FlowTable* flows, const RequirementOptions& options,
        std::size_t most)
      : view_(view), rules_(rules), flows_(flows), options_(options), most_(most) {}

  std::span<const Vertex> operator()(Vertex v) const {
    found_.clear();
    if (++looked_at_ > most_) return found_;
    const auto [first, last] = view_.snapshot().out_edges(v);
    for (Arc e = first; e < last; ++e) add_edge(v, e);
    for (const Arc e : view_.snapshot().in_edges(v)) add_edge(v, e);
    if (flows_ != nullptr) add_flows(v);
    return found_;
  }

  [[nodiscard]] bool are_too_many() const { return looked_at_ > most_; }

 private:
  void add(Vertex v) const {
    if (v != no_vertex) found_.push_back(v);
  }

  void add_edge(Vertex v, Arc e) const {
    const Snapshot& snapshot = view_.snapshot();
    const SnapshotColumns& columns = snapshot.columns();
    const EdgeRule& rule = checked_rule(snapshot, rules_, e);
    if (!view_.has_edge(e)) return;
    if (snapshot.role(e) == Role::part && columns.from[e] == v) add(columns.to[e]);
    if (!rule.is_hard || rule.is_flow) return;  // a delivery is found by its item
    const Vertex dependent = dependent_of(snapshot, rule, e), provider = provider_of(snapshot, rule, e);
    if (dependent == v) {
      add(provider);
      return;
    }
    // A variant has the needs of its generics, a step those of its whole.
    if (rule.kind == GroupKind::variant || rule.kind == GroupKind::step) add(dependent);
  }

  /// Who delivers a thing to anybody, and what is delivered in its place.
  void add_flows(Vertex item) const {
    const auto& entries = flows_->entries();
    const auto first = std::lower_bound(entries.begin(), entries.end(), item,
                                        [](const FlowEntry& entry, Vertex v) { return entry.flow.item < v; });
    for (auto entry = first; entry != entries.end() && entry->flow.item == item; ++entry) {
      for (const Vertex customer : {entry->flow.customer, entry->wider_customer}) {
        add(customer);
        if (customer == no_vertex) continue;
        for (const Arc e : flows_->arcs({item, customer}))
          add(provider_of(view_.snapshot(), rules_[view_.snapshot().columns().edge_type[e]], e));
      }
    }
    for (const std::vector<Refill>* refills : {&options_.refills, &options_.scaled})
      for (const Refill& refill : *refills)
        if (refill.flow.item == item) add(refill.by);
  }

  const View& view_;
  const std::vector<EdgeRule>& rules_;
  const FlowTable* flows_;
  const RequirementOptions& options_;
  std::size_t most_;
  mutable std::size_t looked_at_ = 0;
  mutable std::vector<Vertex> found_;
};

}  // namespace

std::optional<std::vector<std::uint8_t>> relevant_nodes(const View& view, const std::vector<EdgeRule>& rules,
                                                        const FlowTable* flows, const RequirementOptions& options,
                                                        std::size_t most) {
  const Vertex n = view.snapshot().vertex_count();
  std::vector<Vertex> targets = options.targets;
  // The anonymous rest of a supply may lie in any place that fails, and places fail with those they are in.
  for (Vertex v = 0; v < n; ++v)
    if (view.has_node(v) && view.snapshot().layer(v) == Layer::place) targets.push_back(v);
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  VertexSet seen(n);
  KeepingQueue queue([](Vertex) {});
  const Leads leads(view, rules, flows, options, most);
  visit_breadth_first(seen, n, targets, queue, leads);
  if (leads.are_too_many()) return std::nullopt;
  std::vector<std::uint8_t> relevant(n, 0);
  for (const Vertex v : queue.take()) relevant[v] = 1;
  return relevant;
}

}  // namespace chokepoint::detail
