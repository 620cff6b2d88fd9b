#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// A set of vertices as one bit each.
class VertexSet {
 public:
  explicit VertexSet(Vertex vertex_count) : words_((vertex_count + std::size_t{63}) / 64, 0) {}
  [[nodiscard]] bool has(Vertex v) const { return (words_[v >> 6U] >> (v & 63U)) & 1U; }
  void erase(Vertex v) { words_[v >> 6U] &= ~(std::uint64_t{1} << (v & 63U)); }
  /// @return false when `v` was in already
  bool insert(Vertex v) {
    std::uint64_t& word = words_[v >> 6U];
    const std::uint64_t bit = std::uint64_t{1} << (v & 63U);
    const bool is_new = (word & bit) == 0;
    word |= bit;
    return is_new;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace chokepoint::detail
