#include "analysis/components.hpp"

#include "analysis/strong_components.hpp"

namespace chokepoint::detail {

Components::Components(const Requirements& requirements) : node_count_(requirements.node_count()) {
  const std::size_t n = std::size_t{node_count_} + requirements.group_count();
  component_.assign(n, no_successor);
  position_.assign(n, 0);
  const auto successor = [&](std::uint32_t v, std::uint32_t i) {
    if (is_group(v)) {
      const auto members = requirements.members(group(v));
      return i < members.size() ? members[i].node : no_successor;
    }
    const auto groups = requirements.groups_of(v);
    return i < groups.size() ? node_count_ + groups[i] : no_successor;
  };
  for_each_component(n, node_count_, successor, [&](const std::vector<std::uint32_t>& vertices) {
    for (const std::uint32_t v : vertices) {
      component_[v] = static_cast<std::uint32_t>(count());
      position_[v] = static_cast<std::uint32_t>(vertices_.size() - offset_.back());
      vertices_.push_back(v);
    }
    offset_.push_back(vertices_.size());
  });
}

}  // namespace chokepoint::detail
