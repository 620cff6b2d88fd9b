#include "chokepoint/analysis/policy.hpp"
#include "analysis/policy_rules.hpp"
#include "analysis/vertex_lists.hpp"

#include <algorithm>
#include <tuple>

namespace chokepoint {

namespace {

const PolicyTerms* terms_of(std::span<const PolicyTerms> terms, Vertex policy) {
  const auto place =
      std::find_if(terms.begin(), terms.end(), [&](const PolicyTerms& each) { return each.policy == policy; });
  return place == terms.end() ? nullptr : &*place;
}

/// First day on which a restriction acts; nullopt when nobody dates it.
std::optional<Date> start_of(const SnapshotColumns& columns, std::span<const PolicyTerms> terms, Arc e) {
  const PolicyTerms* own = terms_of(terms, columns.from[e]);
  if (own != nullptr && own->effective) return own->effective;
  if (columns.valid_from[e] == day_open_from) return std::nullopt;
  return Date{columns.valid_from[e]};
}

bool acts(const View& view, std::span<const PolicyTerms> terms, Arc e) {
  const Date day = view.options().as_of;
  const auto start = start_of(view.snapshot().columns(), terms, e);
  if (!view.has_edge(e) || (start && day < *start)) return false;
  const PolicyTerms* own = terms_of(terms, view.snapshot().columns().from[e]);
  return own == nullptr || std::none_of(own->suspended.begin(), own->suspended.end(),
                                        [&](const Validity& pause) { return pause.contains(day); });
}

/// Finds the first policy that restricts the response after it came about.
/// @param any_day  else only one that acts on the view's day, or is enforced
void close(const View& view, const Enforcement& enforcement, bool any_day, PolicyResponse& response) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  std::optional<std::tuple<std::int32_t, Vertex>> first;
  for (const Arc e : snapshot.in_edges(response.response)) {
    const Vertex later = columns.from[e];
    if (snapshot.role(e) != Role::restrict || later == response.to) continue;
    if (detail::lists(enforcement.without, later)) continue;
    const bool counts = any_day ? !detail::is_barred(view, e)
                                : detail::lists(enforcement.policies, later) || acts(view, enforcement.terms, e);
    if (!counts) continue;
    const auto start = start_of(columns, enforcement.terms, e);
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
    if (snapshot.role(e) != Role::restrict || !acts(view, terms, e)) continue;
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
