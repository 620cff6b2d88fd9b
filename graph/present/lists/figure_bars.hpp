#pragma once

#include "chokepoint/export/chart.hpp"
#include "chokepoint/model/record.hpp"
#include "present/words/names.hpp"

#include <optional>
#include <set>
#include <span>
#include <string>

namespace chokepoint::detail {

/// Numbers as bars, in their order, each with its day and sources. Figures of one indicator and unit share a scale; a
/// range is hatched from its lower to its upper end, and figures that rivals outweigh have another colour.
/// @param about  whom they were asked of; empty: of nobody
/// @param counting  ids of the figures that count
/// @return nullopt where no figure is a number that can be drawn
std::optional<Chart> figure_bars(Names& names, const std::string& about, std::span<const Observation> figures,
                                 const std::set<std::string>& counting);

}  // namespace chokepoint::detail
