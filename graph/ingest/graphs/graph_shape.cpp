#include "ingest/graphs/graph_shape.hpp"

#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace chokepoint::detail {

namespace {

/// Gephi's words for it, in small letters; empty for another word.
std::string_view direction_word(std::string_view text) {
  constexpr std::string_view words[] = {"directed", "undirected", "mutual", "mixed"};
  const auto is_same = [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); };
  for (const std::string_view word : words)
    if (word.size() == text.size() && std::equal(word.begin(), word.end(), text.begin(), is_same)) return word;
  return {};
}

FlatColumn attribute_column(std::string name, std::string key, FlatType type = FlatType::text) {
  return {std::move(name), Target::attribute, std::move(key), type};
}

}  // namespace

GraphShape::GraphShape(FlatKind kind, GraphFileFormat format) : kind_(kind), format_(format) {
  slots_.fill(npos);
  slot(GraphSlot::id);
  if (kind == FlatKind::edges) {
    slot(GraphSlot::from);
    slot(GraphSlot::to);
  }
  slot(GraphSlot::drawn_label);
  slot(GraphSlot::type);
  slot(kind == FlatKind::nodes ? GraphSlot::title : GraphSlot::direction);
  always_ = entries_.size();
}

FlatColumn GraphShape::column_of_slot(GraphSlot slot) const {
  const bool is_node = kind_ == FlatKind::nodes;
  const std::string around = format_ == GraphFileFormat::gexf ? "parent" : "group";
  switch (slot) {
    case GraphSlot::id: return {"id", Target::id, "", FlatType::text};
    case GraphSlot::from: return {"source", Target::from, "", FlatType::text};
    case GraphSlot::to: return {"target", Target::to, "", FlatType::text};
    case GraphSlot::drawn_label: return attribute_column("label", "label");
    case GraphSlot::type: return {"type", Target::type, "", FlatType::text};
    case GraphSlot::title: return {"label", Target::label, "en", FlatType::text};
    case GraphSlot::kind: return attribute_column("kind", "kind");
    case GraphSlot::weight: return attribute_column("weight", "weight", FlatType::number);
    case GraphSlot::since: return {"start", Target::since, "", FlatType::text};
    case GraphSlot::until: return {"end", Target::until, "", FlatType::text};
    case GraphSlot::as_of: return {"timestamp", Target::as_of, "", FlatType::text};
    case GraphSlot::direction: return {"direction", Target::direction, "", FlatType::text};
    case GraphSlot::inside: return attribute_column(around, around);
    case GraphSlot::description:
      if (is_node) return {"desc", Target::description, "", FlatType::text};
      return attribute_column("desc", "desc");
    case GraphSlot::further_labels: return attribute_column("further_labels", "further_labels", FlatType::json);
    case GraphSlot::timestamps: return attribute_column("timestamps", "timestamps", FlatType::json);
    case GraphSlot::start: return attribute_column("start", "start");
    case GraphSlot::end: return attribute_column("end", "end");
    case GraphSlot::spells: return attribute_column("spells", "spells", FlatType::json);
    case GraphSlot::figures: return {"figures", Target::ignored, std::string(figures_key), FlatType::json};
    case GraphSlot::maltego_type: break;
  }
  return attribute_column("maltego_type", "maltego_type");
}

std::size_t GraphShape::add(Entry entry) {
  entries_.push_back(std::move(entry));
  values_.emplace_back();
  given_.push_back(false);
  return entries_.size() - 1;
}

std::size_t GraphShape::declare(std::string_view key, std::string_view name, FlatType type, bool is_drawing) {
  Entry entry{std::string(key), std::string(name), type};
  entry.is_drawing = is_drawing;
  entry.is_declared = true;
  if (is_drawing) entry.fixed = FlatColumn{entry.name, Target::ignored, "", FlatType::text};
  const std::size_t column = add(std::move(entry));
  // A declaration holds from where it stands, also for what was met before without one.
  const auto [at, fresh] = by_key_.try_emplace(std::string(key), column);
  if (!fresh && !entries_[at->second].is_declared) at->second = column;
  return column;
}

/// Programs write the keys of each element in one order.
std::size_t GraphShape::column_of(std::string_view key) {
  for (std::size_t i = 0; i < 3 && guess_ + i < entries_.size(); ++i) {
    const Entry& entry = entries_[guess_ + i];
    if (!entry.is_declared || entry.key != key) continue;
    guess_ += i + 1;
    return guess_ - 1;
  }
  const auto column = by_key_.find(key);
  if (column == by_key_.end()) return npos;
  guess_ = column->second + 1;
  return column->second;
}

std::size_t GraphShape::found_column(std::string_view key, std::string_view name, FlatType type) {
  if (++found_ > most_found) return npos;
  const std::size_t column = add({std::string(key), std::string(name), type});
  by_key_.emplace(key, column);
  return column;
}

bool GraphShape::declares(std::string_view name) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.is_declared && !entry.is_drawing && entry.name == name; });
}

std::size_t GraphShape::slot(GraphSlot slot) {
  std::size_t& column = slots_[static_cast<std::size_t>(slot)];
  if (column != npos) return column;
  Entry entry;
  entry.fixed = column_of_slot(slot);
  entry.name = entry.fixed->name;
  entry.type = entry.fixed->type;
  entry.slot = slot;
  return column = add(std::move(entry));
}

bool GraphShape::has(GraphSlot slot) const {
  const std::size_t column = slots_[static_cast<std::size_t>(slot)];
  return column != npos && !values_[column].empty();
}

std::size_t GraphShape::attribute(std::string_view name, FlatType type, bool is_list) {
  const std::string key = (is_list ? "list " : "plain ") + std::string(name);
  if (const auto known = by_attribute_.find(key); known != by_attribute_.end()) return known->second;
  if (++found_ > most_found) return npos;
  Entry entry{"", std::string(name), type};
  entry.fixed = attribute_column(std::string(name), std::string(name), type);
  entry.is_list = is_list;
  const std::size_t column = add(std::move(entry));
  by_attribute_.emplace(key, column);
  return column;
}

void GraphShape::begin(const ColumnMap& map, bool is_ours, GraphRemarks& remarks) {
  refresh(map, is_ours, remarks);
  ++number;
  // Behind the slots that every element has stands what the file declares.
  guess_ = always_;
  for (std::string& value : values_) value.clear();
  for (const std::size_t column : with_fallback_) values_[column] = entries_[column].fallback;
  given_.assign(values_.size(), false);
}

bool GraphShape::declares_value(Target target) const {
  return std::any_of(dates_.begin(), dates_.end(),
                     [&](std::size_t i) { return columns_[i].target == target && !values_[i].empty(); });
}

bool GraphShape::is_candidate(std::size_t column) const {
  const auto is_it = [&](const Candidate& candidate) { return candidate.column == column; };
  return std::any_of(types_.begin(), types_.end(), is_it) || std::any_of(labels_.begin(), labels_.end(), is_it);
}

void GraphShape::choose_label() {
  std::string& title = values_[slots_[static_cast<std::size_t>(GraphSlot::title)]];
  for (const Candidate& candidate : labels_) {
    std::string& value = values_[candidate.column];
    if (value.empty()) continue;
    if (title.empty())
      title.swap(value);
    else if (value == title)
      value.clear();
  }
}

void GraphShape::choose_type(GraphTypes& types, GraphRemarks& remarks) {
  std::string& chosen = values_[slots_[static_cast<std::size_t>(GraphSlot::type)]];
  for (const Candidate& candidate : types_) {
    std::string& value = values_[candidate.column];
    if (value.empty()) continue;
    if (kind_ == FlatKind::edges && !candidate.is_free_text) {
      if (const std::string_view word = direction_word(value); !word.empty()) {
        if (word != "directed") at(GraphSlot::direction) = word;
        value.clear();
        continue;
      }
    }
    const std::string_view named = types.named(kind_, value);
    if (named.empty()) continue;
    chosen = named;
    for (const Candidate& other : types_)
      if (other.column != candidate.column && values_[other.column] == value) values_[other.column].clear();
    // Of several types in one text the others are still to be told.
    if (value.find(':', 1) == std::string::npos || chosen == value) value.clear();
    break;
  }
  keep_other_types(types, remarks);
  if (kind_ == FlatKind::edges && !is_ours_ && chosen.empty()) choose_type_by_id(types, remarks);
}

/// networkx writes the keys of parallel edges as their ids; one that names a type is no id.
void GraphShape::choose_type_by_id(GraphTypes& types, GraphRemarks& remarks) {
  std::string& id = at(GraphSlot::id);
  if (id.empty()) return;
  const std::string_view named = types.named(kind_, id);
  if (named.empty()) return;
  remarks.note(GraphNote::type_as_id, id);
  at(GraphSlot::type) = named;
  id.clear();
}

/// What names no type stays an attribute, or is refused as the type of an element that has none.
void GraphShape::keep_other_types(const GraphTypes& types, GraphRemarks& remarks) {
  std::string& chosen = values_[slots_[static_cast<std::size_t>(GraphSlot::type)]];
  const bool has_type = !chosen.empty() || types.has_default(kind_);
  const GraphNote other = kind_ == FlatKind::nodes ? GraphNote::other_node_type : GraphNote::other_edge_type;
  const bool is_named = !chosen.empty();
  const std::string* before = nullptr;
  for (const Candidate& candidate : types_) {
    std::string& value = values_[candidate.column];
    if (before != nullptr && *before == value) value.clear();  // said twice
    if (value.empty()) continue;
    if (!has_type && chosen.empty() && !(candidate.is_free_text && format_ == GraphFileFormat::gexf)) {
      chosen.swap(value);
      continue;
    }
    before = &value;
    if (candidate.is_free_text)
      remarks.note(GraphNote::free_label, value);
    else if (!is_named)
      remarks.note(other, value);
  }
}

std::optional<std::string> GraphShape::settle(GraphTypes& types, GraphRemarks& remarks) {
  if (wrong_) return wrong_;
  for (const auto& [own, declared] : namesakes_)
    if (values_[own] == values_[declared]) values_[own].clear();
  for (const std::size_t column : ids_)
    if (values_[column] == values_[slots_[static_cast<std::size_t>(GraphSlot::id)]]) values_[column].clear();
  if (!labels_.empty()) choose_label();
  if (!is_type_told_) choose_type(types, remarks);
  // Of the columns of one field an element fills one, or all alike.
  for (const std::vector<std::size_t>& rivals : rivals_) {
    std::optional<std::size_t> first;
    for (const std::size_t column : rivals) {
      if (values_[column].empty()) continue;
      if (!first)
        first = column;
      else if (values_[*first] != values_[column])
        return refuse_rivals(columns_[*first], columns_[column]);
      else
        values_[column].clear();
    }
  }
  return std::nullopt;
}

}  // namespace chokepoint::detail
