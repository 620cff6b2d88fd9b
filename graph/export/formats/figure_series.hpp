#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "export/formats/spells.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// A figure's value while it holds.
struct TimedValue {
  Spell spell;
  double value = 0;
};

/// The dated numbers of a document's observations, as columns over its nodes that change with time. A column is named
/// `figure.<indicator>` with what the figure is about: `.<item>`, `@<market>`, `/<relative to>` and ` [<unit>]`.
struct FigureSeries {
  std::map<std::string, std::map<std::string, std::vector<TimedValue>>> by_name;  ///< name -> node -> in time
  std::size_t left_out = 0;  ///< claims whose time another claim of the column covers already
};

/// Texts, undated figures and upper ends of ranges are left to other formats. Of figures that overlap in one column
/// the one that begins first counts, then the smaller id, since spells must not overlap. O(n log n)
FigureSeries figure_series(const GraphDocument& document);

}  // namespace chokepoint::detail
