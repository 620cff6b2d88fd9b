#include "chokepoint/export/exporter.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/present/export.hpp"
#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "document_options.hpp"
#include "options.hpp"
#include "out_file.hpp"
#include "print.hpp"
#include "safe_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint::cli {

namespace {

struct ExportParams {
  std::string to;
  DocumentOptions document;
  std::string dialect, gexf_version;
  bool figures = false;
  bool lean = false;
};

/// --to, else --format where it names one, else the extension of -o, else JSON.
std::string target_of(const Globals& globals, const ExportParams& params) {
  if (!params.to.empty()) return params.to;
  const auto names = export_formats();
  if (!globals.format.empty()) {
    if (std::ranges::find(names, globals.format) != names.end()) return globals.format;
    throw UsageError(fmt::format("export: no format \"{}\"; use --to {}", globals.format, fmt::join(names, "|")));
  }
  if (globals.output.empty() || globals.output == "-") return "json";
  const std::string extension = fold(std::filesystem::path(globals.output).extension().string());
  if (extension == ".json" || extension == ".jsonl") return extension.substr(1);
  const Exporter* exporter = extension.empty() ? nullptr : find_exporter_for(extension);
  if (exporter != nullptr) return std::string(exporter->name);
  throw UsageError(
      fmt::format("-o {}: the extension says no format; use --to {}", globals.output, fmt::join(names, "|")));
}

ExportOptions options_of(const ExportParams& params) {
  ExportOptions options;
  if (!params.dialect.empty()) options.dialect = parse_graphml_dialect(params.dialect).value();
  if (!params.gexf_version.empty()) options.gexf_version = parse_gexf_version(params.gexf_version).value();
  options.figures = params.figures;
  return options;
}

/// Refuses what means nothing beside one another.
void require_meaning(const Context& context, const ExportParams& params, const std::string& target) {
  if (params.lean && target != "graphml" && target != "gexf")
    throw UsageError(fmt::format("export --lean writes graphml or gexf, not {}", target));
  if (params.lean &&
      (!params.dialect.empty() || !params.gexf_version.empty() || params.figures || !params.document.layout.empty()))
    throw UsageError("export --lean leaves out what --dialect, --gexf-version, --figures and --layout are about");
  if (target == "png" && context.prints_to_terminal())
    throw UsageError("export: a picture cannot be shown on a terminal; write it with -o FILE.png");
}

int run(Context& context, const ExportParams& params) {
  const std::string target = target_of(context.globals(), params);
  refuse_picture(context.globals());
  require_meaning(context, params, target);
  Session& session = context.session();
  const bool is_dataset = !params.lean && find_exporter(target) == nullptr;
  const Screen screen = !context.prints_to_terminal() ? Screen::none : is_dataset ? Screen::json : Screen::text;
  OutFile file(context.globals().output, context.globals().force, screen);
  const ExportResult result = write_export(
      session,
      {target, document_params(context, params.document), params.lean, options_of(params), layout_of(params.document)},
      file.stream());
  for (const std::string& remark : result.remarks) context.remark(remark);
  if (!result.left_behind.empty()) context.remark(result.left_behind);
  file.finish_last();
  return 0;
}

}  // namespace

Command export_command() {
  return {"export",
          data_group,
          "Write the database or a part of it, for importing or as a graph.",
          {{"export --to json -o race.json", "a dataset that `import` reads, the same bytes every time"},
           {"export --to graphml --dataset ai-race -o race.graphml", "a graph for Gephi"},
           {"export --to graphml --lean -o large.graphml", "the bare graph, when the whole one is too large to open"},
           {"export --as-of 2024-06 --around nvidia --depth 2 -o nvidia.gexf", "what surrounds a node, on a day"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<ExportParams>();
            options.value("--to", params->to, "The format; default by the extension of -o, else json",
                          fmt::format("{}", fmt::join(export_formats(), "|")));
            add_document_options(options, params->document);
            options.value("--dialect", params->dialect, "Which program a GraphML file is for (default gephi)",
                          "gephi|strict|yed|cytoscape");
            options.value("--gexf-version", params->gexf_version, "Version of a GEXF file (default 1.3)", "1.3|1.2");
            options.flag(
                "--lean", params->lean,
                "GraphML or GEXF with types, labels and shares alone, at once: for graphs of millions of edges");
            options.flag("--figures", params->figures, "In GEXF: dated figures as attributes that change with time");
            return [params](Context& context) { return run(context, *params); };
          }};
}

}  // namespace chokepoint::cli
