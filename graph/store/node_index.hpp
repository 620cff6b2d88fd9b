#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The nodes of a bulk import by their ids: key, id and type in about 30 bytes a node, found in O(1). Keys count from 1
/// in the order in which nodes were added.
class NodeIndex {
 public:
  struct Known {
    std::int64_t key = 0;
    std::string_view id;  ///< as stored; valid until the next node is added
    std::uint16_t type = 0;
  };

  /// @pre no node of that folded id is there. @return its key
  std::int64_t add(std::string_view id, std::uint16_t type);
  /// @param id  in any case
  [[nodiscard]] std::optional<Known> find(std::string_view id) const;
  /// @pre 1 <= key <= size()
  [[nodiscard]] std::string_view id(std::int64_t key) const;
  [[nodiscard]] std::size_t size() const { return types_.size(); }

 private:
  /// A node's key, 0 for an empty slot, and some bits of its id's hash, so that other ids are seldom looked at.
  struct Slot {
    std::uint32_t key = 0, tag = 0;
  };
  [[nodiscard]] std::size_t slot_of(std::string_view id, std::uint64_t hash) const;
  void grow();

  std::string ids_;
  std::vector<std::uint64_t> ends_;  ///< of each id in `ids_`
  std::vector<std::uint16_t> types_;
  std::vector<Slot> slots_;  ///< open addressing
};

}  // namespace chokepoint::detail
