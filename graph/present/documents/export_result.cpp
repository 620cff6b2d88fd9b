#include "chokepoint/export/lean.hpp"
#include "chokepoint/present/export.hpp"
#include "chokepoint/present/export_dataset.hpp"
#include "chokepoint/present/page_opening.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace chokepoint {

namespace {

/// Straight from the snapshot.
ExportResult write_lean(Session& session, const ExportRequest& request, std::ostream& out) {
  const bool is_graphml = request.format == "graphml";
  if (!is_graphml && request.format != "gexf")
    throw UsageError(fmt::format("export --lean writes graphml or gexf, not {}", request.format));
  ExportResult result{.format = request.format};
  const LeanGraph graph = to_lean_graph(session, request.selection);
  result.remarks = is_graphml ? write_lean_graphml(graph, out) : write_lean_gexf(graph, out);
  result.left_behind = "left behind: everything but types, labels and shares; `export --to json` keeps it";
  return result;
}

/// What belongs to no record of a table or a graph: which dataset says it, and sources that nothing cites.
void tell_of_datasets(Session& session, const ExportRequest& request, const Exporter& exporter,
                      const GraphDocument& document, ExportResult& result) {
  if (exporter.leaves != Leaves::datasets && exporter.leaves != Leaves::figures_and_titles) return;
  if (request.selection.selects() || !request.selection.dataset.empty()) return;
  const Reader reader = session.reader();
  if (const std::size_t datasets = reader.dataset_infos().size(); datasets > 1)
    result.remarks.push_back(
        fmt::format("left behind: which of {} datasets a record is of; `export --to json` keeps it", datasets));
  if (const std::size_t sources = reader.sources().size(); sources > document.sources.size())
    result.remarks.push_back(fmt::format("left behind: {} sources that nothing cites; `export --to json` keeps them",
                                         sources - document.sources.size()));
}

/// A file that `import` reads brings the nodes that it names; tables of edges name them for a table of nodes.
BroughtAlong companions_for(const Exporter& exporter, const ExportOptions& options) {
  if (exporter.leaves == Leaves::datasets) return BroughtAlong::of_edges_and_figures;
  if (exporter.leaves != Leaves::figures_and_titles || exporter.name.ends_with("-edges")) return BroughtAlong::none;
  return options.figures && exporter.name == "gexf" ? BroughtAlong::of_edges_and_figures : BroughtAlong::of_edges;
}

ExportResult write_as_dataset(Session& session, const ExportRequest& request, std::ostream& out) {
  ExportResult result{.format = request.format};
  const DatasetForm form = request.format == "json" ? DatasetForm::document : DatasetForm::lines;
  if (!request.selection.selects()) {
    result.remarks = write_dataset(session, request.selection.dataset, form, out);
    return result;
  }
  const GraphDocument document = to_document(session, request.selection);
  result.nodes = document.nodes.size();
  result.edges = document.edges.size();
  write_records(session, document, form, out);
  return result;
}

}  // namespace

std::vector<std::string> export_formats() {
  std::vector<std::string> names{"json", "jsonl"};
  for (const Exporter& exporter : exporters()) names.emplace_back(exporter.name);
  return names;
}

ExportResult write_export(Session& session, const ExportRequest& request, std::ostream& out) {
  if (request.lean) return write_lean(session, request, out);
  const Exporter* exporter = find_exporter(request.format);
  if (exporter == nullptr) return write_as_dataset(session, request, out);
  ExportResult result{.format = request.format};
  DocumentParams selection = request.selection;
  selection.companions = companions_for(*exporter, request.options);
  GraphDocument document = to_document(session, selection);
  document.layout = request.layout;
  if (exporter->extension == ".html") {
    fit_page(document, request.selection.around, result);
    prepare_page(session, document);
  }
  result.nodes = document.nodes.size();
  result.edges = document.edges.size();
  for (std::string& warning : exporter->write(document, request.options, out))
    result.remarks.push_back(std::move(warning));
  if (document.companions > 0)
    result.remarks.push_back(fmt::format(
        "items, markets, origins and subjects of figures that the part names and does not hold: {}; written with it",
        document.companions));
  result.left_behind = left_behind(*exporter, document, request.options);
  tell_of_datasets(session, request, *exporter, document, result);
  return result;
}

void fit_page(GraphDocument& document, const std::string& around, ExportResult& result) {
  if (document.nodes.size() + document.edges.size() <= most_page_elements) return;
  const bool is_marked = std::ranges::any_of(document.marks, [](Mark mark) { return mark != Mark::none; });
  std::vector<std::string> starts;
  if (!around.empty()) starts.push_back(around);
  result.left_out_nodes = trim_document(document, starts, most_page_elements);
  result.remarks.push_back(
      around.empty() && !is_marked
          ? fmt::format("the page shows the {} nodes with the most links and what is nearest to them; {} more were "
                        "left out: --around NODE, --type or --dataset chooses others",
                        document.nodes.size(), result.left_out_nodes)
          : fmt::format("the page shows the nearest {} nodes; {} more were left out", document.nodes.size(),
                        result.left_out_nodes));
}

}  // namespace chokepoint
