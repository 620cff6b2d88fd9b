#include "chokepoint/query/diff.hpp"

#include "chokepoint/support/error.hpp"
#include "query/changes/diff_chokepoints.hpp"
#include "query/facts/fact_table.hpp"
#include "query/facts/measures.hpp"
#include "query/facts/wording.hpp"
#include "query/session/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint {

namespace {

struct Replaced {
  Edge before, after;
};

struct Changes {
  std::vector<Edge> began, ended;
  std::vector<Replaced> replaced;
  std::vector<Observation> figures;
};

View view_on(const std::shared_ptr<const Snapshot>& snapshot, Date day) {
  ViewOptions options;
  options.as_of = day;
  options.include = {Status::forecast, Status::planned, Status::recommended};
  options.include_derived = true;
  return {snapshot, std::move(options)};
}

bool is_about(const Edge& edge, const std::string& node) {
  return node.empty() || edge.from == node || edge.to == node || edge.item == node || edge.market == node ||
         edge.origin == node;
}

auto relation_key(const Edge& e) { return std::tie(e.type, e.from, e.to, e.item, e.market, e.origin, e.group, e.unit); }

/// Edges of one fact that stand on both sides are one measure in place of another.
void pair_up(Changes& changes) {
  const auto less = [](const Edge* a, const Edge* b) { return relation_key(*a) < relation_key(*b); };
  std::multimap<const Edge*, std::size_t, decltype(less)> open(less);
  for (std::size_t i = 0; i < changes.ended.size(); ++i) open.emplace(&changes.ended[i], i);
  std::vector<Edge> began, ended;
  std::vector<bool> paired(changes.ended.size());
  for (Edge& after : changes.began) {
    const auto before = open.find(&after);
    if (before == open.end()) {
      began.push_back(std::move(after));
      continue;
    }
    const std::size_t index = before->second;
    paired[index] = true;
    open.erase(before);
    changes.replaced.push_back({changes.ended[index], std::move(after)});
  }
  for (std::size_t i = 0; i < changes.ended.size(); ++i)
    if (!paired[i]) ended.push_back(changes.ended[i]);
  changes.began = std::move(began);
  changes.ended = std::move(ended);
}

Changes changes_between(Session& session, Date from, Date to, const std::string& node) {
  const auto snapshot = session.snapshot();
  const View before = view_on(snapshot, from), after = view_on(snapshot, to);
  std::vector<std::int64_t> began, ended;
  for (Arc e = 0; e < snapshot->edge_count(); ++e) {
    if (before.has_edge(e) == after.has_edge(e)) continue;
    (after.has_edge(e) ? began : ended).push_back(snapshot->columns().edge_key[e]);
  }
  Changes changes;
  changes.began = session.reader().edges(began);
  changes.ended = session.reader().edges(ended);
  const auto elsewhere = [&](const Edge& edge) { return !is_about(edge, node); };
  std::erase_if(changes.began, elsewhere);
  std::erase_if(changes.ended, elsewhere);
  pair_up(changes);
  ObservationFilter filter;
  filter.subject = node;
  changes.figures = session.reader().observations(filter);
  std::erase_if(changes.figures, [&](const Observation& o) {
    const auto day = detail::figure_day(o);
    return !day || *day <= from || *day > to;
  });
  return changes;
}

Json replaced_json(const std::vector<Replaced>& replaced) {
  Json list = Json::array();
  for (const Replaced& pair : replaced) {
    Json entry = Json::object();
    entry.set("before", to_json(pair.before));
    entry.set("after", to_json(pair.after));
    list.push(std::move(entry));
  }
  return list;
}

Table fact_table(detail::Names& names, const Changes& changes, bool with_sources) {
  const Session& session = names.session();
  Table table;
  table.title = detail::word(session, "Facts");
  table.columns = {detail::column(session, "change", "Change"), detail::column(session, "fact", "Fact", true),
                   detail::column(session, "when", "When"), detail::column(session, "status", "Status")};
  if (with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  const auto add = [&](std::string_view change, const Edge& edge, const std::string& earlier) {
    std::vector<Cell> row{detail::word(session, change), detail::sentence(names, edge) + earlier,
                          detail::when_text(session, edge.since, edge.until, edge.as_of),
                          detail::status_text(session, edge.status)};
    if (with_sources) row.emplace_back(detail::citations_text(edge.sources));
    table.rows.push_back(std::move(row));
  };
  for (const Edge& edge : changes.began) add("began", edge, "");
  for (const Edge& edge : changes.ended) add("ended", edge, "");
  for (const Replaced& pair : changes.replaced)
    add("replaced", pair.after, fmt::format(" ← {}", detail::measure_text(session, pair.before)));
  return table;
}

/// How well the facts and figures that changed are sourced.
struct ChangeEvidence {
  std::size_t edges = 0, edges_on_one_source = 0, observations = 0, observations_on_one_source = 0;
  std::size_t minor = 0, unknown_shares = 0, not_facts = 0;  ///< rows; the last: forecast, planned or recommended
  std::map<std::string, std::size_t> records;                ///< of each source
  std::map<std::string, std::size_t> alone;                  ///< of each source, those that cite nothing else
  std::map<std::string, std::size_t> statuses;
};

ChangeEvidence evidence_of_changes(const Session& session, const Changes& changes) {
  ChangeEvidence evidence;
  const auto cite = [&](const std::vector<Citation>& citations, std::size_t& on_one_source) {
    std::set<std::string> sources;
    for (const Citation& citation : citations) sources.insert(citation.source);
    for (const std::string& source : sources) ++evidence.records[source];
    if (sources.size() != 1) return;
    ++on_one_source;
    ++evidence.alone[*sources.begin()];
  };
  const auto state = [&](Status status) {
    ++evidence.statuses[std::string(to_string(status))];
    evidence.not_facts +=
        status == Status::forecast || status == Status::planned || status == Status::recommended ? 1U : 0U;
  };
  const auto add = [&](const Edge& edge) {
    ++evidence.edges;
    cite(edge.sources, evidence.edges_on_one_source);
    state(edge.status);
    evidence.minor += edge.significance == Significance::minor ? 1U : 0U;
    evidence.unknown_shares += detail::role_of(session.ontology(), edge.type) == Role::supply && !edge.share ? 1U : 0U;
  };
  for (const Edge& edge : changes.began) add(edge);
  for (const Edge& edge : changes.ended) add(edge);
  for (const Replaced& pair : changes.replaced) {
    add(pair.before);
    add(pair.after);
  }
  for (const Observation& figure : changes.figures) {
    ++evidence.observations;
    cite(figure.sources, evidence.observations_on_one_source);
    state(figure.status);
  }
  return evidence;
}

Json counts_json(const std::map<std::string, std::size_t>& counts) {
  Json out = Json::object();
  for (const auto& [key, count] : counts) out.set(key, count);
  return out;
}

void add_coverage(const Session& session, const Changes& changes, Answer& answer) {
  const ChangeEvidence evidence = evidence_of_changes(session, changes);
  Json& out = answer.coverage;
  out.set("edges", evidence.edges);
  out.set("edges_on_one_source", evidence.edges_on_one_source);
  out.set("observations", evidence.observations);
  out.set("observations_on_one_source", evidence.observations_on_one_source);
  out.set("records_by_source", counts_json(evidence.records));
  out.set("alone_by_source", counts_json(evidence.alone));
  out.set("by_status", counts_json(evidence.statuses));
  out.set("minor_rows", evidence.minor);
  out.set("unknown_shares", evidence.unknown_shares);
  const std::size_t all = evidence.edges + evidence.observations;
  const std::size_t weak = evidence.edges_on_one_source + evidence.observations_on_one_source;
  if (weak > 0)
    answer.remarks.push_back(detail::say(session, "facts among these on one source alone: {} of {}", weak, all));
  if (evidence.not_facts > 0)
    answer.remarks.push_back(
        detail::say(session, "facts among these that are forecast, planned or recommended: {}", evidence.not_facts));
}

/// The facts that changed with the word for how, for programs.
Table data_table(const Changes& changes) {
  std::vector<Edge> edges;
  std::vector<std::string> kinds;
  const auto add = [&](const char* kind, const Edge& edge) {
    kinds.emplace_back(kind);
    edges.push_back(edge);
  };
  for (const Edge& edge : changes.began) add("began", edge);
  for (const Edge& edge : changes.ended) add("ended", edge);
  for (const Replaced& pair : changes.replaced) {
    add("replaced_before", pair.before);
    add("replaced_after", pair.after);
  }
  Table table = detail::edge_data(edges);
  table.columns.insert(table.columns.begin(), {"change", "change"});
  for (std::size_t i = 0; i < table.rows.size(); ++i) table.rows[i].insert(table.rows[i].begin(), kinds[i]);
  return table;
}

}  // namespace

Answer diff_days(Session& session, const DiffParams& params) {
  const Date from = detail::require_day(params.from, "FROM");
  const Date to = params.to.empty() ? session.as_of() : detail::require_day(params.to, "TO");
  if (to < from)
    throw UsageError(fmt::format("{} comes before {}; put the earlier day first", to_string(to), to_string(from)));
  const std::string node = params.node.empty() ? std::string() : session.reader().resolve(params.node).id;
  const Changes changes = changes_between(session, from, to, node);

  Answer answer{.command = "diff", .result = Json::object(), .coverage = Json::object()};
  answer.result.set("from", to_string(from));
  answer.result.set("to", to_string(to));
  answer.result.set("began", detail::edges_json(changes.began));
  answer.result.set("ended", detail::edges_json(changes.ended));
  answer.result.set("replaced", replaced_json(changes.replaced));
  answer.result.set("observations", detail::observations_json(changes.figures));
  detail::Names names(session);
  const auto facts = changes.began.size() + changes.ended.size() + changes.replaced.size();
  if (facts > 0) answer.tables.push_back(fact_table(names, changes, params.with_sources));
  if (!changes.figures.empty()) {
    Table table = detail::figure_table(names, changes.figures, {}, true, params.with_sources);
    table.title = detail::word(session, "Figures");
    answer.tables.push_back(std::move(table));
  }
  answer.remarks.push_back(detail::say(
      session, "from {} to {}: facts began: {}, ended: {}, measures replaced: {}, figures dated in between: {}",
      to_string(from), to_string(to), changes.began.size(), changes.ended.size(), changes.replaced.size(),
      changes.figures.size()));
  add_coverage(session, changes, answer);
  answer.data = data_table(changes);
  if (params.chokepoints || !params.targets.empty())
    detail::add_chokepoint_changes(session, names, params, from, to, answer);
  return answer;
}

}  // namespace chokepoint
