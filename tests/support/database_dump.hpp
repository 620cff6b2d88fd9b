#pragma once

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/database.hpp"

#include <string>
#include <string_view>

namespace chokepoint::test {

/// Every record as one line of JSON, in the order of the readers: what an export holds.
/// @param dataset  id; empty for all
std::string records_of(const Database& database, std::string_view dataset = {});

/// Every row of every table, the search index included: two equal dumps are one state.
std::string rows_of(const Database& database);

/// Imports a text in the dataset format (JSON, or JSON Lines when it says so by its records).
ImportReport import_lines(Database& database, std::string_view text, ImportOptions options = {});

/// The problems of a refused import, one a line as `line: record: message`; empty when it was accepted.
std::string problems_of(Database& database, std::string_view text, ImportOptions options = {});

}  // namespace chokepoint::test
