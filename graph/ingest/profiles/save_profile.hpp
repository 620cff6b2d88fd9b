#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/table_input.hpp"

#include <string>

namespace chokepoint::detail {

/// Refuses an input that no profile could stand for: of several tables, read by a profile, or our own.
/// @throws UsageError
void require_one_layout(const TableInput& input);

/// What was recognised of the one table of an input and what the user said of it, as a profile that reads it again.
/// @pre the input was surveyed and read, and `require_one_layout` takes it
std::string profile_text(const TableInput& input, const TableOptions& options);

}  // namespace chokepoint::detail
