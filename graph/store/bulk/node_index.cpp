#include "store/bulk/node_index.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_id = 200;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Ids are plain ASCII (`is_valid_id`), so folding them is lower case and needs no allocation.
std::uint64_t hash_of(std::string_view id) {
  std::array<char, longest_id> folded;  // NOLINT: filled below as far as it is read
  const std::size_t size = std::min(id.size(), longest_id);
  std::transform(id.begin(), id.begin() + static_cast<std::ptrdiff_t>(size), folded.begin(), lower);
  return hash_bytes({folded.data(), size});
}

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view NodeIndex::id(std::int64_t key) const {
  const auto at = static_cast<std::size_t>(key - 1);
  const std::uint64_t begin = at == 0 ? 0 : ends_[at - 1];
  return std::string_view(ids_).substr(begin, ends_[at] - begin);
}

/// The slot that holds the id, or the empty one where it belongs. @pre there is an empty slot
std::size_t NodeIndex::slot_of(std::string_view id, std::uint64_t hash) const {
  const std::uint32_t tag = tag_of(hash);
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot].key != 0 && !(slots_[slot].tag == tag && same(id_in(slots_[slot]), id)))
    slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

void NodeIndex::grow() {
  constexpr std::size_t smallest = 64;
  std::vector<Slot> before(std::max(smallest, slots_.size() * 2));
  std::swap(before, slots_);
  for (const Slot& slot : before)
    if (slot.key != 0) slots_[slot_of(id_in(slot), hash_of(id_in(slot)))] = slot;
}

std::int64_t NodeIndex::add(std::string_view id, std::uint16_t type) {
  assert(id.size() <= longest_id);
  if (ends_.size() >= std::numeric_limits<std::uint32_t>::max())
    throw StoreError(ErrorKind::bad_data, "more than 4294967295 nodes; a database cannot take more at once");
  if (2 * (ends_.size() + 1) > slots_.size()) grow();
  const std::uint64_t hash = hash_of(id);
  Slot& slot = slots_[slot_of(id, hash)];
  slot.begin_low = static_cast<std::uint32_t>(ids_.size());
  slot.begin_high = static_cast<std::uint8_t>(ids_.size() >> 32U);
  slot.size = static_cast<std::uint8_t>(id.size());
  slot.type = type;
  ids_ += id;
  ends_.push_back(ids_.size());
  slot.key = static_cast<std::uint32_t>(ends_.size());
  slot.tag = tag_of(hash);
  return slot.key;
}

std::optional<NodeIndex::Known> NodeIndex::find(std::string_view id) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(id, hash_of(id))];
  if (slot.key == 0) return std::nullopt;
  return Known{slot.key, id_in(slot), slot.type};
}

void NodeIndex::prefetch_slot(std::string_view id) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[hash_of(id) & (slots_.size() - 1)]);
}

void NodeIndex::prefetch_entry(std::string_view id) const {
  if (!slots_.empty()) __builtin_prefetch(ids_.data() + slots_[hash_of(id) & (slots_.size() - 1)].begin());
}

}  // namespace chokepoint::detail
