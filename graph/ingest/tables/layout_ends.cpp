#include "chokepoint/model/text.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/layout_maker.hpp"

#include <algorithm>

namespace chokepoint::detail {

const std::string* LayoutMaker::told(std::size_t column, FlatKind kind) const {
  const std::string& name = table_.columns()[column].name;
  auto found = options_.columns.find((kind == FlatKind::nodes ? "nodes." : "edges.") + name);
  if (found == options_.columns.end()) found = options_.columns.find(name);
  return found == options_.columns.end() ? nullptr : &found->second;
}

std::optional<std::size_t> LayoutMaker::column_with(Target role, std::string_view field) const {
  for (std::size_t i = 0; i < words_.size(); ++i)
    if (const std::string* said = told(i); said != nullptr ? *said == field : table_.columns()[i].role == role)
      return i;
  return std::nullopt;
}

std::optional<ColumnWords::Ends> LayoutMaker::ends() const {
  auto from = column_with(Target::from, "from"), to = column_with(Target::to, "to");
  if (from && to) return told_ends(*from, *to);
  std::vector<std::string> words = words_;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (told(i) != nullptr || (table_.columns()[i].role && table_.kind())) words[i].clear();
  if (!from && !to) {
    if (tells_ids()) return std::nullopt;
    // A tenure has a from and a to, too.
    for (std::size_t i = 0; i < words.size(); ++i)
      if ((words[i] == "from" || words[i] == "to" || words[i] == "start" || words[i] == "end") && first_.shows_days(i))
        words[i].clear();
    auto found = ColumnWords::standard().ends_of_things_in(words);
    // The country of a company that is named beside it reports nothing.
    if (found && found->reports && names_another(words[found->from])) {
      words[found->from].clear();
      found = ColumnWords::standard().ends_of_things_in(std::move(words));
    }
    return found;
  }
  // One of them was told: the other one may be any word for its side.
  (from ? words[*from] : words[*to]).clear();
  const auto other = ColumnWords::standard().end_in(words, !from);
  if (!other) return std::nullopt;
  return told_ends(from ? *from : *other, to ? *to : *other);
}

ColumnWords::Ends LayoutMaker::told_ends(std::size_t from, std::size_t to) const {
  ColumnWords::Ends ends{from, to, {}, {}, {}};
  const auto known = ColumnWords::standard().ends_in({words_[from], words_[to]});
  if (!known || !known->reports) return ends;
  ends.role = known->role;
  ends.node_type = known->node_type;
  ends.reports = known->from == 0;
  return ends;
}

bool LayoutMaker::names_another(const std::string& word) const {
  return word == "country" && std::ranges::any_of(words_, [&](const std::string& other) {
           const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::nodes, other);
           return field != nullptr && field->target == Target::label && !other.starts_with(word);
         });
}

std::optional<std::size_t> LayoutMaker::flow_column() const {
  const std::vector<FirstValues::FlowLook> looks = first_.look_at_flows();
  std::optional<std::size_t> best;
  int best_rank = 0;
  for (std::size_t at = 0; at < looks.size(); ++at) {
    if (at == ends_->from || at == ends_->to || looks[at].filled == 0) continue;
    const std::string* said = told(at);
    if (said != nullptr && *said != "direction") continue;
    const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, words_[at]);
    const bool is_named = said != nullptr || (field != nullptr && field->target == Target::direction);
    const FirstValues::FlowLook& look = looks[at];
    int rank = 0;
    if (look.told == look.filled)
      rank = is_named ? 5 : 4;
    else if (is_named && look.told + look.by_code == look.filled)
      rank = 3;
    else if (is_named)
      rank = look.told + look.by_code > 0 ? 2 : 1;
    if (said != nullptr) rank = 6;
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = at;
  }
  return best;
}

void LayoutMaker::take_flow_words(FlatColumn& column) const {
  column.target = Target::direction;
  column.key.clear();
  column.reading.reset();
  column.is_told = true;
  for (const bool is_import : {true, false})
    for (const std::string& code : ColumnWords::standard().flow_codes(is_import))
      column.words.emplace(code, direction_text(is_import ? Direction::reversed : Direction::directed));
  for (const auto& [theirs, meaning] : options_.types)
    if (const auto direction = direction_of(meaning))
      column.words.insert_or_assign(fold(theirs), std::string(direction_text(*direction)));
}

bool LayoutMaker::tells_ids() const {
  for (std::size_t i = 0; i < words_.size(); ++i)
    if (const std::string* said = told(i, FlatKind::nodes); said != nullptr && *said == "id") return true;
  return false;
}

void LayoutMaker::settle_flow(TableLayout& layout) const {
  const auto flow = ends_->reports ? flow_column() : std::nullopt;
  layout.reports = ends_->reports;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    FlatColumn& column = layout.columns[i];
    const bool says_sides = !ends_->reports && ends_->role == Role::flow;
    if (flow == i)
      take_flow_words(column);
    else if (column.target == Target::direction && (ends_->reports || (says_sides && first_.shows_flows(i))))
      keep_as_attribute(column, i);
  }
}

void LayoutMaker::take_suggestions(TableLayout& layout) const {
  for (const EdgeType& type : ontology_.edge_types())
    if (ends_->role && type.role == *ends_->role && layout.edge_type.empty()) layout.edge_type = type.id;
  if (ontology_.node_type(ends_->node_type)) layout.node_type = ends_->node_type;
  if (ontology_.node_type(ends_->from_type)) layout.from_type = ends_->from_type;
}

}  // namespace chokepoint::detail
