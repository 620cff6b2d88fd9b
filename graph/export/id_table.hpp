#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Row numbers by id: one flat array with the hashes beside the numbers, so that a look-up of one in a million touches
/// one cache line here and one at the record. The ids stay where they are.
template <typename IdOf>
class IdTable {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  /// @param id_of  id of a row: `std::string_view(std::size_t)`
  /// @pre at most 2^31 rows
  IdTable(std::size_t row_count, IdOf id_of)
      : id_of_(std::move(id_of)), slots_(std::bit_ceil(2 * row_count + 2), Slot{0, none}) {}

  /// Enters `row` under its id.
  /// @return the row that has this id already, which stays; else `none`
  std::uint32_t insert(std::size_t row) {
    const std::string_view id = id_of_(row);
    Slot& slot = slot_of(id);
    if (slot.row != none) return slot.row;
    slot = {std::hash<std::string_view>{}(id), static_cast<std::uint32_t>(row)};
    return none;
  }
  /// The row of that id, or `none`.
  [[nodiscard]] std::uint32_t find(std::string_view id) { return slot_of(id).row; }
  /// Fetches what a later look-up of `id` will touch first; a hint that hides most of a large table's memory latency.
  void prepare(std::string_view id) const {
    __builtin_prefetch(&slots_[std::hash<std::string_view>{}(id) & (slots_.size() - 1)]);
  }

 private:
  struct Slot {
    std::uint64_t hash;
    std::uint32_t row;
  };

  Slot& slot_of(std::string_view id) {
    const std::uint64_t hash = std::hash<std::string_view>{}(id);
    for (std::size_t at = hash;; ++at) {
      Slot& slot = slots_[at & (slots_.size() - 1)];
      if (slot.row == none || (slot.hash == hash && id_of_(slot.row) == id)) return slot;
    }
  }

  IdOf id_of_;
  std::vector<Slot> slots_;
};

}  // namespace chokepoint::detail
