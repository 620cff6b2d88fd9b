#pragma once

#include "chokepoint/export/picture_frame.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// What is left of something in one state of the world, as far as it is known.
struct LeftInterval {
  double low = 1, high = 1;  ///< in [0, 1]
  bool is_impossible = false;
};

struct StateRow {
  std::string id;
  std::string label;
  std::vector<LeftInterval> left;  ///< one a state
};

/// What is left of several things in several states, side by side: before, with a measure, once everybody adapted.
struct StateComparison {
  PictureFrame frame;
  std::vector<std::string> states;  ///< headings; at most 4
  std::vector<StateRow> rows;
};

/// SVG: a panel a state, an interval a row: the certain part filled, what may be left hatched, the numbers beside it.
/// @return how many characters XML could not hold
std::uint64_t write_state_comparison(const StateComparison& comparison, std::ostream& out);

}  // namespace chokepoint
