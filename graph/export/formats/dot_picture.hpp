#pragma once

#include "chokepoint/export/graph_document.hpp"

#include <cstdint>
#include <iosfwd>
#include <vector>

namespace chokepoint::detail {

/// What a DOT text is for.
enum class DotStyle : std::uint8_t {
  plain,    ///< the graph alone, for other programs
  drawing,  ///< boxes for Graphviz's layered layout; the sheet around them has title and legend
};

ExportWarnings write_dot(const GraphDocument& document, DotStyle style, std::ostream& out);

/// What the colours of the boxes mean: marks where there are some, else the types of nodes.
std::vector<LegendEntry> box_legend(const GraphDocument& document);

}  // namespace chokepoint::detail
