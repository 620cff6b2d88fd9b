#include "chokepoint/ingest/import.hpp"

#include "chokepoint/ingest/eto.hpp"
#include "chokepoint/store/reader.hpp"
#include "ingest/importing/foreign_import.hpp"
#include "ingest/importing/import_job.hpp"
#include "ingest/importing/recognise.hpp"
#include "ingest/records/json_input.hpp"
#include "store/writer.hpp"

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
  detail::JsonInput input(database.ontology(), job.problems(), options.default_source, options.progress, files, nullptr,
                          options.update);
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
                            &choice, options.update);
    reports.push_back(job.run(input));
  }
  if (!options.dry_run) all.commit();
  return reports;
}

}  // namespace

namespace {

std::vector<ImportReport> import_opened(Database& database, std::deque<detail::InputFile>& files,
                                        const ImportOptions& options) {
  try {
    detail::ImportJob job(database, options);
    detail::JsonInput input(database.ontology(), job.problems(), options.default_source, options.progress, files,
                            nullptr, options.update);
    return {job.run(input)};
  } catch (const detail::SeveralDatasets&) {
    return import_several(database, files, options);
  }
}

/// What is imported as one dataset.
struct ImportPart {
  detail::ReaderKind reader;
  std::vector<detail::RecognisedInput*> inputs;
};

/// Datasets of our own first, since others may name their nodes; each graph file by itself, since its ids are its own;
/// tables together.
std::vector<ImportPart> parts_of(std::vector<detail::RecognisedInput>& inputs, bool is_one_dataset) {
  std::vector<ImportPart> own, graphs, tables;
  for (detail::RecognisedInput& input : inputs) {
    const bool is_graph = input.reader == detail::ReaderKind::graphml || input.reader == detail::ReaderKind::gexf ||
                          (input.format != nullptr && input.format->holds == detail::FormatHolds::graph);
    if (input.reader == detail::ReaderKind::eto) {
      own.push_back({input.reader, {&input}});
    } else if (input.reader == detail::ReaderKind::dataset) {
      if (own.empty() || own.front().reader != input.reader) own.insert(own.begin(), {input.reader, {}});
      own.front().inputs.push_back(&input);
    } else if (is_graph && !is_one_dataset) {
      graphs.push_back({input.reader, {&input}});
    } else {
      if (tables.empty()) tables.push_back({input.reader, {}});
      tables.front().inputs.push_back(&input);
    }
  }
  own.insert(own.end(), graphs.begin(), graphs.end());
  own.insert(own.end(), tables.begin(), tables.end());
  return own;
}

std::vector<ImportReport> import_part(Database& database, ImportPart& part, const TableOptions& tables,
                                      const ImportOptions& options) {
  if (part.reader == detail::ReaderKind::eto) {
    ImportReport report;
    std::vector<std::string> quirks;
    report = import_eto(database, part.inputs.front()->path, EtoOptions(), options, quirks);
    report.remarks.insert(report.remarks.end(), quirks.begin(), quirks.end());
    return {std::move(report)};
  }
  if (part.reader != detail::ReaderKind::dataset)
    return {detail::import_foreign(database, part.inputs, tables, options)};
  std::vector<std::filesystem::path> paths;
  for (const detail::RecognisedInput* input : part.inputs) paths.push_back(input->path);
  std::deque<detail::InputFile> files;
  if (paths.size() == 1 && paths.front() == "-")
    files.push_back(std::move(*part.inputs.front()->file));
  else
    files = detail::open_inputs(paths);
  return import_opened(database, files, options);
}

}  // namespace

std::vector<ImportReport> import_files(Database& database, const std::vector<std::filesystem::path>& inputs,
                                       std::string_view from, const TableOptions& tables,
                                       const ImportOptions& options) {
  if (inputs.empty()) throw UsageError("import needs a file, a folder or - for standard input");
  auto recognised = detail::recognise_inputs(inputs, from, tables.encoding);
  auto parts = parts_of(recognised, !options.dataset.empty());
  if (parts.size() == 1) return import_part(database, parts.front(), tables, options);
  if (!options.merges.empty()) throw UsageError("--merge is for one dataset; import them one by one");
  ImportOptions each = options;
  each.dry_run = false;
  std::vector<ImportReport> reports;
  JoinedWrites all(database);
  for (ImportPart& part : parts)
    for (ImportReport& report : import_part(database, part, tables, each)) reports.push_back(std::move(report));
  if (!options.dry_run) all.commit();
  return reports;
}

std::vector<ImportFormat> import_formats() {
  std::vector<ImportFormat> all;
  for (const detail::BuiltInFormat& format : detail::built_in_formats())
    all.push_back({std::string(format.name), std::string(format.extensions), std::string(format.title)});
  for (const detail::Format& format : detail::formats())
    all.push_back({std::string(format.name), std::string(format.extensions), std::string(format.title)});
  return all;
}

std::vector<ImportReport> import_datasets(Database& database, const std::vector<std::filesystem::path>& inputs,
                                          const ImportOptions& options) {
  if (inputs.empty()) throw UsageError("import needs a file, a folder or - for standard input");
  auto files = detail::open_inputs(inputs);
  return import_opened(database, files, options);
}

ImportReport import_dataset(Database& database, const std::vector<std::filesystem::path>& inputs,
                            const ImportOptions& options) {
  auto files = detail::open_inputs(inputs);
  return import_one(database, files, options);
}

namespace {

/// Files of one format of other programs as one dataset.
ImportReport import_told(Database& database, std::string_view from, const std::vector<std::filesystem::path>& inputs,
                         const TableOptions& tables, const ImportOptions& options) {
  if (inputs.empty()) throw UsageError(fmt::format("import --from {} needs a file", from));
  auto recognised = detail::recognise_inputs(inputs, from, tables.encoding);
  std::vector<detail::RecognisedInput*> all;
  for (detail::RecognisedInput& input : recognised) all.push_back(&input);
  return detail::import_foreign(database, all, tables, options);
}

}  // namespace

ImportReport import_csv(Database& database, const std::vector<std::filesystem::path>& inputs,
                        const TableOptions& tables, const ImportOptions& options) {
  return import_told(database, "csv", inputs, tables, options);
}

ImportReport import_graph_file(Database& database, GraphFormat format, const std::vector<std::filesystem::path>& inputs,
                               const TableOptions& tables, const ImportOptions& options) {
  return import_told(database, format == GraphFormat::gexf ? "gexf" : "graphml", inputs, tables, options);
}

ImportReport import_text(Database& database, const std::string& name, std::string_view text,
                         const ImportOptions& options) {
  std::deque<detail::InputFile> files;
  files.emplace_back(name, text);
  return import_one(database, files, options);
}

ImportReport remove_dataset(Database& database, const std::string& id, const std::string& at) {
  ImportReport report;
  const auto datasets = Reader(database).dataset_infos();
  const auto found = std::find_if(datasets.begin(), datasets.end(), [&](const auto& d) { return d.id == id; });
  if (found == datasets.end()) {
    std::vector<std::string> ids;
    for (const auto& dataset : datasets) ids.push_back(dataset.id);
    throw NotFoundError(ids.empty() ? fmt::format("no dataset {}; the database is empty", id)
                                    : fmt::format("no dataset {}; there are: {}", id, fmt::join(ids, ", ")),
                        ids);
  }
  report.dataset = *found;
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
