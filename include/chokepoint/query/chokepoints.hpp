#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct ChokepointsParams {
  std::string target = {};                ///< id, label, alias or code
  std::vector<std::string> among = {};    ///< node types of the members; empty: all
  std::string layer = {};                 ///< place, actor (country, firm) for all; empty: each set in its own
  std::vector<std::string> without = {};  ///< policies in force that are left out
  std::string cycles = {};                ///< hold (default) or unsupported
  std::size_t order = 2;                  ///< largest set, 1 to 4
  std::optional<double> threshold = {};   ///< a supplier group fails below this share, in (0, 1]
  std::optional<double> near = {};        ///< also losses of one node that leave less than this share, in (0, 1]
  bool keep_minor = false;
  bool people = false;                       ///< what people read: headlines, trees; near losses where they are cheap
  bool why = false;                          ///< a certificate for each set, as many as there is room for
  std::size_t limit = 50;                    ///< rows of a table; 0 for all
  unsigned threads = 1;                      ///< that search; the answer is the same for any number
  std::function<bool()> keep_going = {};     ///< asked now and then, by this thread; false stops the search
  std::function<void(bool)> on_search = {};  ///< told that a search that may be stopped begins (true), has ended
  std::function<void(double)> on_progress = {};  ///< told now and then how much of the search is done, in [0, 1]
  ViewParams view = {};
};

/// The minimal cut sets of a target: nodes whose joint loss makes it impossible while no part of them does, for both
/// readings of unsettled variants, in the world as of the day: the policies that act do so here. Sets with a place are
/// judged in the place layer and all others in the actor layer; no set has both places and actors. Negative when there
/// is none, unless the target is impossible as things stand.
/// `result`: {"target","layer","in_force","without","bounds":[{"variants","cut_sets":[[id…]…],"reasons",
/// "already_impossible":{"policies":[id…]},"certificates_left_out","certificates","near":[{"id","low","high"}…]}…],"complete","order_done"}.
/// The certificates are those of the first sets: 1,000 at most, fewer where they are long or the graph is large.
/// @throws NotFoundError, UsageError
Answer find_chokepoints(Session& session, const ChokepointsParams& params);

}  // namespace chokepoint
