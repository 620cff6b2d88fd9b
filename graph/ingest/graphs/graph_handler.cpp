#include "ingest/graphs/graph_handler.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

namespace {

/// What programs write beside the values of an element, for themselves.
bool is_bookkeeping(std::string_view name) {
  return name.find(':') != std::string_view::npos || name.starts_with("xmlns") || name.starts_with("parse.") ||
         name.starts_with("yfiles.");
}

}  // namespace

std::string_view plain_truth(std::string_view text) {
  if (text == "1" || text == "True" || text == "TRUE") return "true";
  if (text == "0" || text == "False" || text == "FALSE") return "false";
  return text;
}

GraphHandler::GraphHandler(GraphFileFormat format, const GraphContext& context, const OnElement& on_element)
    : context_(context),
      nodes_(FlatKind::nodes, format),
      edges_(FlatKind::edges, format),
      on_element_(on_element),
      types_(context) {}

void GraphHandler::text(std::string_view text) {
  if (!is_gathering_) return;
  if (text_.size() + text.size() > longest_value)
    reader_->refuse("", fmt::format("a text of over {} bytes", longest_value));
  text_ += text;
}

void GraphHandler::begin(GraphShape& shape, const XmlAttributes& attributes) {
  flush(true);
  around_.push_back({true, &shape == &nodes_, {}, {}});
  is_gathering_ = false;
  shape.begin(context_.options.columns, is_ours_, remarks_);
  line_ = reader_->line();
  open_ = &shape;
  if (&shape == &edges_ && !direction_.empty()) at(GraphSlot::direction) = direction_;
  attributes.for_each_raw([&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    const std::string_view plain = name.substr(name.rfind(':') + 1);  // npos + 1 is 0
    if (plain == "id")
      at(GraphSlot::id) = value;
    else if (plain == "label")
      at(GraphSlot::drawn_label) = value;
    else if (open_ == &edges_ && plain == "source")
      at(GraphSlot::from) = value;
    else if (open_ == &edges_ && plain == "target")
      at(GraphSlot::to) = value;
    else if (!is_bookkeeping(name))
      take_attribute(plain, value);
  });
}

void GraphHandler::end_element() {
  flush(false);
  around_.pop_back();
}

void GraphHandler::begin_graph(std::string_view direction) {
  flush(true);
  around_.push_back({false, false, {}, direction_});
  if (direction == "undirected" || direction == "mutual")
    direction_ = direction;
  else if (direction == "directed")
    direction_.clear();
}

void GraphHandler::end_graph() {
  direction_ = std::move(around_.back().direction);
  around_.pop_back();
}

/// A node inside another one says which.
void GraphHandler::name_around() {
  if (open_ != &nodes_) return;
  for (std::size_t i = around_.size() - 1; i-- > 0;) {
    if (!around_[i].is_node) continue;
    at(GraphSlot::inside) = around_[i].name;
    return;
  }
}

void GraphHandler::flush(bool goes_inside) {
  if (open_ == nullptr) return;
  name_around();
  complete();
  refresh();
  if (const auto wrong = open_->settle(types_, remarks_)) reader_->refuse("", *wrong);
  refresh();
  if (open_ == &nodes_ && open_->has(GraphSlot::inside))
    remarks_.note(GraphNote::inside_others, open_->columns()[open_->slot(GraphSlot::inside)].key);
  if (goes_inside && open_ == &nodes_)
    around_.back().name = at(open_->has(GraphSlot::title) ? GraphSlot::title : GraphSlot::id);
  emit_element();
  open_ = nullptr;
}

void GraphHandler::emit() { on_element_({open_->kind(), open_->columns(), open_->values(), open_->number, line_}); }

/// Whether values stand behind the graph inside an element: then it has been handed over already.
void GraphHandler::refuse_late(std::string_view what) const {
  if (open_ == nullptr && !around_.empty() && around_.back().is_element)
    reader_->refuse("", fmt::format("{}; put it in front", what));
}

std::size_t GraphHandler::require_column(std::string_view key) {
  std::size_t column = open_->column_of(key);
  if (column == npos || !open_->is_declared(column)) remarks_.note(GraphNote::undeclared, key);
  if (column != npos) return column;
  // What is declared for the other kind of element says at least what it is called.
  GraphShape& there = other(*open_);
  const std::size_t namesake = there.column_of(key);
  column = namesake == npos ? open_->found_column(key, key, FlatType::text)
                            : open_->found_column(key, there.name(namesake), there.type(namesake));
  if (column == npos) refuse_many(key);
  return column;
}

std::size_t GraphHandler::property_column(std::string_view name, FlatType type, bool is_list) {
  const std::size_t column = open_->attribute(name, type, is_list);
  if (column == npos) refuse_many(name);
  return column;
}

void GraphHandler::refuse_many(std::string_view name) const {
  reader_->refuse("", fmt::format("{} is one of over {} different properties that the file does not declare; declare "
                                  "them as keys, or leave them out",
                                  name, GraphShape::most_found));
}

/// What an element says of itself is read by its name, like what is declared.
void GraphHandler::put_attribute(std::string_view name, std::string_view value) {
  const std::string key = "@" + std::string(name);
  std::size_t column = open_->column_of(key);
  if (column == npos) column = open_->found_column(key, name, FlatType::text);
  if (column == npos) refuse_many(name);
  open_->values()[column] = value;
}

/// Puts a value that the file declares where it belongs.
void GraphHandler::put(std::size_t column, std::string& value) {
  std::string& place = open_->values()[column];
  if (is_ours_ && open_->type(column) == FlatType::text) {
    place.swap(value);
    return;
  }
  std::string_view plain = without_layout(value);
  if (open_->type(column) == FlatType::truth) plain = plain_truth(plain);
  if (plain.data() == value.data() && plain.size() == value.size())
    place.swap(value);
  else
    place = plain;
}

}  // namespace chokepoint::detail
