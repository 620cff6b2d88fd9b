#include "ingest/tables/column_survey.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/model/date.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/tables/bounded_number.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/day_count.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/flat_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_words = 20;

bool is_measure(Target target) { return is_field_of_kind(target, FieldKind::number); }
/// Whether a record says how the number relates to the true one.
bool may_have_bounds(Target target) { return is_measure(target) && flat_field(target)->is_measure; }
bool is_number_attribute(const FlatColumn& column) {
  return column.target == Target::attribute && column.type == FlatType::number;
}
bool is_word(Target target) {
  return target == Target::type || target == Target::from_type || target == Target::to_type ||
         target == Target::direction || is_field_of_kind(target, FieldKind::word);
}

/// What the word of a field means here; empty for none.
std::string meaning(Target target, std::string_view value) {
  const std::string folded = fold(value);
  const auto& words = ColumnWords::standard().words_of(target);
  if (const auto found = words.find(folded); found != words.end()) return found->second;
  const FlatField* field = flat_field(target);
  const bool is_ours = field != nullptr
                           ? !folded.empty() && std::ranges::find(field->words, folded) != field->words.end()
                           : target == Target::direction && direction_of(folded);
  return is_ours ? folded : std::string();
}

template <typename Type>
std::string type_called(const std::vector<Type>& types, std::string_view theirs) {
  std::string folded = fold(theirs);
  while (folded.starts_with(':')) folded.erase(0, 1);
  std::string joined = folded;
  for (char& c : joined)
    if (c == '_' || c == ' ') c = '-';
  for (const Type& type : types) {
    if (fold(type.id) == folded || fold(type.id) == joined) return type.id;
    for (const auto& [language, label] : type.labels)
      if (fold(label) == folded) return type.id;
  }
  return {};
}

}  // namespace

std::string our_type_for(FlatKind kind, std::string_view theirs, const TableOptions& options,
                         const Ontology& ontology) {
  // Of several types, as graph databases give a node, the first known one is meant.
  for (const char mark : {list_mark, ';'})
    if (theirs.find(mark) != std::string_view::npos) {
      for (std::string_view rest = theirs;; rest.remove_prefix(rest.find(mark) + 1)) {
        std::string found = our_type_for(kind, rest.substr(0, rest.find(mark)), options, ontology);
        if (!found.empty() || rest.find(mark) == std::string_view::npos) return found;
      }
    }
  if (theirs.starts_with(':') && theirs.find(':', 1) != std::string_view::npos) {
    std::string first = our_type_for(kind, theirs.substr(0, theirs.find(':', 1)), options, ontology);
    return first.empty() ? our_type_for(kind, theirs.substr(theirs.find(':', 1)), options, ontology) : first;
  }
  for (std::string_view name : {theirs, theirs.starts_with(':') ? theirs.substr(1) : std::string_view()})
    if (const auto mapped = options.types.find(name); !name.empty() && mapped != options.types.end()) {
      bool is_reversed = false;
      return std::string(without_reversed(mapped->second, is_reversed));
    }
  return kind == FlatKind::nodes ? type_called(ontology.node_types(), theirs)
                                 : type_called(ontology.edge_types(), theirs);
}

void TableSurvey::take(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values) {
  columns_.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Target target = columns[i].target;
    if (values[i].empty()) continue;
    Column& seen = columns_[i];
    if (is_measure(target) || is_number_attribute(columns[i]))
      take_number(seen, target, values[i]);
    else if (is_date_field(target) || may_hold_dates(columns[i]))
      take_date(seen, target, values[i]);
    else if (is_word(target))
      take_word(seen, columns[i], values[i]);
  }
}

/// Whether an attribute may hold dates in the order that the user says.
bool TableSurvey::may_hold_dates(const FlatColumn& column) const {
  return options_.dates != DateOrder::unknown && column.target == Target::attribute && column.type == FlatType::text;
}

void TableSurvey::take_number(Column& column, Target target, std::string_view value) const {
  const NumberForm form = number_form(value);
  if (form.is_number) return take_form(column, value, form);
  if (is_absent(value)) return;
  if (const auto scaled = target == Target::amount ? scaled_number(value) : std::nullopt) {
    take_form(column, scaled->number, number_form(scaled->number));
    if (column.scaled++ == 0) column.scaled_amount = value;
    return;
  }
  const auto bounded = may_have_bounds(target) ? bounded_number(value) : std::nullopt;
  if (!bounded) {
    if (column.odd.empty()) column.odd = value;
    auto& words = column.unknown;
    if (words.size() < most_words || words.contains(std::string(value))) ++words[std::string(value)];
    return;
  }
  take_form(column, bounded->number, number_form(bounded->number));
  if (!bounded->high.empty()) take_form(column, bounded->high, number_form(bounded->high));
  if (bounded->bound == Bound::exact) {
    if (++column.noted == 1) column.note = value;
    return;
  }
  ++(bounded->high.empty() ? column.bounds : column.ranges);
  if (std::string& example = bounded->high.empty() ? column.bound : column.range; example.empty()) example = value;
}

void TableSurvey::take_form(Column& column, std::string_view value, const NumberForm& form) {
  ++column.numbers;
  column.percents += form.has_percent ? 1U : 0U;
  column.comma_decimals += form.comma_is_decimal ? 1U : 0U;
  column.comma_thousands += form.comma_is_thousands ? 1U : 0U;
  column.point_thousands += form.point_is_thousands ? 1U : 0U;
  column.point_decimals += form.point_is_decimal ? 1U : 0U;
  if ((form.comma_is_decimal || form.point_is_thousands) && column.with_comma.empty()) column.with_comma = value;
  if ((form.point_is_decimal || form.comma_is_thousands) && column.with_point.empty()) column.with_point = value;
  if (form.point_is_ambiguous) {
    ++column.point_ambiguous;
    if (column.ambiguous_point.empty()) column.ambiguous_point = value;
  }
  if (form.is_ambiguous) {
    ++column.ambiguous;
    if (column.ambiguous_number.empty()) column.ambiguous_number = value;
  }
  ValueReading reading;
  if (form.comma_is_decimal || form.is_ambiguous) reading.decimal = ',';
  if (form.point_is_thousands) reading.thousands = '.';
  if (form.comma_is_thousands) reading.thousands = ',';
  if (form.has_percent) return;
  const double number = std::atof(plain_number(value, reading).value_or("0").c_str());
  column.above_one += number > 1 ? 1U : 0U;
  column.above_hundred += number > 100 ? 1U : 0U;
  if (number > 0 && number <= 1 && column.bare_fraction.empty()) column.bare_fraction = value;
}

void TableSurvey::take_date(Column& column, Target target, std::string_view value) const {
  const auto form = date_form(value, target != Target::since);
  if (!form) {
    if (is_absent(value) || (target == Target::until && is_open_end(value))) return;
    if (target != Target::attribute && day_of_bare_count(value)) {
      if (column.day_counts++ == 0) column.day_count = value;
    } else if (column.odd.empty()) {
      column.odd = value;
    }
    return;
  }
  ++column.dates;
  column.times += form->was_time ? 1U : 0U;
  if (form->plain) return;
  column.day_first_only += form->day_first && !form->month_first ? 1U : 0U;
  column.month_first_only += form->month_first && !form->day_first ? 1U : 0U;
  if (!form->day_first || !form->month_first) return;
  ++column.either_order;
  if (column.either_date.empty()) column.either_date = value;
}

void TableSurvey::take_word(Column& seen, const FlatColumn& column, std::string_view value) const {
  const Target target = column.target;
  const bool is_type = target == Target::type || target == Target::from_type || target == Target::to_type;
  const FlatKind kind = target == Target::type ? kind_ : FlatKind::nodes;
  const bool is_known = is_type ? !our_type_for(kind, value, options_, ontology_).empty() ||
                                      (target == Target::type && kind == FlatKind::edges && is_direction_type(value))
                                : !meaning(target, value).empty();
  if (is_known) {
    ++seen.known_words;
    return;
  }
  if (seen.unknown.size() < most_words || seen.unknown.contains(std::string(value))) ++seen.unknown[std::string(value)];
}

/// Makes an attribute of a column, under a name that no other attribute has.
void TableSurvey::demote(std::vector<FlatColumn>& columns, std::size_t at, const std::string& why,
                         std::vector<std::string>& told) const {
  FlatColumn& column = columns[at];
  FlatType type = FlatType::text;
  column.key = without_type(column.name, type);
  const auto is_taken = [&] {
    return column.key.empty() || std::any_of(columns.begin(), columns.end(), [&](const FlatColumn& other) {
             return &other != &column && other.target == Target::attribute && other.key == column.key;
           });
  };
  while (is_taken()) column.key += column.key.empty() ? "column" : " in the file";
  column.target = Target::attribute;
  column.reading.reset();
  column.words.clear();
  told.push_back(fmt::format("column {}: {}; kept as an attribute", column.name, why));
}

void TableSurvey::settle_date(std::vector<FlatColumn>& columns, std::size_t at, const Column& seen,
                              const std::string& table, std::vector<std::string>& told) const {
  FlatColumn& column = columns[at];
  if (seen.dates + seen.day_counts == 0) {
    if (!column.is_told && !seen.odd.empty())
      demote(columns, at, fmt::format("\"{}\" is no date", seen.odd), told);
    else if (seen.odd.empty() && !column.reading)
      column.reading.emplace();  // words alone: present, n/a
    return;
  }
  ValueReading reading = column.reading.value_or(ValueReading());
  reading.dates = options_.dates;
  reading.has_day_counts = seen.day_counts > 0;
  if (reading.has_day_counts)
    told.push_back(fmt::format("column {}: numbers such as {} are days as spreadsheets count them, {}", column.name,
                               seen.day_count, *day_of_bare_count(seen.day_count)));
  if (reading.dates == DateOrder::unknown && seen.day_first_only > 0 && seen.month_first_only == 0)
    reading.dates = DateOrder::day_first;
  if (reading.dates == DateOrder::unknown && seen.month_first_only > 0 && seen.day_first_only == 0)
    reading.dates = DateOrder::month_first;
  if (seen.day_first_only > 0 && seen.month_first_only > 0 && reading.dates == DateOrder::unknown)
    throw UsageError(
        fmt::format("{}: column {}: some dates have the day first and some the month; write them as "
                    "2023-04-13, or --map \"{}=attributes.{}\" keeps them as text",
                    table, column.name, column.name, column.name));
  if (seen.either_order > 0 && reading.dates == DateOrder::unknown) {
    const auto form = date_form(seen.either_date, true);
    throw DoubtfulValue(fmt::format("{}: column {}: \"{}\" is {} with the day first and {} with the month first; say "
                                    "which with --dates day-first or --dates month-first",
                                    table, column.name, seen.either_date, *form->day_first, *form->month_first),
                        {"--dates", "day-first"});
  }
  if (seen.either_order + seen.day_first_only + seen.month_first_only > 0)
    told.push_back(fmt::format("column {}: dates are read with the {} first", column.name,
                               reading.dates == DateOrder::month_first ? "month" : "day"));
  if (seen.times > 0)
    told.push_back(fmt::format("column {}: of dates with a time of day the day is kept", column.name));
  column.reading = reading;
}

void TableSurvey::settle_word(std::vector<FlatColumn>& columns, std::size_t at, const Column& seen,
                              std::vector<std::string>& told) const {
  FlatColumn& column = columns[at];
  if (seen.unknown.empty()) {
    const auto& words = ColumnWords::standard().words_of(column.target);
    if (!words.empty()) column.words = words;
    return;
  }
  if (column.is_told && column.target != Target::type) return;
  const std::string& example = seen.unknown.begin()->first;
  if (column.target != Target::type) {
    const std::string field(column.target == Target::direction ? "direction" : key_of(column.target));
    demote(columns, at, fmt::format("\"{}\" is no {}", example, field.empty() ? "type" : field), told);
    return;
  }
  const bool is_nodes = kind_ == FlatKind::nodes;
  const std::string& said = is_nodes ? options_.node_type : options_.edge_type;
  const std::string& fallback = said.empty() && is_nodes ? expected_type_ : said;
  if (fallback.empty() || column.is_told || seen.known_words > 0) return;
  const std::string why = said.empty()
                              ? fmt::format("\"{}\" is no type of nodes, and they are taken as {}", example, fallback)
                              : fmt::format("\"{}\" is no type of {}, and --{}-type {} is", example,
                                            is_nodes ? "nodes" : "edges", is_nodes ? "node" : "edge", fallback);
  demote(columns, at, why, told);
}

void TableSurvey::settle(std::vector<FlatColumn>& columns, const std::string& table,
                         std::vector<std::string>& told) const {
  for (std::size_t i = 0; i < columns.size() && i < columns_.size(); ++i) {
    if (is_measure(columns[i].target))
      settle_number(columns, i, columns_[i], table, told);
    else if (is_number_attribute(columns[i]))
      settle_attribute(columns[i], columns_[i], told);
    else if (may_hold_dates(columns[i]) && !columns_[i].has_days_in_doubt())
      continue;
    else if (is_date_field(columns[i].target) || may_hold_dates(columns[i]))
      settle_date(columns, i, columns_[i], table, told);
    else if (is_word(columns[i].target))
      settle_word(columns, i, columns_[i], told);
  }
}

}  // namespace chokepoint::detail
