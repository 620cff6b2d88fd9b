#include "analysis/policies/market.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <unordered_set>

namespace chokepoint::detail {

bool Market::contains(Vertex v, Containment& containment) const {
  if (!is_outside) return containment.is_in(v, places);
  if (containment.is_in(v, places)) return false;
  if (containment.view().snapshot().layer(v) != Layer::none) return true;
  const std::vector<Vertex> makers = containment.makers(v);
  return std::none_of(makers.begin(), makers.end(), [&](Vertex maker) { return containment.is_in(maker, places); });
}

bool Market::contains_unnamed(Vertex generic, Containment& containment) const {
  const auto is_place = [&](Vertex v) { return std::binary_search(places.begin(), places.end(), v); };
  const auto& containers = containment.of_unnamed(generic);
  const bool is_in =
      std::any_of(containers.begin(), containers.end(), [&](const Container& c) { return is_place(c.node); });
  if (!is_outside) return is_in;
  const std::vector<Vertex> makers = containment.unnamed_makers(generic);
  return !is_in &&
         std::none_of(makers.begin(), makers.end(), [&](Vertex maker) { return containment.is_in(maker, places); });
}

std::vector<Vertex> nearest_places(const View& view, const std::vector<EdgeRule>& rules, Vertex v) {
  const Snapshot& snapshot = view.snapshot();
  std::vector<Vertex> places;
  std::vector<Vertex> queue{v};
  std::unordered_set<Vertex> seen{v};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (snapshot.layer(queue[i]) == Layer::place) {
      places.push_back(queue[i]);
      continue;
    }
    for_each_container(view, rules, queue[i], [&](Vertex whole) {
      if (seen.insert(whole).second) queue.push_back(whole);
    });
  }
  std::sort(places.begin(), places.end());
  return places;
}

std::vector<Vertex> jurisdiction(const View& view, const std::vector<EdgeRule>& rules, Vertex policy) {
  std::vector<Vertex> places;
  const auto add = [&](Vertex issuer) {
    const std::vector<Vertex> near = nearest_places(view, rules, issuer);
    places.insert(places.end(), near.begin(), near.end());
  };
  if (view.snapshot().layer(policy) != Layer::none) add(policy);
  for_each_in(view, Role::issue, policy, [&](Arc e) { add(view.snapshot().columns().from[e]); });
  sort_unique(places);
  return places;
}

}  // namespace chokepoint::detail
