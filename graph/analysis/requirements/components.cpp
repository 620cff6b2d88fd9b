#include "analysis/requirements/components.hpp"

#include "algorithms/arc_lists.hpp"
#include "algorithms/strong_search.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Nodes lead to their groups, groups to their members.
ArcLists system_arcs(const Requirements& requirements, const std::optional<Components::Open>& open) {
  const std::uint32_t nodes = requirements.node_count();
  const auto is_open = [&](SystemNode n) { return !open || open->settled[n] == 0; };
  const auto asks = [&](GroupIndex g) {
    return !open || requirements.group(g).weighs_shares || requirements.needed(g, open->variants) > 0;
  };
  ArcLists arcs;
  for (SystemNode n = 0; n < nodes; ++n) {
    if (is_open(n))
      for (const GroupIndex g : requirements.groups_of(n)) arcs.add(nodes + g);
    arcs.close();
  }
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    const auto dependents = requirements.dependents(g);
    if (asks(g) && std::any_of(dependents.begin(), dependents.end(), is_open))
      for (const RequirementMember& member : requirements.members(g)) arcs.add(member.node);
    arcs.close();
  }
  return arcs;
}

}  // namespace

Components::Components(const Requirements& requirements, const std::optional<Open>& open)
    : node_count_(requirements.node_count()) {
  const ArcLists arcs = system_arcs(requirements, open);
  StrongSearch search(arcs.vertex_count(), [&](std::uint32_t v) { return arcs.targets(v); });
  ComponentMembers members = search.members();
  component_ = std::move(search.of);
  // The search starts from the nodes first, so that groups that nobody depends on are finished last.
  const auto nodes = std::span(component_).first(node_count_);
  const std::uint32_t count = nodes.empty() ? 0 : *std::max_element(nodes.begin(), nodes.end()) + 1;
  offset_ = std::move(members.offset);
  vertices_ = std::move(members.vertices);
  offset_.resize(count + std::size_t{1});
  vertices_.resize(offset_.back());
  position_.assign(component_.size(), 0);
  for (std::uint32_t c = 0; c < count; ++c) {
    for (std::uint32_t i = offset_[c]; i < offset_[c + std::size_t{1}]; ++i) position_[vertices_[i]] = i - offset_[c];
  }
}

}  // namespace chokepoint::detail
