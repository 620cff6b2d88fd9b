#include "ingest/graphs/gexf_handler.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "ingest/graphs/xml_value_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

namespace chokepoint::detail {

namespace {

GexfBounds bounds_of(const XmlAttributes& attributes) {
  return {std::string(attributes["start"]), std::string(attributes["end"]), std::string(attributes["startopen"]),
          std::string(attributes["endopen"])};
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
  default_column_ = declaring_->declare(attributes["id"], title.empty() ? attributes["id"] : title,
                                        xml_value_type(attributes["type"]));
}

namespace {

bool is_direction_of_gexf(std::string_view type) {
  return type.empty() || type == "directed" || type == "undirected" || type == "mutual" || type == "dir" ||
         type == "sub" || type == "undir";
}

}  // namespace

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
  else if (name == "type" && open_ == &edges_ && !is_direction_of_gexf(value))
    at(GraphSlot::kind) = value;  // networkx writes an attribute `type` so
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
