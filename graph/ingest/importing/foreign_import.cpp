#include "ingest/importing/foreign_import.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/graphs/graph_file_input.hpp"
#include "ingest/identity/slug.hpp"
#include "ingest/importing/import_job.hpp"
#include "ingest/importing/opened_tables.hpp"
#include "ingest/profiles/save_profile.hpp"
#include "ingest/records/joined_input.hpp"
#include "ingest/tables/table_input.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace chokepoint::detail {

namespace {

std::vector<InputFile*> files_of(const std::vector<RecognisedInput*>& inputs, ReaderKind reader) {
  std::vector<InputFile*> files;
  for (const RecognisedInput* input : inputs)
    if (input->reader == reader) files.push_back(input->file.get());
  return files;
}

/// One input of them all.
std::unique_ptr<RecordInput> input_of(const std::vector<RecognisedInput*>& inputs, const OpenedTables& opened,
                                      const Ontology& ontology, ImportJob& job, const TableOptions& tables,
                                      const ImportOptions& options, bool survey) {
  std::vector<std::unique_ptr<RecordInput>> all;
  auto number = static_cast<std::uint32_t>(inputs.size());
  for (const ReaderKind reader : {ReaderKind::graphml, ReaderKind::gexf}) {
    auto files = files_of(inputs, reader);
    if (files.empty()) continue;
    const auto count = static_cast<std::uint32_t>(files.size());
    all.push_back(
        std::make_unique<GraphFileInput>(ontology, job.problems(), options.default_source, tables, options.progress,
                                         reader == ReaderKind::gexf ? GraphFileFormat::gexf : GraphFileFormat::graphml,
                                         std::move(files), survey, number));
    number += count;
  }
  if (!opened.tables().empty())
    all.push_back(std::make_unique<TableInput>(ontology, job.problems(), options.default_source, tables,
                                               options.progress, opened.tables(), survey));
  if (all.size() == 1) return std::move(all.front());
  return std::make_unique<JoinedInput>(std::move(all));
}

/// A file is the source of what it says, where nothing else is named.
void take_file_as_source(const RecognisedInput& input, ImportOptions& options) {
  if (!options.default_source.empty()) return;
  std::filesystem::path path = input.path;
  if (path.extension() == ".gz") path.replace_extension();
  const std::string file = input.path == "-" ? "standard-input" : path.filename().string();
  options.default_source = made_source_id(file);
  options.default_source_title = file;
  options.source_on_demand = true;
}

/// The one table of the input, that a profile is to be made of.
const TableInput& table_to_profile(const RecordInput& input) {
  const auto* table = dynamic_cast<const TableInput*>(&input);
  if (table == nullptr) throw UsageError("--save-profile: a profile is of one table, and graph files have none");
  require_one_layout(*table);
  return *table;
}

}  // namespace

ImportReport import_foreign(Database& database, const std::vector<RecognisedInput*>& inputs, const TableOptions& tables,
                            const ImportOptions& options) {
  ImportOptions own = options;
  own.foreign_ids = !tables.global_ids;
  own.node_type = tables.node_type;
  TableOptions rows = tables;
  rows.updates = options.update;
  take_file_as_source(*inputs.front(), own);
  OpenedTables opened(rows, database.ontology());
  std::vector<std::string> remarks;
  for (std::uint32_t number = 0; number < inputs.size(); ++number)
    for (const std::string& remark : opened.open(*inputs[number], number, options.progress, options.skip_bad))
      remarks.push_back(inputs[number]->file->name() + ": " + remark);
  opened.require_used();
  opened.settle_id_spaces();
  // A profile says how values are written, so that whole columns must be looked at.
  for (bool survey = tables.makes_profile, names = false;;) {
    try {
      ImportJob job(database, own, names);
      const auto input = input_of(inputs, opened, database.ontology(), job, rows, own, survey);
      if (tables.makes_profile) table_to_profile(*input);
      for (const Problem& problem : opened.skipped()) job.problems().add(problem);
      ImportReport report = job.run(*input, opened.suggestions());
      for (std::string& remark : opened.remarks()) remarks.push_back(std::move(remark));
      report.remarks.insert(report.remarks.begin(), remarks.begin(), remarks.end());
      if (tables.makes_profile) report.profile = profile_text(table_to_profile(*input), tables);
      return report;
    } catch (const WantsSurvey&) {
      if (survey) throw std::logic_error("a survey was asked for twice");
      survey = true;
    } catch (const WantsNames&) {
      if (names) throw std::logic_error("names were asked for twice");
      names = true;
    }
  }
}

}  // namespace chokepoint::detail
