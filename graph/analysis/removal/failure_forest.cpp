// Question: of which other node's impact is the largest part of a node's own impact made up?
// Method: a member of a group that cannot spare it brings the group's dependents down alone. These arcs make a graph
// whose strong components are the sets, found in an order in which each comes after all that it leads to. How much a
// set leads to is estimated from the smallest of random ranks among it.
// See E. Cohen, "Size-estimation framework with applications to transitive closure and reachability", 1997.
#include "analysis/removal/failure_forest.hpp"

#include "algorithms/strong_search.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The smallest ranks among what a set leads to, in several drawings.
using Ranks = std::array<std::uint32_t, 8>;

/// Mixes well, the same everywhere. @see S. Vigna, splitmix64
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

void take_smaller(Ranks& ranks, const Ranks& others) {
  for (std::size_t i = 0; i < ranks.size(); ++i) ranks[i] = std::min(ranks[i], others[i]);
}

Ranks ranks_of(SystemNode n) {
  Ranks ranks;
  for (std::size_t i = 0; i < ranks.size(); i += 2) {
    const std::uint64_t both = mixed(std::uint64_t{n} * ranks.size() + i);
    ranks[i] = static_cast<std::uint32_t>(both);
    ranks[i + 1] = static_cast<std::uint32_t>(both >> 32U);
  }
  return ranks;
}

/// Who brings whom down alone: nodes, followed by the groups of the net, which stand between their members and their
/// dependents so that pairs need not be listed.
class FatalArcs {
 public:
  explicit FatalArcs(const FailureNet& net) : net_(net) {
    offset_.reserve(net.node_count() + std::size_t{1});
    for (SystemNode n = 0; n < net.node_count(); ++n) {
      const auto next = net.next(n);
      target_.insert(target_.end(), next.begin(), next.end());
      for (const auto [group, weight] : net.memberships(n)) {
        if (weight > net.spare()[group]) target_.push_back(net.node_count() + group);
      }
      offset_.push_back(target_.size());
    }
  }

  [[nodiscard]] std::uint32_t vertex_count() const { return net_.node_count() + net_.group_count(); }
  [[nodiscard]] std::span<const std::uint32_t> next(std::uint32_t v) const {
    if (v >= net_.node_count()) return net_.dependents(v - net_.node_count());
    return std::span(target_).subspan(offset_[v], offset_[v + 1] - offset_[v]);
  }

 private:
  const FailureNet& net_;
  std::vector<std::size_t> offset_{0};
  std::vector<std::uint32_t> target_;
};

}  // namespace

FailureForest::FailureForest(const FailureNet& net) {
  const FatalArcs arcs(net);
  StrongSearch search(arcs.vertex_count(), [&](std::uint32_t v) { return arcs.next(v); });
  const ComponentMembers members = search.members();
  std::vector<FailureSet> set_of = std::move(search.of);

  std::vector<Ranks> ranks(search.count);
  rarity_.resize(search.count);
  parent_.assign(search.count, no_failure_set);
  std::vector<std::uint8_t> has_node(search.count, 0);
  for (FailureSet set = 0; set < search.count; ++set) {
    Ranks smallest;
    smallest.fill(std::numeric_limits<std::uint32_t>::max());
    FailureSet last = set;
    for (const std::uint32_t v : members.of(set)) {
      if (v < net.node_count()) {
        take_smaller(smallest, ranks_of(v));
        has_node[set] = 1;
      }
      for (const std::uint32_t w : arcs.next(v)) {
        const FailureSet other = set_of[w];
        if (other == set || std::exchange(last, other) == other) continue;
        take_smaller(smallest, ranks[other]);
        // A group by itself stands for the largest of its dependents.
        parent_[set] = larger(parent_[set], has_node[other] != 0 ? other : parent_[other]);
      }
    }
    ranks[set] = smallest;
    rarity_[set] = std::accumulate(smallest.begin(), smallest.end(), std::uint64_t{0});
  }
  set_of.resize(net.node_count());
  for (SystemNode n = 0; n < net.node_count(); ++n) {
    if (!net.works(n)) set_of[n] = no_failure_set;
  }
  set_of_node_ = std::move(set_of);
}

FailureSet FailureForest::larger(FailureSet a, FailureSet b) const {
  if (a == no_failure_set || b == no_failure_set) return std::min(a, b);
  if (rarity_[a] != rarity_[b]) return rarity_[a] < rarity_[b] ? a : b;
  return std::min(a, b);
}

}  // namespace chokepoint::detail
