#include "chokepoint/analysis/requirements.hpp"

#include "chokepoint/snapshot/delta_snapshot.hpp"
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
#include <functional>

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

Subject relied_on(const View& view, Vertex item, Vertex customer) {
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(view.snapshot().ontology());
  detail::Containment containment(view, rules, false);
  const detail::FlowTable flows(view, rules, containment, {});
  return {item, flows.drawn_from(customer, item, containment)};
}

namespace {

bool has_edge_mask(std::span<const View> views) {
  return std::ranges::any_of(views, [](const View& view) { return view.options().edge_mask.has_value(); });
}

/// Marks [vertices] what the targets rest on in any of the views; nothing where that is too much.
std::optional<std::vector<std::uint8_t>> relevant_in_any(std::span<const View> views,
                                                         const std::vector<detail::EdgeRule>& rules,
                                                         const std::vector<Vertex>& targets,
                                                         const RecordCounts& counts) {
  RequirementOptions options;
  options.targets = targets;
  std::optional<std::vector<std::uint8_t>> all;
  for (const View& view : views) {
    auto relevant = detail::relevant_nodes(view, rules, nullptr, options, detail::most_of_a_part(counts));
    if (!relevant) return std::nullopt;
    if (all) std::ranges::transform(*relevant, *all, relevant->begin(), std::bit_or());
    all = std::move(relevant);
  }
  return all;
}

}  // namespace

std::shared_ptr<const Snapshot> part_of_targets(std::span<const View> views, const std::vector<Vertex>& targets,
                                                const RecordCounts& counts) {
  const Snapshot& snapshot = views.front().snapshot();
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(snapshot.ontology());
  if (has_edge_mask(views)) return nullptr;
  if (!detail::is_plain(snapshot, rules, counts)) {
    const auto whole = unchanged_if_large(views.front().shared_snapshot());
    return whole ? detail::ruled_part_of_targets(*whole, views, targets, counts) : nullptr;
  }
  const auto relevant = relevant_in_any(views, rules, targets, counts);
  return relevant ? part_within(snapshot, detail::marked_nodes(*relevant)) : nullptr;
}

std::shared_ptr<const Snapshot> part_of_targets(const DeltaSnapshot& whole, std::span<const View> bases,
                                                const std::vector<Vertex>& targets, const RecordCounts& counts) {
  const Snapshot& rows = whole.rows();
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(rows.ontology());
  if (has_edge_mask(bases)) return nullptr;
  if (!detail::is_plain(rows, rules, counts)) return detail::ruled_part_of_targets(whole, bases, targets, counts);
  detail::DeltaNodes nodes(whole);
  for (const Vertex v : targets) nodes.add(v);
  for (Vertex row = 0; row < rows.vertex_count(); ++row)
    if (rows.layer(row) == Layer::place) nodes.add(whole.number_of_row(row));
  const auto search = [&](const std::vector<Vertex>& starts) { return relevant_in_any(bases, rules, starts, counts); };
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
