#pragma once

#include "chokepoint/export/graph_document.hpp"

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace chokepoint {

/// What some exporters can be told.
struct ExportOptions {
  GraphmlDialect dialect = GraphmlDialect::gephi;  ///< graphml
  GexfVersion gexf_version = GexfVersion::v1_3;    ///< gexf
  bool figures = false;                            ///< gexf: dated figures as attributes that change with time
};

/// What of a document's records a format has no place for.
enum class Leaves : std::uint8_t {
  nothing,             ///< it holds every record
  datasets,            ///< every record can be read back, but not which dataset it is of
  figures_and_titles,  ///< figures, and of sources all but what citations say
  all_but_names,       ///< a drawing that other programs read: ids, types and labels are there
  untold,              ///< a picture: nobody expects records in it
};

/// A format that a graph can be written in.
struct Exporter {
  std::string_view name;         ///< what `--to` calls it
  std::string_view extension;    ///< `.graphml`; empty when a file's name cannot say it
  std::string_view description;  ///< half a sentence for the help
  Leaves leaves;
  /// @throws IoError when a program that it needs is missing; std::invalid_argument for an edge without its ends
  ExportWarnings (*write)(const GraphDocument& document, const ExportOptions& options, std::ostream& out);
};

/// Every format, in the order of graph/export/exporters.def, where a new one is registered.
std::span<const Exporter> exporters();
/// What stays behind of this document, and which format keeps it: one sentence for stderr, empty where nothing does.
std::string left_behind(const Exporter& exporter, const GraphDocument& document, const ExportOptions& options);
/// The exporter of that name, or nullptr.
const Exporter* find_exporter(std::string_view name);
/// The exporter of a file's extension (`.gexf`, lower-case), or nullptr.
const Exporter* find_exporter_for(std::string_view extension);

}  // namespace chokepoint
