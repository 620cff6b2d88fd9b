#include "chokepoint/present/diff.hpp"
#include "chokepoint/query/measures.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/stop_lines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

Json replaced_json(const std::vector<ReplacedFact>& replaced) {
  Json list = Json::array();
  for (const ReplacedFact& pair : replaced) {
    Json entry = Json::object();
    entry.set("before", to_json(pair.before));
    entry.set("after", to_json(pair.after));
    list.push(std::move(entry));
  }
  return list;
}

/// A table's first rows, and a remark on the others.
void push_table(const Session& session, Table table, std::size_t limit, Answer& answer) {
  if (const std::size_t hidden = detail::shorten(table, limit); hidden > 0)
    answer.remarks.push_back(detail::say(session, "{}: {} more rows; --limit 0 lists all", table.title, hidden));
  answer.tables.push_back(std::move(table));
}

Table fact_table(detail::Names& names, const DiffResult& changes, bool with_sources) {
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
  for (const ReplacedFact& pair : changes.replaced)
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

ChangeEvidence evidence_of_changes(const Session& session, const DiffResult& changes) {
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
    evidence.unknown_shares += role_of(session.ontology(), edge.type) == Role::supply && !edge.share ? 1U : 0U;
  };
  for (const Edge& edge : changes.began) add(edge);
  for (const Edge& edge : changes.ended) add(edge);
  for (const ReplacedFact& pair : changes.replaced) {
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

void add_coverage(const Session& session, const DiffResult& changes, Answer& answer) {
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
  out.set("records", std::uint64_t{all});
  out.set("records_on_one_source", std::uint64_t{weak});
  if (weak > 0)
    answer.remarks.push_back(detail::say(session, "facts among these on one source alone: {} of {}", weak, all));
  if (evidence.not_facts > 0)
    answer.remarks.push_back(
        detail::say(session, "facts among these that are forecast, planned or recommended: {}", evidence.not_facts));
}

/// The facts that changed with the word for how, for programs.
Table data_table(const DiffResult& changes) {
  std::vector<Edge> edges;
  std::vector<std::string> kinds;
  const auto add = [&](const char* kind, const Edge& edge) {
    kinds.emplace_back(kind);
    edges.push_back(edge);
  };
  for (const Edge& edge : changes.began) add("began", edge);
  for (const Edge& edge : changes.ended) add("ended", edge);
  for (const ReplacedFact& pair : changes.replaced) {
    add("replaced_before", pair.before);
    add("replaced_after", pair.after);
  }
  Table table = detail::edge_data(edges);
  table.title = "facts";
  table.columns.insert(table.columns.begin(), {"change", "change"});
  for (std::size_t i = 0; i < table.rows.size(); ++i) table.rows[i].insert(table.rows[i].begin(), kinds[i]);
  return table;
}

/// Sets that appeared or vanished, and what became impossible or possible, for programs.
Table changed_set_data(const std::vector<ChangedTarget>& targets) {
  Table table = detail::data_table("chokepoints", {"change", "target", "members", "any", "all", "because"});
  const auto has = [](const std::vector<Variants>& readings, Variants reading) {
    return std::ranges::find(readings, reading) != readings.end();
  };
  const auto add = [&](const char* change, const ChangedTarget& target, const std::vector<ChangedCutSet>& sets) {
    for (const ChangedCutSet& set : sets) {
      std::vector<std::string> because;
      if (set.because)
        for (const Edge& edge : *set.because) because.push_back(edge.id);
      table.rows.push_back({std::string(change), target.target, fmt::format("{}", fmt::join(set.members, " ")),
                            has(set.readings, Variants::any), has(set.readings, Variants::all),
                            fmt::format("{}", fmt::join(because, " "))});
    }
  };
  for (const ChangedTarget& target : targets) {
    add("appeared", target, target.appeared);
    add("vanished", target, target.vanished);
    for (const auto& [change, readings] : {std::pair{"impossible_before", &target.impossible_from},
                                           std::pair{"impossible_after", &target.impossible_to}})
      if (!readings->empty())
        table.rows.push_back({std::string(change), target.target, Cell(), has(*readings, Variants::any),
                              has(*readings, Variants::all), Cell()});
  }
  return table;
}

Json readings_json(const std::vector<Variants>& readings) {
  Json list = Json::array();
  for (const Variants reading : readings) list.push(reading == Variants::all ? "all" : "any");
  return list;
}

Json changed_sets_json(const std::vector<ChangedCutSet>& sets) {
  Json list = Json::array();
  for (const ChangedCutSet& set : sets) {
    Json entry = Json::object(), members = Json::array();
    for (const std::string& id : set.members) members.push(id);
    entry.set("members", std::move(members));
    entry.set("variants", readings_json(set.readings));
    entry.set("because", set.because ? detail::edges_json(*set.because) : Json());
    list.push(std::move(entry));
  }
  return list;
}

/// What became impossible, or possible again; empty where neither did.
std::string possibility_line(detail::Names& names, const DiffResult& changes, const ChangedTarget& target) {
  const Session& session = names.session();
  const auto &was = target.impossible_from, &is = target.impossible_to;
  if (was == is) return {};
  const bool is_worse = is.size() > was.size();
  const std::string name = names.label(target.target), day = to_string(is_worse ? changes.to : changes.from);
  const bool is_in_one_reading = was.size() + is.size() != 2;
  std::string line =
      is_worse
          ? detail::say(session, "{} became impossible: on {} without any loss; `chokepoints` tells why", name, day)
          : detail::say(session, "{} became possible: on {} it was impossible without any loss", name, day);
  if (is_in_one_reading) detail::append_part(session, line, detail::word(session, "if all variants are needed"));
  return line;
}

/// The first reasons as sentences, the others counted: a cell is read, and JSON and CSV have them all.
std::string reasons_text(detail::Names& names, const std::vector<Edge>& because) {
  constexpr std::size_t most_told = 2;
  std::string text;
  for (std::size_t i = 0; i < std::min(because.size(), most_told); ++i)
    detail::append_part(names.session(), text, detail::sentence(names, because[i]));
  if (because.size() > most_told)
    detail::append_part(names.session(), text, detail::say(names.session(), "+{} more", because.size() - most_told));
  return text;
}

Table changed_set_table(detail::Names& names, const std::vector<ChangedTarget>& targets) {
  const Session& session = names.session();
  Table table;
  table.title = detail::word(session, "Chokepoints");
  table.columns = {detail::column(session, "change", "Change"), detail::column(session, "target", "Target", true),
                   detail::column(session, "members", "Members", true), detail::column(session, "variants", "Variants"),
                   detail::column(session, "because", "Because", true)};
  const auto add = [&](const char* change, const ChangedTarget& target, const std::vector<ChangedCutSet>& sets) {
    for (const ChangedCutSet& set : sets) {
      std::string shown, readings, because;
      for (const std::string& id : set.members) detail::append_part(session, shown, names.named(id));
      for (const Variants reading : set.readings)
        detail::append_part(session, readings, detail::word(session, reading == Variants::all ? "all" : "any"));
      if (set.because) because = reasons_text(names, *set.because);
      table.rows.push_back({detail::word(session, change), names.named(target.target), shown, readings, because});
    }
  };
  for (const ChangedTarget& target : targets) {
    add("appeared", target, target.appeared);
    add("vanished", target, target.vanished);
  }
  return table;
}

/// Of every target what alone stops it now and did not before, and the other way round, and how many larger sets.
void add_chokepoint_lines(detail::Names& names, const DiffResult& changes, std::vector<std::string>& heading) {
  constexpr std::size_t most_targets = 3, most_named = 6;
  const Session& session = names.session();
  const auto told = [&](const std::vector<ChangedCutSet>& sets) {
    std::string alone;
    std::size_t singles = 0;
    for (const ChangedCutSet& set : sets)
      if (set.members.size() == 1 && ++singles <= most_named)
        detail::append_part(session, alone, names.label(set.members.front()));
    if (singles > most_named) alone += fmt::format(" +{}", singles - most_named);
    if (singles == sets.size()) return alone;
    detail::append_part(session, alone, detail::say(session, "larger sets: {}", sets.size() - singles));
    return alone;
  };
  std::size_t count = 0;
  for (const ChangedTarget& target : *changes.chokepoints) {
    const std::string possibility = possibility_line(names, changes, target);
    if (target.appeared.empty() && target.vanished.empty() && possibility.empty()) continue;
    if (++count > most_targets) continue;
    const std::string name = names.label(target.target);
    if (!possibility.empty()) heading.push_back(possibility);
    if (!target.appeared.empty())
      heading.push_back(detail::say(session, "new chokepoints of {}: {}", name, told(target.appeared)));
    if (!target.vanished.empty())
      heading.push_back(detail::say(session, "no longer chokepoints of {}: {}", name, told(target.vanished)));
  }
  if (count > most_targets)
    heading.push_back(detail::say(session, "further nodes whose chokepoints changed: {}", count - most_targets));
  if (count == 0 && changes.chokepoints_complete)
    heading.push_back(detail::say(session, "no chokepoint appeared or vanished"));
}

void add_chokepoint_changes(detail::Names& names, const DiffResult& changes, std::size_t limit, Answer& answer) {
  const Session& session = names.session();
  Json list = Json::array();
  for (const ChangedTarget& target : *changes.chokepoints) {
    Json entry = Json::object();
    entry.set("target", names.json(target.target));
    entry.set("appeared", changed_sets_json(target.appeared));
    entry.set("vanished", changed_sets_json(target.vanished));
    entry.set("complete", target.complete);
    if (!target.impossible_from.empty() || !target.impossible_to.empty()) {
      Json impossible = Json::object();
      impossible.set("from", readings_json(target.impossible_from));
      impossible.set("to", readings_json(target.impossible_to));
      entry.set("impossible", std::move(impossible));
    }
    list.push(std::move(entry));
  }
  answer.result.set("chokepoints", std::move(list));
  answer.result.set("chokepoints_complete", changes.chokepoints_complete);
  answer.result.set("remainder_sets", changes.with_remainder.sets.size());
  add_chokepoint_lines(names, changes, answer.heading);
  Table table = changed_set_table(names, *changes.chokepoints);
  if (!table.rows.empty()) push_table(session, std::move(table), limit, answer);
  detail::add_remainder_line(names, changes.with_remainder, answer.remarks);
  if (changes.unexplained > 0)
    answer.remarks.push_back(detail::say(
        session, "changed sets whose cause was not looked up: {}; --target or a smaller --order leaves fewer",
        changes.unexplained));
  if (!changes.chokepoints_complete)
    answer.remarks.push_back(detail::say(session, "the search for chokepoints was stopped"));
}

}  // namespace

Answer diff_answer(Session& session, const DiffResult& changes, const DiffStyle& style) {
  Answer answer{.command = "diff", .result = Json::object(), .coverage = Json::object()};
  answer.result.set("from", to_string(changes.from));
  answer.result.set("to", to_string(changes.to));
  answer.result.set("began", detail::edges_json(changes.began));
  answer.result.set("ended", detail::edges_json(changes.ended));
  answer.result.set("replaced", replaced_json(changes.replaced));
  answer.result.set("observations", detail::observations_json(changes.figures));
  detail::Names names(session);
  answer.heading.push_back(detail::say(
      session, "from {} to {}: facts began: {}, ended: {}, measures replaced: {}, figures dated in between: {}",
      to_string(changes.from), to_string(changes.to), changes.began.size(), changes.ended.size(),
      changes.replaced.size(), changes.figures.size()));
  if (changes.chokepoints) add_chokepoint_changes(names, changes, style.limit, answer);
  const auto facts = changes.began.size() + changes.ended.size() + changes.replaced.size();
  if (facts > 0) push_table(session, fact_table(names, changes, style.with_sources), style.limit, answer);
  if (!changes.figures.empty()) {
    Table table = detail::figure_table(names, changes.figures, {}, true, style.with_sources);
    table.title = detail::word(session, "Figures");
    push_table(session, std::move(table), style.limit, answer);
  }
  add_coverage(session, changes, answer);
  answer.data.push_back(data_table(changes));
  if (changes.chokepoints) answer.data.push_back(changed_set_data(*changes.chokepoints));
  answer.data.push_back(detail::observation_data(changes.figures));
  answer.data.back().title = "figures";
  return answer;
}

}  // namespace chokepoint
