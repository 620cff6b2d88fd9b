#pragma once

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chokepoint {

struct ConcentrationOptions {
  /// Only supplies of this thing, flows of it, and flows to this customer.
  std::optional<Vertex> node = {};
  /// Minor suppliers of unknown share are counted, too.
  bool keep_minor = false;
};

/// What one firm or country is known to hold of a supply.
struct Holder {
  Vertex owner = no_vertex;
  double share = 0;         ///< least known share, normalised; 0 where none is known
  bool is_unknown = false;  ///< a row of it has no share, or only a bound
};

/// How concentrated one supply is, seen at one layer: the Herfindahl–Hirschman index on 0 … 10000.
struct Concentration {
  Vertex node = no_vertex;           ///< the thing, or the item of a flow
  Vertex customer = no_vertex;       ///< of a flow; else `no_vertex`
  Layer layer = Layer::none;         ///< place: by country; actor: by firm
  std::uint16_t edge_type = 0;       ///< of the supplier group
  std::uint32_t group = 0;           ///< number of the group's name; 0 is the default group
  std::uint32_t suppliers = 0;       ///< firms, or places that have or seat one
  std::uint32_t unknown_shares = 0;  ///< rows without a share
  double share_sum = 0;              ///< of the known shares as they are written, parts not counted in their wholes
  bool parts_exceed = false;         ///< the parts of a supplier have more than it, which then adds nothing
  bool complete = false;             ///< every share is known and they add up to a whole, give or take rounding
  double hhi_low = 0, hhi_high = 0;
  Vertex top = no_vertex;       ///< who is known to have the largest share; `no_vertex` when no share is known
  double top_share = 0;         ///< its share, a fraction after normalising
  std::vector<Arc> arcs;        ///< the rows it was computed from, sorted
  std::vector<Holder> holders;  ///< by owner; firms without a seat are left out by country, several everywhere
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
