#pragma once

#include "chokepoint/ingest/import.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::cli {

/// The problems of a refused input on stderr, `file:line: record: message` each, then how many more there are.
void print_problems(const IngestError& error);
/// The same for records that were left out. @param total  how many there were
void print_problems(const std::vector<Problem>& problems, std::uint64_t total);
/// Writes what was left out as CSV, one record a line. @throws UsageError when the file exists and `force` is false
void write_problems(const std::string& file, bool force, const std::vector<ImportReport>& reports);

}  // namespace chokepoint::cli
