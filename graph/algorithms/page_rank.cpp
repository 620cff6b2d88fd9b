// Question: where does a random walker along the arcs spend the time?
// Method: the ranks are the solution x of x = d·P'x + c, where c is the same for all vertices, whatever walkers without
// arcs add to it. So y = d·P'y + 1 is solved instead, and x is y scaled to a sum of 1: nothing leaks. y goes from one
// strong component to the next, those before which nothing stands first: a vertex on no cycle is settled by one look at
// its predecessors, and only inside a component rounds of Gauss–Seidel are made, each vertex from the newest values of
// the others. Always in the same order, so the sums are the same on every run. Boost's page_rank loses what comes to
// vertices without arcs.
#include "algorithms/centrality.hpp"
#include "algorithms/simple_graph.hpp"
#include "algorithms/strong_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace chokepoint {

namespace {

class Solver {
 public:
  Solver(const detail::SimpleGraph& out, const PageRankOptions& options)
      : options_(options),
        in_(detail::turned(out)),
        value_(out.size(), 0),
        passed_on_(out.size(), 0),
        part_(out.size()) {
    for (std::uint32_t v = 0; v < out.size(); ++v) {
      const auto degree = static_cast<double>(out.next(v).size());
      part_[v] = degree > 0 ? options.damping / degree : 0;
    }
  }

  std::vector<double> solve(const detail::StrongSearch& search) {
    const detail::ComponentMembers components = search.members();
    // A component is finished after all those it leads to: those before which nothing stands come last.
    for (std::uint32_t c = search.count; c-- > 0;) {
      const auto members = components.of(c);
      if (members.size() == 1) {
        double sum = 1;
        for (const std::uint32_t u : in_.next(members[0])) sum += passed_on_[u];
        settle(members[0], sum);
      } else {
        settle_cycle(members, search);
      }
    }
    double all = 0;
    for (const double value : value_) all += value;
    for (double& value : value_) value /= all;
    return std::move(value_);
  }

 private:
  void settle(std::uint32_t v, double value) {
    value_[v] = value;
    passed_on_[v] = value * part_[v];
  }

  void settle_cycle(std::span<const std::uint32_t> members, const detail::StrongSearch& search) {
    // What comes from outside is fixed; the arcs inside are put side by side, since they are read in every round.
    inside_.clear();
    ends_.clear();
    from_outside_.clear();
    for (const std::uint32_t v : members) {
      double sum = 1;
      for (const std::uint32_t u : in_.next(v)) {
        if (search.of[u] == search.of[v]) {
          inside_.push_back(u);
        } else {
          sum += passed_on_[u];
        }
      }
      ends_.push_back(inside_.size());
      from_outside_.push_back(sum);
    }
    const double enough = options_.tolerance * static_cast<double>(members.size());
    for (std::uint32_t round = 0; round < options_.max_rounds; ++round) {
      double change = 0;
      std::size_t next = 0;
      for (std::size_t i = 0; i < members.size(); ++i) {
        double sum = from_outside_[i];
        for (; next < ends_[i]; ++next) sum += passed_on_[inside_[next]];
        change += std::abs(sum - value_[members[i]]);
        settle(members[i], sum);
      }
      if (change < enough) break;
    }
  }

  const PageRankOptions& options_;
  detail::SimpleGraph in_;
  std::vector<double> value_;
  std::vector<double> passed_on_;  ///< along each arc
  std::vector<double> part_;       ///< damping / arcs out
  std::vector<std::uint32_t> inside_;
  std::vector<std::size_t> ends_;
  std::vector<double> from_outside_;
};

}  // namespace

std::vector<double> find_page_rank(const ArcGraph& graph, const PageRankOptions& options) {
  const detail::SimpleGraph out = detail::make_simple(graph);
  if (out.size() == 0) return std::vector<double>(graph.vertex_count(), 0);
  const detail::StrongSearch search(out.size(), [&](std::uint32_t v) { return out.next(v); });
  return detail::spread(out, Solver(out, options).solve(search), graph.vertex_count());
}

}  // namespace chokepoint
