#pragma once

#include "support/system_memory.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

/// Texts by number, each once, in about 24 bytes a text besides its own: for ids of millions of short rows, where the
/// nodes of a hash map would take ten times what the rows do. Numbers count from 0 in the order in which texts come.
class TextIndex {
 public:
  /// The number of the text, and whether it is new. O(1). @throws std::length_error beyond 2^32 - 1 texts
  std::pair<std::uint32_t, bool> add(std::string_view text);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const;
  /// Valid until the next text is added. @pre number < size()
  [[nodiscard]] std::string_view text(std::uint32_t number) const;
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint32_t number_and_one;  ///< 0 for an empty slot
    std::uint32_t tag;             ///< some bits of the hash, so that other texts are seldom looked at
  };
  [[nodiscard]] Slot* slots() const { return reinterpret_cast<Slot*>(slot_memory_.data()); }
  [[nodiscard]] std::uint64_t* ends() const { return reinterpret_cast<std::uint64_t*>(end_memory_.data()); }
  /// The slot that holds the text, or the empty one where it belongs. @pre there is an empty slot
  [[nodiscard]] Slot& slot_of(std::string_view text, std::uint64_t hash) const;
  void grow();
  void append(std::string_view text);

  SystemMemory bytes_, end_memory_, slot_memory_;
  std::size_t size_ = 0, slot_count_ = 0;  ///< a power of two of slots
};

}  // namespace chokepoint::detail
