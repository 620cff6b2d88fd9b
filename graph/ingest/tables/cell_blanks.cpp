#include "ingest/tables/cell_blanks.hpp"

#include "ingest/files/blanks.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::uint64_t trim_cells(FlatRow& row, std::vector<std::string_view>& bare) {
  const auto may_have = [](std::string_view cell) {
    if (cell.empty()) return false;
    const auto first = static_cast<unsigned char>(cell.front()), last = static_cast<unsigned char>(cell.back());
    return first <= ' ' || last <= ' ' || first == 0xC2U || last == 0xA0U;
  };
  if (std::ranges::none_of(row.values, may_have)) return 0;
  std::uint64_t count = 0;
  bare.assign(row.values.begin(), row.values.end());
  for (std::string_view& cell : bare) {
    const std::size_t before = cell.size();
    if (may_have(cell)) cell = without_white_space(cell);
    count += cell.size() < before && !cell.empty() ? 1U : 0U;
  }
  row.values = bare;
  return count;
}

std::uint64_t empty_cells(FlatRow& row, std::vector<std::string_view>& kept, const std::vector<std::string>& words) {
  const auto is_empty = [&](std::string_view cell) {
    return !cell.empty() && std::ranges::find(words, cell) != words.end();
  };
  const auto count = static_cast<std::uint64_t>(std::ranges::count_if(row.values, is_empty));
  if (count == 0) return 0;
  if (row.values.data() != kept.data()) kept.assign(row.values.begin(), row.values.end());
  for (std::string_view& cell : kept)
    if (is_empty(cell)) cell = {};
  row.values = kept;
  return count;
}

}  // namespace chokepoint::detail
