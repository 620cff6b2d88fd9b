#include "chokepoint/ingest/eto.hpp"
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/model/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "import_answer.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "signals.hpp"
#include "test_hold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint::cli {

namespace {

struct ImportParams {
  std::vector<std::string> files;
  std::vector<std::string> merges;
  bool no_merge = false;
  std::string from = "chokepoint";
  std::string ids = "file";
  EtoOptions eto;
  std::vector<std::string> columns, types;
  bool timings = false;
  TableOptions tables;
  ImportOptions options;
};

/// The two sides of `A=B`. @param form  what the option is called and what it takes
std::pair<std::string, std::string> require_pair(const std::string& text, const char* option, const char* form) {
  const auto middle = text.rfind('=');
  if (middle == 0 || middle == std::string::npos || middle + 1 == text.size())
    throw UsageError(fmt::format("{}: \"{}\" is not {}", option, text, form));
  return {text.substr(0, middle), text.substr(middle + 1)};
}

TableOptions tables_of(const ImportParams& params) {
  TableOptions tables = params.tables;
  tables.global_ids = params.ids == "global";
  for (const std::string& column : params.columns) tables.columns.insert(require_pair(column, "--map", "COLUMN=FIELD"));
  for (const std::string& type : params.types) tables.types.insert(require_pair(type, "--map-type", "THEIRS=OURS"));
  return tables;
}

/// Says how long each part of an import took, as it ends.
class Timings {
 public:
  void begin(const Context& context, std::string_view part) {
    const auto now = std::chrono::steady_clock::now();
    if (!part_.empty())
      context.remark(fmt::format("{}: {:.3f} s", part_, std::chrono::duration<double>(now - since_).count()));
    part_ = part;
    since_ = now;
  }

 private:
  std::string part_;
  std::chrono::steady_clock::time_point since_;
};

/// One line for every source that the file only names.
void tell_of_made_sources(const Context& context, const ImportReport& report) {
  constexpr std::size_t shown = 5;
  for (std::size_t i = 0; i < std::min(shown, report.made_sources.size()); ++i) {
    const auto& [id, cited_by] = report.made_sources[i];
    context.remark(
        fmt::format("the source {}, cited by {} record{}, is defined nowhere; it was made with nothing but its id: "
                    "--source {} --source-title TEXT would define it",
                    id, cited_by, cited_by == 1 ? "" : "s", id));
  }
  if (report.made_sources.size() > shown)
    context.remark(
        fmt::format("and {} more sources; --format json lists them all", report.made_sources.size() - shown));
}

int run(Context& context, ImportParams& params) {
  ImportOptions options = params.options;
  options.merge = !params.no_merge;
  for (const std::string& merge : params.merges)
    options.merges.push_back(require_pair(merge, "--merge", "INCOMING=STORED"));
  options.at = Context::now();
  Database& database = context.writable();
  const HoldInterrupts hold;
  Progress progress("importing", context.globals().quiet);
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    hold_for_test("import");
    throw_if_interrupted();
    progress.update(done, total);
  };
  options.tick = [] { throw_if_interrupted(); };
  Timings timings;
  if (params.timings) options.phase = [&](std::string_view part) { timings.begin(context, part); };
  const std::vector<std::filesystem::path> inputs(params.files.begin(), params.files.end());
  if (params.from == "eto") {
    if (inputs.size() != 1) throw UsageError("--from eto takes the one folder that holds the five tables");
    std::vector<std::string> quirks;
    const ImportReport report = import_eto(database, inputs.front(), params.eto, options, quirks);
    forget_interrupt();
    for (const std::string& quirk : quirks) context.remark(quirk);
    return context.report(import_answer("import", report, options.dry_run));
  }
  if (params.from == "csv" || params.from == "graphml" || params.from == "gexf") {
    options.make_sources = true;
    const TableOptions tables = tables_of(params);
    const GraphFormat format = params.from == "gexf" ? GraphFormat::gexf : GraphFormat::graphml;
    const ImportReport report = params.from == "csv" ? import_csv(database, inputs, tables, options)
                                                     : import_graph_file(database, format, inputs, tables, options);
    forget_interrupt();
    tell_of_made_sources(context, report);
    for (const std::string& remark : report.remarks) context.remark(remark);
    return context.report(import_answer("import", report, options.dry_run));
  }
  const std::vector<ImportReport> reports = import_datasets(database, inputs, options);
  forget_interrupt();
  return context.report(import_answer(reports, options.dry_run));
}

}  // namespace

Command import_command() {
  return {
      "import",
      data_group,
      "Check a dataset and take it in, whole or not at all.",
      {{"--db my.db import race.json", "datasets, as `export --to json -o race.json` writes them"},
       {"--db my.db import race.json --dry-run", "only say what would change"}},
      [](Options& options) -> Run {
        auto params = std::make_shared<ImportParams>();
        options.arguments("FILE", params->files,
                          "Files or folders of one dataset: JSON, JSON Lines; - reads standard input");
        options.flag("--dry-run", params->options.dry_run, "Check and report, change nothing");
        options.flag("--no-merge", params->no_merge, "Keep nodes apart that share a label or alias");
        options.list("--merge", params->merges, "Store the incoming node A as the node B", "A=B");
        options.flag("--keep-old", params->options.keep_old, "Keep records of the dataset that the input lacks");
        options.value("--dataset", params->options.dataset, "Id of the dataset where the input names none", "ID");
        options.value("--from", params->from,
                      "What the input is: our format (default), tables, a graph file, or the folder of ETO's tables",
                      "chokepoint|csv|graphml|gexf|eto");
        options.list("--map", params->columns, "With csv, graphml, gexf: what a column holds; - for nothing",
                     "COLUMN=FIELD");
        options.list("--map-type", params->types, "With csv, graphml, gexf: what a type is called here", "THEIRS=OURS");
        options.value("--node-type", params->tables.node_type, "With csv, graphml, gexf: type of nodes that name none",
                      "TYPE");
        options.value("--edge-type", params->tables.edge_type, "With csv, graphml, gexf: type of edges that name none",
                      "TYPE");
        options.value("--ids", params->ids,
                      "With csv, graphml, gexf: whether ids are the file's own (default) or mean the same everywhere",
                      "file|global");
        options.flag("--lenient", params->eto.lenient, "With --from eto: skip rows that name unknown ids");
        options.flag("--timings", params->timings, "Say on standard error how long each part took");
        options.value("--source", params->options.default_source, "Source of records that cite none", "ID");
        options.value("--source-title", params->options.default_source_title,
                      "Makes the source of --source, with this title, where there is none", "TEXT");
        return [params](Context& context) { return run(context, *params); };
      }};
}

}  // namespace chokepoint::cli
