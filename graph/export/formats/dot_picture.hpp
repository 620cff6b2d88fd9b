#pragma once

#include "chokepoint/export/graph_document.hpp"

#include <cstdint>
#include <iosfwd>

namespace chokepoint::detail {

/// What a DOT text is for.
enum class DotStyle : std::uint8_t {
  plain,    ///< the graph alone, for other programs
  drawing,  ///< with a legend of the colours, for Graphviz's layered layout
  map,      ///< discs at the places of our layout with labels where they have room, and the legend, for `neato -n2`
};

ExportWarnings write_dot(const GraphDocument& document, DotStyle style, std::ostream& out);

}  // namespace chokepoint::detail
