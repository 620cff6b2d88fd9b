#include "analysis/requirements/requirement_builder.hpp"

#include "analysis/requirements/affected_nodes.hpp"
#include "analysis/requirements/marked_part.hpp"
#include "analysis/requirements/relevant_nodes.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Node types that some edge type of a supplying role may point at: of these one can say that nobody is recorded.
std::vector<std::uint8_t> types_with_suppliers(const Ontology& ontology, const std::vector<EdgeRule>& rules) {
  std::vector<std::uint8_t> can(ontology.node_types().size(), 0);
  for (std::size_t t = 0; t < rules.size(); ++t) {
    if (!rules[t].is_hard || rules[t].is_flow || rules[t].kind != GroupKind::supplier) continue;
    const EdgeType& type = ontology.edge_types()[t];
    for (const std::string& id : rules[t].from_depends ? type.from : type.to) {
      if (const auto number = ontology.node_type(id)) can[*number] = 1;
    }
  }
  return can;
}

}  // namespace

RequirementBuilder::RequirementBuilder(const View& view, const RequirementOptions& options)
    : view_(&view),
      snapshot_(&view.snapshot()),
      rules_(edge_rules(snapshot_->ontology())),
      containment_(view, rules_, options.keep_minor),
      flows_(view, rules_, containment_, options.derive),
      reader_(view, options.keep_minor),
      needs_(view, rules_, containment_.kinship()),
      can_be_supplied_(types_with_suppliers(snapshot_->ontology(), rules_)) {
  out_.snapshot_ = view.shared_snapshot();
  out_.options_ = options;
  out_.vertex_count_ = snapshot_->vertex_count();
  out_.has_parts_ = !options.refills.empty() || !options.scaled.empty();
  std::sort(out_.options_.actor_first.begin(), out_.options_.actor_first.end());
  for (const FlowEntry& entry : flows_.entries()) out_.flows_.push_back(entry.flow);
  choose_relevant();
}

void RequirementBuilder::choose_relevant() {
  const RequirementOptions& options = out_.options_;
  relevant_ = options.only;
  if (!options.targets.empty())
    relevant_ = *relevant_nodes(*view_, rules_, &flows_, options, snapshot_->vertex_count());
  if (!options.affected_by) return;
  auto affected = affected_nodes(*view_, rules_, !containment_.kinship().generics().empty(), options,
                                 most_of_a_part(snapshot_->vertex_count()));
  if (!affected) {
    relevant_.clear();
    return;
  }
  for (std::size_t v = 0; v < relevant_.size(); ++v) (*affected)[v] |= relevant_[v];
  relevant_ = std::move(*affected);
}

Requirements RequirementBuilder::build() && {
  const Vertex n = out_.vertex_count_;
  reserve_members();
  read_spare_suppliers();
  first_group_.reserve(std::size_t{n} + 1);
  for (Vertex v = 0; v < n; ++v) {
    first_group_.push_back(out_.group_count());
    if (view_->has_node(v) && is_read(v)) add_node(v);
  }
  first_group_.push_back(out_.group_count());
  if (!containment_.kinship().generics().empty()) {
    for (Vertex v = 0; v < n; ++v) {
      if (view_->has_node(v) && is_read(v)) add_passed_down(v);
    }
    note_unread();
  }
  for (std::size_t i = 0; i < flows_.entries().size(); ++i) {
    if (is_read(flows_.entries()[i].flow.item)) add_flow(flows_.entries()[i], n + static_cast<SystemNode>(i));
  }
  share_with_steps();
  index();
  return std::move(out_);
}

/// Room for as many members as there may be, so that lists of millions are not moved while they grow. Untouched memory
/// costs nothing.
void RequirementBuilder::reserve_members() {
  std::size_t members = 0;
  if (relevant_.empty()) {
    std::vector<std::size_t> count(rules_.size(), 0);
    for (Arc e = 0; e < snapshot_->edge_count(); ++e) ++count[snapshot_->columns().edge_type[e]];
    for (std::size_t type = 0; type < rules_.size(); ++type) members += rules_[type].is_hard ? count[type] : 0;
  } else {
    for (Vertex v = 0; v < snapshot_->vertex_count(); ++v) {
      if (relevant_[v] == 0) continue;
      const auto [first, last] = snapshot_->out_edges(v);
      members += std::size_t{last} - first + snapshot_->in_edges(v).size();
    }
    members = std::min(members, std::size_t{snapshot_->edge_count()});
  }
  out_.members_.reserve(members);
  out_.member_group_.reserve(members);
  out_.groups_.reserve(members);
  out_.member_offset_.reserve(members + 1);
  uses_.reserve(members);
}

void RequirementBuilder::collect_rows(Vertex v) {
  const SnapshotColumns& columns = snapshot_->columns();
  rows_.clear();
  has_variants_ = false;
  for_each_requirement(*view_, rules_, v, [&](Arc e) {
    const EdgeRule& rule = rules_[columns.edge_type[e]];
    if (rule.is_flow) return;
    has_variants_ |= rule.kind == GroupKind::variant;
    const bool is_site = rule.kind == GroupKind::seat && columns.mode[e] != 0;
    rows_.push_back({rule.kind, is_site, columns.edge_type[e], columns.group[e], provider_of(*snapshot_, rule, e), e});
  });
  sort_rows();
}

void RequirementBuilder::sort_rows() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return std::tuple(a.group_key(), a.provider, a.arc) < std::tuple(b.group_key(), b.provider, b.arc);
  });
}

bool RequirementBuilder::enters(Vertex v, GroupKind kind) const {
  const bool is_passed = kind == GroupKind::need || kind == GroupKind::step;
  // A generic hands what it needs to its variants. Its suppliers are read for those of them that have none.
  if (has_variants_ && is_passed && snapshot_->layer(v) != Layer::place) return false;
  switch (snapshot_->layer(v)) {
    // Places fail only when removed, and with the place they have their seat in.
    case Layer::place: return kind == GroupKind::seat || kind == GroupKind::need || kind == GroupKind::other;
    // Actors do not stop for want of a supply unless they require it.
    case Layer::actor: return !is_provision(kind);
    case Layer::none: break;
  }
  if (has_variants_ && is_provision(kind)) return false;
  return kind != GroupKind::maker || snapshot_->columns().node_released[v] == 0;
}

void RequirementBuilder::add_node(Vertex v) {
  collect_rows(v);
  const GroupIndex old_count = out_.group_count();
  for (auto first = rows_.begin(); first != rows_.end();) {
    const auto last =
        std::find_if(first, rows_.end(), [&](const Row& row) { return row.group_key() != first->group_key(); });
    if (enters(v, first->kind)) add_group_of(v, {first, last});
    first = last;
  }
  if (has_variants_ || can_be_supplied_[snapshot_->columns().node_type[v]] == 0) return;
  for (GroupIndex g = old_count; g < out_.group_count(); ++g) {
    if (is_provision(out_.groups_[g].kind)) return;
  }
  if (!containment_.suppliers().lenders(v).empty()) return;
  out_.notes_.without_supplier.push_back(v);
}

void RequirementBuilder::add_group_of(Vertex v, std::span<const Row> rows) {
  if (is_provision(rows.front().kind)) {
    add_supplier_group(v, rows, out_.options_.layer);
  } else {
    add_plain_group(v, rows);
  }
}

std::uint32_t RequirementBuilder::stated_k(std::span<const Row> rows) const {
  std::uint32_t k = 1;
  for (const Row& row : rows) k = std::max(k, snapshot_->columns().k[row.arc]);
  return k;
}

bool RequirementBuilder::is_unsettled(Vertex v) const {
  return static_cast<Variants>(snapshot_->columns().node_variants[v]) == Variants::unsettled;
}

/// @param stated  k as the edges state it, at least 1
/// @param chooser  the generic thing whose variants a choice is among
void RequirementBuilder::set_needed(RequirementGroup& group, GroupRule rule, std::uint32_t stated,
                                    Vertex chooser) const {
  const auto members = std::span(out_.members_).subspan(out_.member_offset_.back());
  const auto voters = std::count_if(members.begin(), members.end(),
                                    [](const RequirementMember& m) { return !m.is_minor && !m.is_refill; });
  group.voters = static_cast<std::uint32_t>(voters) + (group.has_rest ? 1U : 0U);
  const bool wants_all = rule == GroupRule::all && group.name == 0;
  group.k_any = wants_all ? group.voters : stated;
  group.k_all = group.k_any;
  if (rule != GroupRule::choice) return;
  const auto reading = static_cast<Variants>(snapshot_->columns().node_variants[chooser]);
  // A choice without voters still needs one.
  const std::uint32_t all = std::max(group.voters, 1U);
  if (reading == Variants::all) group.k_any = all;
  if (reading != Variants::any) group.k_all = all;
  group.is_unsettled = reading == Variants::unsettled && group.k_any != group.k_all;
}

/// One vote a member: rows of one node in a group that asks for several must not count twice.
void RequirementBuilder::keep_distinct_members(std::size_t first) {
  auto& members = out_.members_;
  const auto begin = members.begin() + static_cast<std::ptrdiff_t>(first);
  // Rows come by their providers; flows that needs draw on have numbers of their own.
  if (!std::ranges::is_sorted(begin, members.end(), {}, &RequirementMember::node))
    std::ranges::stable_sort(begin, members.end(), {}, &RequirementMember::node);
  members.erase(std::unique(begin, members.end(),
                            [](const RequirementMember& a, const RequirementMember& b) { return a.node == b.node; }),
                members.end());
}

/// Of several rows of one node the first has its vote; the shares of all count. Rows come by their nodes.
void RequirementBuilder::keep_one_vote_each(std::size_t first) {
  auto& members = out_.members_;
  for (std::size_t i = first + 1; i < members.size(); ++i)
    if (members[i].node == members[i - 1].node) members[i].is_minor = true;
}

void RequirementBuilder::add_supplier_group(SystemNode owner, std::span<const Row> rows, Layer layer,
                                            bool is_passed_down) {
  suppliers_.clear();
  for (const Row& row : rows) suppliers_.push_back({row.provider, row.arc});
  const std::size_t first = out_.members_.size();
  const SupplierReading reading = reader_.read(suppliers_, layer, out_.members_);
  out_.notes_.depends_on_layer |= reading.has_both_layers;
  if (reading.layer == Layer::none) return;
  const GroupRule rule = rules_[rows.front().edge_type].rule;
  const std::uint32_t stated = stated_k(rows);
  RequirementGroup group;
  group.owner = owner;
  group.is_passed_down = is_passed_down;
  group.kind = rows.front().kind;
  group.edge_type = rows.front().edge_type;
  group.name = rows.front().name;
  group.layer = reading.layer;
  group.weighs_shares =
      group.kind == GroupKind::supplier && rule == GroupRule::any && (stated == 1 || reading.states_shares);
  if (group.kind == GroupKind::supplier) {
    group.has_rest = reading.has_rest;
    group.has_unknown_shares = reading.has_unknown_shares;
    group.has_ranges = reading.has_ranges;
    group.is_rescaled = reading.is_rescaled;
    group.parts_exceed = reading.parts_exceed;
    group.open_share = reading.open_share;
  }
  if (!group.weighs_shares) keep_distinct_members(first);
  if (group.weighs_shares && stated > 1) keep_one_vote_each(first);
  set_needed(group, rule, stated, no_vertex);
  finish_group(group);
}

void RequirementBuilder::add_plain_group(Vertex v, std::span<const Row> rows) {
  const Row& row = rows.front();
  const std::size_t first = out_.members_.size();
  for (const Row& each : rows) {
    RequirementMember member;
    member.node = each.provider;
    member.arc = each.arc;
    member.is_unknown = true;
    member.share_high = 1;
    if (row.kind == GroupKind::need) {
      const Vertex customer = flows_.drawn_from(v, each.provider, containment_);
      if (customer != no_vertex) member.node = flow_number({each.provider, customer});
    }
    out_.members_.push_back(member);
  }
  keep_distinct_members(first);
  RequirementGroup group;
  group.owner = v;
  group.kind = row.kind;
  group.edge_type = row.edge_type;
  group.name = row.name;
  group.is_unmet_only = snapshot_->layer(v) == Layer::place && row.kind != GroupKind::seat;
  if (rules_[row.edge_type].rule == GroupRule::choice) {
    finish_choice(group, stated_k(rows), v, {v, no_vertex, true});
    return;
  }
  set_needed(group, row.is_site ? GroupRule::any : rules_[row.edge_type].rule, stated_k(rows), v);
  finish_group(group);
}

/// @return the number of the group
GroupIndex RequirementBuilder::finish_group(RequirementGroup group) {
  const GroupIndex g = out_.group_count();
  if (out_.is_flow(group.owner)) add_refills(out_.flow(group.owner));
  if (group.k_any > group.voters) out_.notes_.short_groups.push_back(g);
  if (group.is_rescaled) out_.notes_.rescaled_groups.push_back(g);
  out_.has_parts_ |= group.weighs_shares || group.has_rest;
  if (group.is_unmet_only) {
    out_.unmet_groups_.push_back(g);
  } else if (!group.is_passed_down) {
    uses_.emplace_back(group.owner, g);
  }
  out_.member_group_.resize(out_.members_.size(), g);
  out_.member_offset_.push_back(static_cast<std::uint32_t>(out_.members_.size()));
  out_.groups_.push_back(group);
  return g;
}

SystemNode RequirementBuilder::flow_number(const Flow& flow) const {
  return out_.vertex_count_ + static_cast<SystemNode>(flows_.find(flow) - flows_.entries().data());
}

}  // namespace chokepoint::detail
