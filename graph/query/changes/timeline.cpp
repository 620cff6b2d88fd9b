#include "chokepoint/query/timeline.hpp"

#include "chokepoint/query/later.hpp"
#include "chokepoint/query/measures.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "query/facts/list_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

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
    return !later_.is_later(edge) && (!node || has(first_day(dates_of(*node).first)));
  }

 private:
  Session* session_;
  Later later_;
  bool every_day_;
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

MeasureFact fact_of(Role role, bool outgoing) {
  switch (role) {
    case Role::issue: return outgoing ? MeasureFact::other : MeasureFact::issued;
    case Role::restrict: return outgoing ? MeasureFact::restricts : MeasureFact::other;
    case Role::amend: return outgoing ? MeasureFact::amends : MeasureFact::amended_by;
    case Role::adapt: return outgoing ? MeasureFact::other : MeasureFact::response;
    default: return MeasureFact::other;
  }
}

TimelineEntry measure_entry(Session& session, Node node, bool everything, Told& told) {
  TimelineEntry entry;
  entry.dates = dates_of(node);
  const auto order = [&](const Edge& e) { return order_of(role_of(session.ontology(), e.type)); };
  for (Edge& edge : session.reader().edges_about(node.id)) {
    const bool at_end = edge.from == node.id || edge.to == node.id;
    const bool is_told = at_end && (everything || order(edge) < 4);
    if (is_told && told.has(edge, edge.from == node.id ? edge.to : edge.from)) entry.edges.push_back(std::move(edge));
  }
  std::stable_sort(entry.edges.begin(), entry.edges.end(),
                   [&](const Edge& a, const Edge& b) { return order(a) < order(b); });
  for (const Edge& edge : entry.edges)
    entry.facts.push_back(fact_of(role_of(session.ontology(), edge.type), edge.from == node.id));
  entry.date = entry.dates.first;
  // A measure without a date of its own begins with the first of what it restricts.
  for (const Edge& edge : entry.edges)
    if (entry.dates.first.empty() && edge.from == node.id && !edge.since.empty() &&
        (entry.date.empty() || edge.since < entry.date))
      entry.date = edge.since;
  entry.day = first_day(entry.date);
  entry.measure = std::move(node);
  return entry;
}

/// Facts about the node that began or ended on a date, measures' own facts left out.
void add_facts(Session& session, const std::string& node, const std::set<std::string>& told, Told& on_day,
               std::vector<TimelineEntry>& entries) {
  for (Edge& edge : session.reader().edges_about(node)) {
    if (told.contains(edge.from) || told.contains(edge.to) || (edge.since.empty() && edge.until.empty())) continue;
    if (!on_day.has(edge, edge.from == node ? edge.to : edge.from)) continue;
    TimelineEntry entry;
    entry.date = edge.since.empty() ? edge.until : edge.since;
    entry.day = first_day(entry.date);
    entry.edges.push_back(std::move(edge));
    entry.facts.push_back(MeasureFact::other);
    entries.push_back(std::move(entry));
  }
}

/// Leaves measures that restrict something in a place, or the place itself.
void keep_market(const std::string& market, std::vector<TimelineEntry>& entries) {
  std::erase_if(entries, [&](const TimelineEntry& entry) {
    for (std::size_t i = 0; entry.measure && i < entry.edges.size(); ++i)
      if (entry.facts[i] == MeasureFact::restricts && (entry.edges[i].market == market || entry.edges[i].to == market))
        return false;
    return true;
  });
}

/// The measures that the question is about, and dated facts of the node it names.
std::set<std::string> measures_asked(Session& session, const TimelineParams& params, Told& told,
                                     TimelineResult& found) {
  Measures known(session);
  if (!params.node.empty()) found.node = session.reader().resolve(params.node).id;
  std::set<std::string> measures = found.node.empty() ? known.all() : measures_about(session, found.node, known);
  if (!found.node.empty() && params.issuer.empty() && params.market.empty() && !measures.contains(found.node))
    add_facts(session, found.node, measures, told, found.entries);
  if (params.issuer.empty()) return measures;
  const auto issued = measures_issued_by(session, session.reader().resolve(params.issuer).id, known);
  std::erase_if(measures, [&](const std::string& id) { return !issued.contains(id); });
  return measures;
}

TimelineResult collect(Session& session, const TimelineParams& params) {
  const Reader reader = session.reader();
  TimelineResult found;
  auto& entries = found.entries;
  Told told(session, params.every_day);
  for (const std::string& id : measures_asked(session, params, told, found))
    if (auto node = reader.node(id))
      entries.push_back(measure_entry(session, *std::move(node), params.everything, told));
  if (!params.market.empty()) keep_market(reader.resolve(params.market).id, entries);
  found.later = std::erase_if(entries, [&](const TimelineEntry& entry) { return !told.has(entry.day); });
  return found;
}

void keep_period(std::vector<TimelineEntry>& entries, const TimelineParams& params) {
  std::optional<Date> first, last;
  if (!params.from.empty()) {
    require_day(params.from, "--from");
    first = first_day(params.from);
  }
  if (!params.to.empty()) last = require_day(params.to, "--to");
  if (first && last && *last < *first)
    throw UsageError(fmt::format("--from {} is after --to {}; turn them round", params.from, params.to));
  std::erase_if(entries, [&](const TimelineEntry& entry) {
    return (first && (!entry.day || *entry.day < *first)) || (last && (!entry.day || *entry.day > *last));
  });
}

/// Leaves measures of the named types, or with a fact of a named type; and what has a fact of a named status.
void keep_listed(Session& session, std::vector<TimelineEntry>& entries, const ListParams& params) {
  const detail::ListFilter filter(session, params);
  if (filter.has_types())
    std::erase_if(entries, [&](const TimelineEntry& entry) {
      const bool is_named = entry.measure && filter.names_node_type(entry.measure->type);
      return !is_named &&
             std::ranges::none_of(entry.edges, [&](const Edge& e) { return filter.names_edge_type(e.type); });
    });
  if (filter.has_statuses())
    std::erase_if(entries, [&](const TimelineEntry& entry) {
      return std::ranges::none_of(entry.edges, [&](const Edge& e) { return filter.has_status(e.status); });
    });
}

void sort_by_day(std::vector<TimelineEntry>& entries) {
  const auto key = [](const TimelineEntry& e) {
    return std::tuple(!e.day.has_value(), e.day.value_or(Date{}), !e.measure.has_value(),
                      e.measure ? e.measure->id : e.edges.front().id);
  };
  std::ranges::sort(entries, [&](const TimelineEntry& a, const TimelineEntry& b) { return key(a) < key(b); });
}

}  // namespace

TimelineResult tell_timeline(Session& session, const TimelineParams& params) {
  TimelineResult found = session.on_sound_snapshot([&] { return collect(session, params); });
  keep_period(found.entries, params);
  keep_listed(session, found.entries, params.list);
  sort_by_day(found.entries);
  return found;
}

}  // namespace chokepoint
