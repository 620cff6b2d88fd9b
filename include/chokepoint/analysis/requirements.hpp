#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

class DeltaSnapshot;

namespace detail {
class RequirementBuilder;
}

/// A node of a requirement system: the stored nodes keep their numbers, flows (`item@customer`) follow.
using SystemNode = std::uint32_t;
using GroupIndex = std::uint32_t;

inline constexpr GroupIndex no_group = std::numeric_limits<GroupIndex>::max();

/// A thing that may refill a flow: a response that escapes a policy, or a substitute (graph/SEMANTICS.md §4.4).
struct Refill {
  Flow flow;              ///< what is refilled
  Vertex by = no_vertex;  ///< the thing that refills it; draws on its own flow to the customer where there is one
  double low = 0;         ///< the refill is [low, high] times the capacity of `by`
  double high = 1;
  Arc arc = no_arc;  ///< the edge that says so
  friend bool operator==(const Refill&, const Refill&) = default;
};

/// How a view is read as a requirement system.
struct RequirementOptions {
  Layer layer = Layer::actor;     ///< place or actor: which rows of a supplier group are read where both are there
  bool keep_minor = false;        ///< minor suppliers count wholly
  std::vector<Flow> derive;       ///< flows to derive from an item's suppliers where none is recorded (enforcement)
  std::vector<Flow> actor_first;  ///< flows that are read in the actor layer, whatever `layer` says (enforcement)
  std::vector<Refill> refills;    ///< enter the groups of the flows they name
  std::vector<Refill> scaled{};   ///< variants that a choice of flows has, and what each counts there
  /// What the system is asked about: only what these rest on is read, other nodes have no groups and the notes pass
  /// over them; empty: everything is.
  std::vector<Vertex> targets{};
  /// [vertices] 1: its groups are read. Where it is given, other nodes have no groups, whatever rests on them: for
  /// those who look at single groups. With a generic its variants must be read, with a whole its steps, and the other
  /// way.
  std::vector<std::uint8_t> only{};
  /// What a loss begins with. Where it is given, only what may have less than all, with the loss or without it, and
  /// what the targets rest on is read: other nodes have no groups, work and have all in every answer. Not for
  /// Cycles::unsupported, which fails what nobody lost.
  std::optional<std::vector<Vertex>> affected_by{};
  bool affected_in_part = false;  ///< some of these may keep a part of what they give
};

/// A requirement group: it works when at least `k` of its members do.
struct RequirementGroup {
  SystemNode owner = no_vertex;  ///< whose group it is; steps, flows and variants may share it, see `dependents`
  std::uint32_t k_any = 1;       ///< needed members when unsettled variants read `any` (optimistic); 0: no need then
  std::uint32_t k_all = 1;       ///< … and when they read `all` (pessimistic)
  std::uint32_t voters = 0;      ///< members that a yes/no view counts; the anonymous rest is one of them
  std::uint32_t name = 0;        ///< number of the group's name in the snapshot; 0: the default group
  std::uint16_t edge_type = 0;
  GroupKind kind = GroupKind::other;
  Layer layer = Layer::none;        ///< of supplier and maker groups: the layer whose rows were read
  bool weighs_shares = false;       ///< capacity adds up shares while k members work; else the k-th best counts
  bool has_rest = false;            ///< an anonymous rest supplies `open_share` and never fails
  bool has_unknown_shares = false;  ///< members without a number share `open_share` in a way nobody recorded
  bool has_ranges = false;          ///< a share is given as at least or at most
  bool is_rescaled = false;         ///< known shares added up to more than 1.05 and were scaled down
  bool parts_exceed = false;        ///< the parts of a whole among them have more than it, which then adds nothing
  bool is_unsettled = false;        ///< a choice of variants that nobody settled
  bool is_passed_down = false;      ///< the owner hands it to its variants and does not need it itself
  bool is_unmet_only = false;       ///< the owner is a place: a failure is listed as unmet and passed on to nobody
  double open_share = 0;            ///< 1 - Σ of the least known shares, in [0, 1]
};

/// A member of a group: one row of evidence.
struct RequirementMember {
  SystemNode node = no_vertex;
  Arc arc = no_arc;      ///< the edge that says so; in a derived flow the edge it was derived from
  double share_low = 0;  ///< normalised share in [0, 1]; of a refill and of a scaled choice: its factors
  double share_high = 0;
  bool is_unknown = false;  ///< no share is recorded; the bounds are [0, 1]
  bool is_minor = false;    ///< yes/no ignores it, capacity counts its share
  bool is_refill = false;   ///< works in place of the others, adds to their capacity
  bool is_scaled = false;   ///< a choice that counts only share_low to share_high of what it has
};

/// Counts and lists of what a requirement system stands on.
struct RequirementNotes {
  std::vector<SystemNode> without_supplier;  ///< things of which nobody recorded who provides them
  std::vector<GroupIndex> short_groups;      ///< more members are needed than count on this day
  std::vector<GroupIndex> rescaled_groups;   ///< known shares added up to more than 1.05
  std::vector<Vertex> taken_over;            ///< variants with the suppliers of their generics, for want of their own
  std::vector<Vertex> unread;                ///< generics of which a recorded supplier is read nowhere
  bool depends_on_layer = false;  ///< some group has suppliers of both layers: read in the other one it is another
};

/// The typed edges of a view as groups that must hold: who needs what, all, any or k of n. Built by the roles of the
/// ontology alone. Immutable; flat arrays. A node works when every group of it works.
/// @see graph/SEMANTICS.md §2; NUREG-0492 for the vocabulary of fault trees
class Requirements {
 public:
  [[nodiscard]] SystemNode node_count() const { return vertex_count_ + static_cast<SystemNode>(flows_.size()); }
  [[nodiscard]] Vertex vertex_count() const { return vertex_count_; }
  [[nodiscard]] GroupIndex group_count() const { return static_cast<GroupIndex>(groups_.size()); }
  [[nodiscard]] MemberIndex member_count() const { return static_cast<MemberIndex>(members_.size()); }
  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const RequirementOptions& options() const { return options_; }
  [[nodiscard]] const RequirementNotes& notes() const { return notes_; }

  [[nodiscard]] bool is_flow(SystemNode n) const { return n >= vertex_count_; }
  /// @pre is_flow(n)
  [[nodiscard]] const Flow& flow(SystemNode n) const { return flows_[n - vertex_count_]; }
  [[nodiscard]] Subject subject(SystemNode n) const {
    return is_flow(n) ? Subject{flow(n).item, flow(n).customer, flow(n).is_unnamed} : Subject{n, no_vertex, false};
  }
  /// Whether the node is an unnamed variant or what is delivered of it: nothing that answers list by itself.
  [[nodiscard]] bool is_unnamed(SystemNode n) const { return is_flow(n) && flow(n).is_unnamed; }
  /// The number of a stored node or flow; `no_vertex` where this system has no such flow. O(log flows)
  [[nodiscard]] SystemNode find(const Subject& subject) const;
  /// Flows of that item are [first, last): removing the item removes them. O(log flows)
  struct FlowRange {
    SystemNode first, last;
  };
  [[nodiscard]] FlowRange flows_of(Vertex item) const;

  [[nodiscard]] std::span<const GroupIndex> groups_of(SystemNode n) const {
    return slice(node_group_, node_offset_, n);
  }
  [[nodiscard]] const RequirementGroup& group(GroupIndex g) const { return groups_[g]; }
  /// Who needs the group: its owner, the steps of its owner, the flows of its owner, the variants it is passed to; none
  /// for places.
  [[nodiscard]] std::span<const SystemNode> dependents(GroupIndex g) const {
    return slice(dependent_, dependent_offset_, g);
  }
  [[nodiscard]] MemberIndex first_member(GroupIndex g) const { return member_offset_[g]; }
  [[nodiscard]] std::span<const RequirementMember> members(GroupIndex g) const {
    return std::span(members_).subspan(member_offset_[g], member_offset_[g + 1] - member_offset_[g]);
  }
  [[nodiscard]] const RequirementMember& member(MemberIndex m) const { return members_[m]; }
  /// The memberships of a node: one entry a row, minor rows included.
  [[nodiscard]] std::span<const MemberIndex> memberships(SystemNode n) const { return slice(user_, user_offset_, n); }
  [[nodiscard]] GroupIndex group_of_member(MemberIndex m) const { return member_group_[m]; }
  /// Whether some group may have a part: adds up shares, has an anonymous rest, is refilled or counts choices in part.
  /// Where none does, and nothing is lost in part, a node has all or nothing.
  [[nodiscard]] bool has_parts() const { return has_parts_; }
  /// Groups of places, whose failures are `unmet` needs.
  [[nodiscard]] std::span<const GroupIndex> unmet_groups() const { return unmet_groups_; }

  /// How many of a group's voters must work. @param variants  how unsettled variants are read: any or all
  [[nodiscard]] std::uint32_t needed(GroupIndex g, Variants variants) const {
    return variants == Variants::all ? groups_[g].k_all : groups_[g].k_any;
  }

 private:
  friend class detail::RequirementBuilder;
  template <class T>
  static std::span<const T> slice(const std::vector<T>& values, const std::vector<std::uint32_t>& offset,
                                  std::uint32_t i) {
    return std::span<const T>(values).subspan(offset[i], offset[i + 1] - offset[i]);
  }

  std::shared_ptr<const Snapshot> snapshot_;
  Vertex vertex_count_ = 0;
  RequirementOptions options_;
  RequirementNotes notes_;
  std::vector<Flow> flows_;  ///< sorted
  std::vector<RequirementGroup> groups_;
  std::vector<std::uint32_t> member_offset_{0};
  std::vector<RequirementMember> members_;
  std::vector<GroupIndex> member_group_;
  std::vector<std::uint32_t> node_offset_, dependent_offset_, user_offset_;
  std::vector<GroupIndex> node_group_;
  std::vector<SystemNode> dependent_;
  std::vector<MemberIndex> user_;
  std::vector<GroupIndex> unmet_groups_;
  bool has_parts_ = false;
};

/// Reads a view as a requirement system.
/// @param view  should include derived edges
/// @pre options.layer is place or actor
/// @note O(n + m) for the groups, with targets or a loss O(n + edges at what these rest on or touch); looking up the
/// flow a need draws on costs the containers of the dependent
Requirements build_requirements(const View& view, const RequirementOptions& options);

/// What of an item a customer has to rely on: what is delivered to it, else to the narrowest place or body that it is
/// in, else the item itself (graph/SEMANTICS.md §2.11). O(n + m)
Subject relied_on(const View& view, Vertex item, Vertex customer);

/// The part of a view's graph in which the targets rest on the same as in the whole: a question about their
/// requirements, capacities or cut sets that is asked of it costs what they rest on.
/// @param views  of one snapshot, one or several days of it: the part is right on each; not with an edge mask
/// @param counts  of the snapshot
/// @return a snapshot with the same keys and ids; nullptr where the part would be no small one
/// @throws DamagedSnapshot where the snapshot, if nobody verified it, names what is not there
/// @note O(n / 8 bytes + edges at what the targets and all places rest on)
std::shared_ptr<const Snapshot> part_of_targets(std::span<const View> views, const std::vector<Vertex>& targets,
                                                const RecordCounts& counts);
/// The same of a graph that changed since its snapshot was made; perhaps with some more, so that a part of the part may
/// be asked.
/// @param bases  views of the base as the question sees the graph
/// @param targets  numbered as in `whole`
/// @param counts  of the whole
std::shared_ptr<const Snapshot> part_of_targets(const DeltaSnapshot& whole, std::span<const View> bases,
                                                const std::vector<Vertex>& targets, const RecordCounts& counts);

/// The layer in which a scenario is judged that removes these nodes: place when a place and no actor is among them.
Layer default_layer(const Snapshot& snapshot, std::span<const Vertex> removed);

}  // namespace chokepoint
