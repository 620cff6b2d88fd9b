#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <array>

namespace chokepoint::detail {

// What Neo4j's apoc.export.json writes: JSON Lines, a list, or an object of nodes and relationships (rels), each a list
// or an object by id.

namespace {

class Neo4jReader : public JsonVisitor {
 public:
  Neo4jReader(InputFile& file, TableSet& set, bool is_object) : file_(file), tables_(set), is_object_(is_object) {
    tables_.graph_direction = Direction::directed;
  }

  [[nodiscard]] bool reads_lines() const override { return !is_object_; }
  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return is_object && !is_object_ ? Step::take : Step::enter;
    if (path[0] == "[]" || path.size() > 1) return Step::take;
    return path[0] == "nodes" || path[0] == "rels" ? Step::enter : Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.size() == 1 && path[0] != "[]") return;
    if (!value.is_object()) refuse_at(file_, line, fmt::format("a record is an object, not {}", value.kind_name()));
    const Json* type = text_in(&value, "type");
    const std::string& kind = type != nullptr ? type->as_string() : path.empty() ? path_less : path[0];
    if (kind == "node" || kind == "nodes")
      node(value, line);
    else if (kind == "relationship" || kind == "rels")
      relationship(value, line);
    else
      refuse_at(file_, line, "the type of a record is neither node nor relationship");
  }

  void finish() { tables_.finish(); }

 private:
  const Json& wanted(const Json& record, std::string_view key, std::uint64_t line) const {
    const Json* value = record.find(key);
    if (value == nullptr) refuse_at(file_, line, fmt::format("a record has no {}", key));
    return *value;
  }

  void node(const Json& record, std::uint64_t line) {
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    put_role(table, "id", Target::id, wanted(record, "id", line));
    for (const auto& [key, value] : record.as_object()) {
      if (key == "labels")
        put_role(table, key, Target::type, value);
      else if (key == "properties" && value.is_object())
        put_members(table, value, key, std::array<std::string_view, 2>{"id", "labels"});
    }
    table.end_row();
  }

  void relationship(const Json& record, std::uint64_t line) {
    SpooledTable& table = tables_.edges();
    table.begin_row(line);
    end(table, "start", Target::from, Target::from_type, wanted(record, "start", line), line);
    end(table, "end", Target::to, Target::to_type, wanted(record, "end", line), line);
    for (const auto& [key, value] : record.as_object()) {
      if (key == "id")
        put_role(table, key, Target::id, value);
      else if (key == "label")
        put_role(table, key, Target::type, value);
      else if (key == "properties" && value.is_object())
        put_members(table, value, key, std::array<std::string_view, 4>{"id", "label", "start.id", "end.id"});
    }
    tables_.set_direction(std::nullopt);
    table.end_row();
  }
  void end(SpooledTable& table, const std::string& name, Target role, Target type_role, const Json& value,
           std::uint64_t line) const {
    if (!value.is_object()) return put_role(table, name, role, value);
    put_role(table, name + ".id", role, wanted(value, "id", line));
    if (const Json* labels = value.find("labels")) put_role(table, name + ".labels", type_role, *labels);
  }

  static inline const std::string path_less;
  InputFile& file_;
  GraphTables tables_;
  bool is_object_;
};

bool is_apoc_record(const Json* record) {
  const Json* type = text_in(record, "type");
  if (type == nullptr || member_in(record, "id") == nullptr) return false;
  if (type->as_string() == "relationship")
    return member_in(record, "start") != nullptr && member_in(record, "label") != nullptr;
  return type->as_string() == "node" && (list_in(record, "labels") != nullptr || object_in(record, "properties"));
}

bool holds_apoc_lists(const JsonHead& json) {
  return json.object() != nullptr &&
         (is_apoc_record(first_in(json.find("nodes"))) || is_apoc_record(first_in(json.find("rels"))));
}

}  // namespace

std::optional<std::string> looks_like_neo4j_json(const FileHead& head) {
  const auto json = json_head(head);
  if (!json) return std::nullopt;
  if (!json->records().empty() && is_apoc_record(json->records().front()))
    return "its records are nodes with labels and relationships with a start and an end, as Neo4j's apoc writes them";
  if (holds_apoc_lists(*json)) return "it has nodes and rels, as Neo4j's apoc writes them";
  return std::nullopt;
}

void read_neo4j_json(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const auto json = json_head(read_head(file, text));
  Neo4jReader reader(file, tables, json && holds_apoc_lists(*json));
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
