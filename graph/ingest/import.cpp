#include "chokepoint/ingest/import.hpp"

#include "chokepoint/store/reader.hpp"
#include "chokepoint/store/writer.hpp"
#include "ingest/csv_input.hpp"
#include "ingest/graph_file_input.hpp"
#include "ingest/import_job.hpp"
#include "ingest/json_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>

namespace chokepoint {

namespace {

/// @throws UsageError when there are several
ImportReport import_one(Database& database, std::deque<detail::InputFile>& files, const ImportOptions& options) {
  if (files.empty()) throw UsageError("import needs a file, a folder or - for standard input");
  detail::ImportJob job(database, options);
  detail::JsonInput input(database.ontology(), job.problems(), options.default_source, options.progress, files);
  try {
    return job.run(input);
  } catch (const detail::SeveralDatasets&) {
    throw UsageError(fmt::format("{}: several datasets where one is meant", files.front().name()));
  }
}

/// One dataset after the other, in one transaction.
std::vector<ImportReport> import_several(Database& database, std::deque<detail::InputFile>& files,
                                         const ImportOptions& options) {
  if (!options.merges.empty()) throw UsageError("--merge is for one dataset; import them one by one");
  ImportOptions each = options;
  each.dry_run = false;  // later ones may rest on earlier ones; in the end nothing is kept
  std::vector<ImportReport> reports;
  JoinedWrites all(database);
  for (const detail::DatasetChoice& choice : detail::datasets_in(files)) {
    detail::ImportJob job(database, each);
    detail::JsonInput input(database.ontology(), job.problems(), options.default_source, options.progress, files,
                            &choice);
    reports.push_back(job.run(input));
  }
  if (!options.dry_run) all.commit();
  return reports;
}

}  // namespace

std::vector<ImportReport> import_datasets(Database& database, const std::vector<std::filesystem::path>& inputs,
                                          const ImportOptions& options) {
  if (inputs.empty()) throw UsageError("import needs a file, a folder or - for standard input");
  auto files = detail::open_inputs(inputs);
  try {
    detail::ImportJob job(database, options);
    detail::JsonInput input(database.ontology(), job.problems(), options.default_source, options.progress, files);
    return {job.run(input)};
  } catch (const detail::SeveralDatasets&) {
    return import_several(database, files, options);
  }
}

ImportReport import_dataset(Database& database, const std::vector<std::filesystem::path>& inputs,
                            const ImportOptions& options) {
  auto files = detail::open_inputs(inputs);
  return import_one(database, files, options);
}

ImportReport import_csv(Database& database, const std::vector<std::filesystem::path>& inputs,
                        const TableOptions& tables, const ImportOptions& options) {
  if (inputs.empty()) throw UsageError("import --from csv needs a file");
  ImportOptions own = options;
  own.foreign_ids = !tables.global_ids;
  detail::ImportJob job(database, own);
  detail::CsvInput input(database.ontology(), job.problems(), options.default_source, tables, options.progress, inputs);
  return job.run(input);
}

ImportReport import_graph_file(Database& database, GraphFormat format, const std::vector<std::filesystem::path>& inputs,
                               const TableOptions& tables, const ImportOptions& options) {
  if (inputs.empty()) throw UsageError("import needs a file");
  ImportOptions own = options;
  own.foreign_ids = !tables.global_ids;
  detail::ImportJob job(database, own);
  detail::GraphFileInput input(
      database.ontology(), job.problems(), options.default_source, tables, options.progress,
      format == GraphFormat::gexf ? detail::GraphFileFormat::gexf : detail::GraphFileFormat::graphml, inputs);
  return job.run(input);
}

ImportReport import_text(Database& database, const std::string& name, std::string_view text,
                         const ImportOptions& options) {
  std::deque<detail::InputFile> files;
  files.emplace_back(name, text);
  return import_one(database, files, options);
}

ImportReport remove_dataset(Database& database, const std::string& id, const std::string& at) {
  ImportReport report;
  const auto datasets = Reader(database).datasets();
  const auto found = std::find_if(datasets.begin(), datasets.end(), [&](const auto& d) { return d.info.id == id; });
  if (found == datasets.end()) {
    std::vector<std::string> ids;
    for (const auto& dataset : datasets) ids.push_back(dataset.info.id);
    throw NotFoundError(ids.empty() ? fmt::format("no dataset {}; the database is empty", id)
                                    : fmt::format("no dataset {}; there are: {}", id, fmt::join(ids, ", ")),
                        ids);
  }
  report.dataset = found->info;
  Writer writer(database, report.dataset);
  const auto removed = writer.remove_rest();
  report.nodes.removed = removed[static_cast<std::size_t>(RecordKind::node)];
  report.edges.removed = removed[static_cast<std::size_t>(RecordKind::edge)];
  report.observations.removed = removed[static_cast<std::size_t>(RecordKind::observation)];
  if (report.nodes.removed > 0) detail::refuse_dangling(writer);
  report.sources.removed = writer.remove_rest_of_sources();
  writer.remove_dataset();
  report.changed = writer.commit(
      at, "remove", 0, 0,
      report.nodes.removed + report.edges.removed + report.observations.removed + report.sources.removed, id);
  return report;
}

}  // namespace chokepoint
