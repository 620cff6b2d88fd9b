#pragma once

#include "chokepoint/query/session.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Number of the node or edge type that a user named by id or by label in any language.
/// @throws UsageError with suggestions when there is none
std::uint16_t require_node_type(const Session& session, std::string_view text);
std::uint16_t require_edge_type(const Session& session, std::string_view text);

/// Ids of the named node types, for filters; empty for an empty list.
std::vector<std::string> node_type_ids(const Session& session, const std::vector<std::string>& texts);

/// `; did you mean a, b?`, nothing for an empty list.
std::string did_you_mean(const std::vector<std::string>& candidates);

/// Reads `YYYY[-MM[-DD]]` as an `--as-of` day. @throws UsageError naming the option
Date require_day(std::string_view text, std::string_view option);

}  // namespace chokepoint::detail
