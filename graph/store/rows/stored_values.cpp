#include "store/rows/stored_values.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace chokepoint::detail {

namespace {

constexpr double largest = std::numeric_limits<double>::max();

/// A stored text in a sentence, which is one short line whatever it holds.
std::string shown(std::string_view text) {
  constexpr std::size_t most = 40;
  const std::string safe = escape_for_terminal(text.substr(0, most));
  return "\"" + safe + (text.size() > most ? "…\"" : "\"");
}

template <typename Word>
Word word_of(const StoredRow& row, std::string_view column, std::string_view text, std::optional<Word> parsed) {
  if (!parsed) refuse_value(row, column, shown(text) + " is none of its words");
  return *parsed;
}

/// @return nothing where the text is no JSON
std::optional<Json> json_of(std::string_view text) {
  try {
    return parse_json(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

Json object_of(const StoredRow& row, std::string_view column, std::string_view text) {
  auto json = json_of(text);
  if (!json || !json->is_object()) refuse_value(row, column, shown(text) + " is no JSON object");
  return *std::move(json);
}

std::uint16_t type_of(const StoredRow& row, std::int64_t number, std::size_t types) {
  if (number < 0 || static_cast<std::uint64_t>(number) >= types)
    refuse_value(row, "type", fmt::format("there is no type {}", number));
  return static_cast<std::uint16_t>(number);
}

}  // namespace

std::string stored_text(const StoredRow& row, std::string_view column, std::string_view text) {
  if (!is_valid_utf8(text)) refuse_value(row, column, "the text is not UTF-8");
  return std::string(text);
}

std::string required_id(const StoredRow& row, std::string_view column, std::string_view id) {
  if (!is_valid_id(id)) refuse_value(row, column, shown(id) + " is no id");
  return std::string(id);
}

std::string stored_name(const StoredRow& row, std::string_view column, std::string_view id) {
  return id.empty() ? std::string() : required_id(row, column, id);
}

std::string stored_date(const StoredRow& row, std::string_view column, std::string_view date) {
  if (!date.empty() && !parse_partial_date(date)) refuse_value(row, column, shown(date) + " is no date");
  return std::string(date);
}

std::string stored_object(const StoredRow& row, std::string_view column, std::string_view json) {
  if (!json.empty()) static_cast<void>(object_of(row, column, json));
  return std::string(json);
}

std::map<std::string, std::string> stored_texts(const StoredRow& row, std::string_view column, std::string_view json) {
  std::map<std::string, std::string> texts;
  if (json == "{}") return texts;
  const Json object = object_of(row, column, json);
  for (const auto& [key, value] : object.as_object()) {
    if (!value.is_string()) refuse_value(row, column, shown(key) + " is no text");
    texts[key] = value.as_string();
  }
  return texts;
}

Bound stored_bound(const StoredRow& row, std::string_view word) {
  return word.empty() ? Bound::exact : word_of(row, "bound", word, parse_bound(word));
}
Status stored_status(const StoredRow& row, std::string_view word) {
  return word.empty() ? Status::reported : word_of(row, "status", word, parse_status(word));
}
Significance stored_significance(const StoredRow& row, std::string_view word) {
  return word.empty() ? Significance::unstated : word_of(row, "significance", word, parse_significance(word));
}

std::optional<double> stored_number(const StoredRow& row, std::string_view column, std::optional<double> number,
                                    double least, double most) {
  if (number && !(*number >= least && *number <= most))
    refuse_value(row, column, fmt::format("{} is out of range", *number));
  return number;
}
std::optional<double> stored_amount(const StoredRow& row, std::string_view column, std::optional<double> number) {
  return stored_number(row, column, number, -largest, largest);
}
std::optional<double> stored_performance(const StoredRow& row, std::optional<double> number) {
  return stored_number(row, "performance", number, 0, largest);
}

std::uint32_t stored_k(const StoredRow& row, std::int64_t k) {
  if (k < 1 || k > std::numeric_limits<std::uint32_t>::max())
    refuse_value(row, "k", fmt::format("{} is out of range", k));
  return static_cast<std::uint32_t>(k);
}

void check_period(const StoredRow& row, std::string_view since, std::string_view until) {
  if (!since.empty() && !until.empty() && !parse_validity(since, until))
    refuse_value(row, "until", fmt::format("{} is not after since, {}", shown(until), shown(since)));
}

std::uint16_t stored_node_type(const StoredRow& row, std::int64_t number, const Ontology& ontology) {
  return type_of(row, number, ontology.node_types().size());
}
std::uint16_t stored_edge_type(const StoredRow& row, std::int64_t number, const Ontology& ontology) {
  return type_of(row, number, ontology.edge_types().size());
}

std::int64_t stored_key(const StoredRow& row) {
  if (row.key < 1 || row.key > std::numeric_limits<std::uint32_t>::max())
    refuse_value(row, "key", "it is no key of this program's counting");
  return row.key;
}

}  // namespace chokepoint::detail
