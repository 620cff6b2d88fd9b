#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Where the arcs of each vertex lead, side by side, written vertex by vertex: for depth-first walks, which come to the
/// vertices in no order.
class ArcLists {
 public:
  void reserve(std::size_t vertices, std::size_t arcs) {
    offset_.reserve(vertices + 1);
    target_.reserve(arcs);
  }
  /// An arc of the vertex that is being written.
  void add(std::uint32_t target) { target_.push_back(target); }
  /// No more arcs of this vertex; the next one begins.
  void close() { offset_.push_back(target_.size()); }

  [[nodiscard]] std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(offset_.size() - 1); }
  /// Arcs of `v`, in the order in which they were added.
  [[nodiscard]] std::span<const std::uint32_t> targets(std::uint32_t v) const {
    return std::span(target_).subspan(offset_[v], offset_[v + std::size_t{1}] - offset_[v]);
  }
  /// Place of the first arc of `v` among all.
  [[nodiscard]] std::size_t first(std::uint32_t v) const { return offset_[v]; }
  [[nodiscard]] std::span<const std::uint32_t> all() const { return target_; }

 private:
  std::vector<std::size_t> offset_{0};  ///< [vertices + 1] into target_
  std::vector<std::uint32_t> target_;
};

}  // namespace chokepoint::detail
