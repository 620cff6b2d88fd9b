#pragma once

#include "ingest/flat_columns.hpp"
#include "ingest/xml_reader.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

enum class GraphFileFormat : std::uint8_t { graphml, gexf };

/// One node or edge of a graph file as texts, one a column.
struct GraphElement {
  FlatKind kind = FlatKind::nodes;
  const std::vector<FlatColumn>& columns;
  const std::vector<std::string>& values;
  std::uint64_t number = 0;  ///< among those of its kind, from 1
  std::uint64_t line = 0;
};

/// Reads the elements of a GraphML or GEXF file one by one. Keys and attributes are columns by their names; those of
/// the element itself (id, source, target, kind …) are columns, too. Nodes and edges may stand in any order, also in a
/// graph inside an element, which then comes before them. Memory: one element.
/// @throws IngestError for XML that is not well-formed, keys that nobody declared, elements that have no form here
void read_graph_file(InputFile& file, GraphFileFormat format, const ColumnMap& map,
                     const std::function<void(const GraphElement&)>& on_element,
                     const std::function<void(std::uint64_t)>& on_bytes);

/// The same for a part of a GraphML file that begins in front of an element. Elements and lines are counted from its
/// own beginning.
/// @param head  what stands in front of the first element of the file
/// @param text  the part; it ends what the head left open
/// @return whether head and text together are well-formed and the text declares nothing
bool read_graphml_piece(std::string_view head, std::string_view text, const ColumnMap& map,
                        const std::function<void(const GraphElement&)>& on_element);

}  // namespace chokepoint::detail
