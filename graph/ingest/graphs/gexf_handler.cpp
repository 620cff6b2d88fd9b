#include "ingest/graphs/gexf_handler.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "ingest/graphs/figure_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

namespace chokepoint::detail {

namespace {

FlatType gexf_type_of(std::string_view type) {
  constexpr std::string_view numbers[] = {"int",   "integer",    "long",   "short",      "byte",
                                          "float", "bigdecimal", "double", "biginteger", "character"};
  if (type == "character") return FlatType::text;
  if (std::find(std::begin(numbers), std::end(numbers), type) != std::end(numbers)) return FlatType::number;
  return type == "boolean" ? FlatType::truth : FlatType::text;
}

GexfBounds bounds_of(const XmlAttributes& attributes) {
  return {std::string(attributes["start"]), std::string(attributes["end"]), std::string(attributes["startopen"]),
          std::string(attributes["endopen"])};
}

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

void GexfHandler::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "attvalue") return take_value(attributes);
  if (name == "node" || name == "edge") {
    begin(name == "node" ? nodes_ : edges_, attributes);
  } else if (name == "spell" || name == "slice") {
    take_spell(attributes);
  } else if (name == "parent" && open_ != nullptr) {
    at(GraphSlot::inside) = attributes["for"];
  } else if (name == "graph") {
    begin_graph(attributes["defaultedgetype"]);
  } else if (name == "attributes") {
    declaring_ = attributes["class"] == "edge" ? &edges_ : &nodes_;
  } else if (name == "attribute" && declaring_ != nullptr) {
    declare(attributes);
  } else if ((name == "default" && defaulted_ != nullptr) || name == "creator") {
    gather();
  }
}

void GexfHandler::end(std::string_view name) {
  if (name == "node" || name == "edge") {
    end_element();
  } else if (name == "graph") {
    end_graph();
  } else if (name == "default" && defaulted_ != nullptr && is_gathering_) {
    defaulted_->default_of(default_column_) = without_layout(text_);
    is_gathering_ = false;
  } else if (name == "creator") {
    is_ours_ = without_layout(text_) == "chokepoint";
    is_gathering_ = false;
  } else if (name == "attribute") {
    defaulted_ = nullptr;
  } else if (name == "attributes") {
    declaring_ = nullptr;
  }
}

void GexfHandler::declare(const XmlAttributes& attributes) {
  const std::string_view title = attributes["title"];
  defaulted_ = declaring_;
  default_column_ =
      declaring_->declare(attributes["id"], title.empty() ? attributes["id"] : title, gexf_type_of(attributes["type"]));
}

void GexfHandler::take_attribute(std::string_view name, std::string_view value) {
  if (name == "start" || name == "end")
    (name == "start" ? bounds_.start : bounds_.end) = value;
  else if (name == "startopen" || name == "endopen")
    (name == "startopen" ? bounds_.start_open : bounds_.end_open) = value;
  else if (name == "timestamp" || name == "timestamps")
    take_moments(value);
  else if (name == "intervals")
    take_intervals(value);
  else if (name == "pid" && open_ == &nodes_)
    at(GraphSlot::inside) = value;
  else if (name == "kind")
    at(GraphSlot::kind) = value;
  else if (name == "weight" && open_ == &edges_)
    at(GraphSlot::weight) = without_layout(value);
  else if (name == "type" && open_ == &edges_)
    at(GraphSlot::direction) = value == "undirected" || value == "mutual" ? value : std::string_view();
  else
    put_attribute(name, value);
}

/// `<[2019-01-01, 2020-01-01]>`
void GexfHandler::take_moments(std::string_view list) {
  constexpr std::string_view marks = "<>[](){},; \t\r\n";
  while (true) {
    const auto begin = list.find_first_not_of(marks);
    if (begin == std::string_view::npos) return;
    list.remove_prefix(begin);
    const auto end = std::min(list.find_first_of("<>[](){},;"), list.size());
    const std::string_view moment = without_layout(list.substr(0, end));
    if (moments_.size() == most_spells) reader_->refuse("", "an element with over 100,000 times; leave some out");
    if (!is_no_time(moment)) moments_.emplace_back(moment);
    list.remove_prefix(end);
  }
}

/// `<[2010, 2012); (2015, 2016]>`
void GexfHandler::take_intervals(std::string_view list) {
  while (true) {
    const auto begin = list.find_first_of("[(");
    if (begin == std::string_view::npos) return;
    const auto end = list.find_first_of("])", begin);
    const auto middle = list.find(',', begin);
    if (end == std::string_view::npos || middle == std::string_view::npos || middle > end) return;
    GexfBounds bounds;
    (list[begin] == '[' ? bounds.start : bounds.start_open) = list.substr(begin + 1, middle - begin - 1);
    (list[end] == ']' ? bounds.end : bounds.end_open) = without_layout(list.substr(middle + 1, end - middle - 1));
    if (spells_.size() == most_spells) reader_->refuse("", "an element with over 100,000 spells; leave some out");
    spells_.push_back(std::move(bounds));
    list.remove_prefix(end + 1);
  }
}

void GexfHandler::take_spell(const XmlAttributes& attributes) {
  refuse_late("a spell behind the nodes inside its element");
  if (open_ == nullptr) return;
  if (spells_.size() == most_spells) reader_->refuse("", "an element with over 100,000 spells; leave some out");
  if (const std::string_view moment = attributes["timestamp"]; !moment.empty())
    take_moments(moment);
  else
    spells_.push_back(bounds_of(attributes));
}

GexfPeriod GexfHandler::period_of(const GexfBounds& bounds) {
  GexfPeriod period = gexf_period(bounds);
  if (period.has_clock) remarks_.note(GraphNote::clock_times, bounds.start.empty() ? bounds.end : bounds.start);
  period.has_clock = false;
  return period;
}

void GexfHandler::take_value(const XmlAttributes& attributes) {
  refuse_late("a value behind the nodes inside its element");
  if (open_ == nullptr) return;
  std::string_view key, id, text;
  bool is_dated = false;
  attributes.for_each_raw([&](std::string_view name, std::string_view value) {
    if (name == "for")
      key = value;
    else if (name == "value")
      text = value;
    else if (name == "id")
      id = value;
    else
      is_dated = is_dated || name.starts_with("start") || name.starts_with("end") || name == "timestamp";
  });
  if (key.empty()) key = id;
  const std::size_t column = require_column(key);
  const bool is_first = open_->give(column);
  if (is_dated || !is_first) return take_dated(column, text, attributes, is_first);
  value_ = text;
  put(column, value_);
}

void GexfHandler::take_dated(std::size_t column, std::string_view text, const XmlAttributes& attributes,
                             bool is_first) {
  value_ = text;
  const GexfBounds bounds = bounds_of(attributes);
  Dated dated{column, std::string(without_layout(text)), period_of(bounds), std::string(attributes["timestamp"])};
  if (is_no_time(dated.moment)) dated.moment.clear();
  if (dated.period.is_number) dated.span = fmt::format("{}/{}", bounds.start, bounds.end);
  const bool is_timeless = !dated.period.any() && dated.moment.empty() && dated.span.empty();
  if (is_first && is_timeless) return put(column, value_);
  // A value that was taken as the only one is one of several.
  std::string before = is_first ? std::string() : open_->values()[column];
  open_->values()[column].clear();
  if (!before.empty() && before == dated.value && is_timeless) {
    open_->values()[column] = std::move(before);
    return;
  }
  if (!before.empty()) dated_.push_back({column, std::move(before), {}, {}});
  if (dated.value.empty()) return;
  if (dated_.size() >= most_spells) reader_->refuse("", "an element with over 100,000 dated values; leave some out");
  dated_.push_back(std::move(dated));
}

void GexfHandler::complete() {
  refresh();
  if (bounds_.any() || !spells_.empty()) place_times();
  if (!moments_.empty()) place_moments();
  if (!dated_.empty()) place_dated();
  bounds_.clear();
  spells_.clear();
  moments_.clear();
  dated_.clear();
}

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
  variants_.clear();
  for (auto& [dated, edge] : edges) variants_.push_back(std::move(edge));
}

void GexfHandler::emit_element() {
  if (variants_.empty()) return emit();
  for (VariantEdge& edge : variants_) {
    // What one of them is given does not hold for the next.
    for (auto& [column, value] : edge.values) open_->values()[column].swap(value);
    emit();
    for (auto value = edge.values.rbegin(); value != edge.values.rend(); ++value)
      open_->values()[value->first].swap(value->second);
    at(GraphSlot::id).clear();  // it names one
  }
  variants_.clear();
}

}  // namespace chokepoint::detail
