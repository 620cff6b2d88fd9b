#include "chokepoint/query/whatif.hpp"

#include "chokepoint/model/error.hpp"
#include "query/facts.hpp"
#include "query/scenario.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chokepoint {

namespace {

using detail::Names;
using detail::Unmet;

/// What one reading of the variants says.
struct Reading {
  Situation situation;
  Assessment baseline, after;
  std::vector<SystemNode> impossible;  ///< stored nodes that the removal stops, the removed included
  std::vector<SystemNode> flows;
  std::vector<Unmet> unmet;
  std::vector<SystemNode> reduced;     ///< possible or not, with less than everything left at worst
};

Reading assess_bound(const Requirements& requirements, const Disruption& disruption, AssessmentOptions options) {
  Reading bound;
  bound.situation = {&requirements, {}, options};
  bound.baseline = assess(bound.situation);
  const auto unmet_before = detail::unmet_needs(bound.situation, bound.baseline);
  bound.situation.disruption = disruption;
  bound.after = assess(bound.situation);
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    const bool removed = std::ranges::find(disruption.removed, n) != disruption.removed.end();
    if (bound.after.failed[n] != 0 && (bound.baseline.failed[n] == 0 || removed))
      (requirements.is_flow(n) ? bound.flows : bound.impossible).push_back(n);
    if (bound.after.low[n] < 1) bound.reduced.push_back(n);
  }
  for (const Unmet& each : detail::unmet_needs(bound.situation, bound.after))
    if (!std::ranges::binary_search(unmet_before, each)) bound.unmet.push_back(each);
  return bound;
}

Json bound_json(const Requirements& requirements, const Reading& bound) {
  const Snapshot& snapshot = requirements.snapshot();
  Json out = Json::object(), impossible = Json::array(), flows = Json::array(), unmet = Json::array(), capacity = Json::array();
  out.set("variants", bound.situation.options.variants == Variants::all ? "all" : "any");
  for (const SystemNode n : bound.impossible) impossible.push(detail::system_id(requirements, n));
  for (const SystemNode n : bound.flows) flows.push(detail::system_id(requirements, n));
  for (const Unmet& each : bound.unmet) {
    Json entry = Json::object();
    entry.set("place", snapshot.id(each.place));
    entry.set("item", snapshot.id(each.item));
    unmet.push(std::move(entry));
  }
  for (const SystemNode n : bound.reduced) {
    Json entry = Json::object(), binding = Json::array();
    entry.set("id", detail::system_id(requirements, n));
    entry.set("low", bound.after.low[n]);
    entry.set("high", bound.after.high[n]);
    for (const SystemNode end : binding_of(bound.situation, bound.after, n).ends)
      binding.push(detail::system_id(requirements, end));
    entry.set("binding", std::move(binding));
    capacity.push(std::move(entry));
  }
  out.set("impossible", std::move(impossible));
  out.set("flows", std::move(flows));
  out.set("unmet", std::move(unmet));
  out.set("capacity", std::move(capacity));
  return out;
}

std::string percent_text(double low, double high) {
  const auto text = [](double value) { return detail::number_text(std::round(value * 1000) / 10); };
  return (text(low) == text(high) ? text(low) : text(low) + " – " + text(high)) + " %";
}

/// What each reading leaves of the nodes that lose something; worst first.
Table capacity_table(Names& names, const Requirements& requirements, const std::array<Reading, 2>& bounds,
                     const WhatIfParams& params, std::optional<SystemNode> target, std::size_t& hidden) {
  const Session& session = names.session();
  std::vector<SystemNode> nodes;
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (target && n != *target) continue;
    const bool lost = std::ranges::any_of(bounds, [&](const Reading& b) {
      return b.after.low[n] < 1 && (b.after.low[n] != b.baseline.low[n] || b.after.high[n] != b.baseline.high[n]);
    });
    if (lost || target) nodes.push_back(n);
  }
  std::ranges::stable_sort(nodes, [&](SystemNode a, SystemNode b) {
    const auto worst = [&](SystemNode n) { return std::pair(bounds[0].after.high[n], bounds[1].after.low[n]); };
    return worst(a) < worst(b);
  });
  hidden = params.limit > 0 && nodes.size() > params.limit ? nodes.size() - params.limit : 0;
  nodes.resize(nodes.size() - hidden);
  Table table;
  table.title = detail::word(session, "What is left");
  table.columns = {detail::column(session, "node", "Node", true), detail::column(session, "any", "Variants any"),
                   detail::column(session, "all", "Variants all"), detail::column(session, "binding", "Binding", true)};
  for (const SystemNode n : nodes) {
    std::string ends;
    for (const SystemNode end : binding_of(bounds[1].situation, bounds[1].after, n).ends)
      if (end != n) detail::append_part(session, ends, detail::system_name(names, requirements, end));
    table.rows.push_back({detail::system_name(names, requirements, n),
                          percent_text(bounds[0].after.low[n], bounds[0].after.high[n]),
                          percent_text(bounds[1].after.low[n], bounds[1].after.high[n]), ends});
  }
  return table;
}

Table impossible_table(Names& names, const Requirements& requirements, const Reading& any, const Reading& all) {
  const Session& session = names.session();
  Table table;
  table.title = detail::word(session, "Impossible");
  table.columns = {detail::column(session, "node", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "any", "Variants any"), detail::column(session, "all", "Variants all")};
  std::vector<SystemNode> nodes;
  std::ranges::set_union(any.impossible, all.impossible, std::back_inserter(nodes));
  for (const SystemNode n : nodes)
    table.rows.push_back({detail::system_name(names, requirements, n),
                          names.type_label(requirements.snapshot().type(requirements.subject(n).node).id),
                          std::ranges::binary_search(any.impossible, n), std::ranges::binary_search(all.impossible, n)});
  return table;
}

}  // namespace

Answer what_if(Session& session, const WhatIfParams& params) {
  if (params.remove.empty()) throw UsageError("whatif: say what is gone with --remove NODE");
  if (params.threshold && !(*params.threshold > 0 && *params.threshold <= 1))
    throw UsageError("--threshold is a share above 0, at most 1");
  ViewParams view_params = params.view;
  view_params.derived = true;
  const auto view = make_view(session, view_params);
  const Snapshot& snapshot = view->snapshot();
  Disruption disruption;
  for (const std::string& name : params.remove)
    disruption.removed.push_back(snapshot.find(session.reader().resolve(name).id).value());
  std::ranges::sort(disruption.removed);
  disruption.removed.erase(std::unique(disruption.removed.begin(), disruption.removed.end()), disruption.removed.end());
  std::optional<SystemNode> target;
  if (!params.target.empty()) target = snapshot.find(session.reader().resolve(params.target).id).value();

  RequirementOptions options;
  options.layer = detail::require_layer(params.layer).value_or(default_layer(snapshot, disruption.removed));
  options.keep_minor = params.keep_minor;
  const Requirements requirements = build_requirements(*view, options);
  const Cycles cycles = detail::require_cycles(params.cycles);
  const std::array<Reading, 2> bounds{
      assess_bound(requirements, disruption, {Variants::any, cycles, params.threshold}),
      assess_bound(requirements, disruption, {Variants::all, cycles, params.threshold})};

  Names names(session);
  Answer answer{.command = "whatif", .result = Json::object(), .coverage = Json::object()};
  Json removed = Json::array(), list = Json::array();
  std::string removed_names;
  for (const Vertex v : disruption.removed) {
    removed.push(snapshot.id(v));
    detail::append_part(session, removed_names, names.named(std::string(snapshot.id(v))));
  }
  for (const Reading& bound : bounds) list.push(bound_json(requirements, bound));
  answer.result.set("removed", std::move(removed));
  answer.result.set("enforced", Json::array());
  answer.result.set("layer", to_string(options.layer));
  answer.result.set("bounds", std::move(list));

  answer.heading.push_back(detail::say(session, "Without {}: {} nodes become impossible when any variant will do, {} when all are "
                                                "needed",
                                       removed_names, bounds[0].impossible.size(), bounds[1].impossible.size()));
  if (!target) answer.tables.push_back(impossible_table(names, requirements, bounds[0], bounds[1]));
  std::size_t hidden = 0;
  answer.tables.push_back(capacity_table(names, requirements, bounds, params, target, hidden));
  if (!bounds[1].unmet.empty()) {
    Table unmet;
    unmet.title = detail::word(session, "Unmet needs of places");
    unmet.columns = {detail::column(session, "place", "Place", true), detail::column(session, "item", "Lacks", true)};
    for (const Unmet& each : bounds[1].unmet)
      unmet.rows.push_back({names.named(std::string(snapshot.id(each.place))), names.named(std::string(snapshot.id(each.item)))});
    answer.tables.push_back(std::move(unmet));
  }
  if (hidden > 0) answer.remarks.push_back(detail::say(session, "{} more lose something; --limit 0 lists all", hidden));
  if (params.why) {
    Json why = Json::array();
    for (const Reading& bound : bounds) {
      const SystemNode node = target.value_or(bound.impossible.empty() ? no_vertex : bound.impossible.back());
      if (node == no_vertex || bound.after.failed[node] == 0) continue;
      const char* reading = bound.situation.options.variants == Variants::all ? "all" : "any";
      Json steps = Json::array();
      Table table;
      table.title = detail::say(session, "Why (variants {})", std::string(reading));
      table.columns = {detail::column(session, "step", "Step"), detail::column(session, "why", "Why", true)};
      for (const auto& step : detail::explain_failure(bound.situation, bound.after, node)) {
        steps.push(detail::step_json(session, requirements, step, bound.situation.options.variants));
        table.rows.push_back({static_cast<std::int64_t>(table.rows.size() + 1), detail::step_sentence(names, requirements, step)});
      }
      Json entry = Json::object();
      entry.set("variants", reading);
      entry.set("target", detail::system_id(requirements, node));
      entry.set("steps", std::move(steps));
      why.push(std::move(entry));
      answer.tables.push_back(std::move(table));
    }
    answer.result.set("why", std::move(why));
  }

  std::vector<Vertex> touched;
  Subgraph subgraph;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v)
    if (bounds[1].after.low[v] < 1) touched.push_back(v);
  subgraph.view = view;
  subgraph.vertices = touched;
  for (Arc e = 0; e < snapshot.edge_count(); ++e)
    if (view->has_edge(e) && std::ranges::binary_search(touched, snapshot.columns().from[e]) &&
        std::ranges::binary_search(touched, snapshot.columns().to[e]))
      subgraph.arcs.push_back(e);
  for (const Vertex v : touched) {
    subgraph.columns.by_name["impossible_any"].emplace_back(bounds[0].after.failed[v] != 0);
    subgraph.columns.by_name["impossible_all"].emplace_back(bounds[1].after.failed[v] != 0);
    subgraph.columns.by_name["capacity_low"].emplace_back(bounds[1].after.low[v]);
    subgraph.columns.by_name["capacity_high"].emplace_back(bounds[0].after.high[v]);
  }
  answer.coverage = coverage_of(session, *view, touched);
  answer.coverage.set("requirements", detail::requirement_coverage(requirements));
  answer.subgraph = std::move(subgraph);
  return answer;
}

}  // namespace chokepoint
