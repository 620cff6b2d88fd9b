#include "chokepoint/query/check.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "query/checks/checks.hpp"
#include "query/facts/wording.hpp"
#include "query/session/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint {

namespace {

using detail::Check;
using detail::Finding;
using detail::Severity;

constexpr std::array checks{
    Check{"unsourced", Severity::error, "records that cite no source", detail::find_unsourced,
          detail::RecordCheck::unsourced},
    Check{"dangling", Severity::error, "records that name a node which is not there", detail::find_dangling,
          detail::RecordCheck::dangling},
    Check{"share-sums",
          Severity::warning,
          "supplier groups whose shares add up to more than 1.05",
          detail::find_share_sums,
          {}},
    Check{"orphans", Severity::warning, "nodes that no edge and no figure speaks of", detail::find_orphans, {}},
    Check{"open-repealed",
          Severity::warning,
          "repealed measures whose restrictions have no end",
          detail::find_open_repealed,
          {}},
    Check{"unknown-units", Severity::warning, "units that the ontology does not know", detail::find_unknown_units,
          detail::RecordCheck::unknown_units},
    Check{"rivals", Severity::note, "claims on one fact that contradict one another", detail::find_rivals, {}},
    Check{"sole-source", Severity::note, "facts and figures that rest on one source", detail::find_sole_sources,
          detail::RecordCheck::sole_source},
};

struct Outcome {
  const Check* check;
  detail::Findings findings;
};

std::vector<Outcome> run_checks(Session& session, const CheckParams& params) {
  const auto names = check_names();
  for (const std::string& wanted : params.only)
    if (std::ranges::find(names, wanted) == names.end())
      throw UsageError(
          fmt::format("no check is called \"{}\"{}", wanted, detail::did_you_mean(suggest(wanted, names))));
  std::vector<Outcome> out;
  detail::CheckRun run(session, params.notes || params.strict, params.progress);
  for (const Check& check : checks) {
    const bool chosen = params.only.empty() || std::ranges::find(params.only, check.name) != params.only.end();
    if (!chosen) continue;
    out.push_back({&check, {}});
    if (check.of_records) run.want(*check.of_records);
  }
  for (Outcome& outcome : out) outcome.findings = outcome.check->run(run);
  return out;
}

Json finding_json(const Check& check, const Finding& finding) {
  Json entry = Json::object();
  entry.set("check", check.name);
  entry.set("severity", to_string(check.severity));
  entry.set("record", finding.record);
  Json ids = Json::array();
  for (const std::string& id : finding.ids) ids.push(id);
  entry.set("ids", std::move(ids));
  entry.set("message", finding.message);
  return entry;
}

Table summary_table(const Session& session, const std::vector<Outcome>& outcomes) {
  Table table;
  table.columns = {detail::column(session, "check", "Check"), detail::column(session, "severity", "Severity"),
                   detail::column(session, "count", "Count"), detail::column(session, "explains", "Description", true)};
  for (const Outcome& outcome : outcomes)
    table.rows.push_back({std::string(outcome.check->name), detail::word(session, to_string(outcome.check->severity)),
                          static_cast<std::int64_t>(outcome.findings.count),
                          detail::told(session, outcome.check->explains)});
  return table;
}

}  // namespace

std::vector<std::string> check_names() {
  std::vector<std::string> names;
  for (const Check& check : checks) names.emplace_back(check.name);
  return names;
}

Answer check_data(Session& session, const CheckParams& params) {
  const auto outcomes = run_checks(session, params);
  Answer answer{.command = "check", .result = Json::object(), .coverage = Json::object()};
  Json problems = Json::array(), notes = Json::array(), counts = Json::object();
  Table table;
  table.title = detail::word(session, "Problems");
  table.columns = {detail::column(session, "severity", "Severity"), detail::column(session, "check", "Check"),
                   detail::column(session, "record", "Record", true),
                   detail::column(session, "message", "Message", true)};
  Table shown = table;
  std::uint64_t problem_count = 0, note_count = 0;
  for (const Outcome& outcome : outcomes) {
    const Check& check = *outcome.check;
    const bool is_note = check.severity == Severity::note;
    counts.set(std::string(check.name), outcome.findings.count);
    (is_note ? note_count : problem_count) += outcome.findings.count;
    if (is_note && !params.notes && !params.strict) continue;
    for (const Finding& finding : outcome.findings.list) {
      (is_note ? notes : problems).push(finding_json(check, finding));
      table.rows.push_back(
          {std::string(to_string(check.severity)), std::string(check.name), finding.record, finding.message});
      shown.rows.push_back({detail::word(session, to_string(check.severity)), std::string(check.name), finding.record,
                            detail::told(session, finding.message)});
    }
  }
  answer.negative = problem_count > 0 || (params.strict && note_count > 0);
  answer.result.set("ok", !answer.negative);
  answer.result.set("problems", std::move(problems));
  answer.result.set("notes", std::move(notes));
  answer.result.set("counts", std::move(counts));
  answer.coverage.set("problems", problem_count);
  answer.coverage.set("notes", note_count);
  answer.tables.push_back(summary_table(session, outcomes));
  answer.data = std::move(table);
  if (!shown.rows.empty()) answer.tables.push_back(std::move(shown));
  answer.remarks.push_back(problem_count == 0 ? detail::say(session, "no problems found")
                                              : detail::say(session, "problems found: {}", problem_count));
  if (note_count > 0 && !params.notes && !params.strict)
    answer.remarks.push_back(detail::say(session, "notes are only counted: {}; --notes lists them", note_count));
  return answer;
}

}  // namespace chokepoint
