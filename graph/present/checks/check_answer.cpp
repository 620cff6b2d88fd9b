#include "chokepoint/present/check.hpp"
#include "present/words/facts.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace chokepoint {

namespace {

using detail::Names;

/// What a finding is about: `gallium is supplied by: in China`, where it is about supplies.
std::string record_text(Names& names, const CheckFinding& finding) {
  if (!finding.supplies) return finding.record;
  const CheckedSupplies& supplies = *finding.supplies;
  Edge edge;
  edge.item = supplies.item;
  edge.market = supplies.market;
  edge.origin = supplies.origin;
  std::string text = fmt::format("{} {}", supplies.node,
                                 detail::relation_label(names.session(), supplies.edge_type, supplies.outgoing));
  const std::string more = detail::detail_text(names, edge);
  return more.empty() ? text : text + ": " + more;
}

Json finding_json(Names& names, const CheckOutcome& check, const CheckFinding& finding) {
  Json entry = Json::object();
  entry.set("check", check.name);
  entry.set("severity", to_string(check.severity));
  entry.set("record", record_text(names, finding));
  Json ids = Json::array();
  for (const std::string& id : finding.ids) ids.push(id);
  entry.set("ids", std::move(ids));
  entry.set("message", finding.message);
  return entry;
}

Table summary_table(const Session& session, const std::vector<CheckOutcome>& outcomes) {
  Table table;
  table.columns = {detail::column(session, "check", "Check"), detail::column(session, "severity", "Severity"),
                   detail::column(session, "count", "Count"), detail::column(session, "explains", "Description", true)};
  for (const CheckOutcome& outcome : outcomes)
    table.rows.push_back({std::string(outcome.name), detail::word(session, to_string(outcome.severity)),
                          static_cast<std::int64_t>(outcome.found.count), detail::told(session, outcome.explains)});
  return table;
}

Table count_data(const std::vector<CheckOutcome>& outcomes) {
  Table table = detail::data_table("counts", {"check", "severity", "count"});
  for (const CheckOutcome& outcome : outcomes)
    table.rows.push_back({std::string(outcome.name), std::string(to_string(outcome.severity)),
                          static_cast<std::int64_t>(outcome.found.count)});
  return table;
}

}  // namespace

Answer check_answer(Session& session, const CheckResult& found) {
  Names names(session);
  Answer answer{.command = "check", .result = Json::object(), .coverage = Json::object()};
  Json problems = Json::array(), notes = Json::array(), counts = Json::object();
  Table table;
  table.title = detail::word(session, "Problems");
  table.columns = {detail::column(session, "severity", "Severity"), detail::column(session, "check", "Check"),
                   detail::column(session, "record", "Record", true),
                   detail::column(session, "message", "Message", true)};
  Table shown = table;
  for (const CheckOutcome& check : found.outcomes) {
    const bool is_note = check.severity == Severity::note;
    counts.set(std::string(check.name), check.found.count);
    if (is_note && !found.lists_notes) continue;
    for (const CheckFinding& finding : check.found.list) {
      (is_note ? notes : problems).push(finding_json(names, check, finding));
      const std::string record = record_text(names, finding);
      table.rows.push_back({std::string(to_string(check.severity)), std::string(check.name), record, finding.message});
      shown.rows.push_back({detail::word(session, to_string(check.severity)), std::string(check.name),
                            finding.supplies ? record : detail::record_text(session, record),
                            detail::told(session, finding.message)});
    }
  }
  answer.negative = !found.is_ok;
  answer.result.set("ok", !answer.negative);
  answer.result.set("problems", std::move(problems));
  answer.result.set("notes", std::move(notes));
  answer.result.set("counts", std::move(counts));
  answer.coverage.set("problems", found.problems);
  answer.coverage.set("notes", found.notes);
  answer.tables.push_back(summary_table(session, found.outcomes));
  table.title = "findings";
  answer.data = {std::move(table), count_data(found.outcomes)};
  if (!shown.rows.empty()) answer.tables.push_back(std::move(shown));
  answer.remarks.push_back(found.problems == 0 ? detail::say(session, "no problems found")
                                               : detail::say(session, "problems found: {}", found.problems));
  if (found.notes > 0 && !found.lists_notes)
    answer.remarks.push_back(detail::say(session, "notes are only counted: {}; --notes lists them", found.notes));
  return answer;
}

}  // namespace chokepoint
