#pragma once

#include "ingest/tables/flat_table.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Takes the blanks around the cells of a row away, those that do not break included. A row without any costs a look at
/// the ends of its cells. @param bare  holds what is left of them. @return of how many
std::uint64_t trim_cells(FlatRow& row, std::vector<std::string_view>& bare);

/// Empties the cells that hold one of the words and nothing else. @return how many
std::uint64_t empty_cells(FlatRow& row, std::vector<std::string_view>& kept, const std::vector<std::string>& words);

}  // namespace chokepoint::detail
