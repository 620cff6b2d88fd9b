#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/present/subgraph_document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::cli {

class Context;
class Options;

/// Which part of the graph `export` and `view` write, as it was typed.
struct DocumentOptions {
  std::string dataset;
  std::vector<std::string> types;
  std::string around;
  std::optional<std::uint32_t> depth;
  std::string layout;
};

/// --dataset, --type, --around, --depth, --layout.
void add_document_options(Options& options, DocumentOptions& document);
/// The same for the query; `--as-of` selects a day where it was given.
DocumentParams document_params(const Context& context, const DocumentOptions& options);
LayoutKind layout_of(const DocumentOptions& options);

}  // namespace chokepoint::cli
