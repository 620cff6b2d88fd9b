#include "present/whatif/whatif_json.hpp"

#include "chokepoint/store/reader.hpp"
#include "model/json_writer.hpp"
#include "present/whatif/loss_causes.hpp"
#include "present/whatif/loss_doubts.hpp"
#include "present/whatif/subject_names.hpp"
#include "present/whatif/whatif_readings.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

Json ids(const Snapshot& snapshot, const std::vector<Subject>& subjects) {
  Json list = Json::array();
  for (const Subject& subject : subjects) list.push(to_string(snapshot, subject));
  return list;
}

Json sorted_ids(const Snapshot& snapshot, std::vector<Subject> subjects) {
  std::ranges::sort(subjects);
  return ids(snapshot, subjects);
}

std::string flow_id(const Snapshot& snapshot, const Flow& flow) {
  return to_string(snapshot, Subject{flow.item, flow.customer});
}

Json capacity_json(const Snapshot& snapshot, const WhatIfBound& bound, const NodeCapacity& node) {
  Json entry = Json::object();
  entry.set("id", to_string(snapshot, node.subject));
  entry.set("low", node.low);
  entry.set("high", node.high);
  entry.set("binding", ids(snapshot, bound.ends(node.binding)));
  entry.set("binding_high", ids(snapshot, bound.ends(node.binding_high)));
  entry.set("less_than_baseline", node.is_less());
  const auto before = std::ranges::lower_bound(bound.before, node.subject, {}, &PriorCapacity::subject);
  if (before != bound.before.end() && before->subject == node.subject) {
    entry.set("before_low", before->left.low);
    entry.set("before_high", before->left.high);
  }
  return entry;
}

/// Lists of more rows are written one row after the other.
constexpr std::size_t most_held = 10'000;

/// Sets a list, or leaves an empty one for a long list to be written in its place.
/// @param rows  lives as long as `found`, as does what `row_json` names
/// @param row_json  Json(const Snapshot&, const Row&)
template <class Row, class RowJson>
void set_list(Answer& out, Json& bound, const std::string& pointer, const char* key,
              const std::shared_ptr<const Snapshot>& snapshot, const std::shared_ptr<const WhatIf>& found,
              const std::vector<Row>& rows, const RowJson& row_json) {
  Json list = Json::array();
  if (rows.size() <= most_held) {
    for (const Row& row : rows) list.push(row_json(*snapshot, row));
  } else {
    out.lists.push_back(
        {pointer + '/' + key, rows.size(),
         [snapshot, found, &rows, row_json](std::size_t row, std::optional<unsigned> indent, std::string& text) {
           append_pretty(text, row_json(*snapshot, rows[row]), indent.value_or(0));
         }});
  }
  bound.set(key, std::move(list));
}

Json bound_json(Answer& answer, const std::string& pointer, const std::shared_ptr<const Snapshot>& shared,
                const std::shared_ptr<const WhatIf>& found, const WhatIfBound& bound) {
  const Snapshot& snapshot = *shared;
  Json out = Json::object(), flows = Json::array(), unmet = Json::array();
  out.set("variants", bound.variants == Variants::all ? "all" : "any");
  set_list(answer, out, pointer, "impossible", shared, found, bound.impossible,
           [](const Snapshot& in, Vertex v) { return Json(in.id(v)); });
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
  set_list(answer, out, pointer, "capacity", shared, found, bound.capacity,
           [&bound](const Snapshot& in, const NodeCapacity& node) { return capacity_json(in, bound, node); });
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

Json losses_json(const View& view, const WhatIf& answer) {
  const Snapshot& snapshot = view.snapshot();
  Json list = Json::array();
  std::vector<LossCause> rows = losses_by_cause(view, answer);
  std::ranges::sort(rows, {},
                    [](const LossCause& row) { return std::pair(-static_cast<std::ptrdiff_t>(row.lost), row.cause); });
  for (const LossCause& row : rows) {
    Json entry = Json::object();
    entry.set("cause", to_string(snapshot, row.cause));
    entry.set("any", std::uint64_t{row.certain});
    entry.set("all", std::uint64_t{row.lost});
    entry.set("nodes", sorted_ids(snapshot, row.others));
    if (const LostInputs lost = inputs_lost(view, answer, row.cause); !lost.nodes.empty()) {
      Json want = Json::object();
      want.set("type", snapshot.ontology().edge_types()[lost.edge_type].id);
      want.set("nodes", sorted_ids(snapshot, lost.nodes));
      entry.set("for_want_of", std::move(want));
    }
    list.push(std::move(entry));
  }
  return list;
}

Json reductions_json(const View& view, const WhatIf& answer) {
  const Snapshot& snapshot = view.snapshot();
  Json list = Json::array();
  std::vector<ReducedCause> rows = reductions_by_cause(view, answer);
  std::ranges::sort(rows, {}, [](const ReducedCause& row) {
    return std::pair(-static_cast<std::ptrdiff_t>(row.reduced.size()), row.cause);
  });
  for (const ReducedCause& row : rows) {
    Json entry = Json::object();
    entry.set("cause", to_string(snapshot, row.cause));
    entry.set("high", left_of(answer.state.bounds[optimistic], row.cause).high);
    entry.set("nodes", sorted_ids(snapshot, row.reduced));
    list.push(std::move(entry));
  }
  return list;
}

Json doubts_json(const View& view, const WhatIf& answer, bool keep_minor) {
  Json list = Json::array();
  for (const LossDoubt& doubt : loss_doubts(view, answer, keep_minor)) {
    Json entry = Json::object();
    entry.set("cause", to_string(view.snapshot(), doubt.cause));
    entry.set("reason", to_string(doubt.kind));
    entry.set("low", doubt.left.low);
    entry.set("high", doubt.left.high);
    entry.set("nodes", ids(view.snapshot(), doubt.hanging));
    list.push(std::move(entry));
  }
  return list;
}

}  // namespace

void set_causes_json(Answer& out, const View& view, const WhatIf& answer, bool keep_minor) {
  const LossTotals totals = loss_totals(answer);
  Json counts = Json::object();
  for (const auto& [reading, lost] : {std::pair{"any", totals.any}, std::pair{"all", totals.all}}) {
    Json entry = Json::object();
    entry.set("nodes", std::uint64_t{lost.nodes});
    entry.set("deliveries", std::uint64_t{lost.deliveries});
    counts.set(reading, std::move(entry));
  }
  counts.set("reduced", std::uint64_t{totals.reduced});
  out.result.set("lost", std::move(counts));
  if (answer.state.bounds[pessimistic].capacity.size() > most_by_cause) return;
  out.result.set("lost_by_cause", losses_json(view, answer));
  out.result.set("reduced_by_cause", reductions_json(view, answer));
  out.result.set("may_be_lost", doubts_json(view, answer, keep_minor));
}

std::string_view to_string(PolicyGap gap) {
  switch (gap) {
    case PolicyGap::no_issuer: return "no-issuer";
    case PolicyGap::not_stated: return "not-stated";
    case PolicyGap::no_flow: return "no-flow";
    case PolicyGap::no_supplier: break;
  }
  return "no-supplier";
}

void set_state_json(Answer& out, const char* key, const std::shared_ptr<const Snapshot>& snapshot,
                    const std::shared_ptr<const WhatIf>& found, const WhatIfState& state) {
  Json list = Json::array();
  for (std::size_t i = 0; i < state.bounds.size(); ++i)
    list.push(bound_json(out, '/' + std::string(key) + '/' + std::to_string(i), snapshot, found, state.bounds[i]));
  out.result.set(key, std::move(list));
}

void set_policy_json(Answer& out, Session& session, const std::shared_ptr<const Snapshot>& shared,
                     const std::shared_ptr<const WhatIf>& found) {
  const Snapshot& snapshot = *shared;
  const WhatIf& answer = *found;
  Json& result = out.result;
  set_state_json(out, "baseline", shared, found, *answer.baseline);
  set_state_json(out, "adapted", shared, found, *answer.adapted);
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
