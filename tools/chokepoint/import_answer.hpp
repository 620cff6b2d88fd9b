#pragma once

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/present/answer.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::cli {

/// What an import or a removal did.
/// @param dry_run  nothing was changed, it would have been
Answer import_answer(const std::string& command, const ImportReport& report, bool dry_run);

/// What an import of one dataset or of several did.
Answer import_answer(const std::vector<ImportReport>& reports, bool dry_run);

/// The problems of a refused input on stderr, `file:line: record: message` each, then how many more there are.
void print_problems(const IngestError& error);
/// The same for records that were left out. @param total  how many there were
void print_problems(const std::vector<Problem>& problems, std::uint64_t total);
/// Writes what was left out as CSV, one record a line. @throws UsageError when the file exists and `force` is false
void write_problems(const std::string& file, bool force, const std::vector<ImportReport>& reports);

}  // namespace chokepoint::cli
