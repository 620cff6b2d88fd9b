#include "store/rows/stored_values.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <limits>

namespace chokepoint::detail {

namespace {

/// A stored text in a sentence, which is one short line whatever it holds.
std::string shown(std::string_view text) {
  constexpr std::size_t most = 40;
  const std::string safe = escape_for_terminal(text.substr(0, most));
  return "\"" + safe + (text.size() > most ? "…\"" : "\"");
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

void refuse_word(const StoredRow& row, std::string_view column, std::string_view word) {
  refuse_value(row, column, shown(word) + " is none of its words");
}

void refuse_number(const StoredRow& row, std::string_view column, double number) {
  refuse_value(row, column, fmt::format("{} is out of range", number));
}

std::uint32_t stored_count(const StoredRow& row, std::string_view column, std::int64_t count) {
  if (count < 1 || count > std::numeric_limits<std::uint32_t>::max())
    refuse_value(row, column, fmt::format("{} is out of range", count));
  return static_cast<std::uint32_t>(count);
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
