#include "query/session/policy_terms.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/store/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

std::string text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr) return {};
  return value->is_string() ? value->as_string() : value->is_number() ? value->as_number().token : std::string();
}

void add_interval(std::vector<Validity>& intervals, std::string_view since, std::string_view until) {
  if (since.empty() && until.empty()) return;
  if (const auto interval = parse_validity(since, until)) intervals.push_back(*interval);
}

void add_one(std::vector<Validity>& intervals, const Json& value) {
  if (value.is_object()) {
    add_interval(intervals, text_of(value, "since"), text_of(value, "until"));
  } else if (value.is_string()) {
    const std::string_view text = value.as_string();
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
      add_interval(intervals, text, {});
    } else {
      add_interval(intervals, text.substr(0, slash), text.substr(slash + 1));
    }
  } else if (value.is_number()) {
    add_interval(intervals, value.as_number().token, {});
  }
}

/// Keys of the nodes that restrict anything, each once.
std::vector<std::int64_t> keys_of_policies(const Snapshot& snapshot) {
  std::vector<std::int64_t> keys;
  Vertex last = no_vertex;
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    const Vertex policy = snapshot.columns().from[e];
    if (snapshot.role(e) != Role::restrict || policy == last) continue;
    last = policy;
    keys.push_back(snapshot.columns().node_key[policy]);
  }
  return keys;
}

/// What a node's attributes say of when it acts.
PolicyTerms terms_in(Vertex policy, const std::string& text) {
  PolicyTerms terms;
  terms.policy = policy;
  const Json attributes = parse_json(text);
  if (!attributes.is_object()) return terms;
  if (const auto day = parse_partial_date(text_of(attributes, "effective"))) terms.effective = day->first;
  if (const Json* suspended = attributes.find("suspended")) terms.suspended = suspensions(*suspended);
  return terms;
}

}  // namespace

std::vector<Validity> suspensions(const Json& value) {
  std::vector<Validity> intervals;
  if (value.is_array()) {
    for (const Json& each : value.as_array()) add_one(intervals, each);
  } else {
    add_one(intervals, value);
  }
  return intervals;
}

std::vector<PolicyTerms> policy_terms(Session& session, const Snapshot& snapshot) {
  constexpr std::size_t at_once = 500;
  std::vector<PolicyTerms> all;
  const std::vector<std::int64_t> keys = keys_of_policies(snapshot);
  for (std::size_t first = 0; first < keys.size(); first += at_once) {
    std::string some;
    for (std::size_t i = first; i < std::min(first + at_once, keys.size()); ++i)
      some.append(i == first ? "" : ",").append(std::to_string(keys[i]));
    const auto rows = session.reader().sql(
        fmt::format("SELECT id, attributes FROM node WHERE key IN ({}) AND (attributes LIKE '%\"effective\"%' OR "
                    "attributes LIKE '%\"suspended\"%')",
                    some));
    for (const auto& row : rows.rows) {
      const auto vertex = snapshot.find(row[0].as_string());
      if (!vertex || !row[1].is_string()) continue;
      PolicyTerms terms = terms_in(*vertex, row[1].as_string());
      if (terms.effective || !terms.suspended.empty()) all.push_back(std::move(terms));
    }
  }
  std::ranges::sort(all, {}, &PolicyTerms::policy);
  return all;
}

}  // namespace chokepoint::detail
