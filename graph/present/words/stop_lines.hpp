#pragma once

#include "chokepoint/query/chokepoints.hpp"
#include "present/words/names.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// `✗ things that stop it alone (12): TSMC 4N (TSMC), HBM3 +10`: one line each for places, actors and things, where
/// there are any, with the one firm or place that makes a thing, and a line on their order where not all are named.
/// @param stops  as `rank_stops` gives them
void add_stop_lines(Names& names, const Snapshot& snapshot, std::span<const RankedStop> stops,
                    std::vector<std::string>& lines);

/// Why a target is impossible before anything is lost, and without which policies it is possible. @pre it is
std::string impossible_text(Names& names, const CutSetsResult& found);

/// `sets left out: 3 (with Other makers, whom nobody can stop as one)`, where there are any.
void add_remainder_line(Names& names, const RemainderSets& left_out, std::vector<std::string>& lines);

}  // namespace chokepoint::detail
