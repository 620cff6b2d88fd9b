#include "present/changes/event_picture.hpp"

#include "chokepoint/query/measures.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_event_rows = 55;

std::optional<Date> first_dated(std::initializer_list<std::string_view> dates) {
  for (const std::string_view date : dates)
    if (const auto day = first_day(date)) return day;
  return std::nullopt;
}

class EventTeller {
 public:
  EventTeller(Names& names, const std::vector<TimelineEntry>& entries) : names_(&names), entries_(&entries) {}

  std::optional<EventLine> tell(const std::string& about) {
    for (const TimelineEntry& entry : *entries_) {
      if (entry.measure)
        add_measure(entry);
      else
        add_fact(entry);
    }
    for (const TimelineEntry& entry : *entries_)
      if (entry.measure) add_responses(entry);
    if (line_.rows.empty()) return std::nullopt;
    for (const TimelineEntry& entry : *entries_)
      if (entry.measure) add_arcs(entry);
    sort_rows();
    set_span();
    set_frame(about);
    return std::move(line_);
  }

 private:
  [[nodiscard]] const Session& session() const { return names_->session(); }
  [[nodiscard]] Role role(const Edge& edge) const { return role_of(session().ontology(), edge.type); }

  void cite(const std::vector<Citation>& citations) { cited_.insert(cited_.end(), citations.begin(), citations.end()); }

  void add_measure(const TimelineEntry& entry) {
    const MeasureDates& dates = entry.dates;
    const auto begin = first_dated({dates.effective, dates.since, entry.date});
    if (!begin) {
      ++undated_;
      return;
    }
    const std::string& id = entry.measure->id;
    EventRow row{.id = id, .label = names_->label(id), .date = entry.date, .from = begin->days};
    const bool restricts = std::ranges::any_of(
        entry.edges, [&](const Edge& edge) { return edge.from == id && role(edge) == Role::restrict; });
    row.kind = restricts ? EventKind::restriction : EventKind::measure;
    const auto validity = parse_validity(dates.since, dates.until);
    const bool ends = validity && validity->to;
    // What was only announced, or is over within a day, is a moment.
    const bool acts = restricts || !dates.effective.empty() || (!dates.since.empty() && dates.announced.empty());
    if (ends && validity->to->days - begin->days > 1) {
      row.to = validity->to->days;
    } else if (!ends && acts) {
      row.to = std::max(session().as_of().days, begin->days);
      row.is_open = true;
    }
    if (const auto day = first_day(dates.announced); day && day->days != row.from) row.announced.push_back(day->days);
    if (const auto day = first_day(dates.suspended)) row.suspended.push_back(day->days);
    rows_.emplace(id, line_.rows.size());
    line_.rows.push_back(std::move(row));
    cite(entry.measure->sources);
  }

  void add_fact(const TimelineEntry& entry) {
    const Edge& edge = entry.edges.front();
    const auto begin = first_dated({edge.since, edge.until});
    if (!begin) return;
    EventRow row{.id = edge.id,
                 .label = fmt::format("{} {} {}", names_->label(edge.from), relation_label(session(), edge.type, true),
                                      names_->label(edge.to)),
                 .date = entry.date,
                 .kind = EventKind::fact,
                 .from = begin->days};
    const auto validity = parse_validity(edge.since, edge.until);
    if (!edge.since.empty() && validity && validity->to && validity->to->days - begin->days > 1)
      row.to = validity->to->days;
    else if (!edge.since.empty() && edge.until.empty()) {
      row.to = std::max(session().as_of().days, begin->days);
      row.is_open = true;
    }
    line_.rows.push_back(std::move(row));
    cite(edge.sources);
  }

  /// A row for whoever answers a measure, from the day on which it did.
  void add_responses(const TimelineEntry& entry) {
    for (const Edge& edge : entry.edges) {
      if (role(edge) != Role::adapt || edge.to != entry.measure->id || rows_.contains(edge.from)) continue;
      const auto node = session().reader().node(edge.from);
      const std::string date = !edge.since.empty() ? edge.since : node ? node->since : std::string();
      const auto day = first_day(date);
      if (!day) {
        ++undated_;
        continue;
      }
      rows_.emplace(edge.from, line_.rows.size());
      line_.rows.push_back({.id = edge.from,
                            .label = names_->label(edge.from),
                            .date = date,
                            .kind = EventKind::response,
                            .from = day->days});
    }
  }

  void add_arcs(const TimelineEntry& entry) {
    const std::string& id = entry.measure->id;
    for (const Edge& edge : entry.edges) {
      const bool outgoing = edge.from == id;
      if (role(edge) == Role::amend && outgoing) add_arc(edge, edge.from, edge.to, ArcKind::amends);
      if (role(edge) == Role::adapt && !outgoing) add_arc(edge, edge.from, edge.to, ArcKind::answers);
      if (role(edge) == Role::restrict && outgoing && closes(edge)) add_arc(edge, edge.from, edge.to, ArcKind::closes);
    }
  }
  /// Whether what is restricted had answered an earlier measure.
  [[nodiscard]] bool closes(const Edge& edge) const {
    const auto response = rows_.find(edge.to), measure = rows_.find(edge.from);
    if (response == rows_.end() || measure == rows_.end()) return false;
    const EventRow& answer = line_.rows[response->second];
    return answer.kind == EventKind::response && line_.rows[measure->second].from >= answer.from;
  }
  void add_arc(const Edge& edge, const std::string& from, const std::string& to, ArcKind kind) {
    const auto first = rows_.find(from), last = rows_.find(to);
    if (first == rows_.end() || last == rows_.end() || first->second == last->second) return;
    const bool is_there = std::ranges::any_of(line_.arcs, [&](const EventArc& arc) {
      return arc.from == first->second && arc.to == last->second && arc.kind == kind;
    });
    if (is_there) return;
    line_.arcs.push_back(
        {first->second, last->second, kind,
         fmt::format("{} {} {}", names_->label(from), relation_label(session(), edge.type, true), names_->label(to))});
    cite(edge.sources);
  }

  /// By day; the latest stay. Arcs follow their rows.
  void sort_rows() {
    std::vector<std::size_t> order(line_.rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::tuple(line_.rows[i].from, line_.rows[i].id); });
    earlier_ = order.size() > most_event_rows ? order.size() - most_event_rows : 0;
    order.erase(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(earlier_));
    std::map<std::size_t, std::size_t> place;
    std::vector<EventRow> rows;
    for (const std::size_t old : order) {
      place.emplace(old, rows.size());
      rows.push_back(std::move(line_.rows[old]));
    }
    line_.rows = std::move(rows);
    std::erase_if(line_.arcs,
                  [&](const EventArc& arc) { return !place.contains(arc.from) || !place.contains(arc.to); });
    for (EventArc& arc : line_.arcs) arc.from = place.at(arc.from), arc.to = place.at(arc.to);
  }

  void set_span() {
    std::int32_t first = session().as_of().days, last = first;
    for (const EventRow& row : line_.rows) {
      first = std::min(first, row.from);
      last = std::max({last, row.from, row.to.value_or(row.from)});
      for (const std::int32_t day : row.announced) first = std::min(first, day), last = std::max(last, day);
      for (const std::int32_t day : row.suspended) last = std::max(last, day);
    }
    line_.low = first_day(to_string(Date{first}).substr(0, 4))->days;
    line_.high = last + std::max(20, (last - line_.low) / 40);
    line_.today = session().as_of().days;
    line_.today_text = to_string(session().as_of());
  }

  void set_frame(const std::string& about) {
    line_.frame =
        picture_frame(session(), about.empty() ? word(session(), "Measures in order of time")
                                               : say(session(), "{}: measures and events in order of time", about));
    add_legend();
    if (earlier_ > 0)
      line_.frame.notes.push_back(
          say(session(), "earlier entries that are not drawn: {}; --from and --to choose", earlier_));
    if (undated_ > 0) line_.frame.notes.push_back(say(session(), "undated and not drawn: {}", undated_));
    PictureSources sources(session());
    sources.numbers_of(cited_);
    sources.set(line_.frame);
    set_source_line();
  }
  /// Rows have no room for numbers: the sources stand in one sentence, and where they are many, their number.
  void set_source_line() {
    constexpr std::size_t most_listed = 8;
    PictureFrame& frame = line_.frame;
    const std::size_t count = frame.sources.size();
    if (!frame.sources_are_numbered) return;
    frame.sources_are_numbered = false;
    if (count > most_listed) {
      frame.sources.resize(most_listed);
      frame.sources.push_back(say(session(), "and {} more: `timeline --sources` names them", count - most_listed));
    }
    std::string line;
    for (const std::string& source : frame.sources) append_part(session(), line, source);
    frame.sources = {std::move(line)};
  }

  void add_legend() {
    const auto has = [&](EventKind kind) {
      return std::ranges::any_of(line_.rows, [&](const EventRow& row) { return row.kind == kind; });
    };
    const auto has_arc = [&](ArcKind kind) {
      return std::ranges::any_of(line_.arcs, [&](const EventArc& arc) { return arc.kind == kind; });
    };
    const auto add = [&](bool occurs, LegendSign sign, const char* colour, std::string text) {
      if (occurs) line_.frame.legend.push_back({sign, colour, std::move(text)});
    };
    add(has(EventKind::measure), LegendSign::bar, "#0072b2", word(session(), "Measure"));
    add(has(EventKind::restriction), LegendSign::bar, "#d55e00", word(session(), "Measure that restricts"));
    add(has(EventKind::response), LegendSign::dot, "#009e73", word(session(), "Response"));
    add(has(EventKind::fact), LegendSign::bar, "#777777", word(session(), "Fact"));
    add(std::ranges::any_of(line_.rows, [](const EventRow& r) { return !r.announced.empty(); }), LegendSign::point,
        "#cc79a7", word(session(), "Announced"));
    add(std::ranges::any_of(line_.rows, [](const EventRow& r) { return !r.suspended.empty(); }), LegendSign::point,
        "#e69f00", word(session(), "Suspended"));
    add(has_arc(ArcKind::amends), LegendSign::line, "#333333", say(session(), "amends an earlier one"));
    add(has_arc(ArcKind::answers), LegendSign::line, "#009e73", say(session(), "answers a measure"));
    add(has_arc(ArcKind::closes), LegendSign::line, "#882255", say(session(), "closes the way out"));
  }

  Names* names_;
  const std::vector<TimelineEntry>* entries_;
  EventLine line_;
  std::map<std::string, std::size_t> rows_;
  std::vector<Citation> cited_;
  std::size_t undated_ = 0, earlier_ = 0;
};

}  // namespace

std::optional<EventLine> event_picture(Names& names, const std::vector<TimelineEntry>& entries,
                                       const std::string& about) {
  return EventTeller(names, entries).tell(about);
}

}  // namespace chokepoint::detail
