// Question: which single vertices stand on every walk from the roots?
// Method: semi-NCA. Depth-first numbers from a virtual root 0 before all roots; semidominators in reverse order with
// path compression; then each immediate dominator is the nearest ancestor in the tree so far whose number is not
// above the semidominator. Boost 1.74's short overload is wrong where predecessors are unreachable, and its path
// compression recurses; its long overload is the oracle of the test.
#include "algorithms/dominators.hpp"

#include "snapshot/arc_scan.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chokepoint {

namespace {

using Number = std::uint32_t;  ///< in depth-first order; 0 is the virtual root

class SemiNca {
 public:
  SemiNca(const ArcGraph& graph, std::span<const Vertex> roots)
      : graph_(graph),
        reversed_(graph.reversed()),
        arriving_(reversed_),
        number_(graph.vertex_count(), 0),
        vertex_{no_vertex},
        parent_{0} {
    const ArcScan leaving(graph);
    for (const Vertex root : roots) visit_from(root, leaving);
  }

  DominatorTree run(std::span<const Vertex> roots) {
    find_semidominators(roots);
    DominatorTree tree;
    tree.parent.assign(graph_.vertex_count(), no_vertex);
    // Numbers grow along tree paths, so every ancestor is settled before its descendants.
    std::vector<Number> dominator = parent_;
    for (Number i = 1; i < vertex_.size(); ++i) {
      while (dominator[i] > semi_[i]) dominator[i] = dominator[dominator[i]];
      tree.parent[vertex_[i]] = vertex_[dominator[i]];
    }
    tree.order.assign(vertex_.begin() + 1, vertex_.end());
    return tree;
  }

 private:
  struct Frame {
    Number number;
    std::size_t waiting_begin;
  };

  /// Depth first. The successors of a vertex are looked at all at once when it is discovered, so that the processor
  /// fetches their numbers side by side; those not seen before wait.
  void visit_from(Vertex root, const ArcScan& leaving) {
    if (number_[root] != 0) return;
    std::vector<Frame> frames;
    std::vector<Vertex> waiting;
    const auto discover = [&](Vertex v, Number parent) {
      const auto own = static_cast<Number>(vertex_.size());
      number_[v] = own;
      vertex_.push_back(v);
      parent_.push_back(parent);
      frames.push_back({own, waiting.size()});
      leaving.targets(v, [&](Vertex w) {
        if (number_[w] == 0) waiting.push_back(w);
      });
    };
    discover(root, 0);
    while (!frames.empty()) {
      const Frame top = frames.back();
      if (waiting.size() == top.waiting_begin) {
        frames.pop_back();
        continue;
      }
      const Vertex next = waiting.back();
      waiting.pop_back();
      if (number_[next] == 0) discover(next, top.number);
    }
  }

  void find_semidominators(std::span<const Vertex> roots) {
    const std::size_t count = vertex_.size();
    semi_.resize(count);
    label_.resize(count);
    for (Number i = 0; i < count; ++i) semi_[i] = label_[i] = i;
    ancestor_ = parent_;
    std::vector<bool> is_root(count, false);
    for (const Vertex root : roots) is_root[number_[root]] = true;
    for (Number i = static_cast<Number>(count) - 1; i > 0; --i) {
      Number least = is_root[i] ? 0 : parent_[i];
      arriving_.targets(vertex_[i], [&](Vertex source) {
        const Number u = number_[source];
        if (u == 0) return;  // not reached
        // Not processed yet: a vertex before i counts as itself.
        least = std::min(least, u < i ? u : semi_[least_label(u, i)]);
      });
      semi_[i] = least;
    }
  }

  /// Of `u` and its ancestors with numbers above `i`, the one with the least semidominator; shortens the way for the
  /// next question. @pre u > i
  Number least_label(Number u, Number i) {
    path_.clear();
    for (Number v = u; ancestor_[v] > i; v = ancestor_[v]) path_.push_back(v);
    while (!path_.empty()) {
      const Number v = path_.back();
      path_.pop_back();
      const Number above = ancestor_[v];
      if (semi_[label_[above]] < semi_[label_[v]]) label_[v] = label_[above];
      ancestor_[v] = ancestor_[above];
    }
    return label_[u];
  }

  const ArcGraph& graph_;
  ArcGraph reversed_;
  ArcScan arriving_;            ///< over `reversed_`
  std::vector<Number> number_;  ///< by vertex; 0: not reached
  std::vector<Vertex> vertex_;  ///< by number
  std::vector<Number> parent_, semi_, label_, ancestor_;
  std::vector<Number> path_;
};

}  // namespace

DominatorTree find_dominators(const ArcGraph& graph, std::span<const Vertex> roots) {
  return SemiNca(graph, roots).run(roots);
}

std::vector<Vertex> DominatorTree::dominators_of(Vertex v) const {
  std::vector<Vertex> found;
  for (Vertex d = parent[v]; d != no_vertex; d = parent[d]) found.push_back(d);
  return found;
}

std::vector<std::uint32_t> DominatorTree::dominated_counts() const {
  std::vector<std::uint32_t> counts(parent.size(), 0);
  for (std::size_t i = order.size(); i-- > 0;) {
    const Vertex v = order[i];
    if (parent[v] != no_vertex) counts[parent[v]] += counts[v] + 1;
  }
  return counts;
}

}  // namespace chokepoint
