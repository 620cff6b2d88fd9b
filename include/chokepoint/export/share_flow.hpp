#pragma once

#include "chokepoint/export/picture_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// A node of a flow, in a column counted from what is supplied.
struct ShareNode {
  std::string id;
  std::string label;
  std::size_t column = 0;
  bool stops_alone = false;
  bool is_rest = false;  ///< what nobody is named for
};

/// A band between two nodes of neighbouring columns.
struct ShareBand {
  std::size_t from = 0, to = 0;  ///< supplier and what it supplies; `from` stands one column further
  double share = 0;              ///< of what is supplied, in [0, 1]
  bool is_known = true;          ///< false: shares are not recorded; drawn as equal parts, hatched
  std::string text{};            ///< `57 % [2]`
};

/// Who supplies what part of what, along one supply chain (a Sankey diagram).
struct ShareFlow {
  PictureFrame frame;
  std::vector<ShareNode> nodes;  ///< by column; the first is what the chain ends in
  std::vector<ShareBand> bands;
};

/// The share of an input below which its band would be too thin to be seen: such suppliers belong into one band.
/// @param inputs  of what the chain ends in, each as wide
/// @return in (0, 1)
double least_drawn_share(std::size_t inputs);

/// SVG. All widths are of one scale. @return how many characters XML could not hold
/// @see M. Schmidt, "The Sankey Diagram in Energy and Material Flow Management", 2008
std::uint64_t write_share_flow(const ShareFlow& flow, std::ostream& out);

}  // namespace chokepoint
