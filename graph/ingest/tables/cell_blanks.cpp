#include "ingest/tables/cell_blanks.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::string_view hard_blank = "\xC2\xA0";

/// Without the blanks around it, those that do not break included.
std::string_view without_blanks(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  for (std::size_t before = text.size() + 1; before != text.size();) {
    before = text.size();
    if (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    if (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    if (text.starts_with(hard_blank)) text.remove_prefix(hard_blank.size());
    if (text.ends_with(hard_blank)) text.remove_suffix(hard_blank.size());
  }
  return text;
}

}  // namespace

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
    if (may_have(cell)) cell = without_blanks(cell);
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
