// What an answer about lost nodes and policies looks like: the part of the graph that it is about, states, fault tree.
#include "present/pictures/fault_tree_builder.hpp"
#include "present/whatif/loss_map.hpp"
#include "present/whatif/state_picture.hpp"
#include "present/whatif/whatif_parts.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/words/chain.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

namespace chokepoint::detail {

namespace {

std::string named_all(Names& names, const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  std::string text;
  for (const Vertex v : vertices) append_part(names.session(), text, names.named(std::string(snapshot.id(v))));
  return text;
}

/// Marks [nodes] those that lose something, with policies, answers and what is cut.
std::vector<std::uint8_t> touched_by(const WhatIfResult& result) {
  const Snapshot& snapshot = result.view->snapshot();
  const WhatIf& found = result.found;
  std::vector<std::uint8_t> touched(snapshot.vertex_count(), 0);
  const auto touch = [&](Vertex v) {
    if (v != no_vertex && result.view->has_node(v)) touched[v] = 1;
  };
  for (const auto* some : {&result.scenario.removed, &result.scenario.enforced, &result.scenario.without})
    std::ranges::for_each(*some, touch);
  if (result.scenario.target) touch(result.scenario.target->node);
  for (const WhatIfBound& bound : found.state.bounds)
    for (const NodeCapacity& node : bound.capacity)
      if (node.is_less()) touch(node.subject.node), touch(node.subject.customer);
  for (const auto* rows : {&found.cut_rows, &found.freed_rows})
    for (const PolicyCut& cut : *rows) touch(cut.supplier.node), touch(cut.flow.item), touch(cut.flow.customer);
  for (const PolicyResponse& response : found.responses) touch(response.response), touch(response.closed_by);
  return touched;
}

std::vector<Vertex> marked(const std::vector<std::uint8_t>& marks) {
  std::vector<Vertex> vertices;
  for (Vertex v = 0; v < marks.size(); ++v)
    if (marks[v] != 0) vertices.push_back(v);
  return vertices;
}

/// What the answer says of nodes, one after the other.
class NodeMarker {
 public:
  explicit NodeMarker(const WhatIfResult& result) : result_(&result) {
    for (const PolicyResponse& response : result.found.responses) responses_.insert(response.response);
    for (const PolicyCut& row : result.found.cut_rows) cut_.insert(row.flow.item);
  }

  void mark(Vertex v, Subgraph& subgraph) const {
    const auto& bounds = result_->found.state.bounds;
    const bool any = fails(bounds[optimistic], Subject{v}), all = fails(bounds[pessimistic], Subject{v});
    const double low = left_of(bounds[pessimistic], Subject{v}).low;
    subgraph.columns.by_name["impossible_any"].emplace_back(any);
    subgraph.columns.by_name["impossible_all"].emplace_back(all);
    subgraph.columns.by_name["capacity_low"].emplace_back(low);
    subgraph.columns.by_name["capacity_high"].emplace_back(left_of(bounds[optimistic], Subject{v}).high);
    const Scenario& scenario = result_->scenario;
    const auto is_in = [v](const std::vector<Vertex>& some) { return std::ranges::binary_search(some, v); };
    subgraph.marks.push_back(scenario.target == Subject{v} ? Mark::subject
                             : is_in(scenario.removed)     ? Mark::removed
                             : is_in(scenario.enforced)    ? Mark::enforced
                             : responses_.contains(v)      ? Mark::response
                             : any && all                  ? Mark::fails
                             : any || all                  ? Mark::may_fail
                             : cut_.contains(v)            ? Mark::cut
                             : low < 1                     ? Mark::reduced
                                                           : Mark::none);
  }

 private:
  const WhatIfResult* result_;
  std::set<Vertex> responses_, cut_;
};

/// Why the target fails or has less, in the reading in which something is lost.
FaultTreePicture fate_tree(Session& session, const WhatIfResult& result) {
  Names names(session);
  const WhatIf& found = result.found;
  const Snapshot& snapshot = result.view->snapshot();
  const Subject target = *result.scenario.target;
  const auto& first = found.state.bounds.front().target;
  const NodeFate& fate = first && !first->chain.empty() ? *first : *found.state.bounds.back().target;
  const std::string name = subject_name(names, snapshot, target);
  const std::string causes = causes_text(names, result);
  FaultTreeBuilder builder(names, result.view->shared_snapshot(), target,
                           fate.is_impossible ? say(session, "Why {} is impossible {}", name, causes)
                                              : say(session, "Why {} is reduced {}", name, causes));
  builder.add(fate);
  for (const ChainLink& link : fate.chain) {
    if (link.subject.customer == no_vertex && !link.subject.is_unnamed)
      builder.mark(link.subject.node, fate.is_impossible ? Mark::fails : Mark::reduced);
    if (!fate.is_impossible) builder.set_detail(link.subject, percent_text(link.capacity, link.capacity));
  }
  if (target.customer == no_vertex) builder.mark(target.node, fate.is_impossible ? Mark::fails : Mark::reduced);
  if (!fate.is_impossible) builder.set_detail(target, percent_text(fate.low, fate.high));
  for (const Vertex v : result.scenario.removed) builder.mark(v, Mark::removed);
  for (const Vertex v : result.scenario.enforced) builder.mark(v, Mark::enforced);
  return builder.tree();
}

}  // namespace

std::string causes_text(Names& names, const WhatIfResult& result) {
  const Snapshot& snapshot = result.view->snapshot();
  const Session& session = names.session();
  std::string causes;
  const auto add = [&](const std::vector<Vertex>& some, std::string_view pattern) {
    if (!some.empty()) append_part(session, causes, say(session, pattern, named_all(names, snapshot, some)));
  };
  add(result.scenario.removed, "without {}");
  add(result.scenario.enforced, "with {} enforced");
  add(result.scenario.without, "with {} switched off");
  return causes;
}

std::vector<Vertex> touched_nodes(const WhatIfResult& result) { return marked(touched_by(result)); }

Subgraph subgraph_of(const WhatIfResult& result) {
  const Snapshot& snapshot = result.view->snapshot();
  Subgraph subgraph;
  subgraph.view = result.view;
  const std::vector<std::uint8_t> touched = touched_by(result);
  subgraph.vertices = marked(touched);
  for (const Vertex v : subgraph.vertices) {
    const auto [first, last] = snapshot.out_edges(v);
    for (Arc e = first; e < last; ++e)
      if (result.view->has_edge(e) && touched[snapshot.columns().to[e]] != 0) subgraph.arcs.push_back(e);
  }
  const NodeMarker marker(result);
  for (const Vertex v : subgraph.vertices) marker.mark(v, subgraph);
  return subgraph;
}

void offer_pictures(Session& session, const std::shared_ptr<const WhatIfResult>& result, Answer& answer) {
  const std::optional<Subject> only = only_target(*result);
  OfferedPicture states{"states", [&session, result, only] {
                          Names names(session);
                          return DrawnPicture(state_picture(names, result->view->snapshot(), result->found, only,
                                                            causes_text(names, *result)));
                        }};
  const auto& told = result->found.state.bounds.front().target;
  const auto& worse = result->found.state.bounds.back().target;
  const bool has_chain = (told && !told->chain.empty()) || (worse && !worse->chain.empty());
  if (has_chain)
    answer.pictures.push_back({"fault-tree", [&session, result] { return DrawnPicture(fate_tree(session, *result)); }});
  answer.pictures.push_back({"map", [&session, result] {
                               Names names(session);
                               return DrawnPicture(
                                   loss_map(names, *result->view, result->found, causes_text(names, *result)));
                             }});
  // Who asks for a measure wants to see the states; who names a target, why.
  answer.pictures.insert(only ? answer.pictures.end() : answer.pictures.begin(), std::move(states));
}

}  // namespace chokepoint::detail
