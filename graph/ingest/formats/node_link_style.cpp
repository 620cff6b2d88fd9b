#include "ingest/formats/node_link_style.hpp"

#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace chokepoint::detail {

namespace {

/// What programs call the ends of a link beside `source` and `target`: Obsidian, ngraph and people.
constexpr std::pair<std::string_view, std::string_view> end_keys[] = {{"fromNode", "toNode"},
                                                                      {"fromId", "toId"},
                                                                      {"from_id", "to_id"},
                                                                      {"source_id", "target_id"},
                                                                      {"sourceId", "targetId"},
                                                                      {"start", "end"},
                                                                      {"src", "dst"},
                                                                      {"supplier", "customer"},
                                                                      {"start_node", "end_node"},
                                                                      {"startNode", "endNode"},
                                                                      {"tail", "head"},
                                                                      {"subject", "object"},
                                                                      {"v", "w"}};

constexpr std::array<std::string_view, 4> id_keys{"id", "key", "name", "v"};
/// What d3's simulation and the drawing programs leave in nodes.
constexpr std::array<std::string_view, 10> drawn_node_keys{"x",  "y",     "vx",    "vy",   "fx",
                                                           "fy", "index", "color", "size", "viz"};
constexpr std::array<std::string_view, 2> drawn_edge_keys{"color", "size"};
constexpr std::array<std::string_view, 14> vis_node_keys{"x",     "y",       "color",       "size",           "shape",
                                                         "font",  "physics", "borderWidth", "hidden",         "image",
                                                         "fixed", "margin",  "shadow",      "widthConstraint"};
constexpr std::array<std::string_view, 7> vis_edge_keys{"color",  "font",   "dashes", "width",
                                                        "smooth", "hidden", "shadow"};

/// What React Flow keeps beside the data of nodes and edges.
constexpr std::array<std::string_view, 13> react_node_keys{
    "position", "positionAbsolute", "measured",       "width",  "height",    "selected", "dragging",
    "style",    "sourcePosition",   "targetPosition", "zIndex", "className", "draggable"};
constexpr std::array<std::string_view, 9> react_edge_keys{"sourceHandle", "targetHandle", "animated",
                                                          "markerEnd",    "markerStart",  "style",
                                                          "selected",     "labelStyle",   "zIndex"};

/// What Graphviz leaves in objects and edges when it has drawn them.
constexpr std::array<std::string_view, 12> graphviz_keys{
    "_draw_", "_ldraw_", "_hdraw_", "_tdraw_", "_hldraw_", "_tldraw_", "pos", "lp", "width", "height", "bb", "rects"};

const Json* links_in(const Json* top) {
  const Json* links = list_in(top, "links");
  return links != nullptr ? links : list_in(top, "edges");
}

bool is_graphviz_json(const Json* top) { return member_in(first_in(list_in(top, "objects")), "_gvid") != nullptr; }

}  // namespace

bool NodeLinkStyle::holds_members(std::string_view key) const {
  constexpr std::array<std::string_view, 6> known{"attributes", "data", "properties", "metadata", "attrs", "props"};
  return std::find(known.begin(), known.end(), key) != known.end() || (is_graphlib && key == "value");
}

std::span<const std::string_view> NodeLinkStyle::visual_node_keys() const {
  if (is_vis) return vis_node_keys;
  if (is_graphviz) return graphviz_keys;
  if (is_react_flow) return react_node_keys;
  if (is_drawn) return drawn_node_keys;
  return {};
}

std::span<const std::string_view> NodeLinkStyle::visual_edge_keys() const {
  if (is_vis) return vis_edge_keys;
  if (is_graphviz) return graphviz_keys;
  if (is_react_flow) return react_edge_keys;
  if (is_drawn) return drawn_edge_keys;
  return {};
}

std::string_view node_link_id_key(const Json& node) {
  for (const std::string_view key : id_keys)
    if (const Json* id = node.find(key); id != nullptr && is_scalar(*id)) return key;
  return {};
}

NodeLinkStyle node_link_style(const Json* top) {
  NodeLinkStyle style;
  if (is_graphviz_json(top)) {
    style.is_graphviz = true;
    style.from = "tail";
    style.to = "head";
    return style;
  }
  const Json* node = first_in(list_in(top, "nodes"));
  const Json* link = first_in(links_in(top));
  if (member_in(link, "from") != nullptr && member_in(link, "source") == nullptr) {
    style.is_vis = true;
    style.from = "from";
    style.to = "to";
  } else {
    for (const auto& [from, to] : end_keys)
      if (member_in(link, "source") == nullptr && member_in(link, from) != nullptr && member_in(link, to) != nullptr) {
        style.from = from;
        style.to = to;
      }
  }
  style.is_graphlib = member_in(node, "v") != nullptr && style.from == "v";
  const Json* position = object_in(node, "position");
  style.is_react_flow =
      position != nullptr && object_in(node, "data") != nullptr && member_in(position, "x") != nullptr;
  if (const Json* attributes = object_in(node, "attributes")) node = attributes;
  const auto is_number = [&](std::string_view key) {
    const Json* member = member_in(node, key);
    return member != nullptr && member->is_number();
  };
  style.is_drawn = is_number("x") && is_number("y");
  return style;
}

std::optional<Direction> direction_of_ends(const Json& link) {
  const Json *from = text_in(&link, "fromEnd"), *to = text_in(&link, "toEnd");
  if (from == nullptr && to == nullptr) return std::nullopt;
  const bool at_from = from != nullptr && from->as_string() == "arrow",
             at_to = to == nullptr || to->as_string() == "arrow";
  if (at_from) return at_to ? Direction::mutual : Direction::reversed;
  return at_to ? Direction::directed : Direction::undirected;
}
std::optional<Direction> direction_of_arrows(std::string_view arrows) {
  const bool at_from = arrows.find("from") != std::string_view::npos,
             at_to = arrows.find("to") != std::string_view::npos;
  if (at_from) return at_to ? Direction::mutual : Direction::reversed;
  return at_to ? std::optional(Direction::directed) : std::nullopt;
}

std::optional<std::string> looks_like_node_link(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr || is_own_dataset(*json)) return std::nullopt;
  const Json* top = json->object();
  if (list_in(top, "adjacency") != nullptr && list_in(top, "nodes") != nullptr)
    return "it has nodes and adjacency lists";
  if (is_graphviz_json(top)) return "it has objects with a _gvid, as Graphviz writes them";
  const Json* link = first_in(links_in(top));
  const std::string_view lists = list_in(top, "links") != nullptr ? "links" : "edges";
  if (member_in(link, "source") != nullptr && member_in(link, "target") != nullptr)
    return fmt::format("its {} have a source and a target", lists);
  if (member_in(link, "from") != nullptr && member_in(link, "to") != nullptr && json->find("nodes") != nullptr)
    return fmt::format("its {} have from and to", lists);
  if (member_in(link, "fromNode") != nullptr && member_in(link, "toNode") != nullptr)
    return fmt::format("its {} have fromNode and toNode", lists);
  if (link != nullptr && link->is_array() && json->find("nodes") != nullptr)
    return fmt::format("it has nodes and {}", lists);
  const Json* nodes = json->find("nodes");
  if (nodes == nullptr) return std::nullopt;
  if (json->find("directed") != nullptr || json->find("multigraph") != nullptr)
    return "it has nodes and says whether their links are directed";
  const Json* node = first_in(nodes);
  if (node != nullptr && (links_in(top) != nullptr || !head.is_whole)) return "it begins with a list of nodes";
  return std::nullopt;
}

}  // namespace chokepoint::detail
