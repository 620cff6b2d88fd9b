#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "ingest/checking/record_update.hpp"
#include "ingest/checking/text_limits.hpp"
#include "ingest/tables/field_target.hpp"
#include "ingest/tables/flat_values.hpp"
#include "ingest/tables/value_reading.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace chokepoint::detail {

// Texts of a table as the plain fields of a record, as far as they are plainly right; what is not goes another way,
// which says what is wrong.

/// Takes what is plainly right; whole numbers of more than 15 digits go another way, which asks whether all are kept.
inline bool take_plain_number(std::string_view text, double least, double most, std::optional<double>& number) {
  if (text.size() > 15 && text.find_first_of(".eE") == std::string_view::npos) return false;
  number = finite_number(text);
  return number && *number >= least && *number <= most;
}

inline bool fits_plainly(std::string_view text) {
  return text.size() <= longest_text && text.find('\0') == std::string_view::npos;
}

/// Takes the text of a plain field where it is plainly right.
class PlainText {
 public:
  explicit PlainText(bool foreign_ids) : foreign_ids_(foreign_ids) {}

  bool take_node(std::string_view text, std::string& id) const {
    id = text;
    return foreign_ids_ ? may_be_foreign_id(text) && !is_no_name(text) : is_valid_id(text);
  }
  template <FieldKind Kind, typename Record, typename Value>
  bool take(const RecordField<Kind, Record, Value>& field, std::string_view text, Record& record) const {
    Value& value = record.*field.member;
    if constexpr (Kind == FieldKind::node) {
      return take_node(text, value);
    } else if constexpr (Kind == FieldKind::number) {
      return take_plain_number(text, field.least, field.most, value);
    } else if constexpr (Kind == FieldKind::date) {
      value = text;
      return parse_partial_date(text).has_value();
    } else if constexpr (Kind == FieldKind::text) {
      value = text;
      return fits_plainly(text);
    } else if constexpr (Kind == FieldKind::word) {
      const std::optional<Value> word = parse_word<Value>(text);
      value = word.value_or(value);
      return word.has_value();
    } else {
      return false;  // whole numbers go the other way
    }
  }

 private:
  bool foreign_ids_;
};

template <typename Record, std::size_t Place>
bool take_field_at(std::string_view text, Record& record, const PlainText& plain) {
  return plain.take(std::get<Place>(record_fields<Record>), text, record);
}
/// By target: what takes the value of that field, so that no value is compared with every field.
template <typename Record>
inline constexpr auto field_takers = []<std::size_t... I>(std::index_sequence<I...>) {
  constexpr std::size_t targets = static_cast<std::size_t>(Target::first_field) + flat_fields.count;
  std::array<bool (*)(std::string_view, Record&, const PlainText&), targets> takers{};
  ((takers[static_cast<std::size_t>(field_targets<Record>[I])] = take_field_at<Record, I>), ...);
  return takers;
}
(std::make_index_sequence<field_targets<Record>.size()>());

/// Takes the value of a plain field. @return false for a target that is none of the record, too
template <typename Record>
bool take_field(Target target, std::string_view text, Record& record, const PlainText& plain) {
  const auto take = field_takers<Record>[static_cast<std::size_t>(target)];
  return take != nullptr && take(text, record, plain);
}

/// As if no value was there; in an update, nothing is stated.
template <typename Record>
void clear_fields(Record& record, bool is_update) {
  for_each_field<Record>([&](const auto& field) {
    auto& value = record.*field.member;
    if constexpr (is_text_field<decltype(field)>)
      value.clear();
    else if constexpr (field_kind<decltype(field)> == FieldKind::word)
      value = is_update ? unstated_word<std::remove_cvref_t<decltype(value)>> : std::remove_cvref_t<decltype(value)>{};
    else
      value.reset();
  });
}

}  // namespace chokepoint::detail
