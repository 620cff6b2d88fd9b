#include "chokepoint/model/record.hpp"

namespace chokepoint {

namespace {

std::string text_of(const Json& object, std::string_view key) {
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
      citations.push_back({text_of(citation, "source"), text_of(citation, "locator"), text_of(citation, "read")});
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
  return {text_of(o, "id"),       text_of(o, "title"), text_of(o, "publisher"), text_of(o, "date"),
          text_of(o, "language"), text_of(o, "url"),   text_of(o, "license"),   attributes_of(o)};
}

Node node_from_json(const Json& o) {
  Node node;
  node.id = text_of(o, "id");
  node.type = text_of(o, "type");
  node.labels = texts_of(o, "labels");
  if (const Json* list = o.find("aliases"))
    for (const Json& alias : list->as_array()) node.aliases.push_back(alias.as_string());
  node.codes = texts_of(o, "codes");
  node.description = text_of(o, "description");
  node.since = text_of(o, "since");
  node.until = text_of(o, "until");
  node.attributes = attributes_of(o);
  node.sources = citations_of(o);
  return node;
}

Edge edge_from_json(const Json& o) {
  Edge edge;
  edge.id = text_of(o, "id");
  edge.type = text_of(o, "type");
  edge.from = text_of(o, "from");
  edge.to = text_of(o, "to");
  edge.item = text_of(o, "item");
  edge.market = text_of(o, "market");
  edge.origin = text_of(o, "origin");
  edge.share = number_of(o, "share");
  edge.amount = number_of(o, "amount");
  edge.unit = text_of(o, "unit");
  edge.performance = number_of(o, "performance");
  edge.as_of = text_of(o, "as_of");
  edge.bound = parse_bound(text_of(o, "bound")).value_or(Bound::exact);
  edge.status = parse_status(text_of(o, "status")).value_or(Status::reported);
  edge.significance = parse_significance(text_of(o, "significance")).value_or(Significance::unstated);
  edge.confidence = number_of(o, "confidence");
  edge.since = text_of(o, "since");
  edge.until = text_of(o, "until");
  edge.group = text_of(o, "group");
  if (const Json* k = o.find("k")) edge.k = static_cast<std::uint32_t>(k->to_integer().value_or(1));
  edge.attributes = attributes_of(o);
  edge.sources = citations_of(o);
  return edge;
}

Observation observation_from_json(const Json& o) {
  Observation observation;
  observation.id = text_of(o, "id");
  observation.subject = text_of(o, "subject");
  observation.indicator = text_of(o, "indicator");
  if (const Json* value = o.find("value")) observation.value = figure_of(*value);
  observation.value_high = number_of(o, "value_high");
  observation.unit = text_of(o, "unit");
  observation.item = text_of(o, "item");
  observation.market = text_of(o, "market");
  observation.relative_to = text_of(o, "relative_to");
  observation.as_of = text_of(o, "as_of");
  observation.since = text_of(o, "since");
  observation.until = text_of(o, "until");
  observation.bound = parse_bound(text_of(o, "bound")).value_or(Bound::exact);
  observation.status = parse_status(text_of(o, "status")).value_or(Status::reported);
  observation.confidence = number_of(o, "confidence");
  observation.attributes = attributes_of(o);
  observation.sources = citations_of(o);
  return observation;
}

}  // namespace chokepoint
