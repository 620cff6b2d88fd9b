// Question: which vertices do walks from the starts come to, and in how few arcs?
// Method: Boost's breadth_first_visit with a queue of whole tiers (E. F. Moore, "The shortest path through a maze",
// 1959). What Boost's own queue and colours lack is here: the search ends at a depth by an empty queue, colours are one
// bit a vertex, so that a bounded query touches little more than what it returns, and the columns of the next vertices
// are asked for ahead. Tiers are sorted, so that columns are read in their order; a large tier is sorted by setting
// bits and reading them off.
#include "algorithms/tiers.hpp"

#include "algorithms/breadth_first.hpp"
#include "algorithms/tier_search.hpp"
#include "algorithms/vertex_set.hpp"
#include "snapshot/arc_scan.hpp"

#include <algorithm>
#include <bit>
#include <unordered_set>
#include <utility>

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

/// A queue for Boost's search that keeps what it came to as sorted tiers, and is empty when the search shall end.
class TierQueue {
 public:
  using Enough = std::function<bool(std::span<const Vertex>)>;

  /// @param starts  tier 0; must outlive it
  TierQueue(const ArcScan& scan, Vertex vertex_count, std::span<const Vertex> starts,
            std::optional<std::uint32_t> depth, const Enough& enough)
      : scan_(scan), vertex_count_(vertex_count), starts_(starts), depth_(depth), enough_(enough) {}

  // What Boost asks of a buffer.
  /// The starts come first, each once.
  void push(Vertex v) {
    if (starts_pushed_ < starts_.size()) {
      ++starts_pushed_;
    } else {
      found_.vertices.push_back(v);
    }
  }
  [[nodiscard]] bool empty() { return next_ == end_ && !begin_tier(); }
  [[nodiscard]] Vertex top() const {
    const Vertex* list = now();
    if (next_ + ahead < end_) scan_.prefetch(list[next_ + ahead]);
    return list[next_];
  }
  void pop() { ++next_; }

  /// Whether the vertex at the top is a start.
  [[nodiscard]] bool is_at_start() const { return tier_ == 1; }
  [[nodiscard]] Tiers take() { return std::move(found_); }

 private:
  /// The list grows while it is read, so that it is asked for each time.
  [[nodiscard]] const Vertex* now() const { return is_at_start() ? starts_.data() : found_.vertices.data(); }

  /// Goes on with what was found last. @return false when the search is over
  bool begin_tier() {
    if (is_over_) return false;
    if (tier_ == 0) {
      end_ = starts_.size();
    } else {
      const std::size_t first = found_.ends.empty() ? 0 : found_.ends.back();
      if (found_.vertices.size() == first) return end();
      sort_vertices(found_.vertices, first, vertex_count_, bits_);
      found_.ends.push_back(found_.vertices.size());
      next_ = first;
      end_ = found_.vertices.size();
    }
    ++tier_;
    const std::span<const Vertex> tier(now() + next_, end_ - next_);
    if (tier.empty() || (depth_ && tier_ > *depth_) || enough_(tier)) return end();
    return true;
  }
  bool end() {
    is_over_ = true;
    next_ = end_;
    return false;
  }

  const ArcScan& scan_;
  Vertex vertex_count_;
  std::span<const Vertex> starts_;
  std::optional<std::uint32_t> depth_;
  const Enough& enough_;
  Tiers found_;
  std::vector<std::uint64_t> bits_;
  std::size_t starts_pushed_ = 0, next_ = 0, end_ = 0;
  std::uint32_t tier_ = 0;  ///< that the arcs of the vertex at the top lead to
  bool is_over_ = false;
};

/// Edges that a search would have walked if the view did not hide them.
class HiddenArcs {
 public:
  void note(Arc e, Fate fate) {
    if (fate == Fate::other_day) {
      ++other_days_;
    } else {
      detail::note_hidden(hidden_, e, fate);
    }
  }
  ViewCoverage take() && {
    hidden_.edges_of_other_days = other_days_;
    std::ranges::sort(hidden_.superseded);
    std::ranges::sort(hidden_.rivals);
    return std::move(hidden_);
  }

 private:
  ViewCoverage hidden_;
  std::uint64_t other_days_ = 0;  ///< counted apart: the one that is met often
};

}  // namespace

detail::EndOfWalk::EndOfWalk(const WalkEnd& end, std::span<const Vertex> starts) : end_(&end) {
  if (!end.is_backward) return;
  std::unordered_set<Vertex> seen;
  const auto look_into = [&](Vertex v) {
    for (const ArcStep step : end.inside.out(v))
      if (is_of_layer(step.target) && seen.insert(step.target).second) inside_.push_back(step.target);
  };
  for (const Vertex start : starts)
    if (is_of_layer(start)) look_into(start);
  for (std::size_t i = 0; i < inside_.size(); ++i) look_into(inside_[i]);
  std::ranges::sort(inside_);
}

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
                           bool is_bounded, const WalkEnd* end,
                           const std::function<bool(std::span<const Vertex>)>& enough) {
  const Vertex n = graph.vertex_count();
  ArcScan scan(graph);
  if (is_bounded) scan.keep_memory_below(mapped_bytes);
  VertexSet seen(n);
  std::vector<Vertex> frontier;
  for (const Vertex start : starts) {
    if (seen.insert(start)) frontier.push_back(start);
  }
  TierQueue queue(scan, n, frontier, depth, enough);
  HiddenArcs hidden;
  std::vector<Vertex> targets;
  const auto note = [&](Arc e, Fate fate) { hidden.note(e, fate); };
  const auto come_to = [&](Vertex target) { targets.push_back(target); };
  std::optional<EndOfWalk> ending;
  std::optional<ArcScan> inside;
  if (end != nullptr) ending.emplace(*end, frontier), inside.emplace(end->inside);
  visit_breadth_first(seen, n, frontier, queue, [&](Vertex v) -> std::span<const Vertex> {
    targets.clear();
    if (ending && !queue.is_at_start() && ending->is_at(v)) {
      ending->hand_on(v, *inside, come_to, note);
    } else {
      scan.out(v, come_to, note);
    }
    return targets;
  });
  Tiers found = queue.take();
  found.hidden = std::move(hidden).take();
  found.met_soft = scan.met_soft();
  return found;
}

Tiers find_tiers(const ArcGraph& graph, std::span<const Vertex> starts, std::optional<std::uint32_t> depth,
                 const WalkEnd* end) {
  return detail::search_tiers(graph, starts, depth, depth.has_value(), end,
                              [](std::span<const Vertex>) { return false; });
}

}  // namespace chokepoint
