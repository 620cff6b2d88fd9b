#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The cells of a row, one a column.
using RowCells = std::vector<std::string>;

/// How many of the names are words that tables call their columns by (data/profiles/columns.json).
std::size_t known_names(std::span<const std::string> names);

/// Whether a row behind an empty one may be the header of a table of its own: texts, at least half of them such words.
bool may_be_header(std::span<const std::string_view> cells);

/// Over how many rows the header of a table goes: 1, or 2 where groups of columns have names above those of the columns
/// (a name and blanks behind it, or one name several times), 3 where pandas names its index below them. That the second
/// row is no data is seen by words of headers, by the same names in every group, or by numbers below.
/// @param rows  the first ones of the table, the header first
std::size_t header_rows(std::span<const RowCells> rows);

/// The name of a column, and that of the group of columns that it is in; either may be empty.
struct GroupedName {
  std::string group, own;
};

/// One name a column: that of its group in front of its own. A name that says by itself what it holds, such as Share,
/// stays alone where no other column has it and the group is no end of edges and no year.
RowCells names_in_groups(std::span<const GroupedName> columns);

/// One name a column, as names_in_groups() makes it.
/// @param rows  as many as header_rows() says
RowCells joined_names(std::span<const RowCells> rows);

}  // namespace chokepoint::detail
