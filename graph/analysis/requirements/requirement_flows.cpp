#include "analysis/requirements/requirement_builder.hpp"

#include <algorithm>

namespace chokepoint::detail {

Layer RequirementBuilder::layer_for(const Flow& flow) const {
  const auto& first = out_.options_.actor_first;
  return std::binary_search(first.begin(), first.end(), flow) ? Layer::actor : out_.options_.layer;
}

void RequirementBuilder::add_flow(const FlowEntry& entry, SystemNode node) {
  switch (entry.origin) {
    case FlowOrigin::unnamed: add_unnamed(entry, node); return;
    case FlowOrigin::choice: add_choice(entry, node); return;  // each variant has needs of its own
    case FlowOrigin::produced: add_produced(entry, node); break;
    case FlowOrigin::recorded:
    case FlowOrigin::copied: add_flow_rows(entry, node); break;
  }
  add_flow_needs(entry, node);
}

/// A flow needs what its item needs, but not who provides the item elsewhere. What is recorded of a generic keeps the
/// needs of the generic.
void RequirementBuilder::add_flow_needs(const FlowEntry& entry, SystemNode node) {
  const Vertex item = entry.flow.item;
  for (GroupIndex g = first_group_[item]; g < first_group_[item + 1]; ++g) {
    const RequirementGroup& group = out_.groups_[g];
    if (group.kind == GroupKind::need && !group.is_unmet_only) uses_.emplace_back(node, g);
  }
  std::vector<InheritedGroup> own;
  const auto [first, last] = needs_.own_groups(item);
  for (std::uint32_t g = first; g < last; ++g) own.push_back({g, {}});
  add_inherited(node, {item, false}, own, true);
  add_inherited(node, {item, false}, needs_.inherited_by(item), true);
}

void RequirementBuilder::add_flow_rows(const FlowEntry& entry, SystemNode node) {
  const SnapshotColumns& columns = snapshot_->columns();
  const Vertex customer = entry.origin == FlowOrigin::copied ? entry.wider_customer : entry.flow.customer;
  rows_.clear();
  for (const Arc e : flows_.arcs({entry.flow.item, customer})) {
    const EdgeRule& rule = rules_[columns.edge_type[e]];
    rows_.push_back(
        {GroupKind::supplier, false, columns.edge_type[e], columns.group[e], provider_of(*snapshot_, rule, e), e});
  }
  add_supplier_groups(node, layer_for(entry.flow));
}

/// The suppliers of the item, failing these its designers; those of its generics where it takes them over.
void RequirementBuilder::add_produced(const FlowEntry& entry, SystemNode node) {
  const SnapshotColumns& columns = snapshot_->columns();
  const Vertex item = entry.flow.item;
  std::vector<Vertex> sources = containment_.suppliers().lenders(item);
  if (sources.empty()) sources.push_back(item);
  for (const Vertex source : sources) {
    rows_.clear();
    const auto add_kind = [&](GroupKind kind) {
      for_each_requirement(*view_, rules_, source, [&](Arc e) {
        const EdgeRule& rule = rules_[columns.edge_type[e]];
        if (rule.is_flow || rule.kind != kind) return;
        rows_.push_back(
            {GroupKind::supplier, false, columns.edge_type[e], columns.group[e], provider_of(*snapshot_, rule, e), e});
      });
    };
    add_kind(GroupKind::supplier);
    const bool is_released = columns.node_released[item] != 0 || columns.node_released[source] != 0;
    if (rows_.empty() && !is_released) add_kind(GroupKind::maker);
    add_supplier_groups(node, layer_for(entry.flow));
  }
}

/// One group for each edge type and group name of the rows at hand.
void RequirementBuilder::add_supplier_groups(SystemNode owner, Layer layer) {
  sort_rows();
  for (auto begin = rows_.begin(); begin != rows_.end();) {
    const auto end =
        std::find_if(begin, rows_.end(), [&](const Row& row) { return row.group_key() != begin->group_key(); });
    add_supplier_group(owner, {begin, end}, layer);
    begin = end;
  }
}

/// A variant that answers a policy is a choice up to its performance, not a whole one.
void RequirementBuilder::scale(const Flow& flow, Vertex thing, RequirementMember& member) const {
  for (const Refill& scaled : out_.options_.scaled) {
    if (scaled.flow != flow || scaled.by != thing) continue;
    member.is_scaled = true;
    member.share_low = scaled.low;
    member.share_high = scaled.high;
  }
}

void RequirementBuilder::add_choice(const FlowEntry& entry, SystemNode node) {
  RequirementGroup group;
  group.owner = node;
  group.kind = GroupKind::variant;
  const std::size_t first = out_.members_.size();
  for (const Subject& chosen : flows_.choice_members(entry, containment_)) {
    RequirementMember member;
    member.node = chosen.customer == no_vertex ? chosen.node : flow_number({chosen.node, chosen.customer});
    member.is_unknown = true;
    member.share_high = 1;
    scale(entry.flow, chosen.node, member);
    out_.members_.push_back(member);
  }
  for_each_requirement(*view_, rules_, entry.flow.item, [&](Arc e) {
    const EdgeRule& rule = rules_[snapshot_->columns().edge_type[e]];
    if (rule.kind != GroupKind::variant) return;
    group.edge_type = snapshot_->columns().edge_type[e];
    for (std::size_t i = first; i < out_.members_.size(); ++i) {
      RequirementMember& member = out_.members_[i];
      const Vertex variant = member.node < out_.vertex_count_ ? member.node : out_.flow(member.node).item;
      if (variant == provider_of(*snapshot_, rule, e)) member.arc = std::min(member.arc, e);
    }
  });
  Flow unnamed = entry.flow;
  unnamed.is_unnamed = true;
  finish_choice(group, 1, entry.flow.item, unnamed);
}

void RequirementBuilder::add_refills(const Flow& flow) {
  for (const Refill& refill : out_.options_.refills) {
    if (refill.flow != flow) continue;
    const Vertex customer = flows_.drawn_from(flow.customer, refill.by, containment_);
    RequirementMember member;
    member.node = customer == no_vertex ? refill.by : flow_number({refill.by, customer});
    member.arc = refill.arc;
    member.share_low = refill.low;
    member.share_high = refill.high;
    member.is_refill = true;
    out_.members_.push_back(member);
  }
}

}  // namespace chokepoint::detail
