#include "chokepoint/analysis/requirements.hpp"

#include "chokepoint/snapshot/part.hpp"
#include "analysis/requirements/delta_nodes.hpp"
#include "analysis/requirements/marked_part.hpp"
#include "analysis/requirements/relevant_nodes.hpp"
#include "analysis/requirements/requirement_builder.hpp"
#include "analysis/requirements/roles.hpp"
#include "analysis/requirements/ruled_part.hpp"
#include "support/csr.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

std::string_view to_string(GroupKind kind) {
  switch (kind) {
    case GroupKind::supplier: return "supplier";
    case GroupKind::maker: return "maker";
    case GroupKind::need: return "need";
    case GroupKind::variant: return "variant";
    case GroupKind::step: return "step";
    case GroupKind::seat: return "seat";
    case GroupKind::other: break;
  }
  return "other";
}

std::string to_string(const Snapshot& snapshot, const Subject& subject) {
  std::string text(subject.is_unnamed ? "(unnamed) " : "");
  text += snapshot.id(subject.node);
  if (subject.customer != no_vertex) {
    text += '@';
    text += snapshot.id(subject.customer);
  }
  return text;
}

SystemNode Requirements::find(const Subject& subject) const {
  if (subject.customer == no_vertex && !subject.is_unnamed) return subject.node;
  const Flow flow{subject.node, subject.customer, subject.is_unnamed};
  const auto place = std::lower_bound(flows_.begin(), flows_.end(), flow);
  if (place == flows_.end() || *place != flow) return no_vertex;
  return vertex_count_ + static_cast<SystemNode>(place - flows_.begin());
}

Requirements::FlowRange Requirements::flows_of(Vertex item) const {
  const auto first = std::lower_bound(flows_.begin(), flows_.end(), Flow{item, 0});
  const auto last = std::find_if(first, flows_.end(), [&](const Flow& flow) { return flow.item != item; });
  return {vertex_count_ + static_cast<SystemNode>(first - flows_.begin()),
          vertex_count_ + static_cast<SystemNode>(last - flows_.begin())};
}

Requirements build_requirements(const View& view, const RequirementOptions& options) {
  assert(options.layer != Layer::none);
  return detail::RequirementBuilder(view, options).build();
}

std::shared_ptr<const Snapshot> part_of_targets(const View& view, const std::vector<Vertex>& targets,
                                                const RecordCounts& counts) {
  const Snapshot& snapshot = view.snapshot();
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(snapshot.ontology());
  if (view.options().edge_mask) return nullptr;
  if (!detail::is_plain(snapshot, rules, counts)) {
    const auto whole = unchanged_if_large(view.shared_snapshot());
    return whole ? detail::ruled_part_of_targets(*whole, view, targets, counts) : nullptr;
  }
  RequirementOptions options;
  options.targets = targets;
  const auto relevant = detail::relevant_nodes(view, rules, nullptr, options, detail::most_of_a_part(counts));
  return relevant ? part_within(snapshot, detail::marked_nodes(*relevant)) : nullptr;
}

std::shared_ptr<const Snapshot> part_of_targets(const DeltaSnapshot& whole, const View& base,
                                                const std::vector<Vertex>& targets, const RecordCounts& counts) {
  const Snapshot& rows = whole.rows();
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(rows.ontology());
  if (base.options().edge_mask) return nullptr;
  if (!detail::is_plain(rows, rules, counts)) return detail::ruled_part_of_targets(whole, base, targets, counts);
  detail::DeltaNodes nodes(whole);
  for (const Vertex v : targets) nodes.add(v);
  for (Vertex row = 0; row < rows.vertex_count(); ++row)
    if (rows.layer(row) == Layer::place) nodes.add(whole.number_of_row(row));
  const auto search = [&](const std::vector<Vertex>& starts) {
    RequirementOptions options;
    options.targets = starts;
    return detail::relevant_nodes(base, rules, nullptr, options, detail::most_of_a_part(counts));
  };
  const auto lead_on = [&] {
    for (Arc e = 0; e < rows.edge_count(); ++e) {
      const detail::EdgeRule& rule = rules[rows.columns().edge_type[e]];
      const Vertex from = whole.number_of_row(rows.columns().from[e]), to = whole.number_of_row(rows.columns().to[e]);
      const Vertex dependent = rule.from_depends ? from : to, provider = rule.from_depends ? to : from;
      if (rule.is_hard && nodes.has(dependent)) nodes.add(provider);
      if (rows.role(e) == Role::part && nodes.has(from)) nodes.add(to);
    }
  };
  return nodes.gather(search, lead_on) ? whole.part(nodes.nodes(), false) : nullptr;
}

Layer default_layer(const Snapshot& snapshot, std::span<const Vertex> removed) {
  const auto has = [&](Layer layer) {
    return std::any_of(removed.begin(), removed.end(), [&](Vertex v) { return snapshot.layer(v) == layer; });
  };
  return has(Layer::place) && !has(Layer::actor) ? Layer::place : Layer::actor;
}

namespace detail {

/// A step also needs the suppliers of its whole.
void RequirementBuilder::share_with_steps() {
  const GroupIndex count = out_.group_count();
  for (GroupIndex g = 0; g < count; ++g) {
    const RequirementGroup& steps = out_.groups_[g];
    if (steps.kind != GroupKind::step) continue;
    for (GroupIndex h = first_group_[steps.owner]; h < first_group_[steps.owner + 1]; ++h) {
      if (out_.groups_[h].kind != GroupKind::supplier) continue;
      for (const RequirementMember& step : out_.members(g)) {
        if (step.node != steps.owner && snapshot_->layer(step.node) == Layer::none) uses_.emplace_back(step.node, h);
      }
    }
  }
}

void RequirementBuilder::index() {
  // What nodes own stands in their order; only what is handed on does not.
  if (!std::is_sorted(uses_.begin(), uses_.end())) std::sort(uses_.begin(), uses_.end());
  uses_.erase(std::unique(uses_.begin(), uses_.end()), uses_.end());
  const auto node_of = [](const auto& use) { return use.first; };
  const auto group_of = [](const auto& use) { return use.second; };
  out_.node_offset_ = csr_offsets(out_.node_count(), uses_, node_of);
  out_.dependent_offset_ = csr_offsets(out_.group_count(), uses_, group_of);
  out_.dependent_ = csr_values(out_.dependent_offset_, uses_, group_of, node_of);
  out_.node_group_.reserve(uses_.size());
  std::ranges::transform(uses_, std::back_inserter(out_.node_group_), group_of);

  const auto member_node = [](const RequirementMember& member) { return member.node; };
  const auto number_of = [this](const RequirementMember& member) {
    return static_cast<MemberIndex>(&member - out_.members_.data());
  };
  out_.user_offset_ = csr_offsets(out_.node_count(), out_.members_, member_node);
  out_.user_ = csr_values(out_.user_offset_, out_.members_, member_node, number_of);
}

}  // namespace detail

}  // namespace chokepoint
