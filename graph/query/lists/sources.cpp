#include "chokepoint/query/sources.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "query/facts/later.hpp"
#include "query/facts/list_filter.hpp"
#include "query/facts/wording.hpp"
#include "query/session/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace chokepoint {

namespace {

/// How many records cite each source.
std::map<std::string, std::int64_t> record_counts(Session& session) {
  // Each table by itself: the view of all citations would bring every row together first.
  const auto found = session.reader().sql(
      "SELECT source.id, sum(counted.n) FROM (SELECT source, count(*) n FROM node GROUP BY source UNION ALL SELECT "
      "source, "
      "count(*) FROM edge GROUP BY source UNION ALL SELECT source, count(*) FROM observation GROUP BY source UNION ALL "
      "SELECT source, count(*) FROM citation GROUP BY source) counted JOIN source ON source.key = counted.source GROUP "
      "BY "
      "source.key");
  std::map<std::string, std::int64_t> counts;
  for (const auto& row : found.rows) counts[row[0].as_string()] = row[1].to_integer().value_or(0);
  return counts;
}

Table source_table(const Session& session, const std::vector<Source>& sources,
                   const std::map<std::string, std::int64_t>& counts) {
  Table table;
  table.columns = {detail::column(session, "id", "Id"),
                   detail::column(session, "title", "Title", true),
                   detail::column(session, "publisher", "Publisher", true),
                   detail::column(session, "date", "Date"),
                   detail::column(session, "language", "Language"),
                   detail::column(session, "url", "Url", true),
                   detail::column(session, "license", "License", true),
                   detail::column(session, "records", "Records")};
  for (const Source& s : sources) {
    const auto count = counts.find(s.id);
    table.rows.push_back({s.id, s.title, s.publisher, s.date, s.language, s.url, s.license,
                          count == counts.end() ? std::int64_t{0} : count->second});
  }
  return table;
}

void add_notes(const Session& session, const std::vector<Source>& sources, const SourcesParams& params, Table& table) {
  if (!params.list.notes) return;
  table.columns.push_back(detail::column(session, "remark", "Remark", true));
  for (std::size_t i = 0; i < sources.size(); ++i) table.rows[i].emplace_back(detail::note_of(sources[i].attributes));
}

Answer all_sources(Session& session, const SourcesParams& params) {
  const auto sources = session.reader().sources();
  Answer answer{.command = "sources", .result = Json::array(), .coverage = Json::object()};
  const auto counts = record_counts(session);
  for (const Source& source : sources) {
    Json entry = to_json(source);
    const auto count = counts.find(source.id);
    entry.set("records", count == counts.end() ? std::int64_t{0} : count->second);
    answer.result.push(std::move(entry));
  }
  answer.coverage.set("sources", std::uint64_t{sources.size()});
  Table table = source_table(session, sources, counts);
  answer.data = table;
  add_notes(session, sources, params, table);
  const std::size_t hidden = detail::shorten(table, params.list.limit);
  answer.tables.push_back(std::move(table));
  if (hidden > 0) answer.remarks.push_back(detail::say(session, "{} more rows; --limit 0 lists all", hidden));
  if (!sources.empty()) answer.remarks.push_back(detail::say(session, "`sources ID` lists what rests on one of them"));
  return answer;
}

Source require_source(Session& session, const std::string& id) {
  const Reader reader = session.reader();
  if (auto source = reader.source(id)) return *std::move(source);
  std::vector<std::string> ids;
  for (const Source& source : reader.sources()) {
    if (fold(source.id) == fold(id) || fold(source.title) == fold(id)) return source;
    ids.push_back(source.id);
  }
  const auto near = suggest(id, ids);
  throw NotFoundError(fmt::format("no source has the id \"{}\"{}", id,
                                  near.empty() ? "; `chokepoint sources` lists them" : detail::did_you_mean(near)));
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

}  // namespace

Answer list_sources(Session& session, const SourcesParams& params) {
  if (params.source.empty()) return all_sources(session, params);
  const Source source = require_source(session, params.source);
  auto records = session.reader().resting_on(source.id);
  const detail::Later later(session);
  const std::size_t left_out =
      std::erase_if(records, [&](const RestingRecord& r) { return later.begins_later(r.begins); });
  const auto all = records.size();
  const auto alone = static_cast<std::size_t>(std::ranges::count(records, true, &RestingRecord::only_source));
  for (const std::string& type : params.list.types)
    if (type != "node" && type != "edge" && type != "observation")
      throw UsageError(fmt::format("--type: \"{}\" is none of node, edge, observation", type));
  if (!params.list.types.empty())
    std::erase_if(records, [&](const RestingRecord& r) {
      return std::ranges::find(params.list.types, r.kind) == params.list.types.end();
    });
  if (params.only_source) std::erase_if(records, [](const RestingRecord& r) { return !r.only_source; });

  Answer answer{.command = "sources", .result = Json::object(), .coverage = Json::object()};
  Json list = Json::array();
  Table table;
  table.title = fmt::format("{} ({})", detail::word(session, "Records"), records.size());
  table.columns = {detail::column(session, "kind", "What"),
                   detail::column(session, "id", "Id"),
                   detail::column(session, "description", "Record", true),
                   detail::column(session, "locator", "Locator", true),
                   detail::column(session, "read", "Read", true),
                   detail::column(session, "only_source", "Only source")};
  for (const RestingRecord& record : records) {
    list.push(resting_json(record));
    table.rows.push_back({record.kind, record.id, record.description, record.locator, record.read, record.only_source});
  }
  answer.result.set("source", to_json(source));
  answer.result.set("records", std::move(list));
  answer.coverage.set("records", std::uint64_t{all});
  answer.coverage.set("only_source", std::uint64_t{alone});
  answer.coverage.set("later", std::uint64_t{left_out});
  answer.data = table;
  Table head = source_table(session, {source}, {{source.id, static_cast<std::int64_t>(all)}});
  add_notes(session, {source}, params, head);
  answer.tables.push_back(std::move(head));
  const std::size_t hidden = detail::shorten(table, params.list.limit);
  answer.tables.push_back(std::move(table));
  if (hidden > 0) answer.remarks.push_back(detail::say(session, "{} more rows; --limit 0 lists all", hidden));
  answer.remarks.push_back(detail::say(session, "records that rest on it: {}, on nothing else: {}", all, alone));
  if (left_out > 0)
    answer.remarks.push_back(
        detail::say(session, "left out, about days after {}: {}", to_string(session.as_of()), left_out));
  return answer;
}

}  // namespace chokepoint
