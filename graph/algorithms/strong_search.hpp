#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace chokepoint::detail {

/// Strong components by one depth-first walk with one number a vertex.
///
/// Method: D. J. Pearce, "A Space-Efficient Algorithm for Finding Strongly Connected Components", 2016 (PEA_FIND_SCC2).
/// The number of a vertex is first that of its discovery, then the least it is known to reach, at last that of its
/// component. Discoveries count up, components down from the largest number, and never meet, so that "less than" alone
/// tells an open vertex from a finished one. A vertex' successors are looked at all at once when it is entered, so that
/// the processor fetches their numbers side by side; only those not seen before are kept to be walked to.
struct StrongSearch {
  static constexpr std::uint32_t last_component = std::numeric_limits<std::uint32_t>::max() - 1;

  std::vector<std::uint32_t> number;  ///< [vertices] of its component: `last_component - i` for the i-th finished
  std::uint32_t count = 0;            ///< components; each is finished after all those it leads to

  /// @param n  vertices are 0 … n - 1, less than 2^31
  /// @param targets  the successors of a vertex, as a span
  /// @note O(n + m), iterative; memory 4 bytes a vertex, and on the way 16 a vertex and 4 an arc
  template <class Targets>
  StrongSearch(std::uint32_t n, Targets targets) : number(n, 0) {
    struct Frame {
      std::uint32_t vertex, own_number, waiting_begin;
    };
    std::vector<Frame> frames;
    std::vector<std::uint32_t> waiting, open;
    std::uint32_t index = 1;
    const auto enter = [&](std::uint32_t v) {
      const std::uint32_t own = index++;
      frames.push_back({v, own, static_cast<std::uint32_t>(waiting.size())});
      std::uint32_t least = own;
      number[v] = own;
      for (const std::uint32_t w : targets(v)) {
        const std::uint32_t known = number[w];
        if (known == 0) {
          waiting.push_back(w);
        } else if (known < least) {
          least = known;
        }
      }
      number[v] = least;
    };
    const auto lower = [&](std::uint32_t v, std::uint32_t known) {
      if (known < number[v]) number[v] = known;
    };
    const auto leave = [&] {
      const Frame done = frames.back();
      frames.pop_back();
      const std::uint32_t v = done.vertex;
      if (number[v] == done.own_number) {
        const std::uint32_t component = last_component - count++;
        --index;
        for (; !open.empty() && number[open.back()] >= done.own_number; open.pop_back(), --index)
          number[open.back()] = component;
        number[v] = component;
      } else {
        open.push_back(v);
      }
      if (!frames.empty()) lower(frames.back().vertex, number[v]);
    };
    for (std::uint32_t start = 0; start < n; ++start) {
      if (number[start] != 0) continue;
      enter(start);
      while (!frames.empty()) {
        const Frame& top = frames.back();
        if (waiting.size() == top.waiting_begin) {
          leave();
          continue;
        }
        const std::uint32_t w = waiting.back();
        waiting.pop_back();
        if (number[w] == 0) {
          enter(w);
        } else {
          lower(top.vertex, number[w]);
        }
      }
    }
  }

  /// Components in the order in which they were finished: 0 … count - 1.
  [[nodiscard]] std::uint32_t finished_at(std::uint32_t v) const { return last_component - number[v]; }
};

}  // namespace chokepoint::detail
