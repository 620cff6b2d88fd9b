#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "analysis/requirements/containment.hpp"
#include "analysis/requirements/roles.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Where the suppliers of a flow come from.
enum class FlowOrigin : std::uint8_t {
  recorded,  ///< edges of the flow itself
  choice,    ///< the variants choice over flows of variants
  copied,    ///< derived from the edges of a wider recorded flow of the item
  produced,  ///< derived from whoever provides the item; failing these, from whoever designed it
  unnamed,   ///< those suppliers of a generic who supply no recorded variant
};

struct FlowEntry {
  Flow flow;
  FlowOrigin origin = FlowOrigin::recorded;
  bool is_derived = false;            ///< enforcement asked for it; data does not record it
  Vertex wider_customer = no_vertex;  ///< copied: whose flow the edges are
};

/// Every flow of a requirement system, sorted: recorded ones, generics of which only flows of variants are recorded,
/// those that enforcement asks to derive, and unnamed variants.
class FlowTable {
 public:
  /// @note O(m + flows · generics above their items + derived · containers of their customers)
  FlowTable(const View& view, const std::vector<EdgeRule>& rules, Containment& containment,
            std::span<const Flow> derive);

  [[nodiscard]] const std::vector<FlowEntry>& entries() const { return entries_; }
  [[nodiscard]] const FlowEntry* find(const Flow& flow) const;
  /// The recorded edges of a flow, by (type, group name, arc).
  [[nodiscard]] std::span<const Arc> arcs(const Flow& flow) const;
  /// The customer whose flow of `item` a node draws on: the narrowest container of `dependent` that has one;
  /// `no_vertex` when it draws on the item itself.
  [[nodiscard]] Vertex drawn_from(Vertex dependent, Vertex item, Containment& containment) const;
  [[nodiscard]] Vertex drawn_from_by_unnamed(Vertex generic, Vertex item, Containment& containment) const;
  /// Whether anybody is delivered the item.
  [[nodiscard]] bool has_item(Vertex item) const;
  /// Whether `thing` is, or stands behind, one of the variants of a choice.
  enum class Among : std::uint8_t { no, member, behind };
  [[nodiscard]] Among is_among(const Flow& choice, Vertex thing, Containment& containment) const;
  /// The members of a choice: variants with the customer of their flow, `no_vertex` for the variant itself. Sorted.
  /// The unnamed variant is none of them.
  [[nodiscard]] std::vector<Subject> choice_members(const FlowEntry& entry, Containment& containment) const;

 private:
  void add_recorded();
  void add_choices();
  void add_derived(std::span<const Flow> derive, Containment& containment);
  void add_unnamed(Containment& containment);
  [[nodiscard]] std::vector<Subject> recorded_choices(const FlowEntry& entry, Containment& containment) const;
  [[nodiscard]] bool is_whole_choice(const FlowEntry& entry, Containment& containment) const;
  [[nodiscard]] Vertex first_customer(const std::vector<Container>& containers, Vertex item) const;
  [[nodiscard]] FlowEntry derived_entry(const Flow& flow, Containment& containment) const;
  /// The narrowest customer, at or above `customer`, of a flow of `item` that data records; nullptr for none.
  [[nodiscard]] const FlowEntry* recorded_at_or_above(Vertex item, Vertex customer, Containment& containment) const;
  [[nodiscard]] std::vector<Vertex> variants(Vertex item) const;
  [[nodiscard]] Flow flow_of(Arc e) const;
  void sort();

  const View* view_;
  const std::vector<EdgeRule>* rules_;
  std::vector<Arc> arcs_;  ///< flow edges by (item, customer, type, group name, arc)
  std::vector<FlowEntry> entries_;
};

}  // namespace chokepoint::detail
