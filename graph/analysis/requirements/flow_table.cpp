#include "analysis/requirements/flow_table.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <tuple>

namespace chokepoint::detail {

FlowTable::FlowTable(const View& view, const std::vector<EdgeRule>& rules, Containment& containment,
                     std::span<const Flow> derive)
    : view_(&view), rules_(&rules) {
  add_recorded();
  add_choices();
  add_derived(derive, containment);
  add_unnamed(containment);
}

void FlowTable::sort() {
  std::sort(entries_.begin(), entries_.end(), [](const FlowEntry& a, const FlowEntry& b) { return a.flow < b.flow; });
  entries_.erase(std::unique(entries_.begin(), entries_.end(),
                             [](const FlowEntry& a, const FlowEntry& b) { return a.flow == b.flow; }),
                 entries_.end());
}

const FlowEntry* FlowTable::find(const Flow& flow) const {
  const auto place = std::lower_bound(entries_.begin(), entries_.end(), flow,
                                      [](const FlowEntry& entry, const Flow& key) { return entry.flow < key; });
  return place == entries_.end() || place->flow != flow ? nullptr : &*place;
}

bool FlowTable::has_item(Vertex item) const {
  const auto place = std::lower_bound(entries_.begin(), entries_.end(), item,
                                      [](const FlowEntry& entry, Vertex key) { return entry.flow.item < key; });
  return place != entries_.end() && place->flow.item == item && !place->flow.is_unnamed;
}

Flow FlowTable::flow_of(Arc e) const {
  const SnapshotColumns& columns = view_->snapshot().columns();
  return {columns.item[e], dependent_of(view_->snapshot(), (*rules_)[columns.edge_type[e]], e)};
}

void FlowTable::add_recorded() {
  const SnapshotColumns& columns = view_->snapshot().columns();
  for (Arc e = 0; e < view_->snapshot().edge_count(); ++e) {
    const EdgeRule& rule = (*rules_)[columns.edge_type[e]];
    // Without an item nobody can say what is not delivered: such an edge is soft.
    if (!rule.is_flow || !rule.is_hard || columns.item[e] == no_vertex) continue;
    if (view_->has_edge(e) && view_->has_node(columns.item[e])) arcs_.push_back(e);
  }
  std::sort(arcs_.begin(), arcs_.end(), [&](Arc a, Arc b) {
    return std::tuple(flow_of(a), columns.edge_type[a], columns.group[a], a) <
           std::tuple(flow_of(b), columns.edge_type[b], columns.group[b], b);
  });
  for (const Arc e : arcs_) entries_.push_back({flow_of(e), FlowOrigin::recorded, false, no_vertex});
  sort();
}

std::span<const Arc> FlowTable::arcs(const Flow& flow) const {
  const auto first = std::partition_point(arcs_.begin(), arcs_.end(), [&](Arc e) { return flow_of(e) < flow; });
  const auto last = std::partition_point(first, arcs_.end(), [&](Arc e) { return flow_of(e) == flow; });
  return {first, last};
}

void FlowTable::add_choices() {
  std::vector<FlowEntry> choices;
  for (std::size_t first = 0; first < entries_.size();) {
    const Vertex item = entries_[first].flow.item;
    const std::vector<Vertex> above = generic_closure(*view_, *rules_, {item});
    std::size_t last = first;
    for (; last < entries_.size() && entries_[last].flow.item == item; ++last) {
      for (const Vertex generic : above) {
        const Flow flow{generic, entries_[last].flow.customer};
        if (find(flow) == nullptr) choices.push_back({flow, FlowOrigin::choice, false, no_vertex});
      }
    }
    first = last;
  }
  entries_.insert(entries_.end(), choices.begin(), choices.end());
  sort();
}

const FlowEntry* FlowTable::recorded_at_or_above(Vertex item, Vertex customer, Containment& containment) const {
  if (!has_item(item)) return nullptr;
  for (const Container& container : containment.of(customer)) {
    const FlowEntry* entry = find({item, container.node});
    if (entry != nullptr && !entry->is_derived) return entry;
  }
  return nullptr;
}

std::vector<Vertex> FlowTable::variants(Vertex item) const {
  std::vector<Vertex> found;
  variants_of(*view_, *rules_, item, found);
  sort_unique(found);
  return found;
}

FlowEntry FlowTable::derived_entry(const Flow& flow, Containment& containment) const {
  const FlowEntry* wider = recorded_at_or_above(flow.item, flow.customer, containment);
  if (wider != nullptr && wider->origin == FlowOrigin::recorded) {
    return {flow, FlowOrigin::copied, true, wider->flow.customer};
  }
  if (wider != nullptr || !variants(flow.item).empty()) return {flow, FlowOrigin::choice, true, no_vertex};
  return {flow, FlowOrigin::produced, true, no_vertex};
}

void FlowTable::add_derived(std::span<const Flow> derive, Containment& containment) {
  std::vector<FlowEntry> derived;
  for (const Flow& flow : derive) {
    if (find(flow) == nullptr) derived.push_back(derived_entry(flow, containment));
  }
  entries_.insert(entries_.end(), derived.begin(), derived.end());
  sort();
}

/// Every generic with suppliers that are left for it has an unnamed variant; what is delivered of that is a part of
/// what is derived of the generic.
void FlowTable::add_unnamed(Containment& containment) {
  std::vector<FlowEntry> unnamed;
  for (const Vertex generic : containment.suppliers().with_unnamed()) {
    unnamed.push_back({{generic, no_vertex, true}, FlowOrigin::unnamed, true, no_vertex});
    auto entry = std::lower_bound(entries_.begin(), entries_.end(), generic,
                                  [](const FlowEntry& each, Vertex item) { return each.flow.item < item; });
    for (; entry != entries_.end() && entry->flow.item == generic; ++entry) {
      if (!is_whole_choice(*entry, containment)) continue;
      unnamed.push_back({{generic, entry->flow.customer, true}, FlowOrigin::unnamed, true, no_vertex});
    }
  }
  if (unnamed.empty()) return;
  entries_.insert(entries_.end(), unnamed.begin(), unnamed.end());
  sort();
}

Vertex FlowTable::first_customer(const std::vector<Container>& containers, Vertex item) const {
  for (const Container& container : containers) {
    if (find({item, container.node}) != nullptr) return container.node;
  }
  return no_vertex;
}

Vertex FlowTable::drawn_from(Vertex dependent, Vertex item, Containment& containment) const {
  return has_item(item) ? first_customer(containment.of(dependent), item) : no_vertex;
}

Vertex FlowTable::drawn_from_by_unnamed(Vertex generic, Vertex item, Containment& containment) const {
  return has_item(item) ? first_customer(containment.of_unnamed(generic), item) : no_vertex;
}

/// The recorded flows that a choice is made from; none where it is a choice among all variants.
std::vector<Subject> FlowTable::recorded_choices(const FlowEntry& entry, Containment& containment) const {
  const Vertex customer = entry.flow.customer;
  std::vector<Subject> members;
  // Only flows that data records make a choice narrower; what enforcement derived replaces the variant it came from.
  for (const Vertex variant : variants(entry.flow.item)) {
    const FlowEntry* own = find({variant, customer});
    if (own != nullptr && !own->is_derived) members.push_back({variant, customer});
    if (own != nullptr && !own->is_derived) continue;
    if (!entry.is_derived) continue;
    const FlowEntry* wider = recorded_at_or_above(variant, customer, containment);
    if (wider != nullptr) members.push_back({variant, own != nullptr ? customer : wider->flow.customer});
  }
  return members;
}

bool FlowTable::is_whole_choice(const FlowEntry& entry, Containment& containment) const {
  return entry.origin == FlowOrigin::choice && recorded_choices(entry, containment).empty();
}

std::vector<Subject> FlowTable::choice_members(const FlowEntry& entry, Containment& containment) const {
  std::vector<Subject> members = recorded_choices(entry, containment);
  if (!members.empty()) return members;
  const Vertex customer = entry.flow.customer;
  for (const Vertex variant : variants(entry.flow.item)) {
    members.push_back({variant, find({variant, customer}) != nullptr ? customer : no_vertex});
  }
  return members;
}

FlowTable::Among FlowTable::is_among(const Flow& choice, Vertex thing, Containment& containment) const {
  const FlowEntry* entry = find(choice);
  if (entry == nullptr || entry->origin != FlowOrigin::choice) return Among::no;
  const std::vector<Subject> members = choice_members(*entry, containment);
  for (const Subject& member : members) {
    if (member.node == thing) return Among::member;
  }
  for (const Subject& member : members) {
    const std::vector<Vertex> below = variant_closure(*view_, *rules_, member.node);
    if (std::binary_search(below.begin(), below.end(), thing)) return Among::behind;
  }
  return Among::no;
}

}  // namespace chokepoint::detail
