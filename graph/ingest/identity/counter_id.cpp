#include "ingest/identity/counter_id.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <span>
#include <string>

namespace chokepoint::detail {

namespace {

/// Digits behind one of a few words, and one mark between them.
bool is_number_behind(std::string_view id, std::span<const std::string_view> heads) {
  const auto digits = id.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits > 7) return false;
  for (const char c : id.substr(digits))
    if (c < '0' || c > '9') return false;
  std::string_view head = id.substr(0, digits);
  if (head.size() > 1 && std::string_view("_- ").find(head.back()) != std::string_view::npos) head.remove_suffix(1);
  return std::find(heads.begin(), heads.end(), fold(head)) != heads.end();
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
  if (id.size() > 2 && id.ends_with(".0")) id.remove_suffix(2);  // a number, as pandas writes it beside empty cells
  // yEd counts inside each group: `n1::n0`.
  for (auto mark = id.find("::"); mark != std::string_view::npos; mark = id.find("::")) {
    if (!is_number_behind(id.substr(0, mark), heads)) return false;
    id.remove_prefix(mark + 2);
  }
  return is_number_behind(id, heads);
}

}  // namespace chokepoint::detail
