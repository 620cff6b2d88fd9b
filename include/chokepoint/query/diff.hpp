#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint {

struct DiffParams {
  std::string from = {}, to = {};  ///< partial: their last day; an empty `to`: the session's day
  std::string node = {};           ///< only facts about this node; empty: all
  bool with_sources = false;
  std::vector<std::string> targets = {};         ///< whose chokepoints are compared, too
  bool chokepoints = false;                      ///< of every thing that something rests on
  std::size_t order = 0;                         ///< largest set, 1 to 4; 0: 2 of targets, 1 of all things
  unsigned threads = 1;                          ///< that search; the answer is the same for any number
  ViewParams view = {};                          ///< facts that the analyses use
  std::function<bool()> keep_going = {};         ///< asked now and then; false stops the search
  std::function<void(bool)> on_search = {};      ///< told that a search that may be stopped begins (true), has ended
  std::function<void(double)> on_progress = {};  ///< told now and then how much of the targets is done, in [0, 1]
};

/// What changed between two days: facts that began, facts that ended, measures of one fact that were replaced, and
/// figures dated in between; every status takes part. With targets also which minimal cut sets appeared and vanished,
/// and the edges that made the difference. `result`: {"from","to","began","ended","replaced","observations"} and
/// "chokepoints":[{"target","appeared":[{"members","variants","because":[edge…]}…],"vanished","complete"}…]. Of more
/// than 1,000 changed sets, fewer on large graphs, `because` is null: nobody looked.
/// @throws UsageError for dates that are none, or in wrong order
Answer diff_days(Session& session, const DiffParams& params);

}  // namespace chokepoint
