#include "ingest/formats/json_fields.hpp"

#include <algorithm>

namespace chokepoint::detail {

bool is_scalar(const Json& value) { return value.is_string() || value.is_number() || value.is_bool(); }

std::string_view scalar_text(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_number()) return value.as_number().token;
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  return {};
}

FlatType scalar_type(const Json& value) {
  if (value.is_number()) return FlatType::number;
  return value.is_bool() ? FlatType::truth : FlatType::text;
}

void put_json(SpooledTable& table, std::string& name, const Json& value, std::optional<Target> role) {
  if (is_scalar(value)) {
    if (const std::string_view text = scalar_text(value); !text.empty())
      table.set(table.column(name, scalar_type(value), role), text);
  } else if (value.is_array()) {
    const Json::Array& list = value.as_array();
    if (std::all_of(list.begin(), list.end(), [](const Json& one) { return is_scalar(one) || one.is_null(); })) {
      for (const Json& one : list) put_json(table, name, one, role);
    } else {
      table.set(table.column(name, FlatType::json, role), to_text(value));
    }
  } else if (value.is_object()) {
    const std::size_t length = name.size();
    for (const auto& [key, member] : value.as_object()) {
      name += '.';
      name += key;
      put_json(table, name, member, role);
      name.resize(length);
    }
  }
}

void put_role_text(SpooledTable& table, std::string_view name, Target role, std::string_view text) {
  table.set(table.column(name, FlatType::text, role), text);
}

void put_role(SpooledTable& table, std::string_view name, Target role, const Json& value, std::string_view key) {
  if (value.is_array()) {
    for (const Json& one : value.as_array())
      if (is_scalar(one)) put_role(table, name, role, one, key);
  } else if (is_scalar(value)) {
    table.set(table.column(name, scalar_type(value), role, key), scalar_text(value));
  }
}

}  // namespace chokepoint::detail
