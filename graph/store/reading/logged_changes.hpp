#pragma once

#include "store/rows/change_log.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace chokepoint::detail {

/// What changed of the graph between two states of a database.
struct LoggedChanges {
  std::set<ParallelEdges> edges;
  std::map<std::int64_t, std::set<std::string>> nodes;  ///< by key: the ids that a node had
};

/// What changed since an earlier state, out of `change_log`: an unbroken chain of entries from that state's token to
/// the present one.
/// @return nothing where there is no such chain, where it is long, or where it names a change that is not told one by
///         one
/// @note O(entries since)
std::optional<LoggedChanges> changes_since(SQLite::Database& connection, const std::string& token);

}  // namespace chokepoint::detail
