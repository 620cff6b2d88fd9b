#include "chokepoint/analysis/policy.hpp"
#include "analysis/policies/policy_rules.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <tuple>

namespace chokepoint {

namespace {

/// Finds the first policy that restricts the response after it came about.
/// @param any_day  else only by an edge that acts on the view's day, or of an enforced policy
void close(const View& view, const Enforcement& enforcement, bool any_day, PolicyResponse& response) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  std::optional<std::tuple<std::int32_t, Vertex>> first;
  for (const Arc e : snapshot.in_edges(response.response)) {
    const Vertex later = columns.from[e];
    if (snapshot.role(e) != Role::restrict || later == response.to) continue;
    if (detail::lists(enforcement.without, later)) continue;
    const bool counts = any_day
                            ? !detail::is_barred(view, e)
                            : detail::lists(enforcement.enforced, later) || detail::acts(view, enforcement.terms, e);
    if (!counts) continue;
    const auto start = detail::start_of(columns, enforcement.terms, e);
    if (start && response.since && *start < *response.since) continue;
    const std::tuple rank{start ? start->days : day_open_to, later};
    if (!first || rank < *first) first = rank;
  }
  if (!first) return;
  response.closed_by = std::get<Vertex>(*first);
  if (std::get<0>(*first) != day_open_to) response.closed_since = Date{std::get<0>(*first)};
}

std::vector<PolicyResponse> find_responses(const View& view, const Enforcement& enforcement, bool any_day) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  std::vector<PolicyResponse> responses;
  for (const Vertex policy : enforcement.answered) {
    for (const Arc e : snapshot.in_edges(policy)) {
      if (snapshot.role(e) != Role::adapt) continue;
      if (any_day ? detail::is_barred(view, e) : !view.has_edge(e)) continue;
      PolicyResponse response;
      response.response = columns.from[e];
      response.to = policy;
      response.arc = e;
      const std::int32_t own = columns.node_from[response.response];
      const std::int32_t since = columns.valid_from[e] != day_open_from ? columns.valid_from[e] : own;
      if (since != day_open_from) response.since = Date{since};
      close(view, enforcement, any_day, response);
      responses.push_back(response);
    }
  }
  const auto rank = [](const PolicyResponse& r) { return std::tuple(r.response, r.to, r.arc); };
  std::sort(responses.begin(), responses.end(),
            [&](const PolicyResponse& a, const PolicyResponse& b) { return rank(a) < rank(b); });
  responses.erase(std::unique(responses.begin(), responses.end(),
                              [](const PolicyResponse& a, const PolicyResponse& b) {
                                return a.response == b.response && a.to == b.to;
                              }),
                  responses.end());
  return responses;
}

}  // namespace

std::vector<Vertex> acting_policies(const View& view, std::span<const PolicyTerms> terms) {
  const Snapshot& snapshot = view.snapshot();
  std::vector<Vertex> policies;
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    if (snapshot.role(e) != Role::restrict || !detail::acts(view, terms, e)) continue;
    const Vertex policy = snapshot.columns().from[e];
    if (policies.empty() || policies.back() != policy) policies.push_back(policy);
  }
  return policies;
}

std::vector<PolicyResponse> responses_to(const View& view, const Enforcement& enforcement) {
  return find_responses(view, enforcement, false);
}

std::vector<PolicyResponse> response_history(const View& view, const Enforcement& enforcement) {
  return find_responses(view, enforcement, true);
}

}  // namespace chokepoint
