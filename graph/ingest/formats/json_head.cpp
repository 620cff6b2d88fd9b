#include "ingest/formats/json_head.hpp"

#include "model/json_builder.hpp"

#include <rapidjson/memorystream.h>

#include <algorithm>
#include <array>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_values = 16;
constexpr std::string_view white_space = " \t\r\n";

void skip_white_space(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
}

/// A node or an edge of our own format says its type and where it is from.
bool is_own_edge(const Json* edge) {
  return member_in(edge, "from") != nullptr && member_in(edge, "to") != nullptr && text_in(edge, "from") != nullptr &&
         (text_in(edge, "type") != nullptr || list_in(edge, "sources") != nullptr);
}
bool is_own_node(const Json* node) {
  return text_in(node, "id") != nullptr && text_in(node, "type") != nullptr &&
         (list_in(node, "sources") != nullptr || object_in(node, "labels") != nullptr);
}

}  // namespace

const Json* member_in(const Json* value, std::string_view key) {
  return value != nullptr && value->is_object() ? value->find(key) : nullptr;
}
const Json* list_in(const Json* value, std::string_view key) {
  const Json* member = member_in(value, key);
  return member != nullptr && member->is_array() ? member : nullptr;
}
const Json* object_in(const Json* value, std::string_view key) {
  const Json* member = member_in(value, key);
  return member != nullptr && member->is_object() ? member : nullptr;
}
const Json* text_in(const Json* value, std::string_view key) {
  const Json* member = member_in(value, key);
  return member != nullptr && member->is_string() ? member : nullptr;
}
const Json* first_in(const Json* value) {
  if (value == nullptr) return nullptr;
  if (value->is_array() && !value->as_array().empty()) return &value->as_array().front();
  if (value->is_object() && !value->as_object().empty()) return &value->as_object().front().second;
  return nullptr;
}

const Json* JsonHead::find(std::string_view key) const { return member_in(&values.front(), key); }

std::vector<const Json*> JsonHead::records() const {
  std::vector<const Json*> found;
  if (values.front().is_array()) {
    for (const Json& element : values.front().as_array()) found.push_back(&element);
  } else {
    for (const Json& value : values) found.push_back(&value);
  }
  return found;
}

std::optional<JsonHead> json_head(const FileHead& head) {
  constexpr unsigned flags = json_parse_flags | rapidjson::kParseStopWhenDoneFlag;
  std::string_view text = head.text;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  JsonHead found;
  found.is_whole = head.is_whole;
  for (skip_white_space(text); !text.empty() && found.values.size() < most_values; skip_white_space(text)) {
    if (text.front() != '{' && text.front() != '[') break;
    JsonBuilder builder{JsonLimits{}};
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    const bool is_whole = !reader.Parse<flags>(stream, builder).IsError();
    found.values.push_back(builder.take_unfinished());
    if (!is_whole) break;
    text.remove_prefix(stream.Tell());
  }
  // A list of names in brackets begins other files, too.
  if (found.values.empty() || first_in(&found.values.front()) == nullptr) return std::nullopt;
  return found;
}

bool is_own_dataset(const JsonHead& head) {
  const Json* first = head.object();
  if (first == nullptr) return false;
  static constexpr std::array<std::string_view, 5> singles{"dataset", "source", "node", "edge", "observation"};
  for (const std::string_view key : singles)
    if (object_in(first, key) != nullptr && (first->as_object().size() == 1 || key == "dataset")) return true;
  const bool has_own_keys = std::all_of(first->as_object().begin(), first->as_object().end(), [](const auto& member) {
    return member.first == "nodes" || member.first == "edges" || member.first == "sources" ||
           member.first == "observations";
  });
  if (list_in(first, "datasets") != nullptr && object_in(first_in(head.find("datasets")), "dataset") != nullptr)
    return true;
  if (has_own_keys && text_in(first_in(list_in(first, "sources")), "id") != nullptr) return true;
  if (list_in(first, "observations") != nullptr && member_in(first_in(head.find("observations")), "indicator"))
    return true;
  const Json* node = first_in(head.find("nodes"));
  const Json* edge = first_in(head.find("edges"));
  if (is_own_edge(edge) || is_own_node(node)) return true;
  // Of our own format is a list of nodes with types and no edges, too: it lacks its sources, and its reader says so.
  return head.is_whole && has_own_keys && edge == nullptr && text_in(node, "id") != nullptr &&
         text_in(node, "type") != nullptr;
}

}  // namespace chokepoint::detail
