// What the ends of edges are that no table lists.
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/end_book.hpp"
#include "ingest/tables/flat_values.hpp"
#include "ingest/tables/table_input.hpp"
#include "ingest/tables/word_map.hpp"

#include <algorithm>

namespace chokepoint::detail {

/// What the format says that the nodes of a table are, where the ontology has that.
std::string TableInput::type_of_things(const FlatTable& table) const {
  const auto type = ColumnWords::standard().type_offered(FlatKind::nodes, table.things());
  return type && ontology_.node_type(*type) ? *type : std::string();
}

/// The type of nodes that are made of ends, where one must be it.
std::string TableInput::type_of_ends() const {
  if (!options_.node_type.empty()) return options_.node_type;
  for (const Part& part : parts_)
    if (part.layout.kind == FlatKind::edges && !part.layout.node_type.empty()) return part.layout.node_type;
  return {};
}

/// What the rule of an edge type allows at an end; nullptr where nobody knows the type.
const std::vector<std::string>* TableInput::allowed_types(const Part& part, bool is_from,
                                                          std::string_view edge_type) const {
  std::string ours = our_type_for(FlatKind::edges, edge_type, options_, ontology_);
  if (ours.empty()) ours = options_.edge_type.empty() ? part.layout.edge_type : options_.edge_type;
  const auto number = ontology_.edge_type(ours);
  if (!number) return nullptr;
  const EdgeType& type = ontology_.edge_types()[*number];
  bool is_reversed = false;
  if (const auto mapped = options_.types.find(edge_type); mapped != options_.types.end())
    without_reversed(mapped->second, is_reversed);
  return is_from != is_reversed ? &type.from : &type.to;
}

/// The type of an end that is called as all of a type are, such as a country, where the edge allows it.
std::string TableInput::type_of_known_name(const Part& part, bool is_from, std::string_view edge_type,
                                           std::string_view name) const {
  const std::vector<std::string>* allowed = allowed_types(part, is_from, edge_type);
  for (const auto& [type, list] : ColumnWords::standard().known_names())
    if (allowed != nullptr && std::ranges::find(*allowed, type) != allowed->end() &&
        shared_words().at(list).meaning_of(name))
      return type;
  return {};
}

std::string TableInput::type_of_end(const Part& part, bool is_from, std::string_view edge_type) const {
  const std::string& told = is_from ? options_.from_type : options_.to_type;
  if (!told.empty()) return told;
  const std::vector<std::string>* allowed = allowed_types(part, is_from, edge_type);
  if (allowed == nullptr) return {};
  // What the rule of the edge allows goes before what is said of all ends: a column called product holds products.
  const FlatColumn* column = find_column(part.layout.columns, is_from ? Target::from : Target::to);
  const std::string word = header_word(column->name);
  std::string by_name = our_type_for(FlatKind::nodes, word, options_, ontology_);
  if (by_name.empty() && ColumnWords::standard().may_be_item(word)) by_name = ColumnWords::standard().item_type();
  if (by_name.empty()) by_name = ColumnWords::standard().type_of_things(word).value_or("");
  const std::string& usual = is_from && !part.layout.from_type.empty() ? part.layout.from_type : part.layout.node_type;
  std::vector<std::string> candidates{options_.node_type, by_name};
  candidates.insert(candidates.end(), options_.end_types.begin(), options_.end_types.end());
  candidates.insert(candidates.end(), {usual, part.layout.node_type});
  for (const std::string& candidate : candidates)
    if (std::ranges::find(*allowed, candidate) != allowed->end()) return candidate;
  return allowed->size() == 1 ? allowed->front() : std::string();
}

void TableInput::add_ends(const Part& part, const FlatRow& row, const Place& place, EndTypes& types,
                          EndBook& book) const {
  const std::string_view edge_type = value_in(part.layout.columns, row.values, Target::type);
  auto known = types.find(edge_type);
  if (known == types.end()) {
    std::array<EndType, 2> of_ends;
    const std::string usual = type_of_ends();
    for (const bool is_from : {true, false}) {
      std::string type = type_of_end(part, is_from, edge_type);
      of_ends[is_from ? 0 : 1].is_open = type.empty();
      if (type != usual) of_ends[is_from ? 0 : 1].type = std::move(type);  // the usual one costs no memory
    }
    known = types.emplace(std::string(edge_type), std::move(of_ends)).first;
  }
  const auto each = [&](Target end, Target label, Target type) {
    std::string_view ids = value_in(part.layout.columns, row.values, end),
                     labels = value_in(part.layout.columns, row.values, label);
    const std::string_view theirs = value_in(part.layout.columns, row.values, type);
    const EndType& by_edge = known->second[end == Target::from ? 0 : 1];
    const std::string ours = theirs.empty() ? by_edge.type : our_type_for(FlatKind::nodes, theirs, options_, ontology_);
    while (!ids.empty()) {
      const auto id_end = std::min(ids.find(list_mark), ids.size());
      const auto label_end = std::min(labels.find(list_mark), labels.size());
      const std::string_view id = ids.substr(0, id_end);
      book.add(id, labels.substr(0, label_end),
               theirs.empty() && by_edge.is_open ? type_of_known_name(part, end == Target::from, edge_type, id) : ours,
               place);
      ids.remove_prefix(std::min(id_end + 1, ids.size()));
      labels.remove_prefix(std::min(label_end + 1, labels.size()));
    }
  };
  // A row without both ends is no edge, and names nothing.
  for (const Target end : {Target::from, Target::to})
    if (const std::string_view id = value_in(part.layout.columns, row.values, end); id.empty() || is_no_name(id))
      return;
  each(Target::from, Target::from_label, Target::from_type);
  each(Target::to, Target::to_label, Target::to_type);
  for (std::size_t i = 0; i < part.layout.columns.size(); ++i) {
    const FlatColumn& column = part.layout.columns[i];
    if (column.trait.empty() || column.target != Target::ignored || is_absent(row.values[i])) continue;
    const std::string_view name = value_in(part.layout.columns, row.values, column.trait_of);
    if (name.find(list_mark) == std::string_view::npos) book.describe(name, column.trait, row.values[i]);
  }
  const std::string& type = ColumnWords::standard().item_type();
  for (std::string_view items = value_in(part.layout.columns, row.values, Target::item); !items.empty();) {
    const auto end = std::min(items.find(list_mark), items.size());
    book.add(items.substr(0, end), {}, ontology_.node_type(type) ? type : std::string(), place);
    items.remove_prefix(std::min(end + 1, items.size()));
  }
}

}  // namespace chokepoint::detail
