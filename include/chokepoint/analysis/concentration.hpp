#pragma once

#include "chokepoint/analysis/findings.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chokepoint {

class DeltaSnapshot;

struct ConcentrationOptions {
  /// Only supplies of this thing, flows of it, and flows to this customer.
  std::optional<Vertex> node = {};
  /// Minor suppliers of unknown share are counted, too.
  bool keep_minor = false;
};

/// The concentration of every supply that anybody recorded, by (node, customer, layer, edge type, group).
///
/// By country the country rows count; where there are none, the firm rows added up by seat. By firm only firm rows
/// count. Shares that add up to [0.985, 1.05] are normalised. A part r that nobody's known share covers makes the index
/// an interval: at least the squares of the known shares (r is spread thin), at most r more in one hand: that of a
/// further supplier, of one whose share is unknown or only bounded (and so of its country), or, for a firm whose seat
/// is not recorded, of any country. A remainder ("others" beside the countries), and a node of a type that stands for
/// several, is many small ones at least and one supplier at most. What a whole adds to its parts is a hand of its own.
/// @note O(m log m)
/// @see O. C. Herfindahl, 1950; A. O. Hirschman, 1945; graph/SEMANTICS.md §5.4
std::vector<Concentration> find_concentration(const View& view, const ConcentrationOptions& options = {});

/// The part of a graph in which the supplies of a thing, and what is delivered of it or to it, are as in the whole.
/// @param node  numbered as in `whole`
/// @throws DamagedSnapshot where the base, if nobody verified it, names what is not there
std::shared_ptr<const Snapshot> part_of_supplies(const DeltaSnapshot& whole, Vertex node);

}  // namespace chokepoint
