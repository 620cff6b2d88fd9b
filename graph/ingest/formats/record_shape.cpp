#include "ingest/formats/record_shape.hpp"

#include "ingest/formats/json_fields.hpp"

#include <algorithm>
#include <cstddef>

namespace chokepoint::detail {

namespace {

/// Kumu's export: what a map shows of elements and connections, and where, is no element.
bool is_of_kumu(const Json& top) {
  const Json* element = first_in(list_in(&top, "elements"));
  return object_in(element, "attributes") != nullptr && text_in(element, "_id") != nullptr;
}

/// The object whose members are all objects: `{"0": {…}, "1": {…}}`, or one such below a single key.
std::optional<JsonPath> find_keyed(const Json* value) {
  JsonPath path;
  while (value != nullptr && value->is_object() && path.size() < 4) {
    const Json::Object& members = value->as_object();
    const auto objects = std::count_if(members.begin(), members.end(), [](const auto& member) {
      return member.second.is_object() && !member.second.as_object().empty();
    });
    if (objects >= 2 && objects == static_cast<std::ptrdiff_t>(members.size())) return path;
    const auto only =
        std::find_if(members.begin(), members.end(), [](const auto& member) { return member.second.is_object(); });
    if (objects != 1 || only == members.end()) return std::nullopt;
    path.push_back(only->first);
    value = &only->second;
  }
  return std::nullopt;
}

bool is_row(const Json* value) {
  return value != nullptr && value->is_array() && !value->as_array().empty() &&
         std::all_of(value->as_array().begin(), value->as_array().end(),
                     [](const Json& one) { return is_scalar(one) || one.is_null(); });
}

/// `{"columns": ["a", "b"], "data": [[1, 2], …]}`; the names may be those of objects, too.
std::optional<RecordShape> find_rows(const Json& top) {
  RecordShape shape{RecordLayout::rows, {}, {}, {}, false};
  for (const std::string_view key : {"columns", "fields", "headers", "header", "cols"}) {
    const Json* list = list_in(&top, key);
    if (list == nullptr || !shape.names.empty()) continue;
    for (const Json& one : list->as_array()) {
      const Json* name = one.is_string() ? &one : text_in(&one, "name");
      if (name == nullptr) return std::nullopt;
      shape.names.push_back(name->as_string());
    }
  }
  for (const std::string_view key : {"data", "rows", "values"})
    if (shape.at.empty() && is_row(first_in(list_in(&top, key)))) shape.at = {std::string(key)};
  return shape.at.empty() || shape.names.empty() ? std::nullopt : std::optional(shape);
}

/// `{"meta": {"view": {"columns": [{"name": "a"}, …]}}, "data": [[1], …]}`, as Socrata's portals of open data write it.
bool has_described_rows(const Json& top) {
  return object_in(object_in(&top, "meta"), "view") != nullptr && text_in(&top, "type") == nullptr;
}

}  // namespace

bool is_entity(const Json& value) {
  return text_in(&value, "id") != nullptr && text_in(&value, "schema") != nullptr &&
         object_in(&value, "properties") != nullptr;
}

bool holds_records(const Json& list) {
  return list.is_array() && first_in(&list) != nullptr && first_in(&list)->is_object();
}

bool holds_list_of_records(const Json& value, int depth) {
  if (!value.is_object() || depth > 4) return false;
  return std::any_of(value.as_object().begin(), value.as_object().end(), [&](const auto& member) {
    return holds_records(member.second) || holds_list_of_records(member.second, depth + 1);
  });
}

RecordShape shape_of(const std::optional<JsonHead>& json, bool says_lines) {
  if (!json) return {};
  const Json& first = json->values.front();
  if (has_described_rows(first)) return {RecordLayout::rows, {"data"}, {}, {"meta", "view", "columns"}, false};
  if (first.is_array() && is_row(first_in(&first)) && !json->is_lines()) return {RecordLayout::rows, {}, {}, {}, false};
  if (first.is_array()) return {};
  if (json->is_lines() || says_lines || is_entity(first)) return {RecordLayout::lines, {}, {}, {}, false};
  if (auto rows = find_rows(first)) return *std::move(rows);
  if (list_in(object_in(&first, "schema"), "fields") != nullptr) return {RecordLayout::lists, {}, {}, {}, true};
  if (is_of_kumu(first)) return {RecordLayout::lists, {}, {}, {}, false, true};
  if (holds_list_of_records(first)) return {};
  if (auto keyed = find_keyed(&first)) return {RecordLayout::keyed, *std::move(keyed), {}, {}, false};
  return {};
}

}  // namespace chokepoint::detail
