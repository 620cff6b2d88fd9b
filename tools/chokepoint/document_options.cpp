#include "document_options.hpp"

#include "context.hpp"
#include "options.hpp"

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

}  // namespace chokepoint::cli
