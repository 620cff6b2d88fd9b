#include "query/session/policy_terms.hpp"

#include "chokepoint/model/json_reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>

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

bool restricts_anything(const Snapshot& snapshot) {
  for (Arc e = 0; e < snapshot.edge_count(); ++e)
    if (snapshot.role(e) == Role::restrict) return true;
  return false;
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
  std::vector<PolicyTerms> all;
  if (!restricts_anything(snapshot)) return all;
  const auto rows = session.reader().sql(
      "SELECT id, attributes FROM node WHERE attributes LIKE '%\"effective\"%' OR attributes LIKE '%\"suspended\"%'");
  for (const auto& row : rows.rows) {
    const auto vertex = snapshot.find(row[0].as_string());
    if (!vertex || !row[1].is_string()) continue;
    const Json attributes = parse_json(row[1].as_string());
    if (!attributes.is_object()) continue;
    PolicyTerms terms;
    terms.policy = *vertex;
    if (const auto day = parse_partial_date(text_of(attributes, "effective"))) terms.effective = day->first;
    if (const Json* suspended = attributes.find("suspended")) terms.suspended = suspensions(*suspended);
    if (terms.effective || !terms.suspended.empty()) all.push_back(std::move(terms));
  }
  std::ranges::sort(all, {}, &PolicyTerms::policy);
  return all;
}

}  // namespace chokepoint::detail
