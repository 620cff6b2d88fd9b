#pragma once

#include "chokepoint/query/chokepoints.hpp"
#include "present/words/names.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// `✗ places that stop it alone: Germany, Japan +3`: one line each for places, actors and things, where there are any.
/// @param stops  in the order in which they are named
void add_stop_lines(Names& names, const Snapshot& snapshot, std::span<const Vertex> stops,
                    std::vector<std::string>& lines);

/// `sets left out: 3 (with Other makers, whom nobody can stop as one)`, where there are any.
void add_remainder_line(Names& names, const RemainderSets& left_out, std::vector<std::string>& lines);

}  // namespace chokepoint::detail
