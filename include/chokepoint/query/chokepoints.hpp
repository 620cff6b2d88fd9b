#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/model/cut_effect.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

namespace detail {
struct CutScope;
}

/// What stops a target: as an analysis is asked, without a word about how the answer is shown.
struct ChokepointsParams {
  std::string target = {};                ///< id, label, alias or code
  std::vector<std::string> among = {};    ///< node types of the members; empty: all
  std::string layer = {};                 ///< place, actor (country, firm) for all; empty: each set in its own
  std::vector<std::string> without = {};  ///< policies in force that are left out
  std::string cycles = {};                ///< hold (default) or unsupported
  std::size_t order = 2;                  ///< largest set, 1 to 4
  std::optional<double> threshold = {};   ///< a supplier group fails below this share, in (0, 1]
  std::optional<double> near = {};        ///< also losses of one node that leave less than this share, in (0, 1]
  bool near_if_cheap = false;             ///< without `near`: those that leave less than a fifth, on small systems
  bool keep_minor = false;
  unsigned threads = 1;                          ///< that search; the answer is the same for any number
  std::function<bool()> keep_going = {};         ///< asked now and then, by this thread; false stops the search
  std::function<void(bool)> on_search = {};      ///< told that a search that may be stopped begins (true), has ended
  std::function<void(double)> on_progress = {};  ///< told now and then how much of the search is done, in [0, 1]
  ViewParams view = {};
};

/// Policies that make a target impossible before anything is lost: without them it is possible.
struct ImpossibleTarget {
  std::vector<Vertex> policies;  ///< sorted; empty: it is impossible without any policy, too
  bool is_smallest = true;       ///< false: none of them can be missed, but fewer others may do
};

/// The minimal cut sets where unsettled variants are read in one way.
struct CutSetsReading {
  Variants variants = Variants::any;
  std::vector<CutSet> sets;                    ///< by size, then members; without remainders
  std::vector<CutSet> with_remainder;          ///< further sets, in which "others" would have to stop as one; likewise
  bool complete = true;                        ///< false: the caller stopped the search, or there are very many sets
  std::size_t order_done = 0;                  ///< every set of at most this size is there
  std::optional<ImpossibleTarget> impossible;  ///< without any loss; then there are no sets
};

/// The loss of one node that stops nothing and leaves little.
struct NearLoss {
  Vertex vertex = no_vertex;
  Interval any, all;  ///< what is left of the target, in [0, 1], as unsettled variants are read
};

/// Sets in which a remainder, "others", would have to stop as one: minimal, but no chokepoints. As ids.
struct RemainderSets {
  std::set<std::vector<std::string>> sets;  ///< of either reading, each once
  std::set<std::string> remainders;         ///< that stand in them
};

/// What the target rests on in one layer.
struct TargetCoverage {
  Layer layer = Layer::actor;
  RequirementCoverage requirements;
  std::vector<Arc> evidence;  ///< the edges that say so, sorted
};

struct CutSetsResult {
  NodeRef target;
  Vertex vertex = no_vertex;                      ///< of the target
  std::vector<TargetCoverage> layers;             ///< that were read: places before actors
  std::vector<Vertex> in_force;                   ///< policies that act, sorted
  std::vector<Vertex> without;                    ///< policies that were left out
  CutSetsReading any, all;                        ///< unsettled variants: one does, or all are needed
  bool variants_met = false;                      ///< false: the target meets no unsettled variants, and both are equal
  std::vector<NearLoss> near;                     ///< by what is left; empty where it was not asked for
  std::optional<double> near_threshold;           ///< as it was asked for
  std::size_t order = 2;                          ///< as it was asked for
  ViewParams asked;                               ///< facts that count, as it was asked for
  AssessmentOptions judging;                      ///< cycles and threshold, as they were asked for
  std::shared_ptr<const View> view;               ///< what vertices and arcs are of: all or what the target rests on
  ViewCoverage left_out;                          ///< what the view of the whole graph hides
  std::shared_ptr<const detail::CutScope> scope;  ///< the requirement systems, for `prove`

  [[nodiscard]] bool complete() const { return any.complete && all.complete; }
  [[nodiscard]] std::size_t order_done() const { return std::min(any.order_done, all.order_done); }
  [[nodiscard]] bool impossible() const { return any.impossible || all.impossible; }
  /// Neither a set nor a target that is impossible as things stand.
  [[nodiscard]] bool nothing() const { return !impossible() && any.sets.empty() && all.sets.empty(); }
};

/// The minimal cut sets of a target: nodes whose joint loss makes it impossible while no part of them does, for both
/// readings of unsettled variants, in the world as of the day: the policies that act do so here. Sets with a place are
/// judged in the place layer and all others in the actor layer; no set has both places and actors. Sets with a
/// remainder are apart.
/// @throws NotFoundError, UsageError
/// @note what minimal_cut_sets costs, for each reading and layer; near losses take an assessment each
CutSetsResult find_cut_sets(Session& session, const ChokepointsParams& params);

/// The sets of an answer that need a remainder.
RemainderSets remainder_sets(const CutSetsResult& found);

/// The failed groups from a set to the target, with the edges that say so.
/// @param variants  a reading in which it is a set
/// @note O(size of the requirement system)
NodeFate prove(const CutSetsResult& found, const CutSet& set, Variants variants);

/// Nodes of the requirement system in which a set is proved: what a proof costs.
std::size_t proof_size(const CutSetsResult& found, const CutSet& set);

/// In how many hands the supply of a thing is, as far as recorded.
enum class Hands : std::uint8_t { one_firm, one_place, several };
/// `one-firm`, `one-place`, `several`.
std::string_view to_string(Hands hands);

/// A node whose loss alone stops a target, with what says how much it matters.
struct RankedStop {
  Vertex vertex = no_vertex;                ///< of `CutSetsResult::view`
  Hands hands = Hands::several;             ///< of things; `several` of places and actors
  Vertex holder = no_vertex;                ///< the one firm or place, if so
  std::optional<std::uint32_t> tier = {};   ///< hops from the target; nullopt where no walk leads to it
  std::optional<std::uint32_t> stops = {};  ///< nodes of the whole graph that fail without it, as `rank --by stops`
                                            ///< counts; nullopt on graphs of more than 200,000 edges
};

/// The cut sets of one node, where any unsettled variant does, in the order in which a reader wants them: places,
/// actors, things; of things those that one firm makes, then those that one place makes, then the others; the nearest
/// first; of those as near, the one without which most fails; then by id.
/// @note O(n + m) and what `rank --by stops` costs for these nodes alone
std::vector<RankedStop> rank_stops(Session& session, const CutSetsResult& found);
/// The same of several targets that were asked about in one way: what fails without a node is counted once for all.
/// @return one list a target
std::vector<std::vector<RankedStop>> rank_stops(Session& session, std::span<const CutSetsResult* const> found);

/// What the loss of one node means for one target.
struct ComparedLoss {
  CutEffect effect = CutEffect::none;
  std::vector<std::string> with;  ///< of a pair: ids of the others, sorted
  double low = 0, high = 0;       ///< of a near loss: what is left, in [0, 1]
  friend bool operator==(const ComparedLoss&, const ComparedLoss&) = default;
};

/// The same in both readings of unsettled variants.
struct ComparedCell {
  ComparedLoss any, all;
};

struct ComparedNode {
  std::string id;
  std::vector<ComparedCell> cells;  ///< one a target
};

struct CutComparisonResult {
  std::vector<CutSetsResult> targets;  ///< as they were named
  std::vector<ComparedNode> rows;      ///< whoever stops most stands first, then by id
  bool places_only = false;            ///< no types were asked for
  RemainderSets with_remainder;        ///< of all targets: sets that are in no cell
};

/// Whose loss stops which of several targets: what `find_cut_sets` says of each, side by side. Without `among` the rows
/// are places; nearly fatal losses are those below `near`, by default 0.2.
/// @throws NotFoundError, UsageError
CutComparisonResult compare_cut_sets(Session& session, const ChokepointsParams& params,
                                     const std::vector<std::string>& targets);

}  // namespace chokepoint
