#include "analysis/requirement_builder.hpp"

#include <algorithm>

namespace chokepoint::detail {

Layer RequirementBuilder::layer_for(const Flow& flow) const {
  const auto& first = out_.options_.actor_first;
  return std::binary_search(first.begin(), first.end(), flow) ? Layer::actor : out_.options_.layer;
}

void RequirementBuilder::add_flow(const FlowEntry& entry, SystemNode node) {
  if (entry.origin == FlowOrigin::choice) {
    add_choice(entry, node);
  } else {
    add_flow_rows(entry, node);
  }
  // A flow needs what its item needs, but not who provides the item elsewhere.
  for (GroupIndex g = first_group_[entry.flow.item]; g < first_group_[entry.flow.item + 1]; ++g) {
    const RequirementGroup& group = out_.groups_[g];
    if (group.kind == GroupKind::need && !group.is_unmet_only) uses_.emplace_back(node, g);
  }
}

void RequirementBuilder::add_flow_rows(const FlowEntry& entry, SystemNode node) {
  const SnapshotColumns& columns = snapshot_->columns();
  rows_.clear();
  const auto add = [&](Arc e, const EdgeRule& rule) {
    rows_.push_back(
        {GroupKind::supplier, false, columns.edge_type[e], columns.group[e], provider_of(*snapshot_, rule, e), e});
  };
  if (entry.origin == FlowOrigin::produced) {
    const auto add_kind = [&](GroupKind kind) {
      for_each_requirement(*view_, rules_, entry.flow.item, [&](Arc e) {
        const EdgeRule& rule = rules_[columns.edge_type[e]];
        if (!rule.is_flow && rule.kind == kind) add(e, rule);
      });
    };
    add_kind(GroupKind::supplier);
    if (rows_.empty() && columns.node_released[entry.flow.item] == 0) add_kind(GroupKind::maker);
  } else {
    const Vertex customer = entry.origin == FlowOrigin::copied ? entry.wider_customer : entry.flow.customer;
    for (const Arc e : flows_.arcs({entry.flow.item, customer})) add(e, rules_[columns.edge_type[e]]);
  }
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return std::tuple(a.group_key(), a.provider, a.arc) < std::tuple(b.group_key(), b.provider, b.arc);
  });
  const Layer layer = layer_for(entry.flow);
  for (auto begin = rows_.begin(); begin != rows_.end();) {
    const auto end =
        std::find_if(begin, rows_.end(), [&](const Row& row) { return row.group_key() != begin->group_key(); });
    add_supplier_group(node, {begin, end}, layer);
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
  set_needed(group, GroupRule::choice, 1, entry.flow.item);
  finish_group(group);
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
