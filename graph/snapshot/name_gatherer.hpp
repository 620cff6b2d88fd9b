#pragma once

#include "chokepoint/snapshot/snapshot.hpp"
#include "snapshot/key_index.hpp"
#include "snapshot/snapshot_data.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Names of nodes, which wait until all nodes are known.
class NameGatherer {
 public:
  void add(std::int64_t node_key, const NodeName& name, std::string_view folded);
  /// Puts the names into the snapshot in order of their nodes, and the sorted list of hashes, to which the ids
  /// contribute. O(names + nodes). @pre the nodes are sorted. @throws SchemaError
  void move_into(SnapshotData& data, const KeyIndex& index) &&;

 private:
  void number_owners(const KeyIndex& index);
  void move_bytes(SnapshotData& data);
  [[nodiscard]] std::vector<std::uint64_t> hashes(const SnapshotData& data) const;

  KeyBuffer keys_;                    ///< of the node of each name
  std::vector<std::uint32_t> owner_;  ///< number of that node, once they are known
  std::vector<std::uint32_t> hash_;
  std::vector<std::uint32_t> size_;  ///< bytes in bytes_
  std::vector<char> bytes_;
};

}  // namespace chokepoint::detail
