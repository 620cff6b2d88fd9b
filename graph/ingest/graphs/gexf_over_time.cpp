#include "chokepoint/model/json_reader.hpp"
#include "ingest/graphs/figure_name.hpp"
#include "ingest/graphs/gexf_handler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

namespace chokepoint::detail {

// What becomes of the times of an element of GEXF, when all of it was read: periods, moments, values that change.

namespace {

bool is_dated_measure(Target target) {
  const FlatField* field = flat_field(target);
  return field != nullptr && field->is_measure;
}

/// First days, for the order of periods; what has no beginning comes first.
bool begins_before(const GexfPeriod& a, const GexfPeriod& b) {
  const auto first = [](const GexfPeriod& period) {
    const auto date = parse_partial_date(period.since);
    return date ? date->first : Date{std::numeric_limits<std::int32_t>::min()};
  };
  return first(a) < first(b);
}

/// What has no end comes last.
bool ends_before(const GexfPeriod& a, const GexfPeriod& b) {
  const auto last = [](const GexfPeriod& period) {
    const auto date = parse_partial_date(period.until);
    if (!date) return Date{std::numeric_limits<std::int32_t>::max()};
    return date->precision == PartialDate::Precision::day ? date->first : date->next;
  };
  return last(a) < last(b);
}

/// The days that both periods have; nullopt for none.
std::optional<GexfPeriod> common_period(const GexfPeriod& a, const GexfPeriod& b) {
  GexfPeriod common;
  common.since = begins_before(a, b) ? b.since : a.since;
  common.until = ends_before(a, b) ? a.until : b.until;
  const auto since = parse_partial_date(common.since), until = parse_partial_date(common.until);
  if (since && until) {
    const bool is_day = until->precision == PartialDate::Precision::day;
    if (!(since->first < (is_day ? until->first : until->next))) return std::nullopt;
  }
  return common;
}

Json list_of(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push(text);
  return list;
}

void put_dates(Json& object, const GexfPeriod& period, const std::string& moment) {
  if (!moment.empty()) object.set("as_of", moment);
  if (!period.since.empty()) object.set("since", period.since);
  if (!period.until.empty()) object.set("until", period.until);
}

}  // namespace

/// Times that are no dates are kept as they are written.
void GexfHandler::keep_numbers(const GexfBounds& bounds) {
  const std::string& start = bounds.start.empty() ? bounds.start_open : bounds.start;
  const std::string& end = bounds.end.empty() ? bounds.end_open : bounds.end;
  remarks_.note(GraphNote::times_no_dates, start.empty() ? end : start);
  if (spells_.size() <= 1) {
    if (!is_no_time(start)) at(GraphSlot::start) = start;
    if (!is_no_time(end)) at(GraphSlot::end) = end;
    return;
  }
  Json list = Json::array();
  for (const GexfBounds& spell : spells_) {
    Json object = Json::object();
    for (const auto& [name, text] : {std::pair{"start", &spell.start},
                                     {"end", &spell.end},
                                     {"startopen", &spell.start_open},
                                     {"endopen", &spell.end_open}})
      if (!text->empty()) object.set(name, *text);
    list.push(std::move(object));
  }
  at(GraphSlot::spells) = to_text(list);
}

void GexfHandler::place_times() {
  // Days that the file declares are said by whoever wrote it; those of the element are for drawing.
  if (open_->declares_value(Target::since) || open_->declares_value(Target::until)) return;
  if (spells_.empty()) {
    GexfPeriod period = period_of(bounds_);
    if (period.is_number) return keep_numbers(bounds_);
    if (!period.since.empty()) at(GraphSlot::since).swap(period.since);
    if (!period.until.empty()) at(GraphSlot::until).swap(period.until);
    return;
  }
  std::vector<GexfPeriod> periods;
  for (const GexfBounds& spell : spells_) {
    periods.push_back(period_of(spell));
    if (periods.back().is_number) return keep_numbers(spell);
  }
  place_periods(periods);
}

void GexfHandler::place_periods(std::vector<GexfPeriod>& periods) {
  std::stable_sort(periods.begin(), periods.end(), begins_before);
  periods.erase(std::unique(periods.begin(), periods.end()), periods.end());
  const auto last = std::max_element(periods.begin(), periods.end(), ends_before);
  const bool is_edge = open_ == &edges_;
  if (periods.size() > 1) remarks_.note(is_edge ? GraphNote::edge_spells : GraphNote::node_spells);
  if (!periods.front().since.empty()) at(GraphSlot::since) = periods.front().since;
  if (!last->until.empty()) at(GraphSlot::until) = last->until;
  if (!is_edge || periods.size() == 1) return;
  const std::size_t since = open_->slot(GraphSlot::since), until = open_->slot(GraphSlot::until);
  for (const GexfPeriod& period : periods) variants_.push_back({{{since, period.since}, {until, period.until}}});
}

/// Moments at which somebody looked: they say since and until when nothing.
void GexfHandler::place_moments() {
  std::string latest;
  bool has_clock = false;
  for (const std::string& moment : moments_) {
    const std::string day = gexf_moment(moment, has_clock);
    const auto date = parse_partial_date(day), before = parse_partial_date(latest);
    if (date && (!before || before->next < date->next)) latest = day;
  }
  const bool is_edge = open_ == &edges_;
  if (latest.empty()) {
    remarks_.note(GraphNote::times_no_dates, moments_.front());
  } else {
    if (has_clock) remarks_.note(GraphNote::clock_times, moments_.front());
    remarks_.note(is_edge ? GraphNote::edge_timestamps : GraphNote::node_timestamps);
  }
  const bool is_said = is_edge && !latest.empty() && !open_->declares_value(Target::as_of);
  if (is_said) at(GraphSlot::as_of) = latest;
  if (!is_said || moments_.size() > 1) at(GraphSlot::timestamps) = to_text(list_of(moments_));
}

void GexfHandler::place_dated() {
  std::vector<const Dated*> claims;
  for (std::size_t i = 0; i < dated_.size(); ++i) {
    if (dated_[i].is_claimed) continue;
    std::vector<const Dated*> series;
    for (std::size_t j = i; j < dated_.size(); ++j) {
      if (dated_[j].column != dated_[i].column) continue;
      dated_[j].is_claimed = true;
      series.push_back(&dated_[j]);
    }
    const std::size_t column = dated_[i].column;
    if (open_ == &edges_ && is_dated_measure(open_->columns()[column].target))
      claims.insert(claims.end(), series.begin(), series.end());
    else
      place_series(column, series);
  }
  if (!claims.empty()) make_claims(claims);
  if (figures_.is_array()) at(GraphSlot::figures) = to_text(std::exchange(figures_, Json()));
}

Json GexfHandler::json_of(std::size_t column, const std::string& value) const {
  const FlatType type = open_->type(column);
  if (type == FlatType::truth && (plain_truth(value) == "true" || plain_truth(value) == "false"))
    return Json(plain_truth(value) == "true");
  if (type != FlatType::number) return Json(value);
  try {
    Json number = parse_json(value);
    return number.is_number() ? number : Json(value);
  } catch (const JsonError&) {
    return Json(value);
  }
}

void GexfHandler::place_series(std::size_t column, std::vector<const Dated*>& series) {
  const std::string name = open_->name(column);
  const FlatColumn& meant = open_->columns()[column];
  if (meant.target == Target::ignored) return;
  std::stable_sort(series.begin(), series.end(),
                   [](const Dated* a, const Dated* b) { return begins_before(a->period, b->period); });
  if (meant.target != Target::attribute || open_->is_candidate(column)) {
    open_->values()[column] = series.back()->value;
    keep_list(column, series, name + "_over_time");
    remarks_.note(GraphNote::dated_words, name, series.size());
  } else if (!make_figures(column, series, name)) {
    keep_list(column, series, meant.key);
    remarks_.note(GraphNote::dated_lists, name, series.size());
  }
}

void GexfHandler::keep_list(std::size_t column, const std::vector<const Dated*>& series, const std::string& name) {
  Json list = Json::array();
  for (const Dated* dated : series) {
    Json object = Json::object();
    object.set("value", json_of(column, dated->value));
    put_dates(object, dated->period, dated->moment);
    if (!dated->span.empty()) object.set("time", dated->span);
    list.push(std::move(object));
  }
  std::string text = to_text(list);
  if (text.size() > longest_value)
    reader_->refuse("", fmt::format("values of {} that take over {} bytes", name, longest_value));
  const std::size_t at = property_column(name, FlatType::json, true);
  open_->values()[at] = std::move(text);
}

/// Numbers of a node with their dates are figures. @return false where they are none
bool GexfHandler::make_figures(std::size_t column, const std::vector<const Dated*>& series, const std::string& name) {
  if (open_ != &nodes_ || open_->type(column) != FlatType::number) return false;
  Json subject = figure_of(name);
  if (!subject.is_object()) return false;
  Json made = Json::array();
  for (const Dated* dated : series) {
    Json value = json_of(column, dated->value);
    if (!value.is_number() || dated->period.is_number) return false;
    bool has_clock = false;
    const std::string moment = gexf_moment(dated->moment, has_clock);
    if (moment.empty() && !dated->period.any()) return false;
    Json figure = subject;
    figure.set("value", std::move(value));
    if (const auto named = moment.empty() ? calendar_period(dated->period) : std::optional(moment))
      figure.set("as_of", *named);
    else
      put_dates(figure, dated->period, {});
    made.push(std::move(figure));
  }
  if (!figures_.is_array()) figures_ = Json::array();
  for (Json& figure : made.as_array())
    if (std::find(figures_.as_array().begin(), figures_.as_array().end(), figure) == figures_.as_array().end())
      figures_.push(std::move(figure));
  remarks_.note(GraphNote::dated_figures, name, series.size());
  return true;
}

/// An edge for every time that its measures have: what was measured when.
void GexfHandler::make_claims(const std::vector<const Dated*>& claims) {
  std::vector<std::pair<const Dated*, VariantEdge>> edges;
  for (const Dated* dated : claims) {
    remarks_.note(GraphNote::dated_claims, open_->name(dated->column), 0);
    auto same = std::find_if(edges.begin(), edges.end(), [&](const auto& edge) {
      return edge.first->period == dated->period && edge.first->moment == dated->moment;
    });
    if (same == edges.end()) {
      edges.push_back({dated, {}});
      same = std::prev(edges.end());
      bool has_clock = false;
      std::string when = gexf_moment(dated->moment, has_clock);
      if (when.empty()) when = calendar_period(dated->period).value_or("");
      if (!when.empty()) {
        same->second.values.emplace_back(open_->slot(GraphSlot::as_of), when);
      } else {
        same->second.values.emplace_back(open_->slot(GraphSlot::as_of), std::string());
        same->second.values.emplace_back(open_->slot(GraphSlot::since), dated->period.since);
        same->second.values.emplace_back(open_->slot(GraphSlot::until), dated->period.until);
      }
    }
    same->second.values.emplace_back(dated->column, dated->value);
  }
  if (edges.size() > 1) remarks_.note(GraphNote::dated_claims);
  const std::vector<VariantEdge> spells = std::exchange(variants_, {});
  for (auto& [dated, edge] : edges) variants_.push_back(std::move(edge));
  if (spells.size() > 1) keep_to_spells(spells);
}

/// What was measured holds in the spells of its edge alone; a spell without a measure is an edge all the same.
void GexfHandler::keep_to_spells(const std::vector<VariantEdge>& spells) {
  const std::size_t since = open_->slot(GraphSlot::since), until = open_->slot(GraphSlot::until);
  const auto period_in = [&](const VariantEdge& edge) {
    GexfPeriod period;
    for (const auto& [slot, text] : edge.values)
      if (slot == since || slot == until) (slot == since ? period.since : period.until) = text;
    return period;
  };
  std::vector<VariantEdge> kept;
  std::vector<bool> has_measure(spells.size());
  for (const VariantEdge& edge : std::exchange(variants_, {})) {
    const bool is_of_period = std::ranges::any_of(edge.values, [&](const auto& value) { return value.first == since; });
    if (!is_of_period) kept.push_back(edge);
    for (std::size_t i = 0; is_of_period && i < spells.size(); ++i) {
      const auto common = common_period(period_in(edge), period_in(spells[i]));
      if (!common) continue;
      has_measure[i] = true;
      VariantEdge& part = kept.emplace_back(edge);
      for (auto& [slot, text] : part.values)
        if (slot == since || slot == until) text = slot == since ? common->since : common->until;
    }
  }
  for (std::size_t i = 0; i < spells.size(); ++i)
    if (!has_measure[i]) kept.push_back(spells[i]);
  variants_ = std::move(kept);
}

}  // namespace chokepoint::detail
