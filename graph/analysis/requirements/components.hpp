#pragma once

#include "chokepoint/analysis/requirements.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Strongly connected components of a requirement system, in an order in which every component comes after those it
/// rests on. Vertices are the nodes, then the groups: node n is n, group g is node_count() + g; a node leads to its
/// groups, a group to its members. Groups that nobody depends on are left out.
class Components {
 public:
  /// What is still open of a system.
  struct Open {
    /// [nodes] 1: its value is known whatever it needs. Such a node leads nowhere, and neither does a group that nobody
    /// else needs.
    std::span<const std::uint8_t> settled;
    Variants variants;  ///< nor does a group that asks for no member in this reading
  };

  /// @param open  absent: the whole system, however variants are read. O(nodes + members)
  explicit Components(const Requirements& requirements, const std::optional<Open>& open = std::nullopt);

  [[nodiscard]] std::size_t count() const { return offset_.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> vertices(std::size_t component) const {
    return std::span(vertices_).subspan(offset_[component], offset_[component + 1] - offset_[component]);
  }
  [[nodiscard]] std::uint32_t of_node(SystemNode n) const { return component_[n]; }
  [[nodiscard]] std::uint32_t of_group(GroupIndex g) const { return component_[node_count_ + g]; }
  /// Place of a vertex among the vertices of its component.
  [[nodiscard]] std::uint32_t position_of_node(SystemNode n) const { return position_[n]; }
  [[nodiscard]] std::uint32_t position_of_group(GroupIndex g) const { return position_[node_count_ + g]; }
  [[nodiscard]] bool has_cycle() const { return count() < vertices_.size(); }
  [[nodiscard]] bool is_group(std::uint32_t vertex) const { return vertex >= node_count_; }
  [[nodiscard]] GroupIndex group(std::uint32_t vertex) const { return vertex - node_count_; }

 private:
  SystemNode node_count_;
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> position_;
  std::vector<std::uint32_t> vertices_;
  std::vector<std::uint32_t> offset_{0};  ///< [components + 1] into vertices_
};

}  // namespace chokepoint::detail
