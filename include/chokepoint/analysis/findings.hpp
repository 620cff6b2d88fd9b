#pragma once

#include "chokepoint/snapshot/view.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What analyses find, and the words in which it is told: plain values, without the systems that they
/// were worked out in. Vertices and arcs are those of the view that was asked.
namespace chokepoint {

/// Number of a row of evidence in a requirement system.
using MemberIndex = std::uint32_t;

/// What `customer` is delivered of `item`: the derived node `item@customer`. Or the variant of `item` that its
/// suppliers make of whom no variant is recorded, and what is delivered of that.
struct Flow {
  Vertex item = no_vertex;
  Vertex customer = no_vertex;  ///< `no_vertex`: none, only the unnamed variant has none
  bool is_unnamed = false;      ///< of the unnamed variant
  friend auto operator<=>(const Flow&, const Flow&) = default;
};

/// A node of a requirement system by what it is, whatever its number: a stored node, or a flow.
struct Subject {
  Vertex node = no_vertex;      ///< the stored node, or the item of the flow
  Vertex customer = no_vertex;  ///< `no_vertex` for a stored node
  bool is_unnamed = false;      ///< the unnamed variant of `node`, or what is delivered of it
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

/// `node`, or `item@customer`; of an unnamed variant `(unnamed) item` and `(unnamed) item@customer`.
std::string to_string(const Snapshot& snapshot, const Subject& subject);

/// What a requirement group stands for; follows the role of its edge type.
enum class GroupKind : std::uint8_t {
  supplier,  ///< who provides the thing, or delivers the flow
  maker,     ///< who designed it
  need,      ///< what it cannot do without
  variant,   ///< the specific things of a generic one
  step,      ///< the steps of a whole
  seat,      ///< where it is
  other,     ///< a hard dependency of a type without a role of its own
};

/// `supplier`, `maker`, `need`, `variant`, `step`, `seat`, `other`.
std::string_view to_string(GroupKind kind);

/// Whether nodes that only hold each other up work.
enum class Cycles : std::uint8_t {
  hold,         ///< greatest fixed point: a running economy goes on
  unsupported,  ///< least fixed point: what was never started does not run
};

struct AssessmentOptions {
  Variants variants = Variants::any;  ///< how unsettled variants are read: any (optimistic) or all (pessimistic)
  Cycles cycles = Cycles::hold;
  std::optional<double> threshold;  ///< a supplier group fails when less than this share of it is left at best
};

/// A capacity in [0, 1] as far as it is known.
struct Interval {
  double low = 1, high = 1;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Why a set cuts the target off.
enum class CutReason : std::uint8_t {
  requirement,  ///< something it rests on fails
  seat,         ///< the set is only where the target itself is
};

/// A minimal cut set: nodes whose joint removal makes the target impossible, while no part of them does.
struct CutSet {
  std::vector<Vertex> members;  ///< sorted
  CutReason reason = CutReason::requirement;
  Layer layer = Layer::none;  ///< in which it was judged; none: the one that was asked for
  friend bool operator==(const CutSet&, const CutSet&) = default;
};

/// One member that a group lost, or that sets its value.
struct LinkMember {
  Subject subject;
  Arc arc = no_arc;     ///< the evidence
  bool is_cut = false;  ///< its row is cut, by a policy or as asked for
};

/// One link of a chain from cause to effect.
struct ChainLink {
  Subject subject;
  std::optional<GroupKind> group;  ///< kind of the group that failed or sets the value; absent: removed
  Subject owner;                   ///< whose group it is: the node itself, its whole, or its item
  std::string group_name;          ///< as in the data, empty for the default group
  std::uint32_t needed = 0;        ///< members that must work
  std::uint32_t of = 0;            ///< … of so many
  double capacity = 0;             ///< of the node, on the side that is explained
  bool is_starved = false;         ///< the group fell below the threshold
  std::vector<LinkMember> members;
};

/// Why a node is impossible (causes first), or what sets its capacity (from the node to the ends of the chain).
struct NodeFate {
  bool is_impossible = false;
  double low = 1, high = 1;
  bool is_by_low = true;         ///< the chain sets `low`, else `high`
  std::vector<ChainLink> chain;  ///< empty where nothing is lost
};

/// When a policy acts by its own attributes, which a snapshot does not carry.
struct PolicyTerms {
  Vertex policy = no_vertex;
  std::optional<Date> effective;    ///< acts from this day; else from the `since` of its edges
  std::vector<Validity> suspended;  ///< does not act on these days
};

/// An answer to a policy: a thing (or actor) that adapts to it.
struct PolicyResponse {
  Vertex response = no_vertex;
  Vertex to = no_vertex;             ///< the policy
  Arc arc = no_arc;                  ///< the edge that says so
  std::optional<Date> since;         ///< of the edge, else of the response
  Vertex closed_by = no_vertex;      ///< a later policy that restricts the response too; no_vertex: it is open
  std::optional<Date> closed_since;  ///< first day of that
  friend bool operator==(const PolicyResponse&, const PolicyResponse&) = default;
};

/// A restriction that could not be applied, and why.
enum class PolicyGap : std::uint8_t {
  no_issuer,    ///< it names no market, and nobody is recorded to have issued it: nowhere is outside
  not_stated,   ///< its edge is planned, forecast or not confident enough to enter the view
  no_flow,      ///< nobody it concerns is recorded to require or to receive anything it bears on
  no_supplier,  ///< of what it bears on no supplier is recorded that it could cut
};
struct PolicyNote {
  Arc arc = no_arc;
  PolicyGap gap = PolicyGap::no_issuer;
  friend bool operator==(const PolicyNote&, const PolicyNote&) = default;
};

/// A row of a flow that a policy cuts, or may cut.
struct PolicyCut {
  Flow flow;
  Subject supplier;
  Arc row = no_arc;  ///< the edge that says that it supplies
  Vertex policy = no_vertex;
  Arc restriction = no_arc;  ///< the edge that restricts it
  bool is_whole = true;      ///< false: anything between nothing and all is left
  MemberIndex member = 0;    ///< the row in the system under the policies
  friend auto operator<=>(const PolicyCut&, const PolicyCut&) = default;
};

/// What an answer about some nodes stands on, and what nobody recorded. Lists are sorted.
struct RequirementCoverage {
  std::uint64_t nodes = 0;                    ///< stored nodes and flows that were looked at
  std::uint64_t supplier_groups = 0;          ///< groups with shares to add up
  std::uint64_t groups_of_unknown_share = 0;  ///< … of which a member's share is unknown; the list is taken as complete
  std::uint64_t rows_of_unknown_share = 0;
  std::uint64_t groups_with_rest = 0;    ///< … whose shares leave an anonymous rest
  std::vector<Subject> rescaled;         ///< owners of groups whose shares added up to more than 1.05
  std::vector<Subject> exceeded;         ///< owners of groups in which the parts of a supplier have more than it
  std::vector<Vertex> without_supplier;  ///< things of which nobody recorded who provides them
  std::vector<Vertex> taken_over;        ///< variants that stand on the suppliers of their generics
  std::vector<Vertex> unread;            ///< generics of which a recorded supplier is read nowhere
  std::vector<Subject> short_groups;     ///< owners of groups of which too few members count on this day
  std::vector<Subject> unsettled;        ///< generic things read as any (optimistic) and as all (pessimistic)
  std::vector<Arc> rivals;               ///< claims that lost to another on the same fact, ends among the nodes
  std::vector<Arc> superseded;           ///< measures of which a later (or earlier) one counts
};

/// A loss of part of what a node gives.
struct PartialLoss {
  Vertex node = no_vertex;
  double remaining = 0;  ///< fraction in [0, 1]
};

/// A question: what if these nodes went, these policies were enforced, those were not?
struct Scenario {
  std::vector<Vertex> removed;
  std::vector<PartialLoss> losses;
  std::vector<Arc> cut;            ///< edges that vanish: suppliers, makers or needs
  std::vector<Vertex> enforced;    ///< policies switched on whatever their dates
  std::vector<Vertex> without;     ///< policies switched off
  std::vector<Vertex> in_force;    ///< policies that act anyway, see acting_policies; may be empty
  std::vector<PolicyTerms> terms;  ///< of all policies that have any
  std::optional<Layer> layer;      ///< place or actor; absent: see graph/SEMANTICS.md §2.2
  bool keep_minor = false;
  Cycles cycles = Cycles::hold;
  std::optional<double> threshold;
  std::optional<Subject> target;  ///< whose fate is explained
};

/// A place that lacks what it requires.
struct UnmetNeed {
  Vertex place = no_vertex;
  Vertex item = no_vertex;
  Arc arc = no_arc;  ///< the edge that says that it requires it
  friend auto operator<=>(const UnmetNeed&, const UnmetNeed&) = default;
};

/// Number of a set of ends in the table of its `WhatIfBound`: millions of nodes may hang on the same few ends.
using EndSet = std::uint32_t;

/// What is left of a node, and where the chain ends that sets it.
struct NodeCapacity {
  Subject subject;
  double low = 1, high = 1;  ///< in [0, 1]
  EndSet binding = 0;        ///< ends of the chain that sets `low`, see WhatIfBound::ends
  EndSet binding_high = 0;   ///< ends of the chain that sets `high`; an empty set where nothing is lost at best
  bool is_less_low = true;   ///< `low` is less than at the baseline
  bool is_less_high = true;  ///< `high` is: that much is certainly lost

  [[nodiscard]] bool is_less() const { return is_less_low || is_less_high; }
};

/// What was left of a node at the baseline.
struct PriorCapacity {
  Subject subject;
  Interval left;
};

/// The world at one reading of unsettled variants.
struct WhatIfBound {
  Variants variants = Variants::any;
  std::vector<Vertex> impossible;  ///< stored nodes, the removed included, the baseline's not; sorted
  std::vector<Flow> flows;         ///< flows that fail, the baseline's not; sorted
  std::vector<UnmetNeed> unmet;    ///< the baseline's not; sorted
  /// Where `low` < 1, by subject; where no policy is switched only where it is less than at the baseline, and the
  /// target.
  std::vector<NodeCapacity> capacity;
  std::vector<PriorCapacity> before;  ///< of those in `capacity` that had less than all at the baseline; by subject
  std::vector<std::vector<Subject>> end_sets{{}};  ///< each sorted; the first is empty
  std::vector<Subject> possible_again;             ///< impossible at the baseline, possible here; sorted
  std::optional<NodeFate> target;

  /// The ends of a chain, sorted. @param set  of a node in `capacity`
  [[nodiscard]] const std::vector<Subject>& ends(EndSet set) const { return end_sets[set]; }
};

/// The world in both readings; equal ones where nothing unsettled is met.
struct WhatIfState {
  std::vector<WhatIfBound> bounds;  ///< any, all
};

/// An answer. The baseline is the graph as of the day with the policies in force, without the enforced ones, and with
/// nothing removed; what is impossible or short there is not blamed on the scenario.
struct WhatIf {
  Layer layer = Layer::actor;
  std::vector<Vertex> removed;                   ///< sorted
  std::vector<Vertex> enforced;                  ///< policies that act in `state`, in force or enforced; sorted
  WhatIfState state;                             ///< as asked
  std::optional<WhatIfState> baseline;           ///< with a policy: the same removals, the named policies as they stand
  std::optional<WhatIfState> adapted;            ///< with a policy: responses and substitutes refill what is cut
  std::vector<PolicyResponse> responses;         ///< to the enforced policies, else to all that act
  std::vector<PolicyResponse> response_history;  ///< the same whatever the day
  std::vector<PolicyNote> policy_notes;          ///< restrictions that could not be applied
  std::vector<PolicyCut> cut_rows;               ///< what the enforced policies cut, or may
  std::vector<PolicyCut> freed_rows;             ///< what the policies that are left out cut as things stand
  bool bounds_are_equal = false;                 ///< no unsettled generic thing is met
  std::vector<Arc> evidence;                     ///< the rows that `coverage` is about; sorted
  RequirementCoverage coverage;                  ///< of what the losses come to, and what the target rests on
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
  double recorded_sum = 1;      ///< by which shares were divided to normalise them: a share times it is as recorded
  std::vector<Arc> arcs;        ///< the rows it was computed from, sorted
  std::vector<Holder> holders;  ///< by owner; firms without a seat are left out by country, several everywhere
};

/// Something that owners control, or may control.
struct OwnedVertex {
  Vertex vertex = no_vertex;
  std::uint32_t tier = 0;  ///< rounds until it is controlled, from 1: every holder that counts is a tier below
  double share_low = 0;    ///< held together by the owners and by what they certainly control
  double share_high = 0;  ///< … and by what they may control; unknown shares take all that others are not known to hold
  bool certain = false;  ///< `share_low` reaches the threshold; else only `share_high` does
  friend bool operator==(const OwnedVertex&, const OwnedVertex&) = default;
};

struct OwnershipReport {
  std::vector<OwnedVertex> owned;  ///< sorted by (tier, vertex), the owners themselves left out
  std::vector<Arc> arcs;           ///< holdings of the owners and of `owned` in `owned`, sorted
};

/// A node in an answer about dependencies.
struct DependencyNode {
  Vertex vertex = no_vertex;
  std::uint32_t tier = 0;  ///< fewest hops from the node in question, from 1
  bool soft = false;       ///< no walk over hard dependencies alone comes here, however long
  friend bool operator==(const DependencyNode&, const DependencyNode&) = default;
};

/// One step of a walk: the edge that says it, from a node to one that is listed a tier further. Where the rules pass a
/// need on (from a generic thing to its variants, from a whole to its steps) the edge is that of another node.
struct DependencyHop {
  Arc arc = no_arc;
  Vertex source = no_vertex;  ///< nearer to the node in question; the edge need not touch it
  Vertex target = no_vertex;
  friend auto operator<=>(const DependencyHop&, const DependencyHop&) = default;
};

/// What a node depends on, or what depends on it. The node itself is not among `nodes`, even on a cycle.
struct DependencyReport {
  Vertex node = no_vertex;
  std::vector<DependencyNode> nodes;  ///< sorted by (tier, vertex)
  std::vector<Arc> arcs;              ///< edges walked, sorted: they leave `node` or a node above the depth limit
  std::vector<DependencyHop> hops;    ///< the same step by step, sorted; several where edges pass needs on
  ViewCoverage hidden;                ///< edges that would have been walked if the view did not hide them
};

/// What a place in a list rests on: how many edges, and how weak they are.
struct EvidenceSummary {
  std::size_t edges = 0;
  std::size_t on_one_source = 0;  ///< edges that cite one source only
  std::string only_source = {};   ///< the one source of all edges together; empty when there are several
  std::size_t minor = 0;          ///< rows of minor suppliers
  std::size_t unknown = 0;        ///< rows of suppliers without a share
};

}  // namespace chokepoint
