#include "chokepoint/query/restrictions.hpp"

#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/measures.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "analysis/policies/restrictions.hpp"
#include "query/session/policy_terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

std::string restricted_id(const Snapshot& snapshot, Vertex v) {
  return v == no_vertex ? std::string() : std::string(snapshot.id(v));
}

std::vector<std::string> ids_of(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  std::vector<std::string> ids;
  for (const Vertex v : vertices) ids.emplace_back(snapshot.id(v));
  std::ranges::sort(ids);
  return ids;
}

/// A node that a user named, as a vertex; nothing for no name.
std::optional<Vertex> named_vertex(Session& session, const Snapshot& snapshot, const std::string& name) {
  if (name.empty()) return std::nullopt;
  return snapshot.find(session.reader().resolve(name).id);
}

Restriction restriction_of(Session& session, const Snapshot& snapshot, const StandingRestriction& standing, Edge edge) {
  Restriction out;
  const EdgeType& type = snapshot.type_of_edge(standing.arc);
  out.mode_order = snapshot.columns().mode[standing.arc];
  out.mode = out.mode_order < type.modes.size() ? type.modes[out.mode_order] : std::string();
  out.is_on_actor = snapshot.layer(snapshot.columns().to[standing.arc]) != Layer::none;
  // The policy's own day of effect stands before that of the edge.
  const auto policy = session.reader().node(edge.from);
  const std::string effective = policy ? dates_of(*policy).effective : std::string();
  out.since = first_day(effective) ? effective : edge.since;
  out.first_day = standing.since;
  out.pause = standing.pause;
  out.issuers = ids_of(snapshot, standing.issuers);
  out.jurisdiction = ids_of(snapshot, standing.jurisdiction);
  out.edge = std::move(edge);
  return out;
}

void sort_restrictions(std::vector<Restriction>& list) {
  const auto key = [](const Restriction& r) {
    return std::tuple(r.is_on_actor, std::string_view(r.edge.to), std::string_view(r.edge.market), r.mode_order,
                      !r.first_day.has_value(), r.first_day.value_or(Date{}), std::string_view(r.edge.id));
  };
  std::ranges::sort(list, [&](const Restriction& a, const Restriction& b) { return key(a) < key(b); });
}

void add_responses(Session& session, const View& view, const std::vector<PolicyTerms>& terms,
                   const std::vector<Vertex>& policies, RestrictionsResult& result) {
  Enforcement enforcement;
  enforcement.policies = enforcement.answered = policies;
  enforcement.terms = terms;
  const Snapshot& snapshot = view.snapshot();
  const std::vector<PolicyResponse> found = responses_to(view, enforcement);
  std::vector<std::int64_t> keys;
  for (const PolicyResponse& each : found) keys.push_back(snapshot.columns().edge_key[each.arc]);
  std::vector<Edge> edges = session.reader().edges(keys);
  for (std::size_t i = 0; i < found.size(); ++i) {
    RestrictionResponse response;
    response.response = restricted_id(snapshot, found[i].response);
    response.to = restricted_id(snapshot, found[i].to);
    response.since = edges[i].since;
    if (response.since.empty() && found[i].since) response.since = to_string(*found[i].since);
    response.closed_by = restricted_id(snapshot, found[i].closed_by);
    response.closed_since = found[i].closed_since;
    for (const Arc e : snapshot.in_edges(found[i].response))
      response.is_measure = response.is_measure || snapshot.role(e) == Role::issue;
    response.edge = std::move(edges[i]);
    result.responses.push_back(std::move(response));
  }
  std::ranges::sort(result.responses, {},
                    [](const RestrictionResponse& r) { return std::tie(r.response, r.to, r.edge.id); });
}

/// Of what acting restrictions bear on. A substitute of another market stands in for nothing here.
void add_substitutes(Session& session, const View& view, RestrictionsResult& result) {
  const Snapshot& snapshot = view.snapshot();
  std::set<Vertex> things;
  for (const Restriction& each : result.acting)
    if (!each.is_on_actor)
      if (const auto v = snapshot.find(each.edge.to)) things.insert(*v);
  std::vector<std::int64_t> keys;
  for (const Vertex v : things)
    for (const Arc e : snapshot.in_edges(v)) {
      const std::string market = restricted_id(snapshot, snapshot.columns().market[e]);
      const bool is_here = market.empty() || result.market.empty() || market == result.market;
      if (snapshot.role(e) == Role::substitute && view.has_edge(e) && is_here)
        keys.push_back(snapshot.columns().edge_key[e]);
    }
  for (Edge& edge : session.reader().edges(keys)) {
    RestrictionSubstitute substitute{.substitute = edge.from, .of = edge.to, .edge = {}};
    substitute.edge = std::move(edge);
    result.substitutes.push_back(std::move(substitute));
  }
  std::ranges::sort(result.substitutes, {},
                    [](const RestrictionSubstitute& s) { return std::tie(s.of, s.substitute, s.edge.id); });
}

/// A thing is no market, and no measure is: who names one there asks what bears on it, or what it restricts.
void place_market(const Snapshot& snapshot, RestrictionQuestion& question) {
  if (!question.market || snapshot.layer(*question.market) != Layer::none) return;
  const Vertex named = *std::exchange(question.market, std::nullopt);
  const auto out = snapshot.out_edges(named);
  const bool restricts = std::ranges::any_of(std::views::iota(out.first, out.last),
                                             [&](Arc e) { return snapshot.role(e) == Role::restrict; });
  std::optional<Vertex>& asked = restricts ? question.issuer : question.item;
  if (asked && *asked != named)
    throw UsageError(fmt::format("{} is no market in which something holds; name a country, bloc, firm or group",
                                 snapshot.id(named)));
  asked = named;
}

/// The part that tells of restrictions, or the whole graph.
Ground ground_of(Session& session, const RestrictionsParams& params) {
  const auto part_of = [&](const DeltaSnapshot& whole, const RecordCounts& counts) {
    std::vector<Vertex> named;
    for (const std::string* name : {&params.market, &params.item, &params.issuer}) {
      if (!name->empty()) named.push_back(resolve_vertex(session, whole, *name));
    }
    return part_of_restrictions(whole, named, counts);
  };
  const PickPart pick = [&](const View& whole, const RecordCounts& counts) {
    const auto graph = unchanged_if_large(whole.shared_snapshot());
    return graph ? part_of(*graph, counts) : nullptr;
  };
  const PickDeltaPart pick_delta = [&](const DeltaSnapshot& whole, const View&, const RecordCounts& counts) {
    return part_of(whole, counts);
  };
  return make_ground(session, params.view, pick, pick_delta);
}

}  // namespace

RestrictionsResult find_restrictions(Session& session, const RestrictionsParams& params) {
  RestrictionsResult result;
  Ground ground = ground_of(session, params);
  result.view = std::move(ground.view);
  result.left_out = std::move(ground.left_out);
  const View& view = *result.view;
  const Snapshot& snapshot = view.snapshot();
  RestrictionQuestion question;
  question.market = named_vertex(session, snapshot, params.market);
  question.item = named_vertex(session, snapshot, params.item);
  question.issuer = named_vertex(session, snapshot, params.issuer);
  place_market(snapshot, question);
  for (const std::string& type : params.types) question.node_types.push_back(require_node_type(session, type));
  result.market = restricted_id(snapshot, question.market.value_or(no_vertex));
  result.item = restricted_id(snapshot, question.item.value_or(no_vertex));
  result.issuer = restricted_id(snapshot, question.issuer.value_or(no_vertex));

  const std::vector<PolicyTerms> terms = detail::policy_terms(session, snapshot);
  const RestrictionReport report = standing_restrictions(view, terms, question);
  result.not_begun = report.not_begun;
  result.ended = report.ended;
  result.not_stated = report.not_stated;
  result.in_parts = report.in_parts;
  result.without_place = report.without_place;
  std::vector<std::int64_t> keys;
  std::vector<Vertex> policies;
  for (const StandingRestriction& each : report.standing) {
    keys.push_back(snapshot.columns().edge_key[each.arc]);
    policies.push_back(snapshot.columns().from[each.arc]);
  }
  std::ranges::sort(policies);
  policies.erase(std::unique(policies.begin(), policies.end()), policies.end());
  std::vector<Edge> edges = session.reader().edges(keys);
  for (std::size_t i = 0; i < report.standing.size(); ++i) {
    Restriction each = restriction_of(session, snapshot, report.standing[i], std::move(edges[i]));
    (each.pause ? result.suspended : result.acting).push_back(std::move(each));
  }
  sort_restrictions(result.acting);
  sort_restrictions(result.suspended);
  add_responses(session, view, terms, policies, result);
  add_substitutes(session, view, result);
  return result;
}

}  // namespace chokepoint
