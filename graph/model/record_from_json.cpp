#include "chokepoint/model/record.hpp"

namespace chokepoint {

namespace {

std::string text_at(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value ? value->as_string() : std::string();
}

std::optional<double> number_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value ? value->to_double() : std::nullopt;
}

std::map<std::string, std::string> texts_of(const Json& object, std::string_view key) {
  std::map<std::string, std::string> texts;
  if (const Json* value = object.find(key))
    for (const auto& [name, text] : value->as_object()) texts[name] = text.as_string();
  return texts;
}

std::string attributes_of(const Json& object) {
  const Json* value = object.find("attributes");
  return value ? canonical(*value) : std::string();
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
  return {text_at(o, "id"),       text_at(o, "title"), text_at(o, "publisher"), text_at(o, "date"),
          text_at(o, "language"), text_at(o, "url"),   text_at(o, "license"),   attributes_of(o)};
}

Node node_from_json(const Json& o) {
  Node node;
  node.id = text_at(o, "id");
  node.type = text_at(o, "type");
  node.labels = texts_of(o, "labels");
  if (const Json* list = o.find("aliases"))
    for (const Json& alias : list->as_array()) node.aliases.push_back(alias.as_string());
  node.codes = texts_of(o, "codes");
  node.description = text_at(o, "description");
  node.since = text_at(o, "since");
  node.until = text_at(o, "until");
  node.attributes = attributes_of(o);
  node.sources = citations_of(o);
  return node;
}

Edge edge_from_json(const Json& o) {
  Edge edge;
  edge.id = text_at(o, "id");
  edge.type = text_at(o, "type");
  edge.from = text_at(o, "from");
  edge.to = text_at(o, "to");
  edge.item = text_at(o, "item");
  edge.market = text_at(o, "market");
  edge.origin = text_at(o, "origin");
  edge.share = number_of(o, "share");
  edge.amount = number_of(o, "amount");
  edge.unit = text_at(o, "unit");
  edge.performance = number_of(o, "performance");
  edge.as_of = text_at(o, "as_of");
  edge.bound = parse_bound(text_at(o, "bound")).value_or(Bound::exact);
  edge.status = parse_status(text_at(o, "status")).value_or(Status::reported);
  edge.significance = parse_significance(text_at(o, "significance")).value_or(Significance::unstated);
  edge.confidence = number_of(o, "confidence");
  edge.since = text_at(o, "since");
  edge.until = text_at(o, "until");
  edge.group = text_at(o, "group");
  if (const Json* k = o.find("k")) edge.k = static_cast<std::uint32_t>(k->to_integer().value_or(1));
  edge.attributes = attributes_of(o);
  edge.sources = citations_of(o);
  return edge;
}

Observation observation_from_json(const Json& o) {
  Observation observation;
  observation.id = text_at(o, "id");
  observation.subject = text_at(o, "subject");
  observation.indicator = text_at(o, "indicator");
  if (const Json* value = o.find("value")) observation.value = figure_of(*value);
  observation.value_high = number_of(o, "value_high");
  observation.unit = text_at(o, "unit");
  observation.item = text_at(o, "item");
  observation.market = text_at(o, "market");
  observation.relative_to = text_at(o, "relative_to");
  observation.as_of = text_at(o, "as_of");
  observation.since = text_at(o, "since");
  observation.until = text_at(o, "until");
  observation.bound = parse_bound(text_at(o, "bound")).value_or(Bound::exact);
  observation.status = parse_status(text_at(o, "status")).value_or(Status::reported);
  observation.confidence = number_of(o, "confidence");
  observation.attributes = attributes_of(o);
  observation.sources = citations_of(o);
  return observation;
}

}  // namespace chokepoint
