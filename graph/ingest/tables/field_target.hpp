#pragma once

#include "chokepoint/model/record_fields.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace chokepoint::detail {

/// A plain field of nodes, edges or observations as a column of a table may hold it.
struct FlatField {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  double least = 0, most = 0;  ///< of a number
  bool is_measure = false;
  std::span<const std::string_view> words;
  bool is_of_nodes = false, is_of_edges = false, is_of_figures = false;
};

/// All of them, each name once: what records share means the same in all.
struct FlatFields {
  std::array<FlatField, 64> list;
  std::size_t count = 0;

  template <typename Record>
  constexpr void add() {
    for_each_field<Record>([&](const auto& field) {
      std::size_t at = 0;
      while (at < count && list[at].name != field.name) ++at;
      FlatField& flat = list.at(at);
      if (at == count) {
        ++count;
        flat.name = field.name;
        flat.kind = field_kind<decltype(field)>;
        flat.least = field.least;
        flat.most = field.most;
        flat.is_measure = field.is_measure;
        if constexpr (field_kind<decltype(field)> == FieldKind::word)
          flat.words = word_list<typename std::remove_cvref_t<decltype(field)>::value_type>;
      }
      flat.is_of_nodes |= std::is_same_v<Record, Node>;
      flat.is_of_edges |= std::is_same_v<Record, Edge>;
      flat.is_of_figures |= std::is_same_v<Record, Observation>;
    });
  }
};
inline constexpr FlatFields flat_fields = [] {
  FlatFields fields;
  fields.add<Node>();
  fields.add<Edge>();
  fields.add<Observation>();
  return fields;
}();

/// The place of a field among `flat_fields`; their number for none.
constexpr std::uint8_t flat_place(std::string_view name) {
  std::uint8_t place = 0;
  while (place < flat_fields.count && flat_fields.list[place].name != name) ++place;
  return place;
}

/// What a column of a table, or a key of a graph file, holds. A plain field has the number of its place behind
/// `first_field`; some have a name here, because a reader asks for them by their meaning.
enum class Target : std::uint8_t {
  ignored,
  id,
  type,
  label,
  aliases,
  code,
  from,
  to,
  sources,
  source,
  locator,
  attribute,
  direction,   ///< of an edge: directed, undirected or mutual; what neither is, is no matter
  from_label,  ///< of the node that an edge begins at
  to_label,
  from_type,  ///< the type of the node that an edge begins at
  to_type,
  scale,    ///< of an edge: the power of ten that its amount is to be taken times
  subject,  ///< of a figure
  indicator,
  value,
  first_field,
  description = first_field + flat_place("description"),
  since = first_field + flat_place("since"),
  until = first_field + flat_place("until"),
  item = first_field + flat_place("item"),
  share = first_field + flat_place("share"),
  amount = first_field + flat_place("amount"),
  unit = first_field + flat_place("unit"),
  as_of = first_field + flat_place("as_of"),
  bound = first_field + flat_place("bound"),
  value_high = first_field + flat_place("value_high"),
};

constexpr Target target_of(std::uint8_t place) {
  return static_cast<Target>(static_cast<std::uint8_t>(Target::first_field) + place);
}

/// The targets of the plain fields of a record, in their order.
template <typename Record>
inline constexpr auto field_targets = std::apply(
    [](const auto&... fields) { return std::array<Target, sizeof...(fields)>{target_of(flat_place(fields.name))...}; },
    record_fields<Record>);

/// The plain field that a target is; nullptr for another.
constexpr const FlatField* flat_field(Target target) {
  if (target < Target::first_field) return nullptr;
  return &flat_fields.list[static_cast<std::uint8_t>(target) - static_cast<std::uint8_t>(Target::first_field)];
}
constexpr bool is_field_of_kind(Target target, FieldKind kind) {
  const FlatField* field = flat_field(target);
  return field != nullptr && field->kind == kind;
}
constexpr bool is_number_field(Target target) {
  return is_field_of_kind(target, FieldKind::number) || is_field_of_kind(target, FieldKind::count);
}
constexpr bool is_date_field(Target target) { return is_field_of_kind(target, FieldKind::date); }
/// Whether its values are fractions in [0, 1].
constexpr bool is_fraction_field(Target target) {
  return is_field_of_kind(target, FieldKind::number) && flat_field(target)->least == 0 && flat_field(target)->most == 1;
}

}  // namespace chokepoint::detail
