#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace chokepoint::detail {

/// Offsets [rows + 1] of a CSR array whose values belong to the rows `key_of(item)`.
template <class Item, class KeyOf>
std::vector<std::uint32_t> csr_offsets(std::size_t rows, const std::vector<Item>& items, const KeyOf& key_of) {
  std::vector<std::uint32_t> offset(rows + 1, 0);
  for (const Item& item : items) ++offset[key_of(item) + std::size_t{1}];
  for (std::size_t i = 0; i < rows; ++i) offset[i + 1] += offset[i];
  return offset;
}

/// `value_of(item)` in the order of their rows `key_of(item)`; those of one row keep theirs.
template <class Item, class KeyOf, class ValueOf>
std::vector<std::uint32_t> csr_values(const std::vector<std::uint32_t>& offset, const std::vector<Item>& items,
                                      const KeyOf& key_of, const ValueOf& value_of) {
  std::vector<std::uint32_t> next(offset.begin(), offset.end() - 1);
  std::vector<std::uint32_t> out(items.size());
  for (const Item& item : items) out[next[key_of(item)]++] = value_of(item);
  return out;
}

/// The same for lists of keys and of values.
inline std::vector<std::uint32_t> csr_offsets(std::size_t rows, const std::vector<std::uint32_t>& keys) {
  return csr_offsets(rows, keys, std::identity());
}
inline std::vector<std::uint32_t> csr_values(const std::vector<std::uint32_t>& offset,
                                             const std::vector<std::uint32_t>& keys,
                                             const std::vector<std::uint32_t>& values) {
  const auto value_of = [&](const std::uint32_t& key) { return values[static_cast<std::size_t>(&key - keys.data())]; };
  return csr_values(offset, keys, std::identity(), value_of);
}

}  // namespace chokepoint::detail
