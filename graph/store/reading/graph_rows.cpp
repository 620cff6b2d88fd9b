#include "store/reading/graph_rows.hpp"

#include "chokepoint/model/json_reader.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

bool flag_attribute(const StoredRow& row, std::string_view attributes, std::string_view key) {
  if (attributes.find(key) == std::string_view::npos) return false;
  const Json object = parse_json(stored_object(row, "attributes", attributes));
  const Json* value = object.find(key);
  return value && value->is_bool() && value->as_bool();
}

std::uint8_t index_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::uint8_t{0} : static_cast<std::uint8_t>(found - names.begin());
}

}  // namespace

std::string select_edges() {
  std::string columns = "from_node, type, to_node, key, hash, name";
  for_each_first_column<Edge>([&](const auto& field) { columns.append(", ").append(field.column_name()); });
  return "SELECT " + columns + ", attributes, source FROM edge";
}

/// Attributes that analyses read. Parsing JSON for every record would cost more than the scan, so texts without the
/// attribute's name are passed over.
std::string text_attribute(const StoredRow& row, std::string_view attributes, std::string_view key) {
  if (attributes.find(key) == std::string_view::npos) return {};
  const Json object = parse_json(stored_object(row, "attributes", attributes));
  const Json* value = object.find(key);
  return value && value->is_string() ? value->as_string() : std::string();
}

/// A text, or a list of texts.
std::vector<std::string> texts_attribute(const StoredRow& row, std::string_view attributes, std::string_view key) {
  if (attributes.find(key) == std::string_view::npos) return {};
  const Json object = parse_json(stored_object(row, "attributes", attributes));
  const Json* value = object.find(key);
  if (value == nullptr) return {};
  std::vector<std::string> texts;
  if (value->is_string()) texts.push_back(value->as_string());
  if (!value->is_array()) return texts;
  for (const Json& each : value->as_array())
    if (each.is_string()) texts.push_back(each.as_string());
  return texts;
}

std::uint8_t mode_of(const StoredRow& row, const EdgeType& type, std::string_view attributes) {
  if (attributes.empty()) return 0;
  if (!type.modes.empty()) return index_of(type.modes, text_attribute(row, attributes, "mode"));
  if (!type.roles.empty()) return index_of(type.roles, text_attribute(row, attributes, "role"));
  return 0;
}

void read_attributes(const StoredRow& row, std::string_view attributes, SnapshotNodeView& node) {
  const std::string variants = text_attribute(row, attributes, "variants");
  const std::string layer = text_attribute(row, attributes, "layer");
  if (variants == "any") node.variants = Variants::any;
  if (variants == "all") node.variants = Variants::all;
  node.released = flag_attribute(row, attributes, "released");
  node.variants_complete = flag_attribute(row, attributes, "variants_complete");
  node.remainder = flag_attribute(row, attributes, "remainder");
  if (layer == "place") node.layer = Layer::place;
  if (layer == "actor") node.layer = Layer::actor;
}

}  // namespace chokepoint::detail
