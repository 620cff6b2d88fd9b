#include "ingest/tables/flat_reader.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/checking/record_update.hpp"
#include "ingest/checking/text_limits.hpp"
#include "ingest/identity/counter_id.hpp"
#include "ingest/identity/label_script.hpp"
#include "ingest/tables/bounded_number.hpp"
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/day_count.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/flat_values.hpp"
#include "ingest/tables/plain_fields.hpp"
#include "ingest/tables/total_rows.hpp"
#include "ingest/tables/unit_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <type_traits>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Where the list of sources is one source without a locator, and nothing else is said, that is the source.
bool take_only_source(std::string_view sources, std::string_view& source, std::string_view locator) {
  if (sources.empty()) return true;
  if (!source.empty() || !locator.empty() || !is_valid_id(sources)) return false;
  source = sources;
  return true;
}

const FlatRules our_rules;

}  // namespace

FlatReader::FlatReader(const Ontology& ontology, Problems& problems, const std::string& default_source,
                       const TableOptions& options, InputRemarks& remarks, ForeignSources& sources)
    : ontology_(ontology),
      problems_(problems),
      remarks_(remarks),
      sources_(sources),
      default_source_(default_source),
      options_(options),
      reader_(ontology, found_, default_source, options.updates),
      rules_(&our_rules) {}

/// The type of a record whose row names none; an update leaves that of a node open.
const std::string& FlatReader::default_type(FlatKind kind) const {
  static const std::string open;
  if (kind != FlatKind::nodes) return options_.edge_type.empty() ? rules_->edge_type : options_.edge_type;
  if (options_.updates) return open;
  return options_.node_type.empty() ? rules_->node_type : options_.node_type;
}

/// Puts our type for theirs into `type`.
void FlatReader::take_type(FlatKind kind, std::string_view theirs, std::string& type) {
  const auto found = options_.types.empty() ? options_.types.end() : options_.types.find(theirs);
  if (found != options_.types.end()) {
    bool is_reversed = false;
    type = without_reversed(found->second, is_reversed);
    if (kind == FlatKind::edges) type_is_reversed_ = is_reversed;
    return;
  }
  if (rules_->surveyed) {
    type = our_type_for(kind, theirs, options_, ontology_);
    if (!type.empty()) return;
  }
  type = theirs;
}

/// Whether a word of the column of directions was understood.
bool FlatReader::take_direction(std::string_view value) {
  const auto found = direction_of(value);
  if (found) direction_ = *found;
  return found.has_value();
}

/// Ids of edges mean something in our own files only.
bool FlatReader::take_edge_id(const FlatColumn& column, std::string_view value, Edge& edge) {
  if (rules_->is_ours || column.is_told) {
    if (is_row_number(value)) return true;
    edge.id = value;
    return is_valid_id(value);
  }
  leaves_id_ = is_edge_counter(value);
  return leaves_id_;  // another one becomes an attribute
}

bool FlatReader::cite(std::vector<Citation>& citations, std::string_view source, std::string_view locator) const {
  if (source.empty()) source = default_source_;
  if (!is_valid_id(source)) return false;
  citations.resize(1);
  const bool is_address = !rules_->is_ours && (source.starts_with("http:") || source.starts_with("https:"));
  citations.front().source = is_address ? sources_.id_of(source) : std::string(source);
  citations.front().locator = locator;
  citations.front().read.clear();
  return true;
}

bool FlatReader::plain_node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                            Node& node) {
  node.id.clear();
  node.type.clear();
  node.labels.clear();
  node.aliases.clear();
  node.codes.clear();
  clear_fields(node, options_.updates);
  node.attributes.clear();
  std::string_view source, sources, locator;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string_view value = values[i];
    if (value.empty()) continue;
    if (!fits_plainly(value) || value.find(list_mark) != std::string_view::npos) return false;
    switch (columns[i].target) {
      case Target::ignored:
      case Target::direction: break;
      case Target::id: node.id = value; break;
      case Target::type: take_type(FlatKind::nodes, value, node.type); break;
      case Target::label: node.labels[columns[i].key] = value; break;
      case Target::source: source = value; break;
      case Target::sources: sources = value; break;
      case Target::locator: locator = value; break;
      default:
        if (!take_field(columns[i].target, value, node, PlainText(false))) return false;
    }
  }
  if (node.type.empty()) node.type = default_type(FlatKind::nodes);
  if (rules_->names_are_ids && node.id.empty()) node.id = label_of(node.labels, "en", "");
  if (rules_->foreign_ids && node.labels.empty() && !is_valid_id(node.id)) node.labels["en"] = node.id;
  const bool has_id = rules_->foreign_ids ? may_be_foreign_id(node.id) : is_valid_id(node.id);
  const bool has_type = node.type.empty() ? options_.updates : ontology_.node_type(node.type).has_value();
  return take_only_source(sources, source, locator) && has_id && has_type &&
         (node.until.empty() || parse_validity(node.since, node.until)) && cite(node.sources, source, locator);
}

/// Rows mostly have the type of the row above.
bool FlatReader::knows_edge_type(const std::string& type) {
  if (!type.empty() && type == last_edge_type_) return true;
  if (!ontology_.edge_type(type)) return false;
  last_edge_type_ = type;
  return true;
}

bool FlatReader::plain_edge_field(const FlatColumn& column, std::string_view value, Edge& edge,
                                  std::string_view& source, std::string_view& sources, std::string_view& locator) {
  const PlainText plain(rules_->foreign_ids);
  switch (column.target) {
    case Target::ignored:
    case Target::scale:
    case Target::from_label:
    case Target::to_label:
    case Target::from_type:
    case Target::to_type: return true;
    case Target::direction: return take_direction(value);
    case Target::id: return take_edge_id(column, value, edge);
    case Target::type:
      if (is_direction_type(value)) return take_direction(value);
      take_type(FlatKind::edges, value, edge.type);
      return true;
    case Target::from: return plain.take_node(value, edge.from);
    case Target::to: return plain.take_node(value, edge.to);
    case Target::source: source = value; return true;
    case Target::sources: sources = value; return true;
    case Target::locator: locator = value; return fits_plainly(value);
    default: return take_field(column.target, value, edge, plain);
  }
}

bool FlatReader::plain_edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                            Edge& edge) {
  for (std::string* text : {&edge.id, &edge.type, &edge.from, &edge.to, &edge.attributes}) text->clear();
  direction_ = Direction::directed;
  type_is_reversed_ = false;
  clear_fields(edge, options_.updates);
  std::string_view source, sources, locator;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!values[i].empty() && !plain_edge_field(columns[i], values[i], edge, source, sources, locator)) return false;
  if (edge.type.empty()) edge.type = default_type(FlatKind::edges);
  return knows_edge_type(edge.type) && take_only_source(sources, source, locator) && !edge.from.empty() &&
         !edge.to.empty() && (edge.since.empty() || edge.until.empty() || parse_validity(edge.since, edge.until)) &&
         cite(edge.sources, source, locator);
}

std::string FlatReader::value_as_we_write(const FlatColumn& column, std::string_view value) {
  const auto absent = [&] {
    remarks_.add(column.name, value, "says that there is no value; left out");
    return std::string();
  };
  if (const auto word = column.words.find(fold(value)); !column.words.empty() && word != column.words.end())
    return word->second;
  if (!column.reading) return std::string(value);
  const bool holds_dates = is_date_field(column.target) || column.reading->dates != DateOrder::unknown;
  if (column.target == Target::attribute && !holds_dates)
    return plain_number(value, *column.reading).value_or(std::string(value));
  if (is_number_field(column.target)) {
    if (is_absent(value)) return absent();
    if (column.reading->has_bounds)
      if (const auto bounded = bounded_number(value))
        return plain_number(bounded->number, *column.reading).value_or(std::string(value));
    if (column.reading->has_scales)
      if (const auto scaled = scaled_number(value)) {
        ValueReading reading = *column.reading;
        reading.scale = scaled->scale;  // and not that of the header, too
        return plain_number(scaled->number, reading).value_or(std::string(value));
      }
    return plain_number(value, *column.reading).value_or(std::string(value));
  }
  if (column.target == Target::until && is_open_end(value)) return {};
  if (is_absent(value)) return column.target == Target::attribute ? std::string(value) : absent();
  if (column.reading->has_day_counts)
    if (auto counted = day_of_bare_count(value)) return *std::move(counted);
  const auto form = date_form(value, column.target != Target::since);
  if (!form) return std::string(value);
  if (form->plain) return *form->plain;
  const auto& chosen = column.reading->dates == DateOrder::month_first ? form->month_first : form->day_first;
  return chosen.value_or(std::string(value));
}

/// The values of a row, those of columns that are written otherwise in our writing.
std::span<const std::string_view> FlatReader::as_we_write(const std::vector<FlatColumn>& columns,
                                                          std::span<const std::string_view> values) {
  const bool is_needed =
      std::any_of(columns.begin(), columns.end(), [](const FlatColumn& c) { return c.reading || !c.words.empty(); });
  if (!is_needed) return values;
  texts_.resize(values.size());
  written_.assign(values.begin(), values.end());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (values[i].empty() || (!columns[i].reading && columns[i].words.empty())) continue;
    texts_[i] = value_as_we_write(columns[i], values[i]);
    written_[i] = texts_[i];
  }
  return written_;
}

namespace {

/// The unit that the header of the amount has, or its value.
std::string unit_in(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values) {
  const FlatColumn* amount = find_column(columns, Target::amount);
  if (amount == nullptr || !amount->reading) return {};
  if (!amount->reading->unit.empty()) return amount->reading->unit;
  const auto at = static_cast<std::size_t>(amount - columns.data());
  return currency_in(at < values.size() ? values[at] : std::string_view());
}

/// The id of a node as a foreign file has it, which the reader of records would not take.
void name_as_told(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, Target target,
                  std::string& id) {
  if (const std::string_view value = value_in(columns, values, target); !is_no_name(value)) id = value;
}
/// The same for the plain fields that name nodes.
template <typename Record>
void name_all_as_told(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                      Record& record) {
  std::size_t place = 0;
  for_each_field<Record>([&](const auto& field) {
    const Target target = field_targets<Record>[place++];
    if constexpr (field_kind<decltype(field)> == FieldKind::node)
      name_as_told(columns, values, target, record.*field.member);
  });
}

}  // namespace

bool FlatReader::node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given,
                      const Place& place, std::uint64_t row, Node& node) {
  if (!node_of(columns, given, place, row, node)) return false;
  if (rules_->is_ours) return true;
  label_by_script(node.labels);
  note_day_end(columns, node.until);
  return true;
}

/// Keeps the first end of a period that is a day, which is taken for the first day that no longer counts.
void FlatReader::note_day_end(const std::vector<FlatColumn>& columns, const std::string& until) {
  constexpr std::size_t day_length = 10;
  if (until.size() != day_length || !day_end_.empty() || rules_->has_made_ends) return;
  if (const FlatColumn* column = find_column(columns, Target::until)) day_end_ = {column->name, until};
}

bool FlatReader::node_of(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given,
                         const Place& place, std::uint64_t row, Node& node) {
  const auto values = as_we_write(columns, given);
  if (plain_node(columns, values, node)) return true;
  auto read = reader_.node(object_of(FlatKind::nodes, columns, values), place);
  if (found_.any() && rules_->may_survey) throw WantsSurvey();
  if (found_.any()) name_row(columns, values, FlatKind::nodes);
  if (found_.any()) tell(found_, columns, row);
  if (!read) return false;
  node = *std::move(read);
  if (!rules_->foreign_ids) return true;
  std::string_view id = value_in(columns, values, Target::id);
  if (id.empty() && rules_->names_are_ids) id = label_of(node.labels, "en", "");
  if (node.labels.empty() && !is_valid_id(id)) node.labels["en"] = id;
  node.id = id;
  return true;
}

bool FlatReader::edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given,
                      const Place& place, std::uint64_t row, Edge& edge) {
  if (!edge_of(columns, given, place, row, edge)) return false;
  if (!rules_->is_ours && !edge.until.empty()) note_day_end(columns, edge.until);
  if (edge.amount && edge.unit.empty()) edge.unit = unit_in(columns, given);
  if (!edge.unit.empty() && !rules_->is_ours) take_our_unit(edge);
  if (rules_->has_scale && !take_scale(columns, given, place, row, edge)) return false;
  if (edge.as_of.empty() && (edge.amount || edge.share)) edge.as_of = rules_->as_of;
  if (rules_->reports && value_in(columns, given, Target::direction).empty()) {
    if (find_column(columns, Target::direction) != nullptr) {
      refuse_no_flow(columns, place, row);
      return false;
    }
  }
  if ((direction_ == Direction::reversed) != type_is_reversed_) std::swap(edge.from, edge.to);
  return take_bounds(columns, given, place, row, edge);
}

bool FlatReader::edge_of(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given,
                         const Place& place, std::uint64_t row, Edge& edge) {
  const auto values = as_we_write(columns, given);
  leaves_id_ = false;
  if (plain_edge(columns, values, edge)) {
    left_ids_ += leaves_id_ ? 1U : 0U;
    return true;
  }
  has_no_ends_ = value_in(columns, values, Target::from).empty() && value_in(columns, values, Target::to).empty();
  is_total_ = is_called_total(value_in(columns, values, Target::from)) ||
              is_called_total(value_in(columns, values, Target::to));
  is_note_ = values.size() > 2 && std::ranges::count_if(values, [](auto value) { return !value.empty(); }) == 1;
  auto read = reader_.edge(object_of(FlatKind::edges, columns, values), place);
  if (found_.any() && rules_->may_survey) throw WantsSurvey();
  if (found_.any()) name_row(columns, values, FlatKind::edges);
  if (found_.any()) tell(found_, columns, row);
  if (!read) return false;
  left_ids_ += leaves_id_ ? 1U : 0U;
  edge = *std::move(read);
  if (!rules_->foreign_ids) return true;
  name_as_told(columns, values, Target::from, edge.from);
  name_as_told(columns, values, Target::to, edge.to);
  name_all_as_told(columns, values, edge);
  return true;
}

bool FlatReader::figure(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given,
                        const Place& place, std::uint64_t row, Observation& figure) {
  const auto values = as_we_write(columns, given);
  auto read = reader_.observation(object_of(FlatKind::figures, columns, values), place);
  if (found_.any() && rules_->may_survey) throw WantsSurvey();
  if (found_.any()) name_row(columns, values, FlatKind::edges);
  if (found_.any()) tell(found_, columns, row);
  if (!read) return false;
  figure = *std::move(read);
  if (!rules_->foreign_ids) return true;
  name_as_told(columns, values, Target::subject, figure.subject);
  name_all_as_told(columns, values, figure);
  return true;
}

}  // namespace chokepoint::detail
