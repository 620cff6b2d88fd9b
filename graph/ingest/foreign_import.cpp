#include "ingest/foreign_import.hpp"

#include "chokepoint/model/error.hpp"
#include "ingest/csv_table.hpp"
#include "ingest/graph_file_input.hpp"
#include "ingest/import_job.hpp"
#include "ingest/joined_input.hpp"
#include "ingest/profiles/profiled_tables.hpp"
#include "ingest/profiles/save_profile.hpp"
#include "ingest/slug.hpp"
#include "ingest/table_input.hpp"

#include <fmt/format.h>

#include <deque>
#include <memory>
#include <stdexcept>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The tables of all files that are no XML, read once.
class OpenedTables {
 public:
  OpenedTables(const std::vector<RecognisedInput*>& inputs, const TableOptions& tables, const Ontology& ontology,
               const ImportOptions& options)
      : profiled_(tables, ontology) {
    for (std::uint32_t number = 0; number < inputs.size(); ++number) {
      RecognisedInput& input = *inputs[number];
      if (input.reader == ReaderKind::csv) {
        add(csv_.emplace_back(*input.file), input, number);
      } else if (input.reader == ReaderKind::tables) {
        TableSet& set = sets_.emplace_back();
        ReadContext context;
        context.on_bytes = [&](std::uint64_t bytes) {
          if (options.progress) options.progress(std::min(bytes, input.file->size()), input.file->size());
        };
        input.format->read(*input.file, context, set);
        for (const auto& table : set.tables) add(*table, input, number);
        for (const std::string& remark : set.remarks) remarks_.push_back(input.file->name() + ": " + remark);
        if (set.tables.empty())
          throw UsageError(fmt::format("{}: {} without any record in it", input.file->name(), input.format->title));
      }
    }
    profiled_.require_used();
  }
  [[nodiscard]] const std::vector<PlacedTable>& tables() const { return tables_; }
  /// Complete after the tables were read.
  [[nodiscard]] std::vector<std::string> remarks() const {
    std::vector<std::string> all = remarks_;
    for (std::string& line : profiled_.remarks()) all.push_back(std::move(line));
    return all;
  }

 private:
  void add(const FlatTable& table, const RecognisedInput& input, std::uint32_t number) {
    const auto made = profiled_.take(table, input.name, input.file->name());
    for (const FlatTable* part : made) place(*part, input, number);
    if (made.empty()) place(table, input, number);
  }

  void place(const FlatTable& table, const RecognisedInput& input, std::uint32_t number) {
    PlacedTable& placed = tables_.emplace_back();
    placed.table = &table;
    placed.file = placed.path = input.file->name();
    if (!table.name().empty()) placed.file += " [" + table.name() + "]";
    placed.file_number = number;
    placed.bytes = input.file->size();
  }
  std::deque<CsvTable> csv_;
  std::deque<TableSet> sets_;
  ProfiledTables profiled_;
  std::vector<PlacedTable> tables_;
  std::vector<std::string> remarks_;
};

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
    all.push_back(std::make_unique<GraphFileInput>(
        ontology, job.problems(), options.default_source, tables, options.progress,
        reader == ReaderKind::gexf ? GraphFileFormat::gexf : GraphFileFormat::graphml, std::move(files), survey, number));
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
  take_file_as_source(*inputs.front(), own);
  const OpenedTables opened(inputs, tables, database.ontology(), options);
  // A profile says how values are written, so that whole columns must be looked at.
  for (bool survey = tables.makes_profile, names = false;;) {
    try {
      ImportJob job(database, own, names);
      const auto input = input_of(inputs, opened, database.ontology(), job, tables, own, survey);
      if (tables.makes_profile) table_to_profile(*input);
      ImportReport report = job.run(*input);
      const std::vector<std::string> remarks = opened.remarks();
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
