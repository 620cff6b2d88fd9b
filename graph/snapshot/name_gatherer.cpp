#include "snapshot/name_gatherer.hpp"

#include "chokepoint/model/text.hpp"
#include "model/stored_row.hpp"
#include "snapshot/name_heap.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr unsigned hash_at = 32;

/// Sorts by the upper half of each number; equal ones keep their order. Three passes, where sorting by comparison takes
/// as many as the length has binary digits.
void sort_by_hash(std::vector<std::uint64_t>& entries) {
  constexpr unsigned digit_bits = 11;
  constexpr std::size_t digits = std::size_t{1} << digit_bits;
  std::vector<std::uint64_t> sorted(entries.size());
  for (unsigned shift = hash_at; shift < 64; shift += digit_bits) {
    const auto digit = [shift](std::uint64_t entry) { return entry >> shift & (digits - 1); };
    std::array<std::size_t, digits> place{};
    for (const std::uint64_t entry : entries) ++place[digit(entry)];
    std::exclusive_scan(place.begin(), place.end(), place.begin(), std::size_t{0});
    for (const std::uint64_t entry : entries) sorted[place[digit(entry)]++] = entry;
    entries.swap(sorted);
  }
}

}  // namespace

void NameGatherer::add(std::int64_t node_key, const NodeName& name, std::string_view folded) {
  const std::size_t before = bytes_.size();
  append_name(bytes_, name);
  keys_.push_back(node_key);
  hash_.push_back(name_hash(folded));
  size_.push_back(static_cast<std::uint32_t>(bytes_.size() - before));
}

void NameGatherer::number_owners(const KeyIndex& index) {
  owner_.resize(keys_.size());
  for (std::size_t i = 0; i < owner_.size(); ++i) {
    owner_[i] = index.find(keys_[i]);
    if (owner_[i] == no_vertex) refuse_value({"alias", keys_[i]}, "node", "no node has this key");
  }
  keys_ = {};
}

/// Sorts names by their nodes; names of one node stay in order.
void NameGatherer::move_bytes(SnapshotData& data) {
  const std::size_t n = data.node_key.size();
  data.name_offset.assign(n + 1, 0);
  for (std::size_t i = 0; i < owner_.size(); ++i) data.name_offset[owner_[i] + std::size_t{1}] += size_[i];
  std::partial_sum(data.name_offset.begin(), data.name_offset.end(), data.name_offset.begin());
  if (std::is_sorted(owner_.begin(), owner_.end())) {
    data.name_bytes = std::move(bytes_);
    return;
  }
  data.name_bytes.resize(bytes_.size());
  std::vector<std::uint64_t> next(data.name_offset.begin(), data.name_offset.end() - 1);
  for (std::size_t i = 0, at = 0; i < owner_.size(); at += size_[i++]) {
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at), size_[i],
                data.name_bytes.begin() + static_cast<std::ptrdiff_t>(next[owner_[i]]));
    next[owner_[i]] += size_[i];
  }
  bytes_ = {};
}

/// Hash above node of every name, ids included, sorted by both.
std::vector<std::uint64_t> NameGatherer::hashes(const SnapshotData& data) const {
  const std::size_t n = data.node_key.size();
  std::vector<std::uint64_t> entries;
  entries.reserve(owner_.size() + n);
  for (std::size_t i = 0; i < owner_.size(); ++i) entries.push_back(std::uint64_t{hash_[i]} << hash_at | owner_[i]);
  for (std::size_t v = 0; v < n; ++v) {
    const std::string_view id(data.id_bytes.data() + data.id_offset[v], data.id_offset[v + 1] - data.id_offset[v]);
    entries.push_back(std::uint64_t{name_hash(fold(id))} << hash_at | v);
  }
  sort_by_hash(entries);
  // Where hashes are equal, which few are, those of names stand before those of ids.
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t last = i + 1;
    while (last < entries.size() && entries[last] >> hash_at == entries[i] >> hash_at) ++last;
    if (last - i > 1)
      std::sort(entries.begin() + static_cast<std::ptrdiff_t>(i), entries.begin() + static_cast<std::ptrdiff_t>(last));
    i = last;
  }
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

void NameGatherer::move_into(SnapshotData& data, const KeyIndex& index) && {
  if (keys_.size() == 0) return;
  number_owners(index);
  move_bytes(data);
  const std::vector<std::uint64_t> entries = hashes(data);
  data.name_hash.reserve(entries.size());
  data.name_node.reserve(entries.size());
  for (const std::uint64_t entry : entries) {
    data.name_hash.push_back(static_cast<std::uint32_t>(entry >> hash_at));
    data.name_node.push_back(static_cast<Vertex>(entry));
  }
  *this = {};
}

}  // namespace chokepoint::detail
