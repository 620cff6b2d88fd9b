#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/tables/edge_direction.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace chokepoint::detail {

/// Whose node-link JSON it is: what ends of links are called, and what only says how things look.
struct NodeLinkStyle {
  bool is_vis = false, is_drawn = false, is_graphviz = false, is_react_flow = false, is_graphlib = false;
  std::string_view from = "source", to = "target";

  /// Whether an object of that key in a node or link holds what is said of it.
  [[nodiscard]] bool holds_members(std::string_view key) const;
  [[nodiscard]] std::span<const std::string_view> visual_node_keys() const;
  [[nodiscard]] std::span<const std::string_view> visual_edge_keys() const;
};

/// By how the graph begins. @param top  the object that it is; nullptr where nobody knows
NodeLinkStyle node_link_style(const Json* top);

/// Obsidian's canvas says what stands at the ends of an edge: an arrow at the second one, where it says nothing.
std::optional<Direction> direction_of_ends(const Json& link);
/// vis.js says at which ends of an edge arrows stand: `to`, `from`, `to, from`.
std::optional<Direction> direction_of_arrows(std::string_view arrows);

/// The key that is the id of a node; empty for none.
std::string_view node_link_id_key(const Json& node);

}  // namespace chokepoint::detail
