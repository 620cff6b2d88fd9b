#pragma once

#include "chokepoint/model/json.hpp"

#include <string_view>

namespace chokepoint::detail {

/// What the figures of a node are about, from the name of the attribute that holds them: the indicator, and from names
/// of our own exports (`figure.market-share.chip@europe/all [percent]`) also item, market, relative_to and unit. Other
/// names are put into the letters of ids: `Revenue (USD)` becomes `revenue-usd`.
/// @return an object with the keys of an observation; null where no letter is left
Json figure_of(std::string_view name);

}  // namespace chokepoint::detail
