#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/query/export_dataset.hpp"
#include "chokepoint/query/subgraph_document.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"
#include "out_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint::cli {

namespace {

const std::vector<std::string> targets{"json", "jsonl", "graphml"};

struct ExportParams {
  std::string to;
  std::string dataset;
};

/// --to, else --format where it names one, else the extension of -o, else JSON.
std::string target_of(const Globals& globals, const ExportParams& params) {
  if (!params.to.empty()) return params.to;
  if (!globals.format.empty()) {
    if (std::ranges::find(targets, globals.format) != targets.end()) return globals.format;
    throw UsageError(fmt::format("export: no format \"{}\"; use --to {}", globals.format, fmt::join(targets, "|")));
  }
  if (globals.output.empty() || globals.output == "-") return "json";
  const std::string extension = fold(std::filesystem::path(globals.output).extension().string());
  for (const std::string& target : targets)
    if (extension == "." + target) return target;
  throw UsageError(
      fmt::format("-o {}: the extension says no format; use --to {}", globals.output, fmt::join(targets, "|")));
}

int run(Context& context, const ExportParams& params) {
  const std::string target = target_of(context.globals(), params);
  Session& session = context.session();
  OutFile file(context.globals().output, context.globals().force);
  if (target == "graphml") {
    for (const std::string& warning : write_graphml(to_document(session, params.dataset), file.stream()))
      context.remark(warning);
  } else {
    write_dataset(session, params.dataset, target == "json" ? DatasetFormat::json : DatasetFormat::jsonl,
                  file.stream());
  }
  file.finish();
  return 0;
}

}  // namespace

Command export_command() {
  return {"export",
          data_group,
          "Write the whole database or one dataset, as a dataset to import or as a graph.",
          {{"export --to json -o race.json", "a dataset that `import` reads, the same bytes every time"},
           {"export --to graphml --dataset ai-race -o race.graphml", "a graph for Gephi"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<ExportParams>();
            options.value("--to", params->to, "The format; default by the extension of -o, else json",
                          "json|jsonl|graphml");
            options.value("--dataset", params->dataset, "Only the records of this dataset", "ID");
            return [params](Context& context) { return run(context, *params); };
          }};
}

}  // namespace chokepoint::cli
