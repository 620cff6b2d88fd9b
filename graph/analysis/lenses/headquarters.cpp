#include "analysis/lenses/headquarters.hpp"

#include <algorithm>
#include <vector>

namespace chokepoint::detail {

namespace {

/// The smallest place that `v` has its seat in; `no_vertex` when there is none.
Vertex seat_above(const View& view, Vertex v) {
  const Snapshot& snapshot = view.snapshot();
  Vertex seat = no_vertex;
  const auto [first, last] = snapshot.out_edges(v);
  for (Arc e = first; e < last; ++e) {
    const Vertex place = snapshot.columns().to[e];
    const bool is_seat = snapshot.role(e) == Role::seat && snapshot.columns().mode[e] == 0;
    if (is_seat && view.has_edge(e) && snapshot.layer(place) == Layer::place) seat = std::min(seat, place);
  }
  return seat;
}

}  // namespace

std::optional<Vertex> headquarters_of(const View& view, Vertex actor) {
  std::vector<Vertex> passed = {actor};
  for (Vertex place = seat_above(view, actor); place != no_vertex; place = seat_above(view, place)) {
    if (std::find(passed.begin(), passed.end(), place) != passed.end()) break;  // places seated in each other
    passed.push_back(place);
  }
  if (passed.size() == 1) return std::nullopt;
  return passed.back();
}

}  // namespace chokepoint::detail
