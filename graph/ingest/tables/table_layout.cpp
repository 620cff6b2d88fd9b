#include "ingest/tables/table_layout.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/tables/column_header.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/layout_maker.hpp"
#include "ingest/tables/own_tables.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The words by which programs name what our own header has.
bool is_our_header(FlatKind kind, const std::vector<ColumnHeader>& headers) {
  const auto has = [&](std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [&](const ColumnHeader& h) { return fold(h.given) == name; });
  };
  const bool is_dotted = std::any_of(headers.begin(), headers.end(), [&](const ColumnHeader& header) {
    FlatColumn column;
    return take_dotted_name(column, kind, header.given) && header.given.find('.') != std::string::npos;
  });
  // Records of other programs may be dotted, too, and name their nodes and ends otherwise.
  const bool names_records = kind == FlatKind::nodes
                                 ? has("id")
                                 : kind == FlatKind::figures || ((has("from") || has("source") || has(":start_id")) &&
                                                                 (has("type") || has("kind") || has(":type")));
  if (has("sources") || (is_dotted && names_records)) return true;
  // Requirement logic and qualifiers: another program may have one of these columns, and means its own by it.
  const auto logic = std::ranges::count_if(
      std::initializer_list<std::string_view>{"group", "k", "status", "item", "market", "origin", "confidence", "bound",
                                              "significance", "performance"},
      has);
  return kind == FlatKind::edges && has("from") && has("to") && has("type") && logic >= 2;
}

}  // namespace

LayoutMaker::LayoutMaker(const FlatTable& table, const TableOptions& options, const Ontology& ontology)
    : table_(table), options_(options), ontology_(ontology) {
  for (const RawColumn& column : table_.columns()) {
    headers_.push_back(header_of(column.name));
    words_.push_back(word_of_two_writings(headers_.back().word));
  }
}

std::vector<TableLayout> LayoutMaker::make() {
  ends_ = ends();
  const bool has_ends = ends_.has_value();
  const FlatKind kind = table_.kind().value_or(has_ends ? FlatKind::edges : FlatKind::nodes);
  std::vector<TableLayout> layouts;
  if (kind == FlatKind::edges && !has_ends) return layouts;
  if (!table_.kind() && has_ends && has_nodes_too()) {
    layouts.push_back(layout(FlatKind::nodes));
    layouts.push_back(layout(FlatKind::edges));
    for (TableLayout& each : layouts) each.is_mixed = true;
    return layouts;
  }
  layouts.push_back(layout(kind));
  if (kind == FlatKind::nodes && find_column(layouts.front().columns, Target::id) == nullptr &&
      !layouts.front().names_are_ids)
    layouts.clear();
  return layouts;
}

bool LayoutMaker::has_nodes_too() const {
  const auto has = [&](std::string_view name) {
    return std::any_of(table_.columns().begin(), table_.columns().end(),
                       [&](const RawColumn& column) { return fold(column.name) == name; });
  };
  return (has("_id") && has("_start") && has("_end")) || (has("_labels") && has("_type"));
}

void LayoutMaker::take_companions(FlatColumn& column, std::size_t at) const {
  for (const bool is_from : {true, false}) {
    std::string head(end_word(words_[is_from ? ends_->from : ends_->to]));
    for (const std::string_view tail : {" number", " no", " code", " key"})  // the name of what has the number
      if (head.ends_with(tail)) head.resize(head.size() - tail.size());
    if (!words_[at].starts_with(head + " ")) continue;
    const std::string tail = words_[at].substr(head.size() + 1);
    if (tail == "label" || tail == "name" || tail == "desc" || tail == "title")
      column.target = is_from ? Target::from_label : Target::to_label;
    else if (tail == "type" || tail == "kind" || tail == "node type")
      column.target = is_from ? Target::from_type : Target::to_type;
    else if (const auto trait = ColumnWords::standard().trait(tail);
             trait && *trait != ends_->node_type && !table_.kind())
      take_trait(column, *trait, is_from ? Target::from : Target::to);
  }
}

void LayoutMaker::take_trait(FlatColumn& column, const std::string& trait, Target of) {
  column.trait = trait;
  column.trait_of = of;
}

void LayoutMaker::keep_as_attribute(FlatColumn& column, std::size_t at) const {
  column.target = Target::attribute;
  column.key = headers_[at].given.empty() ? fmt::format("column {}", at + 1) : headers_[at].given;
  column.reading.reset();
}

void LayoutMaker::take_foreign(FlatKind kind, FlatColumn& column, std::size_t at) const {
  const RawColumn& raw = table_.columns()[at];
  if (headers_[at].is_left_out) {
    column.target = Target::ignored;
    return;
  }
  if (raw.role && *raw.role == Target::label && kind == FlatKind::edges) {
    // The text at an arrow may name its type; where it does not, it is an attribute.
    keep_as_attribute(column, at);
    if (!has_type()) column.target = Target::type;
    return;
  }
  if (raw.role) {
    column.target = *raw.role;
    column.is_told = raw.is_told;
    column.key = raw.key.empty() && *raw.role == Target::label ? "en" : raw.key;
    if (column.target == Target::attribute && column.key.empty()) column.key = headers_[at].given;
    return;
  }
  if (take_dotted_name(column, kind, headers_[at].given)) return;
  keep_as_attribute(column, at);
  if (words_[at] == "weight") column.type = FlatType::number;
  if (kind == FlatKind::edges) {
    if (at == ends_->from || at == ends_->to) {
      column.target = at == ends_->from ? Target::from : Target::to;
      return;
    }
    take_companions(column, at);
    if (column.target != Target::attribute) return;
  }
  const ColumnWords::Field* field = ColumnWords::standard().field(kind, words_[at]);
  if (const auto trait = ColumnWords::standard().trait(words_[at]);
      kind == FlatKind::nodes && field == nullptr && trait && !table_.kind())
    take_trait(column, *trait, Target::label);
  if (field == nullptr && kind == FlatKind::edges && words_[at] == "label" && !has_type()) column.target = Target::type;
  if (field == nullptr && kind == FlatKind::edges && ColumnWords::standard().is_role_column(words_[at]) &&
      !has_type() && first_.shows_types(at))
    column.target = Target::type;
  if (field == nullptr && kind == FlatKind::edges && clear_share() == at) {
    column.target = Target::share;
    if (headers_[at].has_unit) take_header_unit(column, at);
  }
  if (field == nullptr) return;
  // The French part is a share, the English one a thing.
  const bool says_percent = headers_[at].has_unit && headers_[at].reading.percent;
  const bool may_be_item = ColumnWords::standard().may_be_item(words_[at]) && !says_percent;
  if (field->target == Target::share && may_be_item && !first_.shows_numbers(at)) return;
  if (field->target == Target::type && kind == FlatKind::edges && first_.shows_directions(at)) {
    column.target = Target::direction;
    return;
  }
  column.target = field->target;
  column.key = column.target == Target::label && field->key.empty() ? "en" : field->key;
  if (headers_[at].has_unit) take_header_unit(column, at);
}

std::optional<std::size_t> LayoutMaker::clear_share() const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, words_[i]);
    const std::string* said = told(i);
    if ((field != nullptr && field->target == Target::share) || (said != nullptr && said->starts_with("share")))
      return std::nullopt;
    const ColumnHeader& header = headers_[i];
    const bool has_share_unit = !header.has_unit || header.reading.percent || header.reading.unit.empty();
    const bool is_of = header.reading.percent && words_[i].starts_with("of ");
    const bool is_loose = field == nullptr && said == nullptr && !table_.columns()[i].role && has_share_unit;
    if (!is_loose || name_of_year(header.given)) continue;  // of several years each has its edge
    if (!(is_of || is_called_share(words_[i])) || !first_.shows_numbers(i)) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

bool LayoutMaker::has_type() const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (const std::string* said = told(i); said != nullptr ? *said == "type" : table_.columns()[i].role == Target::type)
      return true;
    const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, words_[i]);
    if (!table_.columns()[i].role && field != nullptr && field->target == Target::type && !first_.shows_directions(i))
      return true;
  }
  return false;
}

void LayoutMaker::take_header_unit(FlatColumn& column, std::size_t at) const {
  const ValueReading& reading = headers_[at].reading;
  if (column.target == Target::share && (reading.percent || reading.unit.empty()))
    column.reading = reading;
  else if (column.target == Target::amount && !reading.percent)
    column.reading = reading;
  else if (column.target != Target::id && column.target != Target::label)
    keep_as_attribute(column, at);
}

void LayoutMaker::settle_doubles(TableLayout& layout) const {
  std::map<std::pair<Target, std::string>, std::size_t> first;
  const auto rank = [&](std::size_t at) -> std::size_t {
    if (layout.columns[at].is_told) return 0;
    if (table_.columns()[at].role) return 1;
    const ColumnWords::Field* field = ColumnWords::standard().field(layout.kind, words_[at]);
    return field == nullptr ? 2 : field->rank + 3;
  };
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    FlatColumn& column = layout.columns[i];
    if (column.target == Target::ignored || column.target == Target::attribute || column.is_told) continue;
    const auto [at, fresh] = first.try_emplace({column.target, column.key}, i);
    if (fresh) continue;
    std::size_t loser = i;
    if (rank(i) < rank(at->second)) std::swap(loser, at->second);
    // Gephi's `Type` beside a column for the type says whether an edge has a direction.
    FlatColumn& second = layout.columns[loser];
    const bool is_direction =
        layout.kind == FlatKind::edges && second.target == Target::type && words_[loser] == "type";
    const bool was_label = second.target == Target::label;
    const std::string field = told_field(second);
    keep_as_attribute(second, loser);
    second.names_the_nameless = was_label;
    if (is_direction)
      second.target = Target::direction;
    else if (!table_.columns()[at->second].role)  // else its format says which of them it is
      second.lost = field;
  }
  for (FlatColumn& column : layout.columns) {
    const auto same = first.find({column.target, column.key});
    if (same == first.end() || !column.is_told) continue;
    FlatColumn& other = layout.columns[same->second];
    if (&other == &column || other.is_told) continue;
    const bool is_direction =
        layout.kind == FlatKind::edges && other.target == Target::type && words_[same->second] == "type";
    keep_as_attribute(other, same->second);
    if (is_direction && !table_.kind()) other.target = Target::direction;
  }
}

void LayoutMaker::settle_measures(TableLayout& layout) const {
  // A value, a quantity is an amount only where something says of what.
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    FlatColumn& column = layout.columns[i];
    const bool is_weak = words_[i] == "value" || words_[i] == "quantity" || words_[i] == "volume";
    if (column.target == Target::amount && is_weak && !column.is_told && !headers_[i].has_unit &&
        find_column(layout.columns, Target::unit) == nullptr)
      keep_as_attribute(column, i);
  }
  const bool has_amount = find_column(layout.columns, Target::amount) != nullptr;
  const bool has_measure = has_amount || find_column(layout.columns, Target::share) != nullptr;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    FlatColumn& column = layout.columns[i];
    if (column.is_told) continue;
    if (((column.target == Target::unit || column.target == Target::scale) && !has_amount) ||
        (column.target == Target::as_of && !has_measure))
      keep_as_attribute(column, i);
  }
}

TableLayout LayoutMaker::layout(FlatKind kind) {
  TableLayout layout;
  layout.kind = kind;
  std::vector<std::string> names;
  for (const RawColumn& column : table_.columns()) names.push_back(column.name);
  layout.is_ours = !table_.kind() && is_our_header(kind, headers_) && first_.shows_our_words();
  if (layout.is_ours) {
    layout.columns = flat_columns(kind, names, {});
  } else {
    for (std::size_t i = 0; i < names.size(); ++i) {
      FlatColumn& column = layout.columns.emplace_back();
      column.name = names[i];
      column.type = table_.columns()[i].type != FlatType::text ? table_.columns()[i].type : headers_[i].type;
      take_foreign(kind, column, i);
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) take_told(kind, layout.columns[i], i);
  if (!layout.is_ours) {
    if (kind == FlatKind::edges) settle_flow(layout);
    take_nested(layout, kind == FlatKind::edges ? Target::type : Target::label);
    settle_doubles(layout);
    settle_measures(layout);
  }
  if (kind == FlatKind::edges && !layout.is_ours) take_suggestions(layout);
  if (kind == FlatKind::nodes && find_column(layout.columns, Target::id) == nullptr)
    layout.names_are_ids = find_column(layout.columns, Target::label) != nullptr;
  return layout;
}

void LayoutMaker::take_told(FlatKind kind, FlatColumn& column, std::size_t at) const {
  const std::string* said = told(at, kind);
  if (said == nullptr) return;
  if (*said == "spell" && table_.columns()[at].role == Target::ignored) return;  // it became since and until
  FlatColumn fresh;
  fresh.name = column.name;
  fresh.type = column.type;
  try {
    take_told_field(fresh, kind, *said);
  } catch (const UsageError&) {
    // Another table of the import may have the column for that.
    FlatColumn other;
    other.name = column.name;
    take_told_field(other, kind == FlatKind::nodes ? FlatKind::edges : FlatKind::nodes, *said);
    return;
  }
  if (!fresh.reading && headers_[at].has_unit && (fresh.target == Target::share || fresh.target == Target::amount))
    fresh.reading = headers_[at].reading;
  column = std::move(fresh);
}

void LayoutMaker::take_nested(TableLayout& layout, Target target) const {
  if (find_column(layout.columns, target) != nullptr || find_column(layout.columns, Target::id) == nullptr) {
    if (layout.kind == FlatKind::nodes || find_column(layout.columns, target) != nullptr) return;
  }
  FlatColumn* found = nullptr;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    FlatColumn& column = layout.columns[i];
    const auto dot = column.name.rfind('.');
    if (dot == std::string::npos || column.target != Target::attribute || column.is_told || told(i) != nullptr)
      continue;
    const ColumnWords::Field* field =
        ColumnWords::standard().field(layout.kind, header_word(std::string_view(column.name).substr(dot + 1)));
    if (field == nullptr || field->target != target || !(field->key.empty() || field->key == "en")) continue;
    if (found != nullptr) return;
    found = &column;
  }
  if (found == nullptr) return;
  found->target = target;
  found->key = target == Target::label ? "en" : "";
}

std::vector<TableLayout> table_layouts(const FlatTable& table, const TableOptions& options, const Ontology& ontology) {
  if (auto own = own_figures(table)) return {*std::move(own)};
  return LayoutMaker(table, options, ontology).make();
}

}  // namespace chokepoint::detail
