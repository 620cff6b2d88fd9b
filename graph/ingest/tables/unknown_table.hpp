#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/flat_table.hpp"

#include <string>

namespace chokepoint::detail {

/// Refuses a table that is neither one of nodes nor one of edges, with what its columns may be: all options, in one
/// command where the names of columns say which are ends. @param file  what messages call the table
/// @param path  of the file, for commands that read it
/// @throws UsageError always; DoubtfulValue where there is a likely answer
[[noreturn]] void refuse_unknown_table(const FlatTable& table, const std::string& file, const std::string& path,
                                       const TableOptions& options);

}  // namespace chokepoint::detail
