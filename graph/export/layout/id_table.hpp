#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Row numbers by id: one flat array of half-hashes and numbers, eight bytes a slot. The ids stay where they are;
/// `id_of` reads them for the final comparison, so keep them close together where look-ups are many.
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
    const std::size_t hash = std::hash<std::string_view>{}(id);
    Slot& slot = slots_[place_of(id, hash)];
    if (slot.row != none) return slot.row;
    slot = {mark_of(hash), static_cast<std::uint32_t>(row)};
    return none;
  }
  /// The row of that id, or `none`.
  [[nodiscard]] std::uint32_t find(std::string_view id) const {
    return slots_[place_of(id, std::hash<std::string_view>{}(id))].row;
  }
  /// Fetches what a later look-up of `id` will touch first; a hint that hides most of a large table's memory latency.
  void prepare(std::string_view id) const {
    __builtin_prefetch(&slots_[std::hash<std::string_view>{}(id) & (slots_.size() - 1)]);
  }

 private:
  struct Slot {
    std::uint32_t mark;  ///< upper half of the hash; the lower half chose the place
    std::uint32_t row;
  };

  static std::uint32_t mark_of(std::size_t hash) { return static_cast<std::uint32_t>(std::uint64_t{hash} >> 32U); }

  [[nodiscard]] std::size_t place_of(std::string_view id, std::size_t hash) const {
    for (std::size_t place = hash & (slots_.size() - 1);; place = (place + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[place];
      if (slot.row == none || (slot.mark == mark_of(hash) && id_of_(slot.row) == id)) return place;
    }
  }

  IdOf id_of_;
  std::vector<Slot> slots_;
};

}  // namespace chokepoint::detail
