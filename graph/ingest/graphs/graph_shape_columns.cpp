// What the columns of a graph file hold: by what the file declares, by their names, by what the user said.
#include "chokepoint/model/text.hpp"
#include "ingest/graphs/graph_shape.hpp"

#include <algorithm>
#include <iterator>

namespace chokepoint::detail {

namespace {

/// How things look is made anew at every export.
constexpr std::string_view graph_looks[] = {"r", "g",    "b",    "color",   "size",     "x",        "y",
                                            "z", "xpos", "ypos", "timeset", "interval", "edgelabel"};
/// What may be the label of a node, the best first; the element's own one comes after the first.
constexpr std::string_view label_names[] = {"label", "", "name", "shared name"};
/// What may name the type: ours, Gephi's kind, TinkerPop's, Neo4j's.
constexpr std::string_view node_type_names[] = {"type", "kind", "labelv", "labels"};
constexpr std::string_view edge_type_names[] = {"type", "kind", "labele"};
/// Texts on edges that may name it: yEd's, Neo4j's, Gephi's, Cytoscape's.
constexpr std::string_view edge_texts[] = {"label", "edge label", "interaction", "shared interaction"};
constexpr std::size_t rank_of_slots = 10, rank_of_texts = 20;

template <std::size_t count>
std::size_t rank_in(const std::string_view (&names)[count], std::string_view name) {
  return static_cast<std::size_t>(std::find(std::begin(names), std::end(names), name) - std::begin(names));
}

void make_attribute(FlatColumn& column) {
  column.target = Target::attribute;
  column.key = column.name;
}

}  // namespace

void GraphShape::refresh(const ColumnMap& map, bool is_ours, GraphRemarks& remarks) {
  if (columns_.size() == entries_.size()) return;
  is_ours_ = is_ours;
  make_columns(map, remarks);
}

void GraphShape::make_columns(const ColumnMap& map, GraphRemarks& remarks) {
  // The ends of an element are known; their names say which kind of table this is.
  std::vector<std::string> names =
      kind_ == FlatKind::nodes ? std::vector<std::string>{"id"} : std::vector<std::string>{"source", "target"};
  std::size_t next = names.size();
  for (const Entry& entry : entries_)
    if (!entry.fixed) names.push_back(entry.name);
  std::vector<FlatColumn> told = flat_columns(kind_, names, map);
  columns_.clear();
  types_.clear();
  labels_.clear();
  namesakes_.clear();
  ids_.clear();
  has_labels_ = has_english_ = false;
  for (const Entry& entry : entries_) columns_.push_back(entry.fixed ? *entry.fixed : std::move(told[next++]));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Entry& entry = entries_[i];
    const bool is_told = map.contains(entry.name) && !entry.is_list && !entry.is_drawing;
    if (!entry.fixed && columns_[i].target == Target::attribute && columns_[i].type != FlatType::json)
      columns_[i].type = entry.type;
    if (!entry.fixed && !is_told) adjust(i, remarks);
    constexpr GraphSlot never_told[] = {GraphSlot::id,   GraphSlot::from,  GraphSlot::to,
                                        GraphSlot::type, GraphSlot::title, GraphSlot::figures};
    const bool may_be_told =
        !entry.slot || std::find(std::begin(never_told), std::end(never_told), *entry.slot) == std::end(never_told);
    if (entry.fixed && is_told && may_be_told) columns_[i] = flat_columns(kind_, {entry.name}, map).front();
  }
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (entries_[i].slot && columns_[i] == *entries_[i].fixed) adjust_slot(i);
  drop_candidates(map);
  part_namesakes();
  const auto by_rank = [](const Candidate& a, const Candidate& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.column < b.column;
  };
  std::sort(types_.begin(), types_.end(), by_rank);
  std::sort(labels_.begin(), labels_.end(), by_rank);
  rivals_ = rival_columns(columns_);
  wrong_ = refuse_languages(columns_);
  with_fallback_.clear();
  dates_.clear();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!entries_[i].fallback.empty()) with_fallback_.push_back(i);
    const Target target = columns_[i].target;
    if (is_date_field(target) && entries_[i].is_declared) dates_.push_back(i);
  }
}

/// What the name of a declared column means in a graph file.
void GraphShape::adjust(std::size_t column, GraphRemarks& remarks) {
  FlatColumn& meant = columns_[column];
  const std::string folded = fold(meant.name);
  if (rank_in(graph_looks, folded) < std::size(graph_looks)) {
    meant.target = Target::ignored;
    if (!is_ours_ && folded != "edgelabel") remarks.note(GraphNote::looks, meant.name);
    return;
  }
  if (meant.target == Target::id && !is_ours_) {
    make_attribute(meant);
    ids_.push_back(column);
  }
  if (kind_ == FlatKind::nodes)
    adjust_node(column, folded);
  else
    adjust_edge(column, folded);
}

void GraphShape::adjust_node(std::size_t column, const std::string& folded) {
  FlatColumn& meant = columns_[column];
  const std::size_t label = rank_in(label_names, folded), type = rank_in(node_type_names, folded);
  if (meant.target == Target::label && label == std::size(label_names)) {
    has_labels_ = true;
    has_english_ = has_english_ || meant.key == "en";
  } else if (label < std::size(label_names) && meant.target != Target::ignored) {
    // Our own tables repeat the label for show.
    if (is_ours_ && folded == "name" && declares("label")) {
      meant.target = Target::ignored;
      return;
    }
    make_attribute(meant);
    labels_.push_back({column, label, true});
  } else if (type < std::size(node_type_names) || meant.target == Target::type) {
    make_attribute(meant);
    types_.push_back({column, type, false});
  }
}

void GraphShape::adjust_edge(std::size_t column, const std::string& folded) {
  FlatColumn& meant = columns_[column];
  const std::size_t type = rank_in(edge_type_names, folded), text = rank_in(edge_texts, folded);
  if (meant.target == Target::from || meant.target == Target::to) make_attribute(meant);
  if (is_ours_ && (folded == "interaction" || folded == "name")) {
    meant.target = Target::ignored;  // for show
  } else if (text < std::size(edge_texts)) {
    make_attribute(meant);
    types_.push_back({column, rank_of_texts + text, true});
  } else if (type < std::size(edge_type_names) || meant.target == Target::type) {
    make_attribute(meant);
    types_.push_back({column, type, false});
  }
}

void GraphShape::adjust_slot(std::size_t column) {
  FlatColumn& meant = columns_[column];
  switch (*entries_[column].slot) {
    case GraphSlot::drawn_label:
      // Labels with their language say more than the one for show.
      if (kind_ == FlatKind::nodes && (has_labels_ || (is_ours_ && declares("label")))) meant.target = Target::ignored;
      if (kind_ == FlatKind::edges && is_ours_) meant.target = Target::ignored;
      if (meant.target == Target::ignored) break;
      if (kind_ == FlatKind::nodes)
        labels_.push_back({column, 1, true});
      else
        types_.push_back({column, rank_of_slots + 1, true});
      break;
    case GraphSlot::kind:
      // Ours tells edges apart that Gephi would merge.
      if (is_ours_ && kind_ == FlatKind::edges && declares("type"))
        meant.target = Target::ignored;
      else
        types_.push_back({column, rank_of_slots, false});
      break;
    case GraphSlot::maltego_type: types_.push_back({column, rank_of_texts + rank_of_slots, false}); break;
    case GraphSlot::weight:
      if (is_ours_ && declares("share")) meant.target = Target::ignored;
      break;
    case GraphSlot::description:
      if (std::any_of(columns_.begin(), columns_.end(),
                      [&](const FlatColumn& other) { return &other != &meant && other.target == Target::description; }))
        make_attribute(meant);
      break;
    default: break;
  }
}

/// Where the user or a language says which column holds a field, no other one is chosen.
void GraphShape::drop_candidates(const ColumnMap& map) {
  bool type_told = false, label_told = has_english_;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!map.contains(entries_[i].name)) continue;
    if (entries_[i].slot == GraphSlot::type || entries_[i].slot == GraphSlot::title) continue;
    type_told = type_told || columns_[i].target == Target::type;
    label_told = label_told || (columns_[i].target == Target::label && columns_[i].key == "en");
  }
  is_type_told_ = type_told;
  if (type_told) types_.clear();
  if (label_told) labels_.clear();
}

/// An attribute that the element and the file's declarations both have is two, where they differ.
void GraphShape::part_namesakes() {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!entries_[i].fixed || entries_[i].is_list || columns_[i].target != Target::attribute) continue;
    for (std::size_t other = 0; other < columns_.size(); ++other) {
      if (entries_[other].fixed || columns_[other].target != Target::attribute) continue;
      if (columns_[other].key == columns_[i].key) namesakes_.emplace_back(i, other);
    }
  }
  for (const auto& [own, other] : namesakes_)
    if (columns_[own].key == columns_[other].key) columns_[own].key = "element_" + columns_[own].key;
}

}  // namespace chokepoint::detail
