#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint::detail {

// Cytoscape.js: `elements` is an object of two lists, or one list of which each element says its group or has ends.

namespace {

/// What a file holds beside its elements, and says nothing of the graph.
constexpr std::array<std::string_view, 4> drawing_members{"style", "layout", "pan", "renderer"};

class CytoscapeReader : public JsonVisitor {
 public:
  CytoscapeReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return Step::enter;
    if (path.back() == "[]") return Step::take;
    // The elements may stand in the file without that word.
    const bool is_list = path.back() == "nodes" || path.back() == "edges";
    if (is_list && (path.size() == 1 || path[0] == "elements")) return is_object ? Step::skip : Step::enter;
    if (path.size() == 1 && path[0] == "elements") return Step::enter;
    if (path.size() == 1 && path[0] == "data") return Step::take;
    if (path.size() == 1 && std::find(drawing_members.begin(), drawing_members.end(), path[0]) == drawing_members.end())
      left_out_.add(path[0]);
    return Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.size() == 1 && path[0] == "directed" && value.is_bool())
      tables_.graph_direction = value.as_bool() ? Direction::directed : Direction::undirected;
    else if (path.size() == 1 && path[0] == "data" && first_in(&value) != nullptr)
      left_out_.add("data (of the network itself)");
    if (path.empty() || path.back() != "[]") return;
    const Json* data = object_in(&value, "data");
    if (data == nullptr) refuse_at(file_, line, "an element has no data; Cytoscape's elements are {\"data\": {…}}");
    if (is_edge(path, value, *data))
      edge(value, *data, line);
    else
      node(value, *data, line);
  }

  void finish() {
    tables_.finish();
    left_out_.tell(set_);
  }

 private:
  static bool is_edge(const JsonPath& path, const Json& element, const Json& data) {
    const std::string_view list = path.size() > 1 ? std::string_view(path[path.size() - 2]) : std::string_view();
    if (list == "edges" || list == "nodes") return list == "edges";
    if (const Json* group = text_in(&element, "group")) return group->as_string() == "edges";
    return data.find("source") != nullptr && data.find("target") != nullptr;
  }

  void node(const Json& element, const Json& data, std::uint64_t line) {
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    put(table, data, {{"id", Target::id}}, line);
    beside_data(table, element);
    table.end_row();
  }
  void edge(const Json& element, const Json& data, std::uint64_t line) {
    SpooledTable& table = tables_.edges();
    table.begin_row(line);
    put(table, data, {{"source", Target::from}, {"target", Target::to}}, line);
    beside_data(table, element);
    tables_.set_direction(std::nullopt);
    table.end_row();
  }
  void put(SpooledTable& table, const Json& data, std::initializer_list<std::pair<std::string_view, Target>> roles,
           std::uint64_t line) {
    for (const auto& [key, role] : roles) {
      const Json* value = data.find(key);
      if (value == nullptr || !is_scalar(*value)) refuse_at(file_, line, fmt::format("data without {}", key));
      put_role(table, key, role, *value);
    }
    const bool is_node = roles.size() == 1;
    std::string name;
    for (const auto& [key, value] : data.as_object()) {
      if (std::any_of(roles.begin(), roles.end(),
                      [&, k = std::string_view(key)](const auto& role) { return role.first == k; }))
        continue;
      name = key;
      put_json(table, name, value, !is_node && key == "id" ? std::optional(Target::id) : std::nullopt);
    }
  }
  /// Beside its data an element has its classes and its place; the rest is how a program handles it at the moment.
  static void beside_data(SpooledTable& table, const Json& element) {
    std::string name = "(classes)";
    if (const Json* classes = element.find("classes")) put_json(table, name, *classes);
    name = "(position)";
    if (const Json* position = element.find("position")) put_json(table, name, *position, Target::ignored);
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  LeftOut left_out_;
};

const Json* first_element(const JsonHead& json) {
  if (json.values.front().is_array()) return first_in(&json.values.front());
  const Json* elements = json.find("elements");
  if (elements == nullptr) elements = json.object();
  if (elements == nullptr || elements->is_array()) return first_in(elements);
  const Json* node = first_in(list_in(elements, "nodes"));
  return node != nullptr ? node : first_in(list_in(elements, "edges"));
}

}  // namespace

std::optional<std::string> looks_like_cytoscape(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines()) return std::nullopt;
  const Json* data = object_in(first_element(*json), "data");
  if (member_in(data, "id") == nullptr && member_in(data, "source") == nullptr) return std::nullopt;
  if (json->object() == nullptr && object_in(first_element(*json), "attributes") != nullptr) return std::nullopt;
  return "it has elements with data, as Cytoscape.js has";
}

void read_cytoscape(InputFile& file, const ReadContext& context, TableSet& tables) {
  CytoscapeReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
