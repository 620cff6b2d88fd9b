#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/model/table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace chokepoint {

/// What a plain field of a record holds.
enum class FieldKind : std::uint8_t {
  text,    ///< std::string, empty for none
  date,    ///< the same: partial ISO 8601
  node,    ///< the same: id of a node
  number,  ///< std::optional<double>
  count,   ///< std::optional<std::uint32_t>, at least 1
  word,    ///< an enumeration that `word_list` knows; its first enumerator is what an absent word means
};

/// One plain field of a record: a member with the same name and meaning wherever the record goes.
template <FieldKind Kind, typename Record, typename Value>
struct RecordField {
  static constexpr FieldKind kind = Kind;
  using value_type = Value;

  std::string_view name;  ///< key in JSON, header of a column, name of an exported attribute
  Value Record::*member;
  double least = std::numeric_limits<double>::lowest();  ///< of a number
  double most = std::numeric_limits<double>::max();
  bool is_claim = true;          ///< part of what the record claims, and so of its hash
  bool is_measure = false;       ///< a number that `as_of` dates and `bound` qualifies; rival claims differ in it
  std::string_view label = {};   ///< stands before a measure told to people; empty: code of its own tells it
  std::string_view column = {};  ///< of the database, where it is not `name`
  int schema = 1;                ///< version of the database's schema that brought the column

  [[nodiscard]] constexpr std::string_view column_name() const { return column.empty() ? name : column; }
  /// The ends of the range of a number, where it has them.
  [[nodiscard]] constexpr std::optional<double> lower_bound() const {
    return least > std::numeric_limits<double>::lowest() ? std::optional(least) : std::nullopt;
  }
  [[nodiscard]] constexpr std::optional<double> upper_bound() const {
    return most < std::numeric_limits<double>::max() ? std::optional(most) : std::nullopt;
  }
};

template <typename Record>
using TextField = RecordField<FieldKind::text, Record, std::string>;
template <typename Record>
using DateField = RecordField<FieldKind::date, Record, std::string>;
template <typename Record>
using NodeField = RecordField<FieldKind::node, Record, std::string>;
template <typename Record>
using NumberField = RecordField<FieldKind::number, Record, std::optional<double>>;
template <typename Record>
using CountField = RecordField<FieldKind::count, Record, std::optional<std::uint32_t>>;
template <typename Record, typename Word>
using WordField = RecordField<FieldKind::word, Record, Word>;

/// What every record of a kind begins with, behind its id.
template <typename Record>
inline constexpr std::tuple<> record_heads{};
/// The plain fields of a record in the order of the data model. A line here is read and written as JSON, checked,
/// stored, packed, updated, imported from tables and exported to them: see CONTRIBUTING.md, "An edge field". Apart from
/// these stand the id, what is a list or an object (labels, aliases, codes, attributes, sources) and the value of an
/// observation.
template <typename Record>
inline constexpr std::tuple<> record_fields{};

template <>
inline constexpr auto record_fields<Source> = std::tuple{
    TextField<Source>{.name = "title", .member = &Source::title},
    TextField<Source>{.name = "publisher", .member = &Source::publisher},
    DateField<Source>{.name = "date", .member = &Source::date},
    TextField<Source>{.name = "language", .member = &Source::language},
    TextField<Source>{.name = "url", .member = &Source::url},
    TextField<Source>{.name = "license", .member = &Source::license},
};

template <>
inline constexpr auto record_heads<Node> = std::tuple{TextField<Node>{.name = "type", .member = &Node::type}};
template <>
inline constexpr auto record_fields<Node> = std::tuple{
    TextField<Node>{.name = "description", .member = &Node::description},
    DateField<Node>{.name = "since", .member = &Node::since},
    DateField<Node>{.name = "until", .member = &Node::until},
};

template <>
inline constexpr auto record_heads<Edge> = std::tuple{
    TextField<Edge>{.name = "type", .member = &Edge::type},
    NodeField<Edge>{.name = "from", .member = &Edge::from, .column = "from_node"},
    NodeField<Edge>{.name = "to", .member = &Edge::to, .column = "to_node"},
};
template <>
inline constexpr auto record_fields<Edge> = std::tuple{
    NodeField<Edge>{.name = "item", .member = &Edge::item},
    NodeField<Edge>{.name = "market", .member = &Edge::market},
    NodeField<Edge>{.name = "origin", .member = &Edge::origin},
    NumberField<Edge>{.name = "share", .member = &Edge::share, .least = 0, .most = 1, .is_measure = true},
    NumberField<Edge>{.name = "amount", .member = &Edge::amount, .is_measure = true},
    TextField<Edge>{.name = "unit", .member = &Edge::unit},
    NumberField<Edge>{
        .name = "performance", .member = &Edge::performance, .least = 0, .is_measure = true, .label = "performance"},
    DateField<Edge>{.name = "as_of", .member = &Edge::as_of},
    WordField<Edge, Bound>{.name = "bound", .member = &Edge::bound},
    WordField<Edge, Status>{.name = "status", .member = &Edge::status},
    WordField<Edge, Significance>{.name = "significance", .member = &Edge::significance},
    NumberField<Edge>{.name = "confidence", .member = &Edge::confidence, .least = 0, .most = 1, .is_claim = false},
    DateField<Edge>{.name = "since", .member = &Edge::since},
    DateField<Edge>{.name = "until", .member = &Edge::until},
    TextField<Edge>{.name = "group", .member = &Edge::group, .column = "group_name"},
    CountField<Edge>{.name = "k", .member = &Edge::k},
};

template <>
inline constexpr auto record_heads<Observation> = std::tuple{
    NodeField<Observation>{.name = "subject", .member = &Observation::subject},
    TextField<Observation>{.name = "indicator", .member = &Observation::indicator},
};
template <>
inline constexpr auto record_fields<Observation> = std::tuple{
    NumberField<Observation>{.name = "value_high", .member = &Observation::value_high, .is_measure = true},
    TextField<Observation>{.name = "unit", .member = &Observation::unit},
    NodeField<Observation>{.name = "item", .member = &Observation::item},
    NodeField<Observation>{.name = "market", .member = &Observation::market},
    NodeField<Observation>{.name = "relative_to", .member = &Observation::relative_to},
    DateField<Observation>{.name = "as_of", .member = &Observation::as_of},
    DateField<Observation>{.name = "since", .member = &Observation::since},
    DateField<Observation>{.name = "until", .member = &Observation::until},
    WordField<Observation, Bound>{.name = "bound", .member = &Observation::bound},
    WordField<Observation, Status>{.name = "status", .member = &Observation::status},
    NumberField<Observation>{
        .name = "confidence", .member = &Observation::confidence, .least = 0, .most = 1, .is_claim = false},
};

/// The words of an enumeration by its numbers; an empty one says nothing and is never written.
template <typename Word>
inline constexpr std::array<std::string_view, 0> word_list{};
template <>
inline constexpr std::array<std::string_view, 4> word_list<Bound>{"exact", "about", "at-least", "at-most"};
template <>
inline constexpr std::array<std::string_view, 6> word_list<Status>{"reported", "estimated",   "forecast",
                                                                   "planned",  "recommended", "derived"};
template <>
inline constexpr std::array<std::string_view, 3> word_list<Significance>{"", "major", "minor"};

/// The word of an enumerator; empty for what is none: inside an import a word may be unstated.
template <typename Word>
constexpr std::string_view word_text(Word word) {
  const auto number = static_cast<std::size_t>(word);
  return number < word_list<Word>.size() ? word_list<Word>[number] : std::string_view();
}
/// The same, but empty for what an absent word means.
template <typename Word>
constexpr std::string_view word_unless_default(Word word) {
  return word == Word{} ? std::string_view() : word_text(word);
}
template <typename Word>
constexpr std::optional<Word> parse_word(std::string_view text) {
  for (std::size_t i = 0; i < word_list<Word>.size(); ++i)
    if (!text.empty() && word_list<Word>[i] == text) return static_cast<Word>(i);
  return std::nullopt;
}

/// `kind` of a field that a visitor was given: `if constexpr (field_kind<decltype(field)> == FieldKind::number)`.
template <typename Field>
inline constexpr FieldKind field_kind = std::remove_cvref_t<Field>::kind;
/// Whether the field is a std::string.
template <typename Field>
inline constexpr bool is_text_field = field_kind<Field> == FieldKind::text || field_kind<Field> == FieldKind::date ||
                                      field_kind<Field> == FieldKind::node;

/// Calls `visit(field)` for each plain field of a record, in the order of the data model; of `record_heads` likewise.
template <typename Record, typename Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... fields) { (visit(fields), ...); }, record_fields<Record>);
}
template <typename Record, typename Visit>
constexpr void for_each_head(Visit&& visit) {
  std::apply([&](const auto&... fields) { (visit(fields), ...); }, record_heads<Record>);
}

namespace detail {

/// Place of a member among the plain fields of its record.
template <typename Record, typename Value>
constexpr std::size_t place_of_field(Value Record::*member) {
  std::size_t place = 0, at = 0;
  for_each_field<Record>([&](const auto& field) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field.member)>, Value Record::*>)
      if (field.member == member) place = at;
    ++at;
  });
  return place;
}
template <typename Record, typename Value>
constexpr const auto& fields_beside(Value Record::*) {
  return record_fields<Record>;
}

}  // namespace detail

/// The description of a plain field by its member: `plain_field<&Edge::share>().most`.
template <auto Member>
constexpr const auto& plain_field() {
  return std::get<detail::place_of_field(Member)>(detail::fields_beside(Member));
}

/// How many of the plain fields name nodes.
template <typename Record>
constexpr std::size_t count_node_fields() {
  std::size_t count = 0;
  for_each_field<Record>([&](const auto& field) { count += field_kind<decltype(field)> == FieldKind::node ? 1U : 0U; });
  return count;
}

/// Whether a record states a measure, so that a date and a bound say something.
template <typename Record>
constexpr bool has_measure(const Record& record) {
  bool found = false;
  for_each_field<Record>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::number)
      found = found || (field.is_measure && (record.*field.member).has_value());
  });
  return found;
}

/// The value of a plain field as a cell of a table; of a word also what an absent one means, as far as that has a name.
template <FieldKind Kind, typename Record, typename Value>
Cell field_cell(const RecordField<Kind, Record, Value>& field, const Record& record) {
  const Value& value = record.*field.member;
  if constexpr (Kind == FieldKind::number) {
    if (value) return *value;
  } else if constexpr (Kind == FieldKind::count) {
    if (value) return std::int64_t{*value};
  } else if constexpr (Kind == FieldKind::word) {
    if (const std::string_view word = word_text(value); !word.empty()) return std::string(word);
  } else {
    if (!value.empty()) return value;
  }
  return {};
}

}  // namespace chokepoint
