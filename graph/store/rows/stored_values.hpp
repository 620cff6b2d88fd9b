#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "model/stored_row.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

// What the rows of a database hold, checked on its way into a record. Each gives the value back, or refuses it with
// table, row and column. Empty texts and numbers that are not there are taken as such.

std::string stored_text(const StoredRow& row, std::string_view column, std::string_view text);
/// The id of a node, source or dataset.
std::string required_id(const StoredRow& row, std::string_view column, std::string_view id);
/// An id that was given to an edge or figure, or none.
std::string stored_name(const StoredRow& row, std::string_view column, std::string_view id);
std::string stored_date(const StoredRow& row, std::string_view column, std::string_view date);
/// A JSON object as text.
std::string stored_object(const StoredRow& row, std::string_view column, std::string_view json);
/// `{"en":"…"}`
std::map<std::string, std::string> stored_texts(const StoredRow& row, std::string_view column, std::string_view json);
[[noreturn]] void refuse_word(const StoredRow& row, std::string_view column, std::string_view word);
/// A word of an enumeration; what an absent word means for none.
template <typename Word>
Word stored_word(const StoredRow& row, std::string_view column, std::string_view word) {
  if (word.empty()) return Word{};
  const std::optional<Word> parsed = parse_word<Word>(word);
  if (!parsed) refuse_word(row, column, word);
  return *parsed;
}
[[noreturn]] void refuse_number(const StoredRow& row, std::string_view column, double number);
inline std::optional<double> stored_number(const StoredRow& row, std::string_view column, std::optional<double> number,
                                           double least, double most) {
  if (number && !(*number >= least && *number <= most)) refuse_number(row, column, *number);
  return number;
}
/// A number that is at least 1.
std::uint32_t stored_count(const StoredRow& row, std::string_view column, std::int64_t count);
/// Refuses a period that ends before it begins.
void check_period(const StoredRow& row, std::string_view since, std::string_view until);

/// The number of a node's or an edge's type.
std::uint16_t stored_node_type(const StoredRow& row, std::int64_t number, const Ontology& ontology);
std::uint16_t stored_edge_type(const StoredRow& row, std::int64_t number, const Ontology& ontology);
/// A key of this program's counting, which starts from 1.
std::int64_t stored_key(const StoredRow& row);

}  // namespace chokepoint::detail
