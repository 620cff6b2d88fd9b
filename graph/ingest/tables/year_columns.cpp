#include "ingest/tables/year_columns.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::string_view year_in(std::string_view name) {
  constexpr std::size_t digits = 4;
  if (name.starts_with('Y')) name.remove_prefix(1);
  const std::string_view year = name.substr(0, digits);
  const bool is_year = year.size() == digits &&
                       (year.starts_with("18") || year.starts_with("19") || year.starts_with("20")) &&
                       year.find_first_not_of("0123456789") == std::string_view::npos;
  const std::string_view behind = name.substr(std::min(digits, name.size()));
  return is_year && (behind.empty() || behind.starts_with(" [YR")) ? year : std::string_view();
}

std::vector<std::size_t> year_columns(const std::vector<RawColumn>& columns) {
  std::vector<std::size_t> years;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!columns[i].role && !year_in(columns[i].name).empty()) years.push_back(i);
  if (years.size() < 2) years.clear();
  return years;
}

}  // namespace chokepoint::detail
