#include "ingest/identity/counter_id.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <span>
#include <string>

namespace chokepoint::detail {

namespace {

/// Digits behind one of a few words.
bool is_number_behind(std::string_view id, std::span<const std::string_view> heads) {
  const auto digits = id.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits > 6) return false;
  for (const char c : id.substr(digits))
    if (c < '0' || c > '9') return false;
  const std::string head = fold(id.substr(0, digits));
  return std::find(heads.begin(), heads.end(), head) != heads.end();
}

}  // namespace

bool is_row_number(std::string_view id) {
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_edge_counter(std::string_view id) {
  static constexpr std::string_view heads[] = {"", "e", "edge", "r", "rel", "id", "_"};
  return is_number_behind(id, heads);
}

bool is_counter(std::string_view id) {
  static constexpr std::string_view heads[] = {"", "n", "v", "id", "node", "vertex"};
  return is_number_behind(id, heads);
}

}  // namespace chokepoint::detail
