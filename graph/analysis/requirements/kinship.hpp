#pragma once

#include "chokepoint/snapshot/view.hpp"
#include "analysis/requirements/roles.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Which nodes are variants of which: the variant edges of a view, both ways, each pair once.
class Kinship {
 public:
  /// @note O(m); nothing is kept where there are no variants
  Kinship(const View& view, const std::vector<EdgeRule>& rules);

  /// Every node with variants, sorted.
  [[nodiscard]] const std::vector<Vertex>& generics() const { return generics_; }
  [[nodiscard]] bool is_generic(Vertex v) const { return !variants_of(v).empty(); }
  /// One step down, and one step up; sorted.
  [[nodiscard]] std::span<const Vertex> variants_of(Vertex generic) const {
    return slice(down_, down_offset_, generic);
  }
  [[nodiscard]] std::span<const Vertex> generics_of(Vertex variant) const { return slice(up_, up_offset_, variant); }
  /// `start`, all generics above it, theirs and so on; nearest first. O(steps met)
  [[nodiscard]] std::vector<Vertex> above(std::span<const Vertex> start) const;
  /// All variants of `generic`, theirs and so on, without itself. O(steps met)
  [[nodiscard]] std::vector<Vertex> below(Vertex generic) const;

 private:
  static std::span<const Vertex> slice(const std::vector<Vertex>& values, const std::vector<std::uint32_t>& offset,
                                       Vertex v) {
    if (offset.empty()) return {};
    return std::span(values).subspan(offset[v], offset[v + std::size_t{1}] - offset[v]);
  }

  std::vector<Vertex> generics_;
  std::vector<std::uint32_t> down_offset_, up_offset_;  ///< [n + 1], or empty
  std::vector<Vertex> down_, up_;
};

}  // namespace chokepoint::detail
