#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint {

/// How far a search has come.
struct CutSetProgress {
  std::size_t order = 1;  ///< size of the sets it is looking for
  std::size_t found = 0;  ///< sets so far
  double done = 0;        ///< rough part of this order, in [0, 1]
};

struct CutSetOptions {
  std::size_t order = 2;        ///< largest size looked for, 1 to 4
  std::size_t limit = 100'000;  ///< stop after so many sets
  /// Asked now and then, by the calling thread only; false stops the search (Ctrl-C).
  std::function<bool(const CutSetProgress&)> keep_going;
  /// Threads that search, the calling one included; 0 counts as 1. The sets do not depend on it. Each takes some 55
  /// bytes for a node of the part of the system that decides (110 with cycles unsupported), 40 for one of its groups
  /// and 4 for a candidate; with a threshold, what assessing the whole system takes.
  unsigned threads = 1;
  /// Sets of the largest size that hold none of these are of no use and may be left out; empty: all are. Sorted.
  std::vector<Vertex> one_of = {};
};

/// Every minimal cut set of a target up to a size.
struct CutSets {
  std::vector<CutSet> sets;           ///< by size, then members
  bool complete = true;               ///< false: a limit or the caller stopped the search
  std::size_t order_done = 0;         ///< every set of at most this size was found
  bool target_is_impossible = false;  ///< without any removal; then there are no sets
  std::uint64_t tests = 0;            ///< removals tried
};

/// Minimal cut sets of `target` among `candidates`, exactly. The target itself is no candidate; flows are never
/// members.
/// @param situation  what has already happened; its removals are no members
/// @param candidates  stored nodes, in any order
/// @pre 1 <= options.order <= 4
/// @note Looks only at what the target rests on and what the candidates can bring down; for larger sets, at what is
/// left of
///       that to decide without the single members found before. Branches on supports: a set of nodes that holds the
///       target up must be hit by every cut set (R. Reiter, "A theory of diagnosis from first principles", 1987); the
///       last member is looked for where some sixty supports meet and tried for 256 sets at once. Single members cost
///       about the size of that part of the system, pairs what a removal changes, times the size of a support.
///       With a threshold every set is assessed by itself, on the whole system.
/// @see NUREG-0492, Fault Tree Handbook
CutSets minimal_cut_sets(const Situation& situation, SystemNode target, std::span<const Vertex> candidates,
                         const CutSetOptions& options);

/// Which nodes may be members; empty fields do not filter.
struct CandidateFilter {
  std::optional<Layer> layer = {};        ///< only nodes of that layer
  std::vector<std::uint16_t> types = {};  ///< only nodes of these types
  bool remainders = false;                ///< only remainders ("others"), instead of all but these
};

/// Stored nodes of the view that pass the filter, sorted. Remainders are apart: nobody can stop one, see
/// Snapshot::is_remainder.
std::vector<Vertex> cut_candidates(const View& view, const CandidateFilter& filter);

/// Takes the sets with a remainder out of `sets` and returns them, both in their order. Where candidates and remainders
/// were searched together, what is left is every minimal set of the candidates alone, since no part of such a set has a
/// remainder.
std::vector<CutSet> take_remainder_sets(const Snapshot& snapshot, std::vector<CutSet>& sets);

/// Whether a choice of variants that nobody settled has a part in what `target` rests on; if not, the bounds `any` and
/// `all` are equal. O(size of that part)
bool meets_unsettled_variants(const Requirements& requirements, SystemNode target);

}  // namespace chokepoint
