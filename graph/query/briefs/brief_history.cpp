// What happened to the node of a brief, and which figures are known of it: as `timeline` and `figures` say.
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/query/figures.hpp"
#include "chokepoint/query/measures.hpp"
#include "query/briefs/brief_maker.hpp"
#include "query/session/policy_terms.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The day one year before; 29 February becomes 1 March.
Date a_year_before(Date day) {
  std::string text = to_string(day);
  const int year = std::stoi(text.substr(0, 4)) - 1;
  std::string number = std::to_string(std::max(1, year));
  number.insert(0, 4 - number.size(), '0');
  const auto before = parse_partial_date(number + text.substr(4));
  return before ? before->first : parse_partial_date(number + "-03-01")->first;
}

/// The first days of a measure's suspensions.
std::vector<std::string> pauses_of(const Node& node) {
  std::vector<std::string> days;
  if (node.attributes.empty()) return days;
  const Json attributes = parse_json(node.attributes);
  const Json* suspended = attributes.is_object() ? attributes.find("suspended") : nullptr;
  if (suspended == nullptr) return days;
  for (const Validity& pause : suspensions(*suspended))
    if (pause.from) days.push_back(to_string(*pause.from));
  return days;
}

/// Whether a date as written lies within some days.
bool lies_in(std::string_view date, Date first, Date last) {
  const auto day = first_day(date);
  return day && first <= *day && *day <= last;
}

}  // namespace

void BriefMaker::ask_measure(const TimelineResult& timeline) {
  if (out_.kind != BriefKind::measure) return;
  const MeasureDates dates = dates_of(out_.node);
  BriefMeasure measure;
  measure.announced = dates.announced;
  measure.effective = dates.effective;
  measure.suspended = dates.suspended;
  measure.since = dates.since;
  measure.until = dates.until;
  for (const TimelineEntry& entry : timeline.entries) {
    if (!entry.measure || entry.measure->id != out_.node.id) continue;
    for (const auto& [fact, list] :
         {std::pair{MeasureFact::issued, &measure.issued}, std::pair{MeasureFact::amends, &measure.amends},
          std::pair{MeasureFact::amended_by, &measure.amended_by}})
      for (std::size_t i = 0; i < entry.edges.size(); ++i)
        if (entry.facts[i] == fact) list->push_back(entry.edges[i]);
  }
  for (const Edge& edge : about_)
    if (edge.from == out_.node.id && role(edge) == Role::target && holds(edge)) measure.targets.push_back(edge);
  out_.measure = std::move(measure);
}

void BriefMaker::add_measure_changes(const TimelineResult& timeline, Date first, Date last,
                                     std::set<std::string>& told) {
  for (const TimelineEntry& entry : timeline.entries) {
    if (!entry.measure || !told.insert(entry.measure->id).second) continue;
    const Node& measure = *entry.measure;
    const auto add = [&](const std::string& date, BriefChange::What what) {
      if (lies_in(date, first, last)) out_.changes.push_back({what, date, measure.id, std::nullopt, measure.sources});
    };
    const std::size_t before = out_.changes.size();
    add(entry.dates.announced, BriefChange::What::announced);
    if (entry.dates.effective != entry.dates.announced) add(entry.dates.effective, BriefChange::What::effective);
    for (const std::string& pause : pauses_of(measure)) add(pause, BriefChange::What::suspended);
    if (out_.changes.size() == before) add(entry.date, BriefChange::What::began);
  }
}

void BriefMaker::add_edge_changes(Date first, Date last, const std::set<std::string>& told) {
  for (const Edge& edge : about_) {
    const bool is_told = told.contains(edge.from) || told.contains(edge.to);
    if (edge.from != out_.node.id && edge.to != out_.node.id && edge.item != out_.node.id) continue;
    if (later_.is_later(edge)) continue;
    if (lies_in(edge.since, first, last) && !is_told)
      out_.changes.push_back({BriefChange::What::began, edge.since, "", edge, edge.sources});
    const auto validity = parse_validity(edge.since, edge.until);
    const bool has_ended = validity && validity->to && first <= *validity->to && *validity->to <= last;
    if (!edge.until.empty() && has_ended && edge.since != edge.until)
      out_.changes.push_back({BriefChange::What::ended, edge.until, "", edge, edge.sources});
  }
}

void BriefMaker::ask_changes() {
  const Date last = session_->as_of();
  const Date first{a_year_before(last).days + 1};
  TimelineParams question;
  question.node = out_.node.id;
  if (out_.kind != BriefKind::measure) {
    question.from = to_string(first);
    question.to = to_string(last);
  }
  const TimelineResult timeline = tell_timeline(*session_, question);
  ask_measure(timeline);
  std::set<std::string> told;
  add_measure_changes(timeline, first, last, told);
  add_edge_changes(first, last, told);
  std::ranges::stable_sort(
      out_.changes, [](const BriefChange& a, const BriefChange& b) { return first_day(a.date) > first_day(b.date); });
  if (!params_->drawn || out_.kind == BriefKind::place) return;
  TimelineParams all;
  all.node = out_.node.id;
  out_.drawn.timeline = tell_timeline(*session_, all);
}

void BriefMaker::ask_figures() {
  FiguresParams question;
  question.node = out_.node.id;
  const FiguresResult found = list_figures(*session_, question);
  std::map<std::string, Observation> all;
  for (const Observation& figure : found.figures) all.emplace(figure.id, figure);
  const Claims claims(*session_);
  std::map<std::string, std::vector<std::string>> rivals;
  for (const std::vector<std::string>& set : found.rivals)
    for (const std::string& id : set)
      for (const std::string& other : set)
        if (id != other) rivals[id].push_back(other);
  for (const Observation& each : found.figures) {
    if (!found.counting.contains(each.id)) continue;
    BriefFigure figure{.figure = each, .rivals = {}};
    for (const std::string& other : rivals[each.id])
      if (claims.contradict(figure.figure, all.at(other))) figure.rivals.push_back(all.at(other));
    out_.figures.push_back(std::move(figure));
  }
  std::ranges::stable_sort(out_.figures, [&](const BriefFigure& a, const BriefFigure& b) {
    const auto key = [&](const BriefFigure& f) {
      const auto day = figure_day(f.figure);
      return std::tuple(f.figure.subject != out_.node.id, f.rivals.empty(), looks_ahead(f.figure.status),
                        day ? -day->days : std::numeric_limits<std::int32_t>::max());
    };
    return key(a) < key(b);
  });
}

}  // namespace chokepoint::detail
