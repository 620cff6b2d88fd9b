#include "ingest/formats/dot_labels.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"
#include "ingest/formats/node_link_style.hpp"
#include "ingest/formats/text_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace chokepoint::detail {

// Node-link JSON is one object of a list of nodes and a list of links. networkx, d3, sigma, vis.js and graphology write
// it, each with names of its own for the same things. d3 before 4 and networkx before 2 name the ends of a link by the
// place of the node in the list. networkx's adjacency lists are read here, too, and the JSON of Graphviz, whose
// "objects" are subgraphs and nodes with a number each.

namespace {

std::optional<std::size_t> as_place(std::string_view text) {
  std::size_t place = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), place);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return place;
}

class NodeLinkReader : public JsonVisitor {
 public:
  NodeLinkReader(InputFile& file, TableSet& set, NodeLinkStyle style)
      : file_(file), set_(set), style_(style), tables_(set) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return is_object ? Step::enter : Step::skip;
    const std::string& list = path[0];
    if (path.size() == 1) {
      if (style_.is_graphviz && list == "objects" && !is_object) return Step::enter;
      if (list == "nodes" || (!is_object && (is_links(list) || list == "adjacency"))) return Step::enter;
      if (list == "options" || list == "attributes" || list == "graph") return Step::take;
      left_out_.add(list);
      return Step::skip;
    }
    if (path.size() == 2 && list == "adjacency") {
      ++adjacency_row_;
      return is_object ? Step::skip : Step::enter;
    }
    return Step::take;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.empty()) refuse_at(file_, line, "a graph is one object with nodes and links");
    const std::string& list = path[0];
    if (path.size() == 1) return member(list, value);
    if (list == "nodes") return node(path[1], value, line);
    if (list == "objects") return graphviz_object(value, line);
    if (list == "adjacency") return neighbour(value, line);
    return link(value, line);
  }

  void finish() {
    resolve();
    tables_.finish();
    left_out_.tell(set_);
  }

 private:
  static bool is_links(std::string_view key) { return key == "links" || key == "edges"; }

  void member(const std::string& key, const Json& value) {
    if (key == "directed" && value.is_bool())
      tables_.graph_direction = value.as_bool() ? Direction::directed : Direction::undirected;
    else if (key == "options")
      take_options(value);
    else if (key != "multigraph" && first_in(&value) != nullptr)
      left_out_.add(key);
  }
  void take_options(const Json& options) {
    const Json* type = text_in(&options, "type");
    if (type == nullptr || type->as_string() == "mixed") return;
    tables_.graph_direction = type->as_string() == "undirected" ? Direction::undirected : Direction::directed;
  }

  // Nodes.

  void node(const std::string& key, const Json& value, std::uint64_t line) {
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    if (key != "[]") {
      put_role_text(table, "(key)", Target::id, key);
      if (value.is_object()) put_members(table, value, "node", std::array<std::string_view, 1>{"id"});
    } else if (is_scalar(value)) {
      put_role(table, "id", Target::id, value);
    } else if (value.is_object()) {
      node_members(value, line);
    } else {
      refuse_at(file_, line, fmt::format("a node is an object, not {}", value.kind_name()));
    }
    table.end_row();
    ++node_count_;
  }
  void node_members(const Json& node, std::uint64_t line) {
    if (node_count_ == 0) id_key_ = node_link_id_key(node);
    SpooledTable& table = tables_.nodes();
    if (id_key_.empty()) {
      put_role_text(table, "(place)", Target::id, std::to_string(node_count_));
    } else {
      const Json* id = node.find(id_key_);
      if (id == nullptr || !is_scalar(*id) || scalar_text(*id).empty())
        refuse_at(file_, line, fmt::format("node {} of the list has no {}", node_count_ + 1, id_key_));
    }
    std::string name;
    for (const auto& [key, value] : node.as_object()) {
      if (key == id_key_) {
        put_role(table, key, Target::id, value);
      } else if (style_.from == "fromNode" && (key == "type" || key == "text" || key == "file" || key == "url")) {
        // A card of Obsidian's canvas; its type is how it is drawn.
        put_role(table, key, key == "type" ? Target::ignored : Target::label, value);
      } else if (style_.holds_members(key) && value.is_object()) {
        put_members(table, value, key, keys_of(node), style_.visual_node_keys());
      } else if (style_.is_react_flow && key == "type") {
        put_role(table, "drawn as", Target::attribute, value);
      } else {
        name = key;
        put_json(table, name, value, is_visual(style_.visual_node_keys(), key));
      }
    }
  }
  /// What an object says itself goes before what an object in it says.
  static std::vector<std::string_view> keys_of(const Json& object) {
    std::vector<std::string_view> keys;
    for (const auto& [key, value] : object.as_object()) keys.push_back(key);
    return keys;
  }
  /// A node; what has nodes of its own is a subgraph.
  void graphviz_object(const Json& object, std::uint64_t line) {
    const Json* id = member_in(&object, "_gvid");
    if (id == nullptr || !id->is_number()) refuse_at(file_, line, "an object of Graphviz has no _gvid");
    if (object.find("nodes") != nullptr || object.find("subgraphs") != nullptr || object.find("edges") != nullptr) {
      left_out_.add("subgraphs");
      return;
    }
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    const Json* given = text_in(&object, "name");
    const std::string name = given != nullptr ? given->as_string() : to_text(*id);
    names_by_number_.emplace(to_text(*id), name);
    put_role_text(table, "name", Target::id, name);
    const Json* shape = text_in(&object, "shape");
    const bool is_record = shape != nullptr && shape->as_string().find("ecord") != std::string::npos;
    std::string path;
    for (const auto& [key, value] : object.as_object()) {
      if (key == "_gvid" || key == "name") continue;
      if (key == "label" && value.is_string()) {
        if (const std::string label = dot_label_text(value.as_string(), is_record, name); !label.empty())
          put_role_text(table, key, Target::label, label);
        continue;
      }
      path = key;
      put_json(table, path, value, is_visual(style_.visual_node_keys(), key));
    }
    table.end_row();
  }
  static std::optional<Target> is_visual(std::span<const std::string_view> keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end() ? std::optional(Target::ignored) : std::nullopt;
  }

  // Links.

  void link(const Json& value, std::uint64_t line) {
    ++link_count_;
    tables_.edges().begin_row(line);
    if (value.is_array())
      pair(value, line);
    else if (value.is_object())
      link_members(value, line);
    else
      refuse_at(file_, line, fmt::format("a link is an object, not {}", value.kind_name()));
    tables_.edges().end_row();
  }
  void pair(const Json& value, std::uint64_t line) {
    const Json::Array& list = value.as_array();
    if (list.size() < 2 || list.size() > 3) refuse_at(file_, line, "a link that is a list has two ends and its data");
    end("source", Target::from, list[0], line);
    end("target", Target::to, list[1], line);
    if (list.size() == 3 && list[2].is_object()) {
      put_members(tables_.edges(), list[2], "data", std::array<std::string_view, 2>{"source", "target"});
    } else if (list.size() == 3) {
      std::string name = "weight";
      put_json(tables_.edges(), name, list[2]);
    }
    tables_.set_direction(std::nullopt);
  }
  void link_members(const Json& link, std::uint64_t line) {
    SpooledTable& table = tables_.edges();
    for (const auto& [key, target] : {std::pair{style_.from, Target::from}, std::pair{style_.to, Target::to}}) {
      const Json* value = link.find(key);
      if (value == nullptr) refuse_at(file_, line, fmt::format("link {} of the list has no {}", link_count_, key));
      end(key, target, *value, line);
    }
    const bool is_graphology = object_in(&link, "attributes") != nullptr;
    std::optional<Direction> direction;
    std::string name;
    if (style_.from == "fromNode") direction = direction_of_ends(link);
    for (const auto& [key, value] : link.as_object()) {
      if (style_.from == "fromNode" && (key == "fromEnd" || key == "toEnd")) continue;
      if (key == style_.from || key == style_.to || (key == "_gvid" && style_.is_graphviz)) continue;
      if (key == "undirected" && value.is_bool()) {
        direction = value.as_bool() ? Direction::undirected : Direction::directed;
      } else if (key == "arrows" && style_.is_vis && value.is_string() && !direction) {
        direction = direction_of_arrows(value.as_string());
      } else if (style_.holds_members(key) && value.is_object()) {
        put_members(table, value, key, keys_of(link), style_.visual_edge_keys());
      } else if (style_.is_react_flow && key == "type") {
        put_role(table, "drawn as", Target::attribute, value);
      } else if (key == "id" || (key == "key" && is_graphology)) {
        put_role(table, key, Target::id, value);
      } else {
        name = key;
        put_json(table, name, value,
                 key == "index" ? std::optional(Target::ignored) : is_visual(style_.visual_edge_keys(), key));
      }
    }
    // graphology: an edge of a mixed graph that does not say so is directed.
    tables_.set_direction(!direction && is_graphology && !tables_.graph_direction ? Direction::directed : direction);
  }
  void end(std::string_view name, Target target, const Json& value, std::uint64_t line) {
    const Json* end = &value;
    // d3 puts the node itself where its name stood.
    if (value.is_object()) {
      const std::string_view key = node_link_id_key(value);
      end = key.empty() ? value.find("index") : value.find(key);
    }
    if (end == nullptr || !is_scalar(*end) || scalar_text(*end).empty())
      refuse_at(file_, line, fmt::format("{} of link {} is no name of a node", name, link_count_));
    const auto place = end->is_number() ? as_place(end->as_number().token) : std::nullopt;
    ends_are_places_ = ends_are_places_ && place.has_value();
    most_place_ = std::max(most_place_, place.value_or(0));
    put_role_text(tables_.edges(), name, target, scalar_text(*end));
  }
  void neighbour(const Json& value, std::uint64_t line) {
    const std::string_view key = value.is_object() ? node_link_id_key(value) : std::string_view();
    if (key.empty()) refuse_at(file_, line, "an entry of the adjacency lists is an object with an id");
    SpooledTable& table = tables_.edges();
    ++link_count_;
    table.begin_row(line);
    put_role_text(table, "(list)", Target::from, std::to_string(adjacency_row_ - 1));
    std::string name;
    for (const auto& [field, member] : value.as_object()) {
      if (field == key) {
        put_role_text(table, field, Target::to, scalar_text(member));
      } else {
        name = field;
        put_json(table, name, member);
      }
    }
    tables_.set_direction(std::nullopt);
    table.end_row();
  }

  // Which nodes the ends are, when all have been read.

  [[nodiscard]] static std::size_t column_of(const SpooledTable& table, Target role) {
    const auto& columns = table.columns();
    return static_cast<std::size_t>(
        std::find_if(columns.begin(), columns.end(), [&](const RawColumn& column) { return column.role == role; }) -
        columns.begin());
  }
  [[nodiscard]] TextPlaces places() const {
    TextPlaces places;
    const std::size_t at = column_of(tables_.nodes(), Target::id);
    const auto rows = tables_.nodes().rows({});
    for (FlatRow row; rows->next(row);) places.add(row.values[at]);
    places.sort();
    return places;
  }
  /// How many ends no node has as its id.
  [[nodiscard]] std::uint64_t unknown_ends(const TextPlaces& places) const {
    const SpooledTable& edges = tables_.edges();
    const std::size_t from = column_of(edges, Target::from), to = column_of(edges, Target::to);
    std::uint64_t unknown = 0;
    const auto rows = edges.rows({});
    for (FlatRow row; rows->next(row);)
      for (const std::size_t at : {from, to})
        if (!places.place(row.values[at])) ++unknown;
    return unknown;
  }

  /// The ends of edges are numbers that Graphviz gave the objects: their names take the place of those.
  void resolve_numbers() {
    if (link_count_ == 0) return;
    const SpooledTable& old = tables_.edges();
    const std::array<std::size_t, 2> ends{column_of(old, Target::from), column_of(old, Target::to)};
    tables_.replace(true, copy_table(old, [&](const FlatRow& row, SpooledTable& copy) {
                      copy_values(row, copy, ends);
                      for (const std::size_t at : ends) {
                        const auto name = names_by_number_.find(row.values[at]);
                        if (name == names_by_number_.end())
                          refuse_at(file_, row.line,
                                    fmt::format("an edge ends at {}, which is no node", row.values[at]));
                        copy.set(at, name->second);
                      }
                    }));
  }

  void resolve() {
    if (style_.is_graphviz) return resolve_numbers();
    if (adjacency_row_ > 0) return resolve_adjacency();
    if (link_count_ == 0 || node_count_ == 0 || !ends_are_places_ || id_key_.empty()) return;
    const TextPlaces by_place = places();
    if (most_place_ >= by_place.size()) return;
    if (unknown_ends(by_place) == 0) return remark_two_readings(by_place);
    if (id_key_ == "name" && by_place.has_twins()) return take_places_as_ids();
    resolve_ends(by_place);
    set_.remarks.push_back("the ends of links are places in the list of nodes, counted from 0");
  }
  void remark_two_readings(const TextPlaces& by_place) {
    for (std::size_t i = 0; i < by_place.size(); ++i) {
      if (as_place(by_place[i]) == i) continue;
      set_.remarks.push_back(
          fmt::format("the ends of links are taken as the {} of nodes; as places in the list, which networkx before 2 "
                      "wrote, they would be other nodes",
                      id_key_));
      return;
    }
  }
  void resolve_ends(const TextPlaces& by_place) {
    const SpooledTable& old = tables_.edges();
    const std::array<std::size_t, 2> ends{column_of(old, Target::from), column_of(old, Target::to)};
    tables_.replace(true, copy_table(old, [&](const FlatRow& row, SpooledTable& copy) {
                      copy_values(row, copy, ends);
                      for (const std::size_t at : ends) copy.set(at, by_place[*as_place(row.values[at])]);
                    }));
  }
  void take_places_as_ids() {
    const SpooledTable& old = tables_.nodes();
    auto copy = std::make_unique<SpooledTable>(old.name(), old.kind());
    for (const RawColumn& column : old.columns())
      copy->column(column.name, column.type, column.role == Target::id ? std::optional(Target::label) : column.role,
                   column.key);
    const std::size_t place = copy->column("(place)", FlatType::number, Target::id);
    const auto rows = old.rows({});
    std::uint64_t count = 0;
    for (FlatRow row; rows->next(row);) {
      copy->begin_row(row.line, row.number);
      copy_values(row, *copy);
      copy->set(place, std::to_string(count++));
      copy->end_row();
    }
    tables_.replace(false, std::move(copy));
    set_.remarks.push_back("several nodes have one name; their places in the list, counted from 0, are their ids");
  }
  /// An undirected graph has each edge in the lists of both ends: the one of the earlier node is kept.
  void resolve_adjacency() {
    if (link_count_ == 0) return;
    const TextPlaces by_place = places();
    const SpooledTable& old = tables_.edges();
    const std::array<std::size_t, 2> ends{column_of(old, Target::from), column_of(old, Target::to)};
    const bool is_undirected = tables_.graph_direction == Direction::undirected;
    tables_.replace(true, copy_table(old, [&](const FlatRow& row, SpooledTable& copy) {
                      const std::size_t list = *as_place(row.values[ends[0]]);
                      if (list >= by_place.size()) refuse_at(file_, row.line, "there are more lists than nodes");
                      if (is_undirected && by_place.place(row.values[ends[1]]).value_or(list) < list) return;
                      const std::array<std::size_t, 1> from{ends[0]};
                      copy_values(row, copy, from);
                      copy.set(ends[0], by_place[list]);
                    }));
  }

  InputFile& file_;
  TableSet& set_;
  NodeLinkStyle style_;
  std::map<std::string, std::string, std::less<>> names_by_number_;  ///< of Graphviz's objects
  GraphTables tables_;
  std::string_view id_key_ = "id";
  std::uint64_t node_count_ = 0, link_count_ = 0, adjacency_row_ = 0;
  bool ends_are_places_ = true;
  std::size_t most_place_ = 0;
  LeftOut left_out_;
};

}  // namespace

void read_node_link(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const auto json = json_head(read_head(file, text));
  NodeLinkReader reader(file, tables, node_link_style(json ? json->object() : nullptr));
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
