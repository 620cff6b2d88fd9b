#include "chokepoint/query/whatif.hpp"

#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/support/error.hpp"
#include "query/session/policy_terms.hpp"
#include "query/session/scenario.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

std::vector<Vertex> resolve_scenario(Session& session, const Snapshot& snapshot,
                                     const std::vector<std::string>& names) {
  std::set<Vertex> found;
  for (const std::string& name : names) found.insert(resolve_vertex(session, snapshot, name));
  return {found.begin(), found.end()};
}

/// A node, or a flow as `item@customer`.
Subject resolve_target(Session& session, const Snapshot& snapshot, const std::string& name) {
  const auto vertex = [&](const std::string& text) { return resolve_vertex(session, snapshot, text); };
  const std::size_t at = name.find('@');
  if (at == std::string::npos) return {vertex(name)};
  return {vertex(name.substr(0, at)), vertex(name.substr(at + 1))};
}

/// What the nodes are parts of, theirs and so on.
std::vector<Vertex> wholes_of(const View& view, const std::vector<Vertex>& parts) {
  const Snapshot& snapshot = view.snapshot();
  std::vector<Vertex> found;
  std::vector<Vertex> queue = parts;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto range = snapshot.out_edges(queue[i]);
    for (Arc e = range.first; e < range.last; ++e) {
      const Vertex whole = snapshot.columns().to[e];
      if (snapshot.role(e) != Role::part || !view.has_edge(e) || std::ranges::find(queue, whole) != queue.end())
        continue;
      queue.push_back(whole);
      found.push_back(whole);
    }
  }
  return found;
}

/// Parts of actors and places that are removed, of a firm or of a union of countries: the loss of a whole is that of
/// what it adds to them (graph/SEMANTICS.md §3.2). Those that fail in some reading are none.
std::vector<Vertex> parts_kept(const View& view, const std::vector<Vertex>& removed, const WhatIf& found) {
  const Snapshot& snapshot = view.snapshot();
  std::set<Vertex> kept;
  for (const Vertex whole : removed) {
    if (snapshot.layer(whole) == Layer::none) continue;
    for (const Arc e : snapshot.in_edges(whole))
      if (snapshot.role(e) == Role::part && view.has_edge(e)) kept.insert(snapshot.columns().from[e]);
  }
  std::erase_if(kept, [&](Vertex v) {
    return std::ranges::any_of(
        found.state.bounds, [&](const WhatIfBound& bound) { return std::ranges::binary_search(bound.impossible, v); });
  });
  return {kept.begin(), kept.end()};
}

Scenario make_scenario(Session& session, const View& view, const WhatIfParams& params) {
  const Snapshot& snapshot = view.snapshot();
  Scenario scenario;
  scenario.removed = resolve_scenario(session, snapshot, params.remove);
  scenario.enforced = resolve_scenario(session, snapshot, params.enforce);
  scenario.without = resolve_scenario(session, snapshot, params.without);
  detail::require_policies(snapshot, scenario.enforced, "--enforce");
  detail::require_policies(snapshot, scenario.without, "--without");
  scenario.terms = detail::policy_terms(session, snapshot);
  scenario.in_force = acting_policies(view, scenario.terms);
  // What a policy is a part of stands aside: otherwise the whole would already do what its part is asked about.
  for (const Vertex whole : wholes_of(view, scenario.enforced)) std::erase(scenario.in_force, whole);
  scenario.layer = detail::require_layer(params.layer);
  scenario.keep_minor = params.keep_minor;
  scenario.cycles = detail::require_cycles(params.cycles);
  scenario.threshold = params.threshold;
  if (!params.target.empty()) scenario.target = resolve_target(session, snapshot, params.target);
  return scenario;
}

/// What `--why` explains when nobody says: something that fails and was not removed itself, else what is left least of.
std::optional<Subject> worst_of(const WhatIf& answer) {
  const WhatIfBound& bound = answer.state.bounds.back();
  for (auto v = bound.impossible.rbegin(); v != bound.impossible.rend(); ++v)
    if (!std::ranges::binary_search(answer.removed, *v)) return Subject{*v};
  if (!bound.flows.empty()) return Subject{bound.flows.back().item, bound.flows.back().customer};
  const auto least = std::ranges::min_element(bound.capacity, {}, [](const NodeCapacity& c) {
    return std::tuple(!c.is_less(), !c.is_less_high, c.is_less_high ? c.high : c.low);
  });
  if (least != bound.capacity.end() && least->is_less()) return least->subject;
  return std::nullopt;
}

/// Whether the target is in none of the worlds: no such delivery is recorded.
bool is_target_unknown(const WhatIf& found) {
  const auto knows = [](const WhatIfState& state) {
    return std::ranges::any_of(state.bounds, [](const WhatIfBound& bound) { return bound.target.has_value(); });
  };
  return !knows(found.state) && !(found.baseline && knows(*found.baseline)) &&
         !(found.adapted && knows(*found.adapted));
}

void check(const WhatIfParams& params) {
  if (params.remove.empty() && params.enforce.empty() && params.without.empty())
    throw UsageError(
        "whatif: say what is gone with --remove NODE, or what rules with --enforce POLICY, --without POLICY");
  detail::require_threshold(params.threshold);
}

/// The part that the removals of a question may touch, else the whole.
Ground ground_of(Session& session, const WhatIfParams& params) {
  ViewParams view_params = params.view;
  view_params.derived = true;
  const bool is_loss = params.enforce.empty() && params.without.empty() && params.target.empty() && !params.why &&
                       detail::require_cycles(params.cycles) == Cycles::hold;
  const PickPart pick = [&](const View& whole, const RecordCounts& counts) {
    Scenario scenario;
    if (is_loss) scenario.removed = resolve_scenario(session, whole.snapshot(), params.remove);
    const bool are_there = std::ranges::all_of(scenario.removed, [&](Vertex v) { return whole.has_node(v); });
    return is_loss && are_there ? part_of_loss(whole, scenario, counts) : nullptr;
  };
  const PickDeltaPart pick_delta = [&](const DeltaSnapshot& whole, const View& base, const RecordCounts& counts) {
    Scenario scenario;
    if (!is_loss) return std::shared_ptr<const Snapshot>();
    for (const std::string& name : params.remove) scenario.removed.push_back(resolve_vertex(session, whole, name));
    return part_of_loss(whole, base, scenario, counts);
  };
  return make_ground(session, view_params, pick, pick_delta);
}

}  // namespace

WhatIfResult what_if(Session& session, const WhatIfParams& params) {
  check(params);
  Ground ground = ground_of(session, params);
  WhatIfResult result;
  result.view = std::move(ground.view);
  result.left_out = ground.left_out;
  result.scenario = make_scenario(session, *result.view, params);
  result.target_was_named = result.scenario.target.has_value();
  result.why = params.why;
  result.found = what_if(*result.view, result.scenario);
  if (result.target_was_named && is_target_unknown(result.found)) {
    result.unrecorded = result.scenario.target;
    result.scenario.target = relied_on(*result.view, result.unrecorded->node, result.unrecorded->customer);
    result.found = what_if(*result.view, result.scenario);
  }
  if (params.why && !result.target_was_named) {
    result.scenario.target = worst_of(result.found);
    if (result.scenario.target) result.found = what_if(*result.view, result.scenario);
  }
  result.parts_kept = parts_kept(*result.view, result.scenario.removed, result.found);
  std::ranges::set_difference(result.found.enforced, result.scenario.enforced, std::back_inserter(result.in_force));
  return result;
}

}  // namespace chokepoint
