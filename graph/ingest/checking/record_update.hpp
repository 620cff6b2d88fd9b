#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/model/record_fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace chokepoint::detail {

/// A record that an update changed, and which of its fields: `share`, `label.en`, `attributes.note`.
template <typename Record>
struct UpdatedRecord {
  Record record;
  std::vector<std::string> fields;  ///< empty: all that is stated was there
};

/// The stored record with what another one states in its place: labels by language, codes by scheme and attributes by
/// name; aliases and citations are added. What is not stated stays. The id, and of nodes the type, are the stored ones.
/// @param by_default  source of what cites none: it is added only to a record that changes otherwise
UpdatedRecord<Source> updated(const Source& stored, const Source& stated);
UpdatedRecord<Node> updated(const Node& stored, const Node& stated, const std::string& by_default);
UpdatedRecord<Edge> updated(const Edge& stored, const Edge& stated, const std::string& by_default);
UpdatedRecord<Observation> updated(const Observation& stored, const Observation& stated, const std::string& by_default);

/// How well a stored edge fits one that an update states; both have the same type and ends. @see SEMANTICS 1.5, 1.7
enum class Fit : std::uint8_t {
  none,   ///< another fact: a field of the claim that is stated differs, or no day is in both
  fits,   ///< all that is stated of the claim is equal
  exact,  ///< and nothing else of it is stored
};
Fit fit_of(const Edge& stored, const Edge& stated);
/// The same of figures of one subject and indicator.
Fit fit_of(const Observation& stored, const Observation& stated);

/// What the reader of an update puts where a record states no word, so that a word which says what an absent one means
/// is told from none. No stored record has it.
template <typename Word>
inline constexpr Word unstated_word = word_list<Word>.front().empty() ? Word{} : static_cast<Word>(15);

/// Words that an update left unstated become what an absent one means.
template <typename Record>
void settle_words(Record& record) {
  for_each_field<Record>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::word) {
      auto& word = record.*field.member;
      using Word = std::remove_cvref_t<decltype(word)>;
      if (word == unstated_word<Word>) word = Word{};
    }
  });
}

}  // namespace chokepoint::detail
