#include "chokepoint/present/timeline.hpp"
#include "chokepoint/support/error.hpp"
#include "present/changes/event_picture.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/headlines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

void set_date(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object.set(key, text);
}

Json entry_json(Names& names, const TimelineEntry& entry) {
  Json out = Json::object();
  out.set("kind", entry.measure ? "measure" : "fact");
  out.set("date", entry.date.empty() ? Json() : Json(entry.date));
  if (!entry.measure) {
    out.set("edge", to_json(entry.edges.front()));
    return out;
  }
  out.set("node", names.json(entry.measure->id));
  set_date(out, "announced", entry.dates.announced);
  set_date(out, "effective", entry.dates.effective);
  set_date(out, "suspended", entry.dates.suspended);
  set_date(out, "since", entry.dates.since);
  set_date(out, "until", entry.dates.until);
  const auto list = [&](const char* key, MeasureFact wanted) {
    Json edges = Json::array();
    for (std::size_t i = 0; i < entry.edges.size(); ++i)
      if (entry.facts[i] == wanted) edges.push(to_json(entry.edges[i]));
    out.set(key, std::move(edges));
  };
  list("issued", MeasureFact::issued);
  list("restricts", MeasureFact::restricts);
  list("amends", MeasureFact::amends);
  list("amended_by", MeasureFact::amended_by);
  list("responses", MeasureFact::response);
  list("other", MeasureFact::other);
  return out;
}

/// `announced 2025-01; effective 2025-07`.
std::string dates_text(const Session& session, const MeasureDates& dates) {
  std::string text;
  const auto add = [&](std::string_view name, const std::string& date) {
    if (!date.empty()) detail::append_part(session, text, detail::word(session, name) + " " + date);
  };
  add("Announced", dates.announced);
  add("Effective", dates.effective);
  add("Suspended", dates.suspended);
  add("until", dates.until);
  return text;
}

/// Facts of a measure that say the same of several nodes: `restricts Nvidia A100, Nvidia H100 +5: in China; ban`.
struct Said {
  std::string relation, detail;
  std::vector<std::string> nodes;
};

/// @param issued  who issued it, or all its other facts
std::vector<Said> said_of(Names& names, const TimelineEntry& entry, bool issued) {
  const Session& session = names.session();
  const std::string& id = entry.measure->id;
  std::vector<Said> list;
  for (std::size_t i = 0; i < entry.edges.size(); ++i) {
    const Edge& edge = entry.edges[i];
    const bool outgoing = edge.from == id;
    if (issued != (entry.facts[i] == MeasureFact::issued)) continue;
    std::string more = detail::detail_text(names, edge);
    if (edge.since != entry.dates.effective && edge.since != entry.date && edge.since != entry.dates.since)
      detail::append_part(session, more, detail::when_text(session, edge.since, edge.until, edge.as_of));
    else if (!edge.until.empty())
      detail::append_part(session, more, detail::word(session, "until") + " " + edge.until);
    detail::append_part(session, more, detail::status_text(session, edge.status));
    const std::string relation = detail::relation_label(session, edge.type, outgoing);
    auto same = std::ranges::find_if(list, [&](const Said& s) { return s.relation == relation && s.detail == more; });
    if (same == list.end()) same = list.insert(list.end(), {relation, std::move(more), {}});
    const std::string& other = outgoing ? edge.to : edge.from;
    if (std::ranges::find(same->nodes, other) == same->nodes.end()) same->nodes.push_back(other);
  }
  return list;
}

std::string text_of(Names& names, const Said& said) {
  constexpr std::size_t most_names = 10, most_with_ids = 2;
  const bool is_chinese = names.session().language() == "zh";
  std::string text = said.relation + " ";
  for (std::size_t i = 0; i < std::min(said.nodes.size(), most_names); ++i) {
    if (i > 0) text += is_chinese ? "、" : ", ";
    text += said.nodes.size() <= most_with_ids ? names.named(said.nodes[i]) : names.label(said.nodes[i]);
  }
  if (said.nodes.size() > most_names) text += fmt::format(" +{}", said.nodes.size() - most_names);
  if (!said.detail.empty()) text += (is_chinese ? "：" : ": ") + said.detail;
  return text;
}

/// A measure, who issued it, its later dates: `BIS revision of October 2023 (bis-rule-2023-10); issued by …`.
std::string measure_text(Names& names, const TimelineEntry& entry) {
  const Session& session = names.session();
  std::string text = names.named(entry.measure->id);
  for (const Said& each : said_of(names, entry, true)) detail::append_part(session, text, text_of(names, each));
  MeasureDates dates = entry.dates;
  for (std::string* date : {&dates.announced, &dates.effective})
    if (*date == entry.date) date->clear();
  detail::append_part(session, text, dates_text(session, dates));
  return text;
}

/// Two columns, a row for a measure and one for all its facts that say the same; for people without citations.
Table short_table(Names& names, std::span<const TimelineEntry> entries) {
  const Session& session = names.session();
  Table table;
  table.columns = {detail::column(session, "date", "Date"), detail::column(session, "what", "What", true)};
  for (const TimelineEntry& entry : entries) {
    const std::string date = entry.date.empty() ? std::string("–") : entry.date;
    if (!entry.measure) {
      const Edge& edge = entry.edges.front();
      std::string text = detail::sentence(names, edge);
      detail::append_part(session, text, detail::status_text(session, edge.status));
      table.rows.push_back({date, std::move(text)});
      continue;
    }
    table.rows.push_back({date, measure_text(names, entry)});
    for (const Said& each : said_of(names, entry, false)) table.rows.push_back({"", "- " + text_of(names, each)});
  }
  return table;
}

std::string fact_detail(Names& names, const Edge& edge) {
  const Session& session = names.session();
  std::string text = detail::detail_text(names, edge);
  detail::append_part(session, text, detail::when_text(session, edge.since, edge.until, edge.as_of));
  detail::append_part(session, text, detail::status_text(session, edge.status));
  return text;
}

/// A row for the measure itself, then one for each of its facts.
Table people_table(Names& names, std::span<const TimelineEntry> entries, const ListStyle& style) {
  const Session& session = names.session();
  const bool with_sources = style.with_sources, with_notes = style.notes;
  Table table;
  table.columns = {detail::column(session, "date", "Date"), detail::column(session, "what", "What", true),
                   detail::column(session, "node", "Node", true), detail::column(session, "detail", "Detail", true)};
  if (with_notes) table.columns.push_back(detail::column(session, "remark", "Remark", true));
  if (with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  const auto add = [&](std::vector<Cell> row, std::string_view attributes, std::span<const Citation> citations) {
    if (with_notes) row.emplace_back(detail::note_of(session, attributes));
    if (with_sources) row.emplace_back(detail::citations_text(citations));
    table.rows.push_back(std::move(row));
  };
  for (const TimelineEntry& entry : entries) {
    const std::string date = entry.date.empty() ? std::string("–") : entry.date;
    if (!entry.measure) {
      const Edge& edge = entry.edges.front();
      add({date, names.named(edge.from),
           fmt::format("{} {}", detail::relation_label(session, edge.type, true), names.named(edge.to)),
           fact_detail(names, edge)},
          edge.attributes, edge.sources);
      continue;
    }
    const std::string& id = entry.measure->id;
    add({date, names.named(id), "", dates_text(session, entry.dates)}, entry.measure->attributes,
        entry.measure->sources);
    for (const Edge& edge : entry.edges) {
      const bool outgoing = edge.from == id;
      add({"", "  " + detail::relation_label(session, edge.type, outgoing), names.named(outgoing ? edge.to : edge.from),
           fact_detail(names, edge)},
          edge.attributes, edge.sources);
    }
  }
  return table;
}

Table data_table(const std::vector<TimelineEntry>& entries) {
  std::vector<Edge> edges;
  std::vector<std::vector<Cell>> heads;
  for (const TimelineEntry& entry : entries) {
    const Cell measure = entry.measure ? Cell{entry.measure->id} : Cell{};
    for (const Edge& edge : entry.edges) {
      heads.push_back({entry.date, measure});
      edges.push_back(edge);
    }
    // A measure without facts is a row of its own.
    if (entry.edges.empty()) {
      heads.push_back({entry.date, measure});
      edges.emplace_back();
    }
  }
  Table table = detail::edge_data(edges);
  table.columns.insert(table.columns.begin(), {{"date", "date"}, {"measure", "measure"}});
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (edges[i].id.empty()) table.rows[i].assign(table.rows[i].size(), Cell{});
    table.rows[i].insert(table.rows[i].begin(), heads[i].begin(), heads[i].end());
  }
  return table;
}

}  // namespace

Answer timeline_answer(Session& session, const TimelineResult& found, const ListStyle& style) {
  const auto& entries = found.entries;
  Names names(session);
  Answer answer{.command = "timeline", .result = Json::array(), .coverage = Json::object()};
  std::uint64_t undated = 0;
  for (const TimelineEntry& entry : entries) {
    answer.result.push(entry_json(names, entry));
    undated += entry.day ? 0U : 1U;
  }
  answer.coverage.set("entries", std::uint64_t{entries.size()});
  answer.coverage.set("undated", undated);
  answer.coverage.set("later", std::uint64_t{found.later});
  const std::size_t told = style.limit == 0 ? entries.size() : std::min(entries.size(), style.limit);
  answer.title = found.node.empty() ? detail::word(session, "Timeline")
                                    : detail::say(session, "Timeline of {}", names.named(found.node));
  answer.heading.push_back(detail::headline(names, answer.command, answer.result));
  if (!entries.empty())
    answer.tables.push_back(style.with_sources || style.notes
                                ? people_table(names, std::span(entries).first(told), style)
                                : short_table(names, std::span(entries).first(told)));
  if (told < entries.size())
    answer.remarks.push_back(detail::say(session, "{} more entries; --limit 0 lists all", entries.size() - told));
  if (undated > 0)
    answer.remarks.push_back(detail::say(session, "entries without a date, which stand last: {}", undated));
  if (found.later > 0)
    answer.remarks.push_back(
        detail::say(session, "entries after {}: {}; --all-days shows them", to_string(session.as_of()), found.later));
  answer.data.push_back(data_table(entries));
  if (undated < entries.size())
    answer.pictures.push_back({"timeline", [&session, found] {
                                 Names again(session);
                                 auto line = detail::event_picture(again, found.entries, again.named(found.node));
                                 if (!line) throw UsageError("nothing dated is recorded that could be drawn");
                                 return DrawnPicture(*std::move(line));
                               }});
  return answer;
}

}  // namespace chokepoint
