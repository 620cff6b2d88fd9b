#pragma once

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/snapshot/view.hpp"
#include "analysis/requirements/roles.hpp"
#include "analysis/requirements/spare_alternatives.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// What a question needs of a node. A larger need includes smaller ones, see RuleNeighbourhood::add.
enum Need : unsigned {
  need_kin = 1,        ///< which generics it is a variant of, theirs and so on
  need_known = 2,      ///< its rows, and where it is: its seats and wholes, makers and generics, and theirs
  need_flows = 4,      ///< who is delivered it, and by whom; of a generic, its variants
  need_passing = 8,    ///< what its variants, or deliveries of it, need on its behalf
  need_supply = 16,    ///< what its suppliers rest on, which its steps share and variants without suppliers take over
  need_lent = 32,      ///< what all that it hands to its variants rests on
  need_read = 64,      ///< all that its groups rest on: what it depends on, and what is handed to it sideways
  need_touched = 128,  ///< all that a loss of it may come to
  need_handed = 256,   ///< the same of a loss in what it hands on sideways, to its variants and steps
  need_start = 512,    ///< read, or touched, by a walk that would end at a place
};

/// Which part of a graph decides a question where rules hand things on sideways: generics to their variants, wholes to
/// their steps, deliveries to whoever draws on them, policies to what they bear on. From what the question names, every
/// way is followed that the rules may look along, on whatever day: never too few nodes, often some more. The graph is a
/// snapshot with what changed since; nothing may have.
class RuleNeighbourhood {
 public:
  enum class Aim : std::uint8_t { answer, walk };  ///< a walk ends at places, and knows no policies

  /// @param counts  of the whole. @param most  how many nodes there may be
  RuleNeighbourhood(const DeltaSnapshot& whole, const RecordCounts& counts, Aim aim, std::size_t most);

  void add(Vertex v, unsigned needs);
  /// Whether it has any of the needs.
  [[nodiscard]] bool has(Vertex v, unsigned needs) const { return (needs_[v] & needs) != 0; }
  /// Lets the policies of a day bear on what is there, those of several days where it is called for each; a loss is
  /// looked at on the last one. @param base  a view of the base, which says which day
  void obey_policies(const View& base);
  /// What is lost comes to others; to be called before anything is added, behind `obey_policies`.
  /// @param in_part  whether what is lost may keep a part of what it gives
  void begin_loss(bool in_part);
  /// Follows all ways to their ends. @return false where there are too many nodes
  [[nodiscard]] bool spread();
  /// The part of what was found, with some more.
  [[nodiscard]] std::shared_ptr<const Snapshot> part(std::vector<PartPiece> pieces = {}, DeltaArcs more = {}) const;

 private:
  /// What is known of an edge type.
  struct Type {
    EdgeRule rule;
    Role role = Role::none;
    bool is_dependency = false;  ///< of whatever strength
  };
  /// An edge as it is seen from one of its ends.
  struct Side {
    const Snapshot* snapshot;
    Arc arc;
    const Type* type;
    Vertex here, there;
    bool is_begin;  ///< of the edge, where `here` is
    [[nodiscard]] bool is_dependent() const { return type->rule.from_depends == is_begin; }
  };
  /// A restriction.
  struct Restriction {
    Vertex policy, target, item;
    Vertex market;  ///< no_vertex: everywhere outside
  };
  /// An edge by which something is delivered.
  struct Delivery {
    Vertex item, supplier, customer;
    Arc arc;
    bool is_of_rows;
  };

  /// A group of alternatives: some may be lost before its owner loses anything.
  struct Alternatives {
    Vertex owner = no_vertex;
    std::uint16_t type = 0;
    std::string name;
    bool is_site = false;
    friend bool operator==(const Alternatives&, const Alternatives&) = default;
  };
  struct Hash {
    std::size_t operator()(const Alternatives& a) const {
      const std::uint64_t low = a.owner | (std::uint64_t{a.type} << 32U) | (std::uint64_t{a.is_site} << 48U);
      return std::hash<std::string>()(a.name) ^ std::hash<std::uint64_t>()(low * 0x9E3779B97F4A7C15U);
    }
  };

  template <class Visit>
  void for_each_side(Vertex v, const EdgeChoice& types, const Visit& visit) const;
  void find_deliveries();
  void follow(Vertex v, unsigned needs);
  void follow_side(const Side& side, unsigned needs);
  void follow_to_provider(const Side& side, unsigned needs);
  void follow_to_dependent(const Side& side, unsigned needs);
  void follow_delivery(const Side& side, unsigned needs);
  void follow_makers_of_variant(Vertex actor);
  void follow_deliveries_of(Vertex item, unsigned needs);
  void follow_restrictions();
  void follow_restriction(const Restriction& restriction);
  void add_dependents_of(Vertex thing);
  void add_family(Vertex thing);
  void add_lost_in(Vertex market, Vertex thing);
  [[nodiscard]] std::vector<Vertex> family_of(Vertex thing) const;
  [[nodiscard]] bool may_be_in(Vertex v, Vertex place) const;
  void add_lacking();
  void add_open_rests();
  [[nodiscard]] bool has_variants(Vertex v) const;
  [[nodiscard]] Alternatives alternatives_of(const Side& side) const;
  [[nodiscard]] std::int64_t spare_of(const Alternatives& group) const;
  /// Whether a group has less than all once one more of its members has.
  [[nodiscard]] bool has_less(const Side& side);
  /// Whether an edge may count on the day.
  [[nodiscard]] bool counts(const Side& side) const {
    return !base_ || (side.snapshot == &whole_.rows() ? *rows_ : *base_).has_edge(side.arc);
  }
  /// Whose requirement an edge is: of a delivery, the thing that is delivered.
  [[nodiscard]] Vertex owner_of(const Snapshot& snapshot, Arc e, const Type& type) const;
  [[nodiscard]] bool is_actor(Vertex v) const { return whole_.layer(v) != Layer::none; }
  [[nodiscard]] EdgeChoice choice(unsigned needs) const;
  void add_edges_between(DeltaArcs& arcs) const;

  const DeltaSnapshot& whole_;
  Aim aim_;
  std::size_t most_, count_ = 0;
  std::vector<Type> types_;
  std::vector<std::uint16_t> needs_;  ///< [numbers of nodes] Need
  std::vector<std::pair<Vertex, std::uint16_t>> queue_;
  std::vector<Delivery> deliveries_;  ///< by item
  std::vector<Restriction> restrictions_;
  std::optional<View> base_, rows_;  ///< on the day that is asked about; nothing: any day
  SpareAlternatives<Alternatives, Hash> spare_;
  bool has_deliveries_ = false, has_restrictions_ = false, restricts_actors_ = false;
  bool all_or_nothing_ = false, loses_place_ = false, has_open_rests_ = false;
  /// [edge types] which are looked at from a node at their begin, at their end; from one that a loss comes to
  EdgeChoice looked_at_, looked_at_in_loss_;
  std::unordered_set<Vertex> asked_for_dependents_;
};

template <class Visit>
void RuleNeighbourhood::for_each_side(Vertex v, const EdgeChoice& types, const Visit& visit) const {
  whole_.for_each_out(v, types.at_begin, [&](const Snapshot& snapshot, Arc e, std::uint16_t type, Vertex other) {
    visit(Side{&snapshot, e, &types_[type], v, other, true});
  });
  whole_.for_each_in(v, types.at_end, [&](const Snapshot& snapshot, Arc e, std::uint16_t type, Vertex other) {
    visit(Side{&snapshot, e, &types_[type], v, other, false});
  });
}

}  // namespace chokepoint::detail
