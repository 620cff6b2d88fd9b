// What generics pass down: their needs and steps to their variants, their suppliers to variants without any and to the
// unnamed variant. Groups are shared: a variant that has all of them as they are costs one entry each.
#include "analysis/requirements/requirement_builder.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chokepoint::detail {

/// Who makes the unnamed variants, in the layers that are read.
void RequirementBuilder::read_spare_suppliers() {
  plain_groups_.assign(needs_.groups().size(), no_group);
  for (const FlowEntry& entry : flows_.entries()) {
    const Vertex generic = entry.flow.item;
    if (entry.origin != FlowOrigin::unnamed || !is_read(generic)) continue;
    std::vector<RequirementMember> members;
    const auto is_spare = [&](Vertex supplier) { return containment_.suppliers().is_spare(generic, supplier); };
    collect_rows(generic);
    for (auto first = rows_.begin(); first != rows_.end();) {
      const auto last =
          std::find_if(first, rows_.end(), [&](const Row& row) { return row.group_key() != first->group_key(); });
      const bool is_maker = first->kind == GroupKind::maker && snapshot_->columns().node_released[generic] == 0;
      if (first->kind == GroupKind::supplier || is_maker) {
        suppliers_.clear();
        for (auto row = first; row != last; ++row) suppliers_.push_back({row->provider, row->arc});
        read_spare(layer_for(entry.flow), is_spare, members);
      }
      first = last;
    }
    std::erase_if(members, [&](const RequirementMember& member) { return member.is_minor || !is_spare(member.node); });
    for (RequirementMember& member : members) member = {member.node, member.arc, 0, 1, true, false, false};
    spare_[entry.flow] = std::move(members);
  }
}

/// Reads `suppliers_` in a layer that has some who are left, else places would stop for want of a thing. All rows are
/// read, since what a whole adds to its parts is the same whatever these make.
void RequirementBuilder::read_spare(Layer wanted, const std::function<bool(Vertex)>& is_spare,
                                    std::vector<RequirementMember>& members) {
  std::vector<SupplierRow> left;
  std::ranges::copy_if(suppliers_, std::back_inserter(left), is_spare, &SupplierRow::supplier);
  const SupplierReader::LayerChoice choice = reader_.layer_to_read(left, wanted);
  out_.notes_.depends_on_layer |= choice.has_both;
  if (choice.layer != Layer::none) reader_.read(suppliers_, choice.layer, members);
}

/// A choice among the members written last; the unnamed variant is one more where all is not what is needed.
void RequirementBuilder::finish_choice(RequirementGroup group, std::uint32_t stated, Vertex chooser,
                                       const Flow& unnamed) {
  set_needed(group, GroupRule::choice, stated, chooser);
  const auto spare = spare_.find(unnamed);
  if (spare == spare_.end() || spare->second.empty()) {
    finish_group(group);
    return;
  }
  const bool is_unsettled = this->is_unsettled(chooser);
  const std::size_t first = out_.member_offset_.back();
  const std::vector<RequirementMember> named(out_.members_.begin() + static_cast<std::ptrdiff_t>(first),
                                             out_.members_.end());
  RequirementGroup any = group;
  any.voters += 1;
  any.is_unsettled = is_unsettled;
  if (is_unsettled) any.k_all = 0;
  out_.members_.push_back({flow_number(unnamed), no_arc, 0, 1, true, false, false});
  finish_group(any);
  if (!is_unsettled) return;
  // Read as all, the named variants are needed and nothing else counts.
  out_.members_.insert(out_.members_.end(), named.begin(), named.end());
  group.k_any = 0;
  group.is_unsettled = true;
  finish_group(group);
}

void RequirementBuilder::add_passed_down(Vertex v) {
  if (containment_.kinship().generics_of(v).empty() || containment_.kinship().is_generic(v)) return;
  add_inherited(v, {v, false}, needs_.inherited_by(v), false);
  add_taken_over(v);
}

/// The groups of the suppliers of a generic, for variants without any; those of its designers last.
const std::vector<GroupIndex>& RequirementBuilder::lent_groups(Vertex generic) {
  const auto [place, is_new] = lent_.try_emplace(generic);
  if (!is_new) return place->second;
  collect_rows(generic);
  const std::vector<Row> rows = rows_;
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last =
        std::find_if(first, rows.end(), [&](const Row& row) { return row.group_key() != first->group_key(); });
    const bool is_maker = first->kind == GroupKind::maker && snapshot_->columns().node_released[generic] == 0;
    if (first->kind == GroupKind::supplier || is_maker) {
      const GroupIndex before = out_.group_count();
      add_supplier_group(generic, {first, last}, out_.options_.layer, true);
      if (out_.group_count() > before) place->second.push_back(before);
    }
    first = last;
  }
  return place->second;
}

/// The suppliers of generics for a variant of which none is recorded; its steps need those of the whole, too.
void RequirementBuilder::add_taken_over(Vertex v) {
  const std::vector<Vertex> lenders = containment_.suppliers().lenders(v);
  if (lenders.empty()) return;
  out_.notes_.taken_over.push_back(v);
  const bool is_released = snapshot_->columns().node_released[v] != 0;
  for (const Vertex generic : lenders) {
    for (const GroupIndex g : lent_groups(generic)) {
      if (out_.groups_[g].kind == GroupKind::maker && is_released) continue;
      uses_.emplace_back(v, g);
      if (out_.groups_[g].kind != GroupKind::supplier) continue;
      for (GroupIndex own = first_group_[v]; own < first_group_[v + 1]; ++own) {
        if (out_.groups_[own].kind != GroupKind::step) continue;
        for (const RequirementMember& step : out_.members(own)) {
          if (step.node != v && snapshot_->layer(step.node) == Layer::none) uses_.emplace_back(step.node, g);
        }
      }
    }
  }
}

/// Generics of which a recorded supplier is neither taken over nor left for an unnamed variant.
void RequirementBuilder::note_unread() {
  for (const Vertex generic : containment_.kinship().generics()) {
    if (snapshot_->layer(generic) != Layer::none || lent_.contains(generic) || !is_read(generic)) continue;
    std::vector<Vertex> spare;
    if (const auto found = spare_.find({generic, no_vertex, true}); found != spare_.end()) {
      std::ranges::transform(found->second, std::back_inserter(spare), &RequirementMember::node);
    }
    std::sort(spare.begin(), spare.end());
    bool is_unread = false;
    containment_.suppliers().for_each_own(generic, [&](Arc e, const EdgeRule& rule) {
      const Vertex supplier = provider_of(*snapshot_, rule, e);
      is_unread = is_unread || !std::binary_search(spare.begin(), spare.end(), supplier);
    });
    if (is_unread) out_.notes_.unread.push_back(generic);
  }
}

Vertex RequirementBuilder::drawn_from(const Holder& holder, Vertex item) {
  return holder.is_unnamed ? flows_.drawn_from_by_unnamed(holder.node, item, containment_)
                           : flows_.drawn_from(holder.node, item, containment_);
}

void RequirementBuilder::add_inherited(SystemNode node, const Holder& holder, const std::vector<InheritedGroup>& groups,
                                       bool needs_only) {
  for (const InheritedGroup& inherited : groups) {
    if (needs_only && needs_.groups()[inherited.group].kind != GroupKind::need) continue;
    uses_.emplace_back(node, shared_group(inherited, holder));
  }
}

GroupIndex RequirementBuilder::shared_group(const InheritedGroup& inherited, const Holder& holder) {
  const PassedGroup& passed = needs_.groups()[inherited.group];
  std::vector<Vertex> customers;  // of the rows that draw on a flow, by row
  if (passed.kind == GroupKind::need) {
    for (std::uint32_t r = passed.first; r < passed.last; ++r) {
      const Vertex customer = drawn_from(holder, needs_.rows()[r].item);
      if (customer == no_vertex) continue;
      customers.resize(passed.last - passed.first, no_vertex);
      customers[r - passed.first] = customer;
    }
  }
  if (inherited.dropped.empty() && customers.empty()) {
    GroupIndex& known = plain_groups_[inherited.group];
    if (known == no_group) known = make_shared_group(inherited, customers);
    return known;
  }
  std::vector<std::uint32_t> key{inherited.group, static_cast<std::uint32_t>(inherited.dropped.size())};
  key.insert(key.end(), inherited.dropped.begin(), inherited.dropped.end());
  key.insert(key.end(), customers.begin(), customers.end());
  const auto [place, is_new] = other_groups_.try_emplace(std::move(key), no_group);
  if (is_new) place->second = make_shared_group(inherited, customers);
  return place->second;
}

/// @param customers  whose flow each row draws on, `no_vertex` for the item itself; empty: all draw on the items
GroupIndex RequirementBuilder::make_shared_group(const InheritedGroup& inherited,
                                                 const std::vector<Vertex>& customers) {
  const PassedGroup& passed = needs_.groups()[inherited.group];
  for (std::uint32_t r = passed.first; r < passed.last; ++r) {
    if (std::binary_search(inherited.dropped.begin(), inherited.dropped.end(), r)) continue;
    const auto& [item, arc] = needs_.rows()[r];
    const Vertex customer = customers.empty() ? no_vertex : customers[r - passed.first];
    out_.members_.push_back(
        {customer == no_vertex ? item : flow_number({item, customer}), arc, 0, 1, true, false, false});
  }
  RequirementGroup group;
  group.owner = passed.generic;
  group.kind = passed.kind;
  group.edge_type = passed.edge_type;
  group.name = passed.name;
  group.is_passed_down = true;
  // Of alternatives those that are met count as done; of single needs they are none.
  const std::uint32_t done = passed.is_one_by_one ? 0 : static_cast<std::uint32_t>(inherited.dropped.size());
  set_needed(group, rules_[passed.edge_type].rule, passed.k - done, passed.generic);
  return finish_group(group);
}

/// The variant that a generic's other suppliers make, or what is delivered of it.
void RequirementBuilder::add_unnamed(const FlowEntry& entry, SystemNode node) {
  const std::vector<RequirementMember>& spare = spare_.at(entry.flow);
  if (spare.empty()) return;
  const std::size_t first = out_.members_.size();
  out_.members_.insert(out_.members_.end(), spare.begin(), spare.end());
  keep_distinct_members(first);
  RequirementGroup group;
  group.owner = node;
  group.kind = GroupKind::supplier;
  group.edge_type = snapshot_->columns().edge_type[out_.members_[first].arc];
  group.layer = layer_for(entry.flow);
  set_needed(group, GroupRule::any, 1, no_vertex);
  finish_group(group);
  add_inherited(node, {entry.flow.item, true}, needs_.inherited_below(entry.flow.item),
                entry.flow.customer != no_vertex);
}

}  // namespace chokepoint::detail
