#pragma once

#include "ingest/tables/flat_table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The year that a column is called like: `2021`, `Y2021`, `2021 [YR2021]`, `FY24`, `2023e`, `2022 (p)`, `2022/23`;
/// empty for another name. O(length)
std::string year_in(std::string_view name);

/// What a year is said to be by a letter behind it: estimated (`2023e`), a forecast (`2024F`); empty for none.
std::string_view status_of_year(std::string_view name);

/// The name of a column taken apart: `Share 2021 (%)` is `Share (%)` of 2021.
struct NameOfYear {
  std::string year, rest;
  std::string_view status{};  ///< @see status_of_year
};
/// nullopt where not exactly one year stands in the name, or nothing beside it. O(length)
std::optional<NameOfYear> name_of_year(std::string_view name);

/// The columns of a table that are called like years and hold what nothing else says; by number. None where there is
/// but one, which may be a figure's only day.
std::vector<std::size_t> year_columns(const std::vector<RawColumn>& columns);

}  // namespace chokepoint::detail
