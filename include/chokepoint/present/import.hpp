#pragma once

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/model/table.hpp"
#include "chokepoint/present/answer.hpp"

#include <string>
#include <vector>

namespace chokepoint {

/// How the answer of an import is shown.
struct ImportStyle {
  bool dry_run = false;        ///< nothing was changed, it would have been
  bool lists_skipped = false;  ///< a file lists all that was left out
  std::string database{};      ///< where questions are suggested that fit what came in; empty: none are
};

/// What an import of one dataset or of several did. `result`: {"dataset","changed","dry_run","sources","nodes","edges",
/// "observations": {"added","changed","removed","unchanged","fields"},"made_sources","merged","doubtful","conflicts",
/// "remarks",…}; of several the sums, and each in "datasets".
Answer import_answer(const std::vector<ImportReport>& reports, const ImportStyle& style = {});
/// The same for a dataset that was taken out.
Answer removal_answer(const ImportReport& report);

/// What must be known of an import beside its answer, a sentence each: what was made, taken for something, left out.
std::vector<std::string> import_remarks(const ImportReport& report, const ImportStyle& style = {});
/// Every record that was left out, one a row.
Table skipped_table(const std::vector<ImportReport>& reports);

/// What an import would make of files. `result`: [{"file","format","why","tables":[{"name","holds","columns","records",
/// "missing"}…],"remarks"}…]. @param command  the import itself, as a shell takes it
Answer explanation_answer(const std::vector<FileExplanation>& files, const std::string& command);

}  // namespace chokepoint
