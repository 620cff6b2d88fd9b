#pragma once

#include "chokepoint/export/fault_tree.hpp"
#include "export/pictures/svg_canvas.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint::detail {

inline constexpr double event_size = 11, event_leading = 13.5, detail_size = 9.8;

/// An event at a place. An event that is shared has several; the first has what is below it.
struct PlacedEvent {
  std::size_t event = 0;
  bool is_repeat = false;
  PictureBox box{};
  std::vector<std::string> lines{};    ///< of the label
  std::vector<std::string> details{};  ///< of the second line
};

struct PlacedGate {
  std::size_t event = 0, gate = 0;
  std::size_t parent = 0;  ///< placed event on its left
  PictureBox box{};
  std::vector<std::string> lines{};
  std::size_t relation_lines = 0;     ///< so many of them are the relation, the others the rule
  std::vector<std::size_t> inputs{};  ///< placed events, aligned with the gate's inputs
  double left_out_y = -1;             ///< where it says what is not drawn; below 0: nothing is left out
};

/// Where everything stands: events in columns by depth, gates in columns between them, inputs below each other.
///
/// Question: a tree with long names on one sheet, always the same.
/// Method: leaves take rows from the top down; what is to their left stands in the middle of its inputs (a tidy tree
/// whose nodes are rows). A column is as wide as its widest text.
struct FaultTreeLayout {
  std::vector<PlacedEvent> events;
  std::vector<PlacedGate> gates;
  PictureSize size;
};

/// @note O(size of the tree as drawn)
FaultTreeLayout lay_out_fault_tree(const FaultTreePicture& tree);

/// `57 % [2]`: what stands at the line of an input.
std::string input_text(const FaultTreeInput& input);

}  // namespace chokepoint::detail
