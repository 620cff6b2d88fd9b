#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct DiffParams {
  std::string from = {}, to = {};                ///< partial: their last day; an empty `to`: the session's day
  std::string node = {};                         ///< only facts about this node; empty: all
  std::vector<std::string> targets = {};         ///< whose chokepoints are compared, too
  bool chokepoints = false;                      ///< of every thing that something rests on
  std::size_t order = 0;                         ///< largest set, 1 to 4; 0: 2 of targets, 1 of all things
  unsigned threads = 1;                          ///< that search; the answer is the same for any number
  ViewParams view = {};                          ///< facts that the analyses use
  std::function<bool()> keep_going = {};         ///< asked now and then; false stops the search
  std::function<void(bool)> on_search = {};      ///< told that a search that may be stopped begins (true), has ended
  std::function<void(double)> on_progress = {};  ///< told now and then how much of the targets is done, in [0, 1]
};

/// A measure of one fact in place of another.
struct ReplacedFact {
  Edge before, after;
};

/// A minimal cut set that is there on one of the days only.
struct ChangedCutSet {
  std::vector<std::string> members;          ///< ids
  std::vector<Variants> readings;            ///< of unsettled variants, in which it changed
  std::optional<std::vector<Edge>> because;  ///< what made the difference; absent: nobody looked
};

/// What changed for one target.
struct ChangedTarget {
  std::string target;  ///< id
  std::vector<ChangedCutSet> appeared, vanished;
  /// Readings in which it is impossible before anything is lost, on either day: no sets are compared there.
  std::vector<Variants> impossible_from, impossible_to;
  bool complete = true;  ///< false: a search was stopped
};

struct DiffResult {
  Date from, to;
  std::vector<Edge> began, ended;
  std::vector<ReplacedFact> replaced;
  std::vector<Observation> figures;  ///< dated after `from`, up to `to`
  /// Targets of which something changed, or whose search was stopped; absent where no chokepoints were asked for.
  std::optional<std::vector<ChangedTarget>> chokepoints;
  bool chokepoints_complete = true;  ///< false: searches were stopped, or targets left out
  std::size_t unexplained = 0;       ///< changed sets of which nobody looked up the cause
  RemainderSets with_remainder;      ///< further sets that came or went, which nobody can bring about
};

/// What changed between two days: facts that began, facts that ended, measures of one fact that were replaced, and
/// figures dated in between; every status takes part. With targets also which minimal cut sets appeared and vanished,
/// and the edges that made the difference; of more than 1,000 changed sets, fewer on large graphs, these are not looked
/// up.
/// @throws UsageError for dates that are none, or in wrong order; NotFoundError
DiffResult diff_days(Session& session, const DiffParams& params);

}  // namespace chokepoint
