#include "chokepoint/present/restrictions.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "chokepoint/query/measures.hpp"
#include "present/briefs/restrictions_rows.hpp"
#include "present/briefs/restrictions_story.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/subgraphs.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

std::string_view state_of(const Restriction& r) { return r.pause ? "suspended" : "acts"; }

template <typename Visit>
void for_each_restriction(const RestrictionsResult& result, const Visit& visit) {
  for (const auto* list : {&result.acting, &result.suspended})
    for (const Restriction& each : *list) visit(each);
}

Json refs_json(Names& names, const std::vector<std::string>& ids) {
  Json list = Json::array();
  for (const std::string& id : ids) list.push(names.json(id));
  return list;
}

Json restriction_json(Names& names, const Restriction& r) {
  Json out = Json::object();
  out.set("state", state_of(r));
  out.set("restricted", names.json(r.edge.to));
  out.set("on", r.is_on_actor ? "actor" : "thing");
  out.set("market", names.json(r.edge.market));
  out.set("policy", names.json(r.edge.from));
  out.set("issuers", refs_json(names, r.issuers));
  out.set("jurisdiction", refs_json(names, r.jurisdiction));
  out.set("mode", r.mode);
  out.set("since", r.since.empty() ? Json() : Json(r.since));
  if (r.pause) {
    Json pause = Json::object();
    pause.set("since", r.pause->from ? Json(to_string(*r.pause->from)) : Json());
    pause.set("until", r.pause->to ? Json(to_string(*r.pause->to)) : Json());
    out.set("suspended", std::move(pause));
  }
  out.set("edge", to_json(r.edge));
  return out;
}

Json result_json(Names& names, const RestrictionsResult& result) {
  Json out = Json::object(), restrictions = Json::array(), responses = Json::array(), substitutes = Json::array();
  out.set("market", names.json(result.market));
  out.set("item", names.json(result.item));
  out.set("issuer", names.json(result.issuer));
  for_each_restriction(result, [&](const Restriction& r) { restrictions.push(restriction_json(names, r)); });
  for (const RestrictionResponse& each : result.responses) {
    Json entry = Json::object();
    entry.set("response", names.json(each.response));
    entry.set("to", each.to);
    entry.set("since", each.since.empty() ? Json() : Json(each.since));
    entry.set("closed_by", each.closed_by.empty() ? Json() : Json(each.closed_by));
    entry.set("closed_since", each.closed_since ? Json(to_string(*each.closed_since)) : Json());
    entry.set("edge", to_json(each.edge));
    responses.push(std::move(entry));
  }
  for (const RestrictionSubstitute& each : result.substitutes) {
    Json entry = Json::object();
    entry.set("substitute", names.json(each.substitute));
    entry.set("of", each.of);
    entry.set("edge", to_json(each.edge));
    substitutes.push(std::move(entry));
  }
  std::set<std::string_view> things, actors, measures;
  for (const Restriction& each : result.acting) {
    (each.is_on_actor ? actors : things).insert(each.edge.to);
    measures.insert(each.edge.from);
  }
  Json counts = Json::object();
  counts.set("things", std::uint64_t{things.size()});
  counts.set("actors", std::uint64_t{actors.size()});
  counts.set("measures", std::uint64_t{measures.size()});
  out.set("acting", std::move(counts));
  out.set("restrictions", std::move(restrictions));
  out.set("responses", std::move(responses));
  out.set("replaced_by", std::move(substitutes));
  return out;
}

Table restriction_data(Names& names, const RestrictionsResult& result) {
  Table table = detail::data_table(
      "restrictions", {"state", "restricted", "label", "type", "on", "market", "mode", "since", "until", "policy",
                       "policy_label", "issuers", "item", "origin", "suspended", "sources"});
  const auto text = [](const std::string& value) { return value.empty() ? Cell() : Cell(value); };
  for_each_restriction(result, [&](const Restriction& r) {
    table.rows.push_back({std::string(state_of(r)), r.edge.to, names.label(r.edge.to), names.ref(r.edge.to).type,
                          std::string(r.is_on_actor ? "actor" : "thing"), text(r.edge.market), r.mode, text(r.since),
                          text(r.edge.until), r.edge.from, names.label(r.edge.from),
                          fmt::format("{}", fmt::join(r.issuers, " ")), text(r.edge.item), text(r.edge.origin),
                          r.pause ? Cell(detail::pause_text(r)) : Cell(), detail::citations_text(r.edge.sources)});
  });
  return table;
}

Table response_data(Names& names, const RestrictionsResult& result) {
  Table table = detail::data_table(
      "responses", {"response", "label", "type", "policy", "since", "closed_by", "closed_since", "sources"});
  for (const RestrictionResponse& each : result.responses)
    table.rows.push_back({each.response, names.label(each.response), names.ref(each.response).type, each.to, each.since,
                          each.closed_by, each.closed_since ? Cell(to_string(*each.closed_since)) : Cell(),
                          detail::citations_text(each.edge.sources)});
  return table;
}

Table substitute_data(Names& names, const RestrictionsResult& result) {
  Table table = detail::data_table(
      "replaced_by", {"restricted", "substitute", "label", "type", "share", "performance", "since", "sources"});
  for (const RestrictionSubstitute& each : result.substitutes)
    table.rows.push_back({each.of, each.substitute, names.label(each.substitute), names.ref(each.substitute).type,
                          each.edge.share ? Cell(*each.edge.share) : Cell(),
                          each.edge.performance ? Cell(*each.edge.performance) : Cell(), each.edge.since,
                          detail::citations_text(each.edge.sources)});
  return table;
}

Subgraph subgraph_of(const RestrictionsResult& result) {
  std::map<Vertex, Mark> marks;
  const Snapshot& snapshot = result.view->snapshot();
  const auto add = [&](const std::string& id, Mark mark) {
    if (const auto v = snapshot.find(id)) marks.emplace(*v, mark);
  };
  for (const Restriction& each : result.acting) {
    add(each.edge.from, Mark::enforced);
    add(each.edge.to, Mark::found);
  }
  for (const RestrictionResponse& each : result.responses) add(each.response, Mark::none);
  for (const RestrictionSubstitute& each : result.substitutes) add(each.substitute, Mark::none);
  std::vector<Vertex> vertices;
  for (const auto& [v, mark] : marks) vertices.push_back(v);
  Subgraph out = detail::induced_subgraph(result.view, std::move(vertices));
  for (const Vertex v : out.vertices) out.marks.push_back(marks.at(v));
  return out;
}

void add_remarks(const Session& session, const RestrictionsResult& result, Answer& answer) {
  const auto add = [&](std::size_t count, const char* key, std::string_view pattern) {
    answer.coverage.set(key, std::uint64_t{count});
    if (count > 0) answer.remarks.push_back(detail::say(session, pattern, count));
  };
  add(result.not_begun, "not_begun", "not yet begun on that day: {}");
  add(result.ended, "ended", "ended before that day: {}");
  add(result.not_stated, "not_stated", "only planned, forecast or doubtful: {}; --include planned adds them");
  add(result.in_parts, "in_parts", "hold in a part of it only: {}");
  add(result.without_place, "without_place", "name no market, and nobody is recorded to have issued them: {}");
}

}  // namespace

Answer restrictions_answer(Session& session, const RestrictionsResult& result, const RestrictionsStyle& style) {
  Names names(session);
  Answer answer{.command = "restrictions", .result = result_json(names, result), .coverage = Json::object()};
  answer.negative = result.acting.empty();
  detail::tell_restrictions(session, result, style, answer);
  Subgraph subgraph = subgraph_of(result);
  answer.coverage = coverage_of(session, *result.view, subgraph.vertices, result.left_out);
  add_remarks(session, result, answer);
  answer.subgraph = [subgraph = std::move(subgraph)] { return subgraph; };
  answer.data = {restriction_data(names, result), response_data(names, result), substitute_data(names, result)};
  return answer;
}

}  // namespace chokepoint
