#pragma once

#include "chokepoint/ingest/import.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint {

struct EtoOptions {
  bool lenient = false;              ///< rows that name an unknown id are skipped and counted instead of refused
  std::string version = "4ad9219e";  ///< of the tables: a commit or date, kept as the dataset's version
};

/// The five tables of the ETO Advanced Semiconductor Supply Chain dataset as one dataset of ours.
struct EtoDataset {
  std::string text;                 ///< in the dataset format
  std::vector<std::string> quirks;  ///< what was odd in the tables and how it was read, in a fixed order
};

/// Reads inputs.csv, providers.csv, provision.csv, sequence.csv and stages.csv of `folder`. Their words become ours: a
/// provider `produces` (percent to a fraction), headquarters are seats, what goes into something is required by it,
/// process stages are wholes with steps, S1's design processes are alternatives, negligible suppliers are minor, and
/// six derived edges join design to fabrication.
/// @throws NotFoundError, IngestError naming file, line, row and column
/// @see ETO, Advanced Semiconductor Supply Chain Dataset (2022 release), eto.tech/dataset-docs/chipexplorer
EtoDataset read_eto(const std::filesystem::path& folder, const EtoOptions& options);

/// `read_eto` and `import_dataset` in one.
ImportReport import_eto(Database& database, const std::filesystem::path& folder, const EtoOptions& eto,
                        const ImportOptions& options, std::vector<std::string>& quirks);

}  // namespace chokepoint
