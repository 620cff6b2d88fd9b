// Question: of which other node's impact is the largest part of a node's own impact made up?
// Method: a member of a group that cannot spare it brings the group's dependents down alone. These arcs make a graph
// whose strong components are the sets, found in an order in which each comes after all that it leads to. How much a
// set leads to is estimated from the smallest of random ranks among it.
// See E. Cohen, "Size-estimation framework with applications to transitive closure and reachability", 1997.
#include "analysis/failure_forest.hpp"

#include "analysis/csr.hpp"
#include "analysis/strong_components.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

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
  explicit FatalArcs(const FailureNet& net) : net_(net) {}

  [[nodiscard]] std::size_t vertex_count() const { return std::size_t{net_.node_count()} + net_.group_count(); }
  /// The i-th vertex that `v` brings down, or `v` itself; no_successor behind the last.
  [[nodiscard]] std::uint32_t next(std::uint32_t v, std::uint32_t i) const {
    if (v >= net_.node_count()) {
      const auto dependents = net_.dependents(v - net_.node_count());
      return i < dependents.size() ? dependents[i] : no_successor;
    }
    const auto next = net_.next(v);
    if (i < next.size()) return next[i];
    const auto memberships = net_.memberships(v);
    if (i - next.size() >= memberships.size()) return no_successor;
    const auto [group, weight] = memberships[i - next.size()];
    return weight > net_.spare()[group] ? net_.node_count() + group : v;
  }

 private:
  const FailureNet& net_;
};

}  // namespace

FailureForest::FailureForest(const FailureNet& net) {
  const FatalArcs arcs(net);
  std::vector<FailureSet> set_of(arcs.vertex_count(), no_failure_set);
  std::vector<Ranks> ranks;
  const auto add_set = [&](const std::vector<std::uint32_t>& vertices) {
    const FailureSet set = set_count();
    Ranks smallest;
    smallest.fill(std::numeric_limits<std::uint32_t>::max());
    SystemNode node = no_vertex;
    FailureSet parent = no_failure_set;
    for (const std::uint32_t v : vertices) set_of[v] = set;
    for (const std::uint32_t v : vertices) {
      if (v < net.node_count()) {
        take_smaller(smallest, ranks_of(v));
        node = std::min(node, v);
      }
      for (std::uint32_t i = 0, w = 0; (w = arcs.next(v, i)) != no_successor; ++i) {
        const FailureSet other = set_of[w];
        if (other == set) continue;
        take_smaller(smallest, ranks[other]);
        // A group by itself stands for the largest of its dependents.
        parent = larger(parent, node_[other] == no_vertex ? parent_[other] : other);
      }
    }
    ranks.push_back(smallest);
    rarity_.push_back(std::accumulate(smallest.begin(), smallest.end(), std::uint64_t{0}));
    node_.push_back(node);
    parent_.push_back(parent);
  };
  const auto successor = [&](std::uint32_t v, std::uint32_t i) { return arcs.next(v, i); };
  for_each_component(arcs.vertex_count(), arcs.vertex_count(), successor, add_set);
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
