#include "document_options.hpp"

#include "context.hpp"
#include "options.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::cli {

void add_document_options(Options& options, DocumentOptions& document) {
  options.value("--dataset", document.dataset, "Only the records of this dataset", "ID");
  options.list("--type", document.types, "Only nodes of this type, with the edges between them", "TYPE");
  options.value("--around", document.around, "Only what is near this node: id, label, alias or code", "NODE");
  options.number("--depth", document.depth, "With --around: how many edges away (default 1)");
  options.value("--layout", document.layout,
                "Where nodes stand: by dependency tier, or by forces with time to settle (default: what fits)",
                "auto|layered|force");
}

DocumentParams document_params(const Context& context, const DocumentOptions& options) {
  DocumentParams params;
  params.dataset = options.dataset;
  params.types = options.types;
  params.around = options.around;
  params.depth = options.depth;
  params.on_day = !context.globals().as_of.empty();
  return params;
}

LayoutKind layout_of(const DocumentOptions& options) {
  return options.layout.empty() ? LayoutKind::automatic : parse_layout_kind(options.layout).value();
}

void fit_page(const Context& context, const DocumentOptions& options, GraphDocument& document) {
  const std::size_t nodes = document.nodes.size(), edges = document.edges.size();
  if (nodes + edges <= most_page_elements) return;
  const bool marked = std::ranges::any_of(document.marks, [](Mark mark) { return mark != Mark::none; });
  std::vector<std::string> starts;
  if (!options.around.empty()) starts.push_back(options.around);
  const std::size_t left_out = trim_document(document, starts, most_page_elements);
  context.remark(
      options.around.empty() && !marked
          ? fmt::format("the page shows the {} nodes with the most links and what is nearest to them; {} more were "
                        "left out: --around NODE, --type or --dataset chooses others",
                        document.nodes.size(), left_out)
          : fmt::format("the page shows the nearest {} nodes; {} more were left out", document.nodes.size(), left_out));
}

}  // namespace chokepoint::cli
