#pragma once

#include "chokepoint/export/mark.hpp"
#include "chokepoint/export/picture_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// How many of a gate's inputs must hold.
enum class GateRule : std::uint8_t { all, any, some };

/// One input of a gate: the fact that says so.
struct FaultTreeInput {
  std::size_t event = 0;             ///< number of the event that it comes from
  std::string share{};               ///< `57 %`; empty: none is stated
  std::vector<std::size_t> notes{};  ///< numbers of its sources in the frame, from 1
  bool is_cut = false;               ///< cut by a policy, or as asked for
};

/// What an event needs: `rule` of its inputs.
struct FaultTreeGate {
  GateRule rule = GateRule::all;
  std::size_t k = 1;       ///< of `some`: so many are needed
  std::size_t n = 1;       ///< how many inputs it has in the data, those that are not drawn included
  std::string relation{};  ///< `is produced by`
  std::string text{};      ///< `any of 3`
  bool has_failed = false;
  std::vector<FaultTreeInput> inputs{};
  std::string left_out{};  ///< `+4 that do not decide`; empty: all inputs are drawn
};

struct FaultTreeEvent {
  std::string id;  ///< of the node; `item@customer` of a delivery
  std::string label;
  std::string detail{};  ///< a second line: where it is, what is left of it; may be empty
  Mark mark = Mark::none;
  bool stops_alone = false;  ///< a single point of failure of the top event
  bool goes_on = false;      ///< needs more that is not drawn
  std::vector<FaultTreeGate> gates{};
};

/// Why an event holds or fails, down to what nothing more is recorded of. The first event is the top. Events may be
/// shared; each is drawn once with what is below it, and again as a name only.
struct FaultTreePicture {
  PictureFrame frame;
  std::vector<FaultTreeEvent> events;
};

/// Extent of the drawing with its frame, before it is fitted to paper.
PictureSize fault_tree_size(const FaultTreePicture& tree);

/// SVG: from the top event on the left to basic events on the right. Gates say their rule in words and by their form
/// (square: all, round: any, pointed: some); what failed is coloured and thicker, what stops the top alone has a cross,
/// and every line has the share and the numbers of its sources. Equal trees give equal bytes.
/// @return how many characters XML could not hold
/// @pre `events` is not empty, numbers of events and notes exist
/// @see NUREG-0492, Fault Tree Handbook (gates are read the other way round there: what must fail)
std::uint64_t write_fault_tree(const FaultTreePicture& tree, std::ostream& out);

}  // namespace chokepoint
