#include "chokepoint/model/record.hpp"
#include "chokepoint/model/record_fields.hpp"

namespace chokepoint {

namespace {

std::string text_at(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value ? value->as_string() : std::string();
}

template <FieldKind Kind, typename Record, typename Value>
void take(const Json& object, const RecordField<Kind, Record, Value>& field, Record& record) {
  const Json* found = object.find(field.name);
  if (found == nullptr) return;
  Value& value = record.*field.member;
  if constexpr (Kind == FieldKind::number)
    value = found->to_double();
  else if constexpr (Kind == FieldKind::count)
    value = static_cast<std::uint32_t>(found->to_integer().value_or(1));
  else if constexpr (Kind == FieldKind::word)
    value = parse_word<Value>(found->as_string()).value_or(Value{});
  else
    value = found->as_string();
}

template <typename Record>
void take_all(const Json& object, Record& record) {
  for_each_head<Record>([&](const auto& field) { take(object, field, record); });
  for_each_field<Record>([&](const auto& field) { take(object, field, record); });
}

std::map<std::string, std::string> texts_of(const Json& object, std::string_view key) {
  std::map<std::string, std::string> texts;
  if (const Json* value = object.find(key))
    for (const auto& [name, text] : value->as_object()) texts[name] = text.as_string();
  return texts;
}

std::string attributes_of(const Json& object) {
  const Json* value = object.find("attributes");
  // None are the same as none written.
  return value && !value->as_object().empty() ? canonical(*value) : std::string();
}

std::vector<Citation> citations_of(const Json& object) {
  std::vector<Citation> citations;
  if (const Json* list = object.find("sources"))
    for (const Json& citation : list->as_array())
      citations.push_back({text_at(citation, "source"), text_at(citation, "locator"), text_at(citation, "read")});
  return citations;
}

/// A figure as a database holds it: text, an integer of 64 bits or a double, so that equal figures are equal claims.
Json figure_of(const Json& value) {
  if (!value.is_number()) return value;
  if (const auto integer = value.to_integer()) return Json(*integer);
  return Json(value.to_double().value_or(0));
}

}  // namespace

Source source_from_json(const Json& o) {
  Source source;
  source.id = text_at(o, "id");
  take_all(o, source);
  source.attributes = attributes_of(o);
  return source;
}

Node node_from_json(const Json& o) {
  Node node;
  node.id = text_at(o, "id");
  take_all(o, node);
  node.labels = texts_of(o, "labels");
  if (const Json* list = o.find("aliases"))
    for (const Json& alias : list->as_array()) node.aliases.push_back(alias.as_string());
  node.codes = texts_of(o, "codes");
  node.attributes = attributes_of(o);
  node.sources = citations_of(o);
  return node;
}

Edge edge_from_json(const Json& o) {
  Edge edge;
  edge.id = text_at(o, "id");
  take_all(o, edge);
  edge.attributes = attributes_of(o);
  edge.sources = citations_of(o);
  return edge;
}

Observation observation_from_json(const Json& o) {
  Observation observation;
  observation.id = text_at(o, "id");
  take_all(o, observation);
  if (const Json* value = o.find("value")) observation.value = figure_of(*value);
  observation.attributes = attributes_of(o);
  observation.sources = citations_of(o);
  return observation;
}

}  // namespace chokepoint
