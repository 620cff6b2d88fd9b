#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <array>

namespace chokepoint::detail {

// JSON Graph Format, versions 1 (nodes are a list) and 2 (an object by id): jsongraphformat.info

namespace {

class JgfReader : public JsonVisitor {
 public:
  JgfReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {
    tables_.graph_direction = Direction::directed;  // what the format says of a graph that does not
  }

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return is_object ? Step::enter : Step::skip;
    if (path[0] != "graph" && path[0] != "graphs") return Step::skip;
    if (path.size() == 1 && (path[0] == "graphs") != is_object) return count_graph(path[0] == "graph");
    const std::size_t inside = path[0] == "graph" ? 1 : 2;  // where the members of the graph begin
    if (path.size() == inside) return count_graph(true);
    const std::string& list = path[inside];
    if (path.size() > inside + 1) return list == "hyperedges" ? count_hyperedge() : Step::take;
    if (list == "nodes" || list == "edges" || list == "links" || list == "hyperedges") return Step::enter;
    has_metadata_ = true;
    return Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    const std::size_t inside = path.empty() || path[0] != "graphs" ? 1 : 2;
    if (path.size() == inside + 1 && path[inside] == "directed" && value.is_bool())
      tables_.graph_direction = value.as_bool() ? Direction::directed : Direction::undirected;
    if (path.size() != inside + 2) return;
    if (path[inside] == "nodes") return node(path.back(), value, line);
    if (path[inside] == "edges" || path[inside] == "links") return edge(value, line);
  }

  void finish() {
    tables_.finish();
    if (graphs_ > 1) set_.remarks.push_back(fmt::format("{} graphs became one: nodes of one id are one node", graphs_));
    if (hyperedges_ > 0) set_.remarks.push_back(fmt::format("left out: {} hyperedges", hyperedges_));
    if (has_metadata_) set_.remarks.emplace_back("left out: the metadata of the graph");
  }

 private:
  Step count_graph(bool is_graph) {
    if (!is_graph) return Step::enter;
    ++graphs_;
    tables_.graph_direction = Direction::directed;
    return Step::enter;
  }
  Step count_hyperedge() {
    ++hyperedges_;
    return Step::skip;
  }

  void node(const std::string& key, const Json& value, std::uint64_t line) {
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    if (key != "[]") put_role_text(table, "id", Target::id, key);
    if (!value.is_object()) {
      if (key == "[]") refuse_at(file_, line, fmt::format("a node is an object, not {}", value.kind_name()));
      table.end_row();
      return;
    }
    if (key == "[]" && (value.find("id") == nullptr || !is_scalar(*value.find("id"))))
      refuse_at(file_, line, "a node of the list has no id");
    std::string name;
    for (const auto& [field, member] : value.as_object()) {
      name = field;
      if (field == "id" && key == "[]")
        put_role(table, field, Target::id, member);
      else if (field == "label" && is_scalar(member))
        put_role(table, field, Target::label, member);
      else if (field == "metadata" && member.is_object())
        put_members(table, member, field, own_keys(value, "id", "label"));
      else
        put_json(table, field == "id" ? name = "node.id" : name, member);
    }
    table.end_row();
  }

  /// What an object says itself goes before its metadata; some is never theirs.
  static std::vector<std::string_view> own_keys(const Json& object, std::string_view one, std::string_view other) {
    std::vector<std::string_view> keys{one, other, "id", "label", "relation", "directed"};
    for (const auto& [key, value] : object.as_object()) keys.push_back(key);
    return keys;
  }

  void edge(const Json& value, std::uint64_t line) {
    if (!value.is_object()) refuse_at(file_, line, fmt::format("an edge is an object, not {}", value.kind_name()));
    SpooledTable& table = tables_.edges();
    table.begin_row(line);
    for (const auto& [key, target] : {std::pair{"source", Target::from}, std::pair{"target", Target::to}}) {
      const Json* end = value.find(key);
      if (end == nullptr || !is_scalar(*end)) refuse_at(file_, line, fmt::format("an edge has no {}", key));
      put_role(table, key, target, *end);
    }
    std::optional<Direction> direction;
    std::string name;
    for (const auto& [field, member] : value.as_object()) {
      if (field == "source" || field == "target") continue;
      name = field;
      if (field == "relation")
        put_role(table, field, Target::type, member);
      else if (field == "id")
        put_role(table, field, Target::id, member);
      else if (field == "directed" && member.is_bool())
        direction = member.as_bool() ? Direction::directed : Direction::undirected;
      else if (field == "metadata" && member.is_object())
        put_members(table, member, field, own_keys(value, "source", "target"));
      else
        put_json(table, name, member);
    }
    tables_.set_direction(direction);
    table.end_row();
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  std::uint64_t graphs_ = 0, hyperedges_ = 0;
  bool has_metadata_ = false;
};

}  // namespace

std::optional<std::string> looks_like_json_graph_format(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr) return std::nullopt;
  const Json* graph = object_in(json->object(), "graph");
  if (graph == nullptr) graph = first_in(list_in(json->object(), "graphs"));
  if (graph == nullptr || json->find("nodes") != nullptr) return std::nullopt;
  if (member_in(graph, "nodes") == nullptr && list_in(graph, "edges") == nullptr) return std::nullopt;
  return "it has a graph with nodes and edges, as JSON Graph Format has";
}

void read_json_graph_format(InputFile& file, const ReadContext& context, TableSet& tables) {
  JgfReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
