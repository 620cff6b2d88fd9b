#include "export/formats/graphml_keys.hpp"

#include "export/formats/name_tokens.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

namespace {

std::string_view graphml_type(FieldType type) {
  switch (type) {
    case FieldType::boolean: return "boolean";
    case FieldType::integer: return "long";
    case FieldType::real: return "double";
    case FieldType::json:
    case FieldType::text: break;
  }
  return "string";
}

Field text_field(std::string name, std::function<std::string_view(std::size_t, std::string&)> text) {
  return {std::move(name), FieldType::text, false,
          [text = std::move(text)](std::size_t row, std::string& scratch) -> FieldValue { return text(row, scratch); }};
}

Field real_field(std::string name, std::function<double(std::size_t)> number) {
  return {std::move(name), FieldType::real, false,
          [number = std::move(number)](std::size_t row, std::string&) -> FieldValue { return number(row); }};
}

Field channel_field(std::string name, std::function<std::uint8_t(std::size_t)> channel) {
  return {std::move(name), FieldType::integer, false,
          [channel = std::move(channel)](std::size_t row, std::string&) -> FieldValue {
            return static_cast<std::int64_t>(channel(row));
          }};
}

std::string_view hexadecimal(Colour colour, std::string& scratch) {
  scratch = fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
  return scratch;
}

/// XML Schema has both spellings. Boost reads the digits alone, Gephi the words alone.
std::string_view boolean_text(bool value, bool strict) {
  if (strict) return value ? "1" : "0";
  return value ? "true" : "false";
}

}  // namespace

void GraphmlKeys::add(std::string id, std::string_view type, Field field) {
  std::string token = name_token(id);
  while (!taken_->insert(token).second) token += '_';
  // The token without its prefix is as unique as the token, which the name with its characters replaced might not be.
  if (strict_ && token.starts_with(prefix_) && field.name != token.substr(prefix_.size())) {
    renamed_.emplace_back(field.name, token.substr(prefix_.size()));
    field.name = renamed_.back().second;
  }
  std::string tag = XmlWriter::start_tag("data", "key", token);
  keys_.push_back({std::move(token), type, std::move(field), std::move(tag)});
}

void GraphmlKeys::add(Field field) {
  std::string id = prefix_ + field.name;
  const std::string_view type = graphml_type(field.type);
  add(std::move(id), type, std::move(field));
}

void GraphmlKeys::declare(XmlWriter& xml, std::string_view record) const {
  for (const Key& key : keys_) {
    xml.open("key", XmlWriter::Place::line);
    xml.attribute("id", key.id);
    xml.attribute("for", record);
    xml.attribute("attr.name", key.field.name);
    xml.attribute("attr.type", key.type);
    xml.close();
  }
}

void GraphmlKeys::write(XmlWriter& xml, std::size_t row) {
  constexpr std::string_view end_tag = "</data>";
  for (const Key& key : keys_) {
    const FieldValue value = key.field.value(row, scratch_);
    if (std::holds_alternative<std::monostate>(value)) continue;
    if (const auto* text = std::get_if<std::string_view>(&value))
      xml.leaf(key.start_tag, *text, end_tag);
    else if (const auto* real = std::get_if<double>(&value))
      xml.leaf(key.start_tag, *real, end_tag);
    else if (const auto* integer = std::get_if<std::int64_t>(&value))
      xml.leaf(key.start_tag, *integer, end_tag);
    else
      xml.leaf(key.start_tag, boolean_text(std::get<bool>(value), strict_), end_tag);
  }
}

void add_node_visuals(GraphmlKeys& keys, const GraphmlSources& from, GraphmlDialect dialect) {
  const GraphDocument& document = from.document;
  const auto label = [&](std::size_t row, std::string&) { return node_label(document, document.nodes[row]); };
  keys.add(text_field("label", label));
  if (dialect != GraphmlDialect::gephi)
    keys.add(text_field("id", [&](std::size_t row, std::string&) { return std::string_view(document.nodes[row].id); }));
  if (dialect == GraphmlDialect::yed) return;
  if (dialect == GraphmlDialect::cytoscape) {
    keys.add(text_field("name", label));
    keys.add(text_field(
        "color", [&](std::size_t row, std::string& scratch) { return hexadecimal(from.looks.fill(row), scratch); }));
  } else {
    keys.add("r", "int", channel_field("r", [&](std::size_t row) { return from.looks.fill(row).r; }));
    keys.add("g", "int", channel_field("g", [&](std::size_t row) { return from.looks.fill(row).g; }));
    keys.add("b", "int", channel_field("b", [&](std::size_t row) { return from.looks.fill(row).b; }));
  }
  keys.add("size", "float", real_field("size", [&](std::size_t row) { return from.picture.sizes[row]; }));
  if (from.picture.places.empty()) return;
  keys.add("x", "float", real_field("x", [&](std::size_t row) { return from.picture.places[row].x; }));
  keys.add("y", "float", real_field("y", [&](std::size_t row) { return from.picture.places[row].y; }));
}

void add_edge_visuals(GraphmlKeys& keys, const GraphmlSources& from, GraphmlDialect dialect) {
  const GraphDocument& document = from.document;
  const auto label = [&](std::size_t row, std::string&) { return std::string_view(from.looks.edge(row).label); };
  // Gephi knows the key by its id; "label" as a name would make igraph and others confuse it with the nodes'.
  keys.add("edgelabel", "string", text_field("edgelabel", label));
  if (dialect != GraphmlDialect::gephi)
    keys.add(text_field("id", [&](std::size_t row, std::string&) { return from.edge_ids[row]; }));
  if (dialect == GraphmlDialect::yed) return;
  if (dialect == GraphmlDialect::cytoscape) {
    keys.add(text_field("interaction",
                        [&](std::size_t row, std::string&) { return std::string_view(document.edges[row].type); }));
    keys.add(text_field("name", [&](std::size_t row, std::string& scratch) {
      const Edge& edge = document.edges[row];
      scratch = fmt::format("{} ({}) {}", edge.from, edge.type, edge.to);
      return std::string_view(scratch);
    }));
    keys.add(text_field("color", [&](std::size_t row, std::string& scratch) {
      return hexadecimal(from.looks.edge(row).colour, scratch);
    }));
  } else {
    keys.add("edge_r", "int", channel_field("r", [&](std::size_t row) { return from.looks.edge(row).colour.r; }));
    keys.add("edge_g", "int", channel_field("g", [&](std::size_t row) { return from.looks.edge(row).colour.g; }));
    keys.add("edge_b", "int", channel_field("b", [&](std::size_t row) { return from.looks.edge(row).colour.b; }));
  }
}

}  // namespace chokepoint::detail
