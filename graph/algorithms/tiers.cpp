// Question: which vertices do walks from the starts come to, and in how few arcs?
// Method: breadth-first search by whole tiers. Boost's search gives the same (a test compares them), but it takes a
// colour and a distance for every vertex of the graph and can only be stopped at a depth by an exception; with one
// bit per vertex a bounded query touches little more than what it returns. Tiers are sorted, so that the columns of the
// next are read in their order; a large tier is sorted by setting bits and reading them off.
// See E. F. Moore, "The shortest path through a maze", 1959.
#include "chokepoint/algorithms/tiers.hpp"

#include "algorithms/tier_search.hpp"
#include "algorithms/vertex_set.hpp"
#include "snapshot/arc_scan.hpp"

#include <algorithm>
#include <bit>

namespace chokepoint {

namespace {

/// So much of a mapped file a bounded search keeps in memory.
constexpr std::size_t mapped_bytes = std::size_t{8} << 20U;
/// How far ahead in a tier memory is asked for.
constexpr std::size_t ahead = 12;

/// Sorts different vertices below `n`. O(min(k log k, k + n / 64))
void sort_vertices(std::vector<Vertex>& list, std::size_t first, Vertex n, std::vector<std::uint64_t>& bits) {
  const auto begin = list.begin() + static_cast<std::ptrdiff_t>(first);
  const std::size_t count = list.size() - first;
  if (count < n / 256) {
    std::sort(begin, list.end());
    return;
  }
  bits.resize(n / 64 + std::size_t{1}, 0);
  for (std::size_t i = first; i < list.size(); ++i) bits[list[i] >> 6U] |= std::uint64_t{1} << (list[i] & 63U);
  std::size_t next = first;
  for (std::size_t word = 0; word < bits.size(); ++word) {
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1)
      list[next++] = static_cast<Vertex>(word * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
    bits[word] = 0;
  }
}

}  // namespace

void detail::note_hidden(ViewCoverage& hidden, Arc e, Fate fate) {
  switch (fate) {
    case Fate::other_day: ++hidden.edges_of_other_days; break;
    case Fate::other_status: ++hidden.edges_of_other_status; break;
    case Fate::low_confidence: ++hidden.edges_below_confidence; break;
    case Fate::superseded: hidden.superseded.push_back(e); break;
    case Fate::rival: hidden.rivals.push_back(e); break;
    case Fate::counts:
    case Fate::unwanted: break;
  }
}

Tiers detail::search_tiers(const ArcGraph& graph, std::span<const Vertex> starts, std::optional<std::uint32_t> depth,
                           bool is_bounded, std::optional<Layer> stops,
                           const std::function<bool(std::span<const Vertex>)>& enough) {
  const Vertex n = graph.vertex_count();
  const Snapshot& snapshot = graph.view().snapshot();
  ArcScan scan(graph);
  if (is_bounded) scan.keep_memory_below(mapped_bytes);
  detail::VertexSet seen(n);
  std::vector<Vertex> frontier;
  for (const Vertex start : starts) {
    if (seen.insert(start)) frontier.push_back(start);
  }
  Tiers found;
  std::vector<std::uint64_t> bits;
  std::span<const Vertex> now = frontier;
  std::uint64_t other_days = 0;  // counted apart: the one that is met often
  for (std::uint32_t tier = 1; !now.empty() && (!depth || tier <= *depth) && !enough(now); ++tier) {
    const std::size_t first = found.vertices.size();
    const std::size_t now_begin = first - (tier == 1 ? 0 : now.size());
    for (std::size_t i = 0; i < now.size(); ++i) {
      // The list grows while it is read.
      const Vertex* list = tier == 1 ? frontier.data() : found.vertices.data() + now_begin;
      if (i + ahead < now.size()) scan.prefetch(list[i + ahead]);
      if (stops && tier > 1 && snapshot.layer(list[i]) == *stops) continue;
      scan.out(
          list[i],
          [&](Vertex target) {
            if (seen.insert(target)) found.vertices.push_back(target);
          },
          [&](Arc e, Fate fate) {
            if (fate == Fate::other_day) {
              ++other_days;
            } else {
              detail::note_hidden(found.hidden, e, fate);
            }
          });
    }
    if (found.vertices.size() == first) break;
    sort_vertices(found.vertices, first, n, bits);
    found.ends.push_back(found.vertices.size());
    now = std::span(found.vertices).subspan(first);
  }
  found.met_soft = scan.met_soft();
  found.hidden.edges_of_other_days = other_days;
  std::sort(found.hidden.superseded.begin(), found.hidden.superseded.end());
  std::sort(found.hidden.rivals.begin(), found.hidden.rivals.end());
  return found;
}

Tiers find_tiers(const ArcGraph& graph, std::span<const Vertex> starts, std::optional<std::uint32_t> depth,
                 std::optional<Layer> stops) {
  return detail::search_tiers(graph, starts, depth, depth.has_value(), stops,
                              [](std::span<const Vertex>) { return false; });
}

}  // namespace chokepoint
