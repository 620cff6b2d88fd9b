#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace chokepoint::detail {

/// No further successor.
inline constexpr std::uint32_t no_successor = std::numeric_limits<std::uint32_t>::max();

/// Finds the strongly connected components of an implicit graph and hands them over one by one, each after all those
/// it leads to.
/// @param n  vertices are 0 … n - 1
/// @param roots  vertices to start from are 0 … roots - 1; what they do not reach is left out
/// @param successor  std::uint32_t(vertex, i): the i-th successor, no_successor past the last
/// @param visit  void(span-like of vertices), in reverse order of discovery
/// @note O(vertices + arcs), iterative. @see R. Tarjan, "Depth-first search and linear graph algorithms", 1972
template <class Successor, class Visit>
void for_each_component(std::size_t n, std::size_t roots, const Successor& successor, const Visit& visit) {
  struct Frame {
    std::uint32_t vertex;
    std::uint32_t next;
  };
  constexpr std::uint32_t unseen = no_successor;
  std::vector<std::uint32_t> number(n, unseen), lowest(n, 0), open, component;
  std::vector<std::uint8_t> is_done(n, 0);
  std::vector<Frame> frames;
  std::uint32_t counter = 0;
  const auto enter = [&](std::uint32_t v) {
    number[v] = lowest[v] = counter++;
    open.push_back(v);
    frames.push_back({v, 0});
  };
  for (std::uint32_t root = 0; root < roots; ++root) {
    if (number[root] != unseen) continue;
    enter(root);
    while (!frames.empty()) {
      const std::uint32_t v = frames.back().vertex;
      const std::uint32_t w = successor(v, frames.back().next++);
      if (w != no_successor) {
        if (number[w] == unseen) {
          enter(w);
        } else if (is_done[w] == 0) {
          lowest[v] = std::min(lowest[v], number[w]);
        }
        continue;
      }
      frames.pop_back();
      if (!frames.empty()) lowest[frames.back().vertex] = std::min(lowest[frames.back().vertex], lowest[v]);
      if (lowest[v] != number[v]) continue;
      component.clear();
      do {
        component.push_back(open.back());
        is_done[open.back()] = 1;
        open.pop_back();
      } while (component.back() != v);
      visit(component);
    }
  }
}

}  // namespace chokepoint::detail
