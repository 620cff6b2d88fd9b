#pragma once

#include "ingest/files/input_file.hpp"
#include "ingest/graphs/graph_remarks.hpp"
#include "ingest/graphs/graph_shape.hpp"
#include "ingest/graphs/graph_types.hpp"
#include "ingest/tables/flat_columns.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// One node or edge of a graph file as texts, one a column.
struct GraphElement {
  FlatKind kind = FlatKind::nodes;
  const std::vector<FlatColumn>& columns;
  const std::vector<std::string>& values;
  std::uint64_t number = 0;  ///< among those of its kind, from 1
  std::uint64_t line = 0;
};

/// Reads the elements of a GraphML or GEXF file one by one. Keys and attributes are columns by their names; those of
/// the element itself (id, source, target, times …) are columns, too, and so is what comes up without a declaration.
/// Nodes and edges may stand in any order, also in a graph inside an element, which then comes before them. An edge of
/// several times becomes several elements of one number. Memory: one element.
/// @param on_bytes  told how many were read, and what is to be remarked so far; may be empty
/// @throws IngestError for XML that is not well-formed and elements that have no form here
void read_graph_file(InputFile& file, GraphFileFormat format, const GraphContext& context,
                     const std::function<void(const GraphElement&)>& on_element,
                     const std::function<void(std::uint64_t, const GraphRemarks&)>& on_bytes);

/// The same for a part of a GraphML file that begins in front of an element. Elements and lines are counted from its
/// own beginning.
/// @param head  what stands in front of the first element of the file
/// @param text  the part; it ends what the head left open
/// @param is_first  whether the head is read with it, and remarked
/// @param remarks  takes what is to be remarked of the part
/// @return whether head and text together are well-formed and the text declares nothing
bool read_graphml_piece(std::string_view head, std::string_view text, const GraphContext& context,
                        const std::function<void(const GraphElement&)>& on_element, bool is_first,
                        GraphRemarks& remarks);

}  // namespace chokepoint::detail
