#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The nodes of a bulk import by their ids: key, id and type in about 60 bytes a node, found in O(1). Keys count from 1
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
  /// Fetches into the cache what `find` will look at first, so that many nodes can be asked for at once.
  void prefetch_slot(std::string_view id) const;
  /// The second half: what `find` will look at then. To be called some time after `expect`.
  void prefetch_entry(std::string_view id) const;
  /// @pre 1 <= key <= size()
  [[nodiscard]] std::string_view id(std::int64_t key) const;
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

 private:
  /// All that is asked of a node, in a quarter of a cache line, and some bits of its id's hash, so that ids of others
  /// are seldom looked at: finding a node waits for memory twice.
  struct Slot {
    std::uint32_t key = 0;  ///< 0 for an empty slot
    std::uint32_t tag = 0;
    std::uint32_t begin_low = 0;  ///< where the id begins in `ids_`, which stays below 2^40 bytes
    std::uint8_t begin_high = 0;
    std::uint8_t size = 0;  ///< of the id
    std::uint16_t type = 0;
    [[nodiscard]] std::uint64_t begin() const { return std::uint64_t{begin_high} << 32U | begin_low; }
  };
  [[nodiscard]] std::string_view id_in(const Slot& slot) const {
    return std::string_view(ids_).substr(slot.begin(), slot.size);
  }
  [[nodiscard]] std::size_t slot_of(std::string_view id, std::uint64_t hash) const;
  void grow();

  std::string ids_;
  std::vector<std::uint64_t> ends_;  ///< of each id in `ids_`
  std::vector<Slot> slots_;          ///< open addressing
};

}  // namespace chokepoint::detail
