#include "chokepoint/present/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using Kinds = std::array<std::pair<const char*, const Counts*>, 4>;

Kinds kinds_of(const ImportReport& report) {
  return {{{"sources", &report.sources},
           {"nodes", &report.nodes},
           {"edges", &report.edges},
           {"observations", &report.observations}}};
}

Json counts_json(const Counts& counts) {
  Json out = Json::object();
  out.set("added", counts.added);
  out.set("changed", counts.changed);
  out.set("removed", counts.removed);
  out.set("unchanged", counts.unchanged);
  if (counts.fields.empty()) return out;
  Json fields = Json::object();
  for (const auto& [field, count] : counts.fields) fields.set(field, count);
  out.set("fields", std::move(fields));
  return out;
}

Json notes_json(const std::vector<MergeNote>& notes) {
  Json list = Json::array();
  for (const MergeNote& note : notes) {
    Json entry = Json::object();
    entry.set("incoming", note.incoming);
    entry.set("stored", note.stored);
    entry.set("why", note.why);
    list.push(std::move(entry));
  }
  return list;
}

Table count_table(const ImportReport& report) {
  Table table;
  table.columns = {{"records", "Records"},
                   {"added", "Added"},
                   {"changed", "Changed"},
                   {"removed", "Removed"},
                   {"unchanged", "Unchanged"}};
  for (const auto& [name, counts] : kinds_of(report))
    table.rows.push_back({std::string(name), counts->added, counts->changed, counts->removed, counts->unchanged});
  return table;
}

Table note_table(const std::string& title, const std::vector<MergeNote>& notes) {
  Table table;
  table.title = fmt::format("{} ({})", title, notes.size());
  table.columns = {{"incoming", "Incoming"}, {"stored", "Stored"}, {"why", "Why", true}};
  for (const MergeNote& note : notes) table.rows.push_back({note.incoming, note.stored, note.why});
  return table;
}

/// What an update changed of the records that it found; the most frequent fields first.
Table field_table(const ImportReport& report) {
  constexpr std::size_t shown = 30;
  Table table;
  table.title = "Changed fields";
  table.columns = {{"records", "Records"}, {"field", "Field", true}, {"changed", "Changed"}};
  for (const auto& [name, counts] : kinds_of(report)) {
    std::vector<std::pair<std::string, std::int64_t>> fields(counts->fields.begin(), counts->fields.end());
    std::stable_sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (std::size_t i = 0; i < std::min(shown, fields.size()); ++i)
      table.rows.push_back({std::string(name), fields[i].first, fields[i].second});
    if (fields.size() > shown)
      table.rows.push_back({std::string(name), fmt::format("… and {} more", fields.size() - shown), std::string()});
  }
  return table;
}

void add_up(Counts& sum, const Counts& more) {
  sum.added += more.added;
  sum.changed += more.changed;
  sum.removed += more.removed;
  sum.unchanged += more.unchanged;
  for (const auto& [field, count] : more.fields) sum.fields[field] += count;
}

/// What several imports did, without the name of a dataset.
void add_up(ImportReport& sum, const ImportReport& more) {
  add_up(sum.sources, more.sources);
  add_up(sum.nodes, more.nodes);
  add_up(sum.edges, more.edges);
  add_up(sum.observations, more.observations);
  sum.merged.insert(sum.merged.end(), more.merged.begin(), more.merged.end());
  sum.doubtful.insert(sum.doubtful.end(), more.doubtful.begin(), more.doubtful.end());
  sum.conflicts.insert(sum.conflicts.end(), more.conflicts.begin(), more.conflicts.end());
  sum.made_sources.insert(sum.made_sources.end(), more.made_sources.begin(), more.made_sources.end());
  sum.changed = sum.changed || more.changed;
}

Table conflict_table(const std::vector<std::string>& conflicts) {
  Table table;
  table.title = fmt::format("Datasets differ; the stored value stays ({})", conflicts.size());
  table.columns = {{"conflict", "What", true}};
  for (const std::string& conflict : conflicts) table.rows.push_back({conflict});
  return table;
}

/// What became of a file of another program.
void add_foreign(Json& result, const ImportReport& report) {
  if (!report.remarks.empty()) {
    Json remarks = Json::array();
    for (const std::string& remark : report.remarks) remarks.push(remark);
    result.set("remarks", std::move(remarks));
  }
  for (const auto& [name, count] :
       {std::pair("made_nodes", report.made_nodes), std::pair("found_nodes", report.found_nodes),
        std::pair("repeated", report.repeated), std::pair("skipped", static_cast<std::int64_t>(report.skipped_total))})
    if (count > 0) result.set(name, count);
  if (!report.taken_source.empty()) result.set("taken_source", report.taken_source);
}

/// What an import or a removal did.
Answer report_answer(const std::string& command, const ImportReport& report, bool dry_run) {
  Answer answer{.command = command, .result = Json::object(), .coverage = Json::object()};
  if (!report.dataset.id.empty()) answer.result.set("dataset", to_json(report.dataset));
  answer.result.set("changed", report.changed);
  answer.result.set("dry_run", dry_run);
  for (const auto& [name, counts] : kinds_of(report)) answer.result.set(name, counts_json(*counts));
  Json made = Json::array();
  for (const MadeSource& source : report.made_sources) {
    Json entry = Json::object();
    entry.set("id", source.id);
    entry.set("cited_by", source.cited_by);
    made.push(std::move(entry));
  }
  if (command == "import") answer.result.set("made_sources", std::move(made));
  answer.result.set("merged", notes_json(report.merged));
  answer.result.set("doubtful", notes_json(report.doubtful));
  Json conflicts = Json::array();
  for (const std::string& conflict : report.conflicts) conflicts.push(conflict);
  answer.result.set("conflicts", std::move(conflicts));
  if (command == "import") add_foreign(answer.result, report);

  const char* outcome = dry_run ? "nothing was changed (dry run)" : report.changed ? "done" : "nothing had to change";
  answer.heading = {fmt::format("{} {}: {}", command, report.dataset.id, outcome)};
  answer.tables.push_back(count_table(report));
  if (Table fields = field_table(report); !fields.rows.empty()) answer.tables.push_back(std::move(fields));
  if (!report.merged.empty()) answer.tables.push_back(note_table("Merged", report.merged));
  if (!report.doubtful.empty()) {
    answer.tables.push_back(note_table("Alike, but left apart", report.doubtful));
    answer.remarks.push_back("--merge INCOMING=STORED makes two of them one");
  }
  if (!report.conflicts.empty()) answer.tables.push_back(conflict_table(report.conflicts));
  return answer;
}

}  // namespace

Answer removal_answer(const ImportReport& report) { return report_answer("remove", report, false); }

namespace {

Answer answer_of_all(const std::vector<ImportReport>& reports, bool dry_run) {
  if (reports.size() == 1) return report_answer("import", reports.front(), dry_run);
  ImportReport sum;
  for (const ImportReport& report : reports) add_up(sum, report);
  Answer all = report_answer("import", sum, dry_run);
  all.heading.clear();
  all.tables.clear();
  all.remarks.clear();
  Json list = Json::array();
  for (const ImportReport& report : reports) {
    Answer one = report_answer("import", report, dry_run);
    list.push(std::move(one.result));
    if (!one.tables.empty()) one.tables.front().title = report.dataset.id;
    all.heading.insert(all.heading.end(), one.heading.begin(), one.heading.end());
    all.tables.insert(all.tables.end(), one.tables.begin(), one.tables.end());
    for (std::string& remark : one.remarks)
      if (std::find(all.remarks.begin(), all.remarks.end(), remark) == all.remarks.end())
        all.remarks.push_back(std::move(remark));
  }
  all.result.set("datasets", std::move(list));
  return all;
}

/// Three questions that fit what came in, below the answer.
void suggest_questions(const std::vector<ImportReport>& reports, const std::string& database, Answer& answer) {
  const auto found =
      std::find_if(reports.begin(), reports.end(), [](const ImportReport& r) { return !r.leaned_on.empty(); });
  if (found == reports.end() || !found->changed) return;
  const std::string head = fmt::format("  chokepoint --db {} ", database);
  answer.remarks.emplace_back("Questions to begin with:");
  if (!found->leaning.empty())
    answer.remarks.push_back(head + "depends " + found->leaning + (found->leans_hard ? "" : " --soft"));
  if (found->leans_hard) answer.remarks.push_back(head + "chokepoints " + found->leaning);
  answer.remarks.push_back(head + "whatif --remove " + found->leaned_on);
  if (!found->leans_hard) answer.remarks.push_back(head + "rank --by dependents");
}

}  // namespace

Answer import_answer(const std::vector<ImportReport>& reports, const ImportStyle& style) {
  Answer answer = answer_of_all(reports, style.dry_run);
  if (!style.database.empty()) suggest_questions(reports, style.database, answer);
  return answer;
}

Table skipped_table(const std::vector<ImportReport>& reports) {
  Table table;
  table.columns = {{"file", "File"}, {"line", "Line"}, {"record", "Record"}, {"problem", "Problem"}};
  for (const ImportReport& report : reports)
    for (const Problem& problem : report.all_skipped)
      table.rows.push_back({problem.file, static_cast<std::int64_t>(problem.line), problem.record, problem.message});
  return table;
}

}  // namespace chokepoint
