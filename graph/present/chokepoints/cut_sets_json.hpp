#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <vector>

namespace chokepoint::detail {

/// Each certificate takes a walk over the system; on large ones there are fewer.
inline constexpr std::size_t most_walked = 20'000'000;

Json ids_json(const Snapshot& snapshot, const std::vector<Vertex>& vertices);

/// What stops a target alone, in order: ids, who holds it, tier, how much it stops.
Json ranking_json(const Snapshot& snapshot, const std::vector<RankedStop>& ranked);

/// One reading of the cut sets, an entry of `bounds`.
/// @param unproved  given where certificates are wanted; becomes the number of sets without one where that is more
Json cut_sets_json(Session& session, const CutSetsResult& found, const CutSetsReading& reading, std::size_t* unproved);

}  // namespace chokepoint::detail
