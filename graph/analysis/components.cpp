#include "analysis/components.hpp"

#include <algorithm>
#include <limits>

namespace chokepoint::detail {

namespace {

constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

/// A vertex on the way down, and which of its successors is next.
struct Frame {
  std::uint32_t vertex;
  std::uint32_t next;
};

}  // namespace

Components::Components(const Requirements& requirements) : node_count_(requirements.node_count()) {
  const std::size_t n = std::size_t{node_count_} + requirements.group_count();
  component_.assign(n, unseen);
  position_.assign(n, 0);
  std::vector<std::uint32_t> number(n, unseen), lowest(n, 0), open;
  std::vector<Frame> frames;
  std::uint32_t counter = 0;
  const auto enter = [&](std::uint32_t v) {
    number[v] = lowest[v] = counter++;
    open.push_back(v);
    frames.push_back({v, 0});
  };
  const auto successor = [&](std::uint32_t v, std::uint32_t i) {
    if (is_group(v)) {
      const auto members = requirements.members(group(v));
      return i < members.size() ? members[i].node : unseen;
    }
    const auto groups = requirements.groups_of(v);
    return i < groups.size() ? node_count_ + groups[i] : unseen;
  };
  for (SystemNode root = 0; root < node_count_; ++root) {
    if (number[root] != unseen) continue;
    enter(root);
    while (!frames.empty()) {
      const std::uint32_t v = frames.back().vertex;
      const std::uint32_t w = successor(v, frames.back().next++);
      if (w == unseen) {
        frames.pop_back();
        if (!frames.empty()) lowest[frames.back().vertex] = std::min(lowest[frames.back().vertex], lowest[v]);
        if (lowest[v] != number[v]) continue;
        std::uint32_t top = unseen;
        do {
          top = open.back();
          open.pop_back();
          component_[top] = static_cast<std::uint32_t>(count());
          position_[top] = static_cast<std::uint32_t>(vertices_.size() - offset_.back());
          vertices_.push_back(top);
        } while (top != v);
        offset_.push_back(vertices_.size());
      } else if (number[w] == unseen) {
        enter(w);
      } else if (component_[w] == unseen) {
        lowest[v] = std::min(lowest[v], number[w]);
      }
    }
  }
}

}  // namespace chokepoint::detail
