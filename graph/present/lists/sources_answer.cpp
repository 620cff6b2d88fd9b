#include "chokepoint/present/sources.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint {

namespace {

Table source_table(const Session& session, const std::vector<CountedSource>& sources) {
  Table table;
  table.columns = {detail::column(session, "id", "Id"),
                   detail::column(session, "title", "Title", true),
                   detail::column(session, "publisher", "Publisher", true),
                   detail::column(session, "date", "Date"),
                   detail::column(session, "language", "Language"),
                   detail::column(session, "url", "Url", true),
                   detail::column(session, "license", "License", true),
                   detail::column(session, "records", "Records")};
  for (const auto& [s, records] : sources)
    table.rows.push_back(
        {s.id, s.title, s.publisher, s.date, s.language, s.url, detail::word(session, s.license), records});
  return table;
}

void add_notes(const Session& session, const std::vector<CountedSource>& sources, Table& table) {
  table.columns.push_back(detail::column(session, "remark", "Remark", true));
  for (std::size_t i = 0; i < sources.size(); ++i)
    table.rows[i].emplace_back(detail::note_of(session, sources[i].source.attributes));
}

void add_shortened(const Session& session, Table table, std::size_t limit, Answer& answer) {
  const std::size_t hidden = detail::shorten(table, limit);
  answer.tables.push_back(std::move(table));
  if (hidden > 0) answer.remarks.push_back(detail::say(session, "{} more rows; --limit 0 lists all", hidden));
}

Json resting_json(const RestingRecord& record) {
  Json entry = Json::object();
  entry.set("kind", record.kind);
  entry.set("id", record.id);
  entry.set("description", record.description);
  entry.set("locator", record.locator);
  entry.set("read", record.read);
  entry.set("only_source", record.only_source);
  return entry;
}

Table record_table(const Session& session, const std::vector<RestingRecord>& records) {
  Table table;
  table.title = fmt::format("{} ({})", detail::word(session, "Records"), records.size());
  table.columns = {detail::column(session, "kind", "What"),
                   detail::column(session, "id", "Id"),
                   detail::column(session, "description", "Record", true),
                   detail::column(session, "locator", "Locator", true),
                   detail::column(session, "read", "Read", true),
                   detail::column(session, "only_source", "Only source")};
  for (const RestingRecord& record : records)
    table.rows.push_back({record.kind, record.id, record.description, record.locator, record.read, record.only_source});
  return table;
}

/// Without kind and id for people: the description of a record begins with the one, and names ends rather than digits.
Table described(const Session& session, Table table) {
  table.columns.erase(table.columns.begin(), table.columns.begin() + 2);
  for (std::vector<Cell>& row : table.rows) {
    row.erase(row.begin(), row.begin() + 2);
    row.front() = detail::record_text(session, std::get<std::string>(row.front()));
  }
  return table;
}

Answer all_sources(const Session& session, const SourcesResult& found, const ListStyle& style) {
  Answer answer{.command = "sources", .result = Json::array(), .coverage = Json::object()};
  for (const auto& [source, records] : found.sources) {
    Json entry = to_json(source);
    entry.set("records", records);
    answer.result.push(std::move(entry));
  }
  answer.coverage.set("sources", std::uint64_t{found.sources.size()});
  Table table = source_table(session, found.sources);
  answer.data.push_back(table);
  if (style.notes) add_notes(session, found.sources, table);
  add_shortened(session, std::move(table), style.limit, answer);
  if (!found.sources.empty())
    answer.remarks.push_back(detail::say(session, "`sources ID` lists what rests on one of them"));
  return answer;
}

}  // namespace

Answer sources_answer(Session& session, const SourcesResult& found, const ListStyle& style) {
  if (!found.resting) return all_sources(session, found, style);
  const RestingRecords& resting = *found.resting;
  Answer answer{.command = "sources", .result = Json::object(), .coverage = Json::object()};
  Json list = Json::array();
  for (const RestingRecord& record : resting.records) list.push(resting_json(record));
  answer.result.set("source", to_json(found.sources.front().source));
  answer.result.set("records", std::move(list));
  answer.coverage.set("records", std::uint64_t{resting.all});
  answer.coverage.set("only_source", std::uint64_t{resting.alone});
  answer.coverage.set("later", std::uint64_t{resting.later});
  Table head = source_table(session, found.sources), table = record_table(session, resting.records);
  answer.data.push_back(table);
  if (style.notes) add_notes(session, found.sources, head);
  answer.tables.push_back(std::move(head));
  add_shortened(session, described(session, std::move(table)), style.limit, answer);
  answer.remarks.push_back(
      detail::say(session, "records that rest on it: {}, on nothing else: {}", resting.all, resting.alone));
  if (resting.later > 0)
    answer.remarks.push_back(
        detail::say(session, "left out, about days after {}: {}", to_string(session.as_of()), resting.later));
  return answer;
}

}  // namespace chokepoint
