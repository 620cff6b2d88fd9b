#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

// A tree as d3's hierarchies and networkx's tree data have it: objects that hold their children. One without an id is
// called by where it stands: 1::2 is the second child of the first. That is a counter, and no name.

namespace {

class TreeReader : public JsonVisitor {
 public:
  TreeReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {
    tables_.graph_direction = Direction::directed;
  }

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty() || path.back() == "[]") {
      if (!is_object) refuse_at(file_, 0, "a child in a tree is an object, not a list");
      open_.emplace_back();
      return Step::enter;
    }
    return path.back() == "children" && !is_object ? Step::enter : Step::take;
  }
  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.empty() || path.back() == "[]")
      refuse_at(file_, line, fmt::format("a child in a tree is an object, not {}", value.kind_name()));
    open_.back().fields.set(path.back(), value);
  }
  void leave(const JsonPath& path, std::uint64_t line) override {
    if (!path.empty() && path.back() != "[]") return;
    const TreeNode node = std::move(open_.back());
    open_.pop_back();
    const std::string id = id_of(node);
    put_node(node, id, line);
    for (const std::string& child : node.children) put_edge(id, child, line);
    if (!open_.empty()) open_.back().children.push_back(id);
  }
  void finish() {
    tables_.finish();
    set_.remarks.emplace_back("a tree: an edge leads from each node to each of its children");
  }

 private:
  struct TreeNode {
    Json fields = Json::object();
    std::vector<std::string> children;  ///< their ids
  };

  /// @pre the node is no longer among the open ones, and its parent does not count it yet
  [[nodiscard]] std::string id_of(const TreeNode& node) {
    if (const Json* id = node.fields.find("id"); id != nullptr && is_scalar(*id) && !scalar_text(*id).empty())
      return std::string(scalar_text(*id));
    std::string place = "1";
    for (const TreeNode& parent : open_) place += fmt::format("::{}", parent.children.size() + 1);
    return place;
  }
  void put_node(const TreeNode& node, const std::string& id, std::uint64_t line) {
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    put_role_text(table, "id", Target::id, id);
    std::string name;
    for (const auto& [key, value] : node.fields.as_object()) {
      if (key == "id") continue;
      name = key;
      put_json(table, name, value);
    }
    table.end_row();
  }
  void put_edge(const std::string& parent, const std::string& child, std::uint64_t line) {
    SpooledTable& table = tables_.edges();
    table.begin_row(line);
    put_role_text(table, "(parent)", Target::from, parent);
    put_role_text(table, "(child)", Target::to, child);
    tables_.set_direction(std::nullopt);
    table.end_row();
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  std::vector<TreeNode> open_;
};

}  // namespace

std::optional<std::string> looks_like_json_tree(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr) return std::nullopt;
  const Json* child = first_in(list_in(json->object(), "children"));
  const bool is_named = json->find("name") != nullptr || json->find("id") != nullptr;
  if (!is_named || child == nullptr || (member_in(child, "name") == nullptr && member_in(child, "id") == nullptr))
    return std::nullopt;
  return "its objects hold their children, as a tree's do";
}

void read_json_tree(InputFile& file, const ReadContext& context, TableSet& tables) {
  TreeReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
