#pragma once

#include "chokepoint/model/table.hpp"
#include "chokepoint/query/whatif.hpp"
#include "present/words/names.hpp"

#include <vector>

namespace chokepoint::detail {

/// Everything that an answer tells, for programs: ids and exact numbers, one table a kind of row, called by its title.
///
///   impossible    what fails, in each reading, with the cause that it is told of
///   left          what has less, or may have: shares of all in [0, 1], with the ends of the chain that sets them
///   may_be_lost   supplies of which nobody knows how much goes, and what hangs on them
///   unmet         needs of places
///   possible_again
///   cut, freed    rows of deliveries that a policy cuts, or that one left out cut as things stand
///   responses     to policies, whatever the day
///   why           the chains of the target
///
/// Lists of ids are separated by blanks. @note what `losses_by_cause` and `loss_doubts` cost
std::vector<Table> whatif_data(Session& session, const WhatIfResult& result);

}  // namespace chokepoint::detail
