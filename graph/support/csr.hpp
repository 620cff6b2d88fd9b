#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Offsets [rows + 1] of a CSR array whose values belong to the rows `keys`.
inline std::vector<std::uint32_t> csr_offsets(std::size_t rows, const std::vector<std::uint32_t>& keys) {
  std::vector<std::uint32_t> offset(rows + 1, 0);
  for (const std::uint32_t key : keys) ++offset[key + 1];
  for (std::size_t i = 0; i < rows; ++i) offset[i + 1] += offset[i];
  return offset;
}

/// `values` in the order of their rows `keys`; those of one row keep theirs.
inline std::vector<std::uint32_t> csr_values(const std::vector<std::uint32_t>& offset,
                                             const std::vector<std::uint32_t>& keys,
                                             const std::vector<std::uint32_t>& values) {
  std::vector<std::uint32_t> next(offset.begin(), offset.end() - 1);
  std::vector<std::uint32_t> out(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) out[next[keys[i]]++] = values[i];
  return out;
}

}  // namespace chokepoint::detail
