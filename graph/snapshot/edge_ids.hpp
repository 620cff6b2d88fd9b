#pragma once

#include "chokepoint/model/record.hpp"
#include "snapshot/column_buffer.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The id of an edge: the one that was given, else its hash as 16 hex digits.
inline std::string edge_id(std::string_view given, std::uint64_t hash) {
  return given.empty() ? hash_text(hash) : std::string(given);
}

/// Ids of edges, which settle the order of parallel ones. Hash digits sort like the number, so that only given ids are
/// kept as text.
class EdgeIds {
 public:
  void reserve(std::size_t size) { hash_.reserve(size); }
  void push_back(std::string_view given, std::uint64_t hash) {
    if (!given.empty()) {
      given_.push_back(static_cast<std::uint32_t>(hash_.size()));
      bytes_.insert(bytes_.end(), given.begin(), given.end());
      offset_.push_back(bytes_.size());
    }
    hash_.push_back(given.empty() ? hash : 0);
  }
  [[nodiscard]] bool is_before(std::uint32_t a, std::uint32_t b) const {
    if (given_.empty()) return hash_[a] < hash_[b];
    const std::string_view x = given(a);
    const std::string_view y = given(b);
    if (x.empty() && y.empty()) return hash_[a] < hash_[b];
    return x.empty() ? edge_id(x, hash_[a]) < y : y.empty() ? x < edge_id(y, hash_[b]) : x < y;
  }
  [[nodiscard]] std::string text(std::size_t edge) const { return edge_id(given(edge), hash_[edge]); }

 private:
  /// Empty where none was given.
  [[nodiscard]] std::string_view given(std::size_t edge) const {
    const auto place = std::lower_bound(given_.begin(), given_.end(), edge);
    if (place == given_.end() || *place != edge) return {};
    const auto i = static_cast<std::size_t>(place - given_.begin());
    return {bytes_.data() + offset_[i], offset_[i + 1] - offset_[i]};
  }
  ColumnBuffer<std::uint64_t> hash_;
  std::vector<std::uint32_t> given_;  ///< rising: the edges with given ids
  std::vector<std::uint64_t> offset_ = {0};
  std::vector<char> bytes_;
};

}  // namespace chokepoint::detail
