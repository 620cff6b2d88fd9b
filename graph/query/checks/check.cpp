#include "chokepoint/query/check.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/support/error.hpp"
#include "query/checks/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint {

namespace {

using detail::Check;

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

std::vector<CheckOutcome> run_checks(Session& session, const CheckParams& params) {
  const auto names = check_names();
  for (const std::string& wanted : params.only)
    if (std::ranges::find(names, wanted) == names.end())
      throw UsageError(fmt::format("no check is called \"{}\"{}", wanted,
                                   did_you_mean_or_see(suggest(wanted, names), "chokepoint help check")));
  std::vector<CheckOutcome> out;
  std::vector<const Check*> chosen;
  detail::CheckRun run(session, params.notes || params.strict, params.progress);
  for (const Check& check : checks) {
    if (!params.only.empty() && std::ranges::find(params.only, check.name) == params.only.end()) continue;
    chosen.push_back(&check);
    if (check.of_records) run.want(*check.of_records);
  }
  for (const Check* check : chosen) out.push_back({check->name, check->severity, check->explains, check->run(run)});
  return out;
}

}  // namespace

std::vector<std::string> check_names() {
  std::vector<std::string> names;
  for (const Check& check : checks) names.emplace_back(check.name);
  return names;
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "note";
}

CheckResult check_data(Session& session, const CheckParams& params) {
  CheckResult result{.outcomes = run_checks(session, params), .lists_notes = params.notes || params.strict};
  for (const CheckOutcome& outcome : result.outcomes)
    (outcome.severity == Severity::note ? result.notes : result.problems) += outcome.found.count;
  result.is_ok = result.problems == 0 && !(params.strict && result.notes > 0);
  return result;
}

}  // namespace chokepoint
