#include "ingest/files/text_index.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace chokepoint::detail {

namespace {

constexpr std::size_t smallest_text_memory = std::size_t{64} << 10U;
constexpr std::size_t smallest_slot_count = 64;

/// Makes room for so many bytes; twice as many at a time, of which those that are not used take no memory.
void make_room(SystemMemory& memory, std::size_t bytes) {
  if (bytes > memory.size()) memory.grow(std::max({smallest_text_memory, 2 * memory.size(), bytes}));
}

std::uint32_t text_tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

std::string_view TextIndex::text(std::uint32_t number) const {
  const std::uint64_t begin = number == 0 ? 0 : ends()[number - 1];
  return {bytes_.data() + begin, static_cast<std::size_t>(ends()[number] - begin)};
}

TextIndex::Slot& TextIndex::slot_of(std::string_view text, std::uint64_t hash) const {
  std::size_t at = hash & (slot_count_ - 1);
  while (slots()[at].number_and_one != 0 &&
         !(slots()[at].tag == text_tag(hash) && this->text(slots()[at].number_and_one - 1) == text))
    at = (at + 1) & (slot_count_ - 1);
  return slots()[at];
}

/// Twice as many slots; where texts belong is worked out anew.
void TextIndex::grow() {
  slot_count_ = std::max(smallest_slot_count, 2 * slot_count_);
  slot_memory_ = SystemMemory();
  make_room(slot_memory_, slot_count_ * sizeof(Slot));
  for (std::uint32_t number = 0; number < size_; ++number) {
    const std::uint64_t hash = hash_bytes(text(number));
    slot_of(text(number), hash) = {number + 1, text_tag(hash)};
  }
}

void TextIndex::append(std::string_view text) {
  const std::uint64_t begin = size_ == 0 ? 0 : ends()[size_ - 1];
  make_room(bytes_, begin + text.size());
  if (!text.empty()) std::memcpy(bytes_.data() + begin, text.data(), text.size());
  make_room(end_memory_, (size_ + 1) * sizeof(std::uint64_t));
  ends()[size_] = begin + text.size();
  ++size_;
}

std::pair<std::uint32_t, bool> TextIndex::add(std::string_view text) {
  // Three quarters of the slots may be taken.
  if (4 * (size_ + 1) > 3 * slot_count_) grow();
  const std::uint64_t hash = hash_bytes(text);
  Slot& slot = slot_of(text, hash);
  if (slot.number_and_one != 0) return {slot.number_and_one - 1, false};
  if (size_ >= std::numeric_limits<std::uint32_t>::max()) throw std::length_error("more than 2^32 - 1 texts");
  slot = {static_cast<std::uint32_t>(size_ + 1), text_tag(hash)};
  append(text);
  return {static_cast<std::uint32_t>(size_ - 1), true};
}

std::optional<std::uint32_t> TextIndex::find(std::string_view text) const {
  if (size_ == 0) return std::nullopt;
  const Slot& slot = slot_of(text, hash_bytes(text));
  if (slot.number_and_one == 0) return std::nullopt;
  return slot.number_and_one - 1;
}

}  // namespace chokepoint::detail
