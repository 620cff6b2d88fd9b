#pragma once

#include "chokepoint/model/record.hpp"

#include <string>
#include <vector>

namespace chokepoint::detail {

/// One record out of what several datasets say of it, in their order: lists are united, of differing scalars the first
/// stays and the difference is added to `conflicts`. The first record's id stays.
/// @pre `versions` is not empty
Source merged(const std::vector<Source>& versions, std::vector<std::string>& conflicts);
/// Ids and labels of later versions that differ become aliases.
Node merged(const std::vector<Node>& versions, std::vector<std::string>& conflicts);
Edge merged(const std::vector<Edge>& versions, std::vector<std::string>& conflicts);
Observation merged(const std::vector<Observation>& versions, std::vector<std::string>& conflicts);

}  // namespace chokepoint::detail
