#pragma once

#include "chokepoint/export/exporter.hpp"
#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// What is to be written, and how.
struct ExportRequest {
  std::string format = "json";  ///< `json` or `jsonl`, which hold everything, or the name of an exporter
  DocumentParams selection{};
  bool lean = false;  ///< types, labels and shares alone, straight from the snapshot: GraphML or GEXF
  ExportOptions options{};
  LayoutKind layout = LayoutKind::automatic;
};

/// What was written.
struct ExportResult {
  std::string format;
  std::size_t nodes = 0, edges = 0;    ///< in the file; 0 of a whole database as a dataset, which nobody counts
  std::size_t left_out_nodes = 0;      ///< that a page has no room for
  std::vector<std::string> remarks{};  ///< what must be known of what was written, a sentence each
  std::string left_behind{};           ///< what the format has no place for, and which one has; empty: nothing
};

/// The formats, as `format` names them: of datasets, then of graphs.
std::vector<std::string> export_formats();

/// Writes the database, or what is selected of it.
/// @throws UsageError for a lean file of another format, before anything is written; whatever the selection, the writer
///         or the stream throws
ExportResult write_export(Session& session, const ExportRequest& request, std::ostream& out);

/// Makes a document fit a page: what is nearest to `around`, or to the most important nodes, is kept.
/// @param result  gets what was left out, and says so
void fit_page(GraphDocument& document, const std::string& around, ExportResult& result);

}  // namespace chokepoint
