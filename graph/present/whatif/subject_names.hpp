#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "present/words/names.hpp"

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint::detail {

/// So many nodes of a loss are told by their causes; of more the lists alone are shown.
inline constexpr std::size_t most_by_cause = 20'000;

/// 0 for things, then deliveries, actors, places.
int class_of(const Snapshot& snapshot, const Subject& subject);

/// Things first, and of these what most others are linked to on the day: what a reader knows.
std::tuple<int, std::ptrdiff_t> weight_of(const View& view, const Subject& subject);

/// The label alone, of a delivery with its customer's.
std::string short_name(Names& names, const Snapshot& snapshot, const Subject& subject);

/// The first names, and how many more there are: `A, B +3`.
std::string short_list(Names& names, const Snapshot& snapshot, const std::vector<Subject>& subjects,
                       std::size_t most = 8);

}  // namespace chokepoint::detail
