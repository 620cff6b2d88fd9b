#include "chokepoint/query/timeline.hpp"

#include "query/changes/event_picture.hpp"
#include "query/facts/fact_table.hpp"
#include "query/facts/later.hpp"
#include "query/facts/list_filter.hpp"
#include "query/facts/measures.hpp"
#include "query/facts/wording.hpp"
#include "query/session/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <tuple>

namespace chokepoint {

namespace {

using detail::MeasureDates;
using detail::Names;

/// What is told of the session's day: all that came about by it.
class Told {
 public:
  Told(Session& session, bool every_day) : session_(&session), later_(session), every_day_(every_day) {}

  [[nodiscard]] bool has(const std::optional<Date>& day) const {
    return every_day_ || !day || *day <= session_->as_of();
  }
  /// @param other  the end that is not the measure told of: of a measure that comes later nothing is known
  [[nodiscard]] bool has(const Edge& edge, const std::string& other) {
    if (every_day_) return true;
    const auto node = session_->reader().node(other);
    return !later_.is_later(edge) && (!node || has(detail::first_day(detail::dates_of(*node).first)));
  }

 private:
  Session* session_;
  detail::Later later_;
  bool every_day_;
};

/// A measure with its facts, or one dated fact.
struct Entry {
  std::optional<Date> day;  ///< nullopt: undated, at the end
  std::string date;         ///< as written
  std::optional<Node> measure;
  MeasureDates dates;
  std::vector<Edge> edges;
};

/// Order of a measure's facts: who issued it, what it restricts, the amendments, the responses, then the rest.
int order_of(Role role) {
  switch (role) {
    case Role::issue: return 0;
    case Role::restrict: return 1;
    case Role::amend: return 2;
    case Role::adapt: return 3;
    default: return 4;
  }
}

Entry measure_entry(Session& session, Node node, bool everything, Told& told) {
  Entry entry;
  entry.dates = detail::dates_of(node);
  const auto order = [&](const Edge& e) { return order_of(detail::role_of(session.ontology(), e.type)); };
  for (Edge& edge : session.reader().edges_about(node.id)) {
    const bool at_end = edge.from == node.id || edge.to == node.id;
    const bool is_told = at_end && (everything || order(edge) < 4);
    if (is_told && told.has(edge, edge.from == node.id ? edge.to : edge.from)) entry.edges.push_back(std::move(edge));
  }
  std::stable_sort(entry.edges.begin(), entry.edges.end(),
                   [&](const Edge& a, const Edge& b) { return order(a) < order(b); });
  entry.date = entry.dates.first;
  // A measure without a date of its own begins with the first of what it restricts.
  for (const Edge& edge : entry.edges)
    if (entry.dates.first.empty() && edge.from == node.id && !edge.since.empty() &&
        (entry.date.empty() || edge.since < entry.date))
      entry.date = edge.since;
  entry.day = detail::first_day(entry.date);
  entry.measure = std::move(node);
  return entry;
}

/// Facts about the node that began or ended on a date, measures' own facts left out.
void add_facts(Session& session, const std::string& node, const std::set<std::string>& told, Told& on_day,
               std::vector<Entry>& entries) {
  for (Edge& edge : session.reader().edges_about(node)) {
    if (told.contains(edge.from) || told.contains(edge.to) || (edge.since.empty() && edge.until.empty())) continue;
    if (!on_day.has(edge, edge.from == node ? edge.to : edge.from)) continue;
    Entry entry;
    entry.date = edge.since.empty() ? edge.until : edge.since;
    entry.day = detail::first_day(entry.date);
    entry.edges.push_back(std::move(edge));
    entries.push_back(std::move(entry));
  }
}

/// @param later  how many were left out that come about after the session's day
std::vector<Entry> collect(Session& session, const TimelineParams& params, std::size_t& later) {
  const Reader reader = session.reader();
  detail::Measures known(session);
  std::set<std::string> measures;
  std::vector<Entry> entries;
  Told told(session, params.every_day);
  if (params.node.empty()) {
    measures = known.all();
  } else {
    const std::string node = reader.resolve(params.node).id;
    measures = detail::measures_about(session, node, known);
    if (!measures.contains(node)) add_facts(session, node, measures, told, entries);
  }
  for (const std::string& id : measures)
    if (auto node = reader.node(id))
      entries.push_back(measure_entry(session, *std::move(node), params.everything, told));
  later = std::erase_if(entries, [&](const Entry& entry) { return !told.has(entry.day); });
  return entries;
}

void keep_period(std::vector<Entry>& entries, const TimelineParams& params) {
  std::optional<Date> first, last;
  if (!params.from.empty()) {
    detail::require_day(params.from, "--from");
    first = detail::first_day(params.from);
  }
  if (!params.to.empty()) last = detail::require_day(params.to, "--to");
  std::erase_if(entries, [&](const Entry& entry) {
    return (first && (!entry.day || *entry.day < *first)) || (last && (!entry.day || *entry.day > *last));
  });
}

/// Leaves measures of the named types, or with a fact of a named type; and what has a fact of a named status.
void keep_listed(Session& session, std::vector<Entry>& entries, const ListParams& params) {
  const detail::ListFilter filter(session, params);
  if (filter.has_types())
    std::erase_if(entries, [&](const Entry& entry) {
      const bool is_named = entry.measure && filter.names_node_type(entry.measure->type);
      return !is_named &&
             std::ranges::none_of(entry.edges, [&](const Edge& e) { return filter.names_edge_type(e.type); });
    });
  if (filter.has_statuses())
    std::erase_if(entries, [&](const Entry& entry) {
      return std::ranges::none_of(entry.edges, [&](const Edge& e) { return filter.has_status(e.status); });
    });
}

void sort_by_day(std::vector<Entry>& entries) {
  const auto key = [](const Entry& e) {
    return std::tuple(!e.day.has_value(), e.day.value_or(Date{}), !e.measure.has_value(),
                      e.measure ? e.measure->id : e.edges.front().id);
  };
  std::ranges::sort(entries, [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
}

void set_date(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object.set(key, text);
}

Json entry_json(Names& names, const Entry& entry) {
  const Ontology& ontology = names.session().ontology();
  Json out = Json::object();
  out.set("kind", entry.measure ? "measure" : "fact");
  out.set("date", entry.date.empty() ? Json() : Json(entry.date));
  if (!entry.measure) {
    out.set("edge", to_json(entry.edges.front()));
    return out;
  }
  const std::string& id = entry.measure->id;
  out.set("node", names.json(id));
  set_date(out, "announced", entry.dates.announced);
  set_date(out, "effective", entry.dates.effective);
  set_date(out, "suspended", entry.dates.suspended);
  set_date(out, "since", entry.dates.since);
  set_date(out, "until", entry.dates.until);
  const auto list = [&](const char* key, auto wanted) {
    Json edges = Json::array();
    for (const Edge& edge : entry.edges)
      if (wanted(detail::role_of(ontology, edge.type), edge.from == id)) edges.push(to_json(edge));
    out.set(key, std::move(edges));
  };
  list("issued", [](Role role, bool outgoing) { return role == Role::issue && !outgoing; });
  list("restricts", [](Role role, bool outgoing) { return role == Role::restrict && outgoing; });
  list("amends", [](Role role, bool outgoing) { return role == Role::amend && outgoing; });
  list("amended_by", [](Role role, bool outgoing) { return role == Role::amend && !outgoing; });
  list("responses", [](Role role, bool outgoing) { return role == Role::adapt && !outgoing; });
  list("other", [](Role role, bool outgoing) {
    return order_of(role) == 4 || (outgoing && (role == Role::issue || role == Role::adapt)) ||
           (!outgoing && role == Role::restrict);
  });
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

std::string fact_detail(Names& names, const Edge& edge) {
  const Session& session = names.session();
  std::string text = detail::detail_text(names, edge);
  detail::append_part(session, text, detail::when_text(session, edge.since, edge.until, edge.as_of));
  detail::append_part(session, text, detail::status_text(session, edge.status));
  return text;
}

/// A row for the measure itself, then one for each of its facts.
Table people_table(Names& names, std::span<const Entry> entries, const TimelineParams& params) {
  const Session& session = names.session();
  const bool with_sources = params.with_sources, with_notes = params.list.notes;
  Table table;
  table.columns = {detail::column(session, "date", "Date"), detail::column(session, "what", "What", true),
                   detail::column(session, "node", "Node", true), detail::column(session, "detail", "Detail", true)};
  if (with_notes) table.columns.push_back(detail::column(session, "remark", "Remark", true));
  if (with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  const auto add = [&](std::vector<Cell> row, std::string_view attributes, std::span<const Citation> citations) {
    if (with_notes) row.emplace_back(detail::note_of(attributes));
    if (with_sources) row.emplace_back(detail::citations_text(citations));
    table.rows.push_back(std::move(row));
  };
  for (const Entry& entry : entries) {
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

Table data_table(const std::vector<Entry>& entries) {
  std::vector<Edge> edges;
  std::vector<std::vector<Cell>> heads;
  for (const Entry& entry : entries) {
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

std::optional<EventLine> line_of(Names& names, const std::vector<Entry>& entries, const std::string& about) {
  std::vector<detail::ToldEntry> told;
  for (const Entry& entry : entries)
    told.push_back({entry.measure ? &*entry.measure : nullptr, entry.dates, entry.date, &entry.edges});
  return detail::event_picture(names, told, about);
}

}  // namespace

Answer tell_timeline(Session& session, const TimelineParams& params) {
  std::size_t later = 0;
  std::vector<Entry> entries = collect(session, params, later);
  keep_period(entries, params);
  keep_listed(session, entries, params.list);
  sort_by_day(entries);
  Names names(session);
  Answer answer{.command = "timeline", .result = Json::array(), .coverage = Json::object()};
  std::uint64_t undated = 0;
  for (const Entry& entry : entries) {
    answer.result.push(entry_json(names, entry));
    undated += entry.day ? 0U : 1U;
  }
  answer.coverage.set("entries", std::uint64_t{entries.size()});
  answer.coverage.set("undated", undated);
  answer.coverage.set("later", std::uint64_t{later});
  const std::size_t told = params.list.limit == 0 ? entries.size() : std::min(entries.size(), params.list.limit);
  if (entries.empty())
    answer.remarks.push_back(detail::say(session, "nothing dated is recorded for this question"));
  else
    answer.tables.push_back(people_table(names, std::span(entries).first(told), params));
  if (told < entries.size())
    answer.remarks.push_back(detail::say(session, "{} more entries; --limit 0 lists all", entries.size() - told));
  if (undated > 0)
    answer.remarks.push_back(detail::say(session, "entries without a date, which stand last: {}", undated));
  if (later > 0)
    answer.remarks.push_back(
        detail::say(session, "entries after {}: {}; --all-days shows them", to_string(session.as_of()), later));
  answer.data = data_table(entries);
  const std::string about = params.node.empty() ? "" : names.named(session.reader().resolve(params.node).id);
  if (auto line = line_of(names, entries, about))
    answer.pictures.push_back({"timeline", [line = *std::move(line)] { return DrawnPicture(line); }});
  return answer;
}

}  // namespace chokepoint
