#pragma once

#include "chokepoint/query/chokepoints.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace chokepoint {

/// In how many hands the supply of a thing is, as far as recorded.
enum class Hands : std::uint8_t { one_firm, one_place, several };
/// `one-firm`, `one-place`, `several`.
std::string_view to_string(Hands hands);

/// A node whose loss alone stops a target, with what says how much it matters.
struct RankedStop {
  Vertex vertex = no_vertex;                ///< of `CutSetsResult::view`
  Hands hands = Hands::several;             ///< of things; `several` of places and actors
  Vertex holder = no_vertex;                ///< the one firm or place, if so
  std::optional<std::uint32_t> tier = {};   ///< hops from the target; nullopt where no walk leads to it
  std::optional<std::uint32_t> stops = {};  ///< nodes of the whole graph that fail without it, as `rank --by stops`
                                            ///< counts; nullopt on graphs of more than 200,000 edges
};

/// The cut sets of one node, where any unsettled variant does, in the order in which a reader wants them: places,
/// actors, things; of things those that one firm makes, then those that one place makes, then the others; the nearest
/// first; of those as near, the one without which most fails; then by id.
/// @note O(n + m) and what `rank --by stops` costs for these nodes alone
std::vector<RankedStop> rank_stops(Session& session, const CutSetsResult& found);

}  // namespace chokepoint
