#include "present/words/answer_json.hpp"

#include <utility>

namespace chokepoint::detail {

const Json* json_member(const Json& object, std::string_view key) {
  return object.is_object() ? object.find(key) : nullptr;
}

std::string json_text(const Json* value) { return value != nullptr && value->is_string() ? value->as_string() : ""; }

std::string json_text(const Json& object, std::string_view key) { return json_text(json_member(object, key)); }

std::optional<double> json_number(const Json* value) { return value == nullptr ? std::nullopt : value->to_double(); }

const std::vector<Json>& json_list(const Json* list) {
  static const std::vector<Json> none;
  return list != nullptr && list->is_array() ? list->as_array() : none;
}

std::size_t json_size(const Json* list) { return json_list(list).size(); }

std::string json_id(const Json* value) {
  if (value == nullptr) return {};
  return value->is_string() ? value->as_string() : json_text(*value, "id");
}

std::vector<std::string> json_ids(const Json* list) {
  std::vector<std::string> ids;
  for (const Json& each : json_list(list))
    if (std::string id = json_id(&each); !id.empty()) ids.push_back(std::move(id));
  return ids;
}

}  // namespace chokepoint::detail
