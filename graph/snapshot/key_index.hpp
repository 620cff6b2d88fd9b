#pragma once

#include "chokepoint/snapshot/snapshot.hpp"
#include "chokepoint/support/error.hpp"
#include "snapshot/column_buffer.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// Numbers of nodes by their store key.
class KeyIndex {
 public:
  /// @param keys  [n]; lives as long as this
  /// @throws SchemaError when two are equal
  explicit KeyIndex(const KeyBuffer& keys) : count_(keys.size()) {
    if (count_ == 0) return;
    std::int64_t smallest = keys[0], largest = keys[0];
    bool is_run = true;
    for (std::size_t v = 0; v < count_; ++v) {
      smallest = std::min(smallest, keys[v]);
      largest = std::max(largest, keys[v]);
      is_run = is_run && smallest >= 0 && keys[v] == keys[0] + static_cast<std::int64_t>(v);
    }
    first_ = smallest;
    is_run_ = is_run;
    if (!is_run) fill(keys, largest);
  }

  /// no_vertex where no node has the key
  [[nodiscard]] Vertex find(std::int64_t key) const {
    if (is_run_) {
      const std::uint64_t v = static_cast<std::uint64_t>(key) - static_cast<std::uint64_t>(first_);
      return v < count_ ? static_cast<Vertex>(v) : no_vertex;
    }
    if (!table_.empty())
      return key >= 0 && static_cast<std::size_t>(key) < table_.size() ? table_[static_cast<std::size_t>(key)]
                                                                       : no_vertex;
    const auto place = map_.find(key);
    return place == map_.end() ? no_vertex : place->second;
  }

 private:
  void fill(const KeyBuffer& keys, std::int64_t largest) {
    // A store counts its keys up from 1, so a table is nearly always the smaller index.
    if (first_ >= 0 && static_cast<std::uint64_t>(largest) <= 4 * count_ + 1024)
      table_.assign(static_cast<std::size_t>(largest) + 1, no_vertex);
    for (std::size_t v = 0; v < count_; ++v) {
      if (find(keys[v]) != no_vertex) throw SchemaError("two nodes have the key " + std::to_string(keys[v]));
      if (table_.empty()) {
        map_.emplace(keys[v], static_cast<Vertex>(v));
      } else {
        table_[static_cast<std::size_t>(keys[v])] = static_cast<Vertex>(v);
      }
    }
  }
  std::size_t count_;
  std::int64_t first_ = 0;
  bool is_run_ = false;  ///< key `first_ + v` is node v's: a database filled in one go, in order of its ids
  std::vector<Vertex> table_;
  std::unordered_map<std::int64_t, Vertex> map_;
};

}  // namespace chokepoint::detail
