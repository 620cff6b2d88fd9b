#include "query/whatif_json.hpp"

#include <vector>

namespace chokepoint::detail {

namespace {

Json ids(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  Json list = Json::array();
  for (const Vertex v : vertices) list.push(snapshot.id(v));
  return list;
}

Json ids(const Snapshot& snapshot, const std::vector<Subject>& subjects) {
  Json list = Json::array();
  for (const Subject& subject : subjects) list.push(to_string(snapshot, subject));
  return list;
}

std::string flow_id(const Snapshot& snapshot, const Flow& flow) {
  return to_string(snapshot, Subject{flow.item, flow.customer});
}

Json bound_json(const Snapshot& snapshot, const WhatIfBound& bound) {
  Json out = Json::object(), flows = Json::array(), unmet = Json::array(), capacity = Json::array();
  out.set("variants", bound.variants == Variants::all ? "all" : "any");
  out.set("impossible", ids(snapshot, bound.impossible));
  for (const Flow& flow : bound.flows) flows.push(flow_id(snapshot, flow));
  out.set("flows", std::move(flows));
  const UnmetNeed* last = nullptr;
  for (const UnmetNeed& need : bound.unmet) {
    const bool is_same = last != nullptr && last->place == need.place && last->item == need.item;
    last = &need;
    if (is_same) continue;
    Json entry = Json::object();
    entry.set("place", snapshot.id(need.place));
    entry.set("item", snapshot.id(need.item));
    unmet.push(std::move(entry));
  }
  out.set("unmet", std::move(unmet));
  for (const NodeCapacity& node : bound.capacity) {
    Json entry = Json::object();
    entry.set("id", to_string(snapshot, node.subject));
    entry.set("low", node.low);
    entry.set("high", node.high);
    entry.set("binding", ids(snapshot, node.binding));
    entry.set("binding_high", ids(snapshot, node.binding_high));
    entry.set("less_than_baseline", node.is_less);
    capacity.push(std::move(entry));
  }
  out.set("capacity", std::move(capacity));
  out.set("possible_again", ids(snapshot, bound.possible_again));
  return out;
}

Json day_json(const std::optional<Date>& day) { return day ? Json(chokepoint::to_string(*day)) : Json(); }

Json id_json(const Snapshot& snapshot, Vertex v) { return v == no_vertex ? Json() : Json(snapshot.id(v)); }

Json responses_json(const Snapshot& snapshot, const std::vector<PolicyResponse>& responses) {
  Json list = Json::array();
  for (const PolicyResponse& response : responses) {
    Json entry = Json::object();
    entry.set("response", snapshot.id(response.response));
    entry.set("to", snapshot.id(response.to));
    entry.set("since", day_json(response.since));
    entry.set("closed_by", id_json(snapshot, response.closed_by));
    entry.set("closed_since", day_json(response.closed_since));
    list.push(std::move(entry));
  }
  return list;
}

/// The id of the record behind an arc; null where there is none.
Json edge_id(const Session& session, const Snapshot& snapshot, Arc e) {
  if (e == no_arc) return {};
  return session.reader().edges(std::vector{snapshot.columns().edge_key[e]}).front().id;
}

Json cuts_json(const Session& session, const Snapshot& snapshot, const std::vector<PolicyCut>& cuts) {
  Json list = Json::array();
  for (const PolicyCut& cut : cuts) {
    Json entry = Json::object();
    entry.set("flow", flow_id(snapshot, cut.flow));
    entry.set("supplier", to_string(snapshot, cut.supplier));
    entry.set("policy", snapshot.id(cut.policy));
    entry.set("whole", cut.is_whole);
    entry.set("edge", edge_id(session, snapshot, cut.row));
    entry.set("restriction", edge_id(session, snapshot, cut.restriction));
    list.push(std::move(entry));
  }
  return list;
}

}  // namespace

std::string_view to_string(PolicyGap gap) {
  switch (gap) {
    case PolicyGap::no_issuer: return "no-issuer";
    case PolicyGap::not_stated: return "not-stated";
    case PolicyGap::no_flow: return "no-flow";
    case PolicyGap::no_supplier: break;
  }
  return "no-supplier";
}

Json state_json(const Snapshot& snapshot, const WhatIfState& state) {
  Json list = Json::array();
  for (const WhatIfBound& bound : state.bounds) list.push(bound_json(snapshot, bound));
  return list;
}

void set_policy_json(Json& result, Session& session, const Snapshot& snapshot, const WhatIf& answer) {
  result.set("baseline", state_json(snapshot, *answer.baseline));
  result.set("adapted", state_json(snapshot, *answer.adapted));
  result.set("responses", responses_json(snapshot, answer.responses));
  result.set("response_history", responses_json(snapshot, answer.response_history));
  result.set("cut", cuts_json(session, snapshot, answer.cut_rows));
  result.set("freed", cuts_json(session, snapshot, answer.freed_rows));
  Json notes = Json::array();
  for (const PolicyNote& note : answer.policy_notes) {
    Json entry = Json::object();
    entry.set("policy", snapshot.id(snapshot.columns().from[note.arc]));
    entry.set("target", snapshot.id(snapshot.columns().to[note.arc]));
    entry.set("edge", edge_id(session, snapshot, note.arc));
    entry.set("gap", to_string(note.gap));
    notes.push(std::move(entry));
  }
  result.set("notes", std::move(notes));
}

}  // namespace chokepoint::detail
