#pragma once

#include "chokepoint/export/graph_document.hpp"

#include <iosfwd>

namespace chokepoint::detail {

/// A graph that is too large for a drawing with a label for everything: discs at the places of our own layout, edges as
/// arcs in the colour of their type (parallel ones apart), labels where they have room (the largest nodes first), all
/// other names as tooltips, and a legend. SVG 1.1 without scripts; nothing of it depends on installed fonts.
ExportWarnings write_map(const GraphDocument& document, std::ostream& out);

}  // namespace chokepoint::detail
