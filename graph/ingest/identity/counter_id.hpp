#pragma once

#include <string_view>

namespace chokepoint::detail {

/// Whether an id is a row's number: digits alone.
bool is_row_number(std::string_view id);
/// Whether the id of an edge only numbers it, as a program gave it: `17`, `e17`.
bool is_edge_counter(std::string_view id);
/// Whether the id of a node only numbers it: `17`, `n17`, `node-17`, `n1::n0`.
bool is_counter(std::string_view id);

}  // namespace chokepoint::detail
