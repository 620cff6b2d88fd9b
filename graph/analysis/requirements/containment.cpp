#include "analysis/requirements/containment.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>

namespace chokepoint::detail {

Containment::Containment(const View& view, const std::vector<EdgeRule>& rules, bool keep_minor)
    : view_(&view), rules_(&rules), suppliers_(view, rules, keep_minor), seen_(view.snapshot().vertex_count(), 0) {}

void Containment::climb(Vertex v, std::vector<Container>& out) {
  ++climb_;
  out.assign(1, Container{v, 0});
  seen_[v] = climb_;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Container here = out[i];
    for_each_container(*view_, *rules_, here.node, [&](Vertex whole) {
      if (seen_[whole] == climb_) return;
      seen_[whole] = climb_;
      out.push_back({whole, here.distance + 1});
    });
  }
}

void Containment::add_common_containers(const std::vector<Vertex>& all) {
  if (all.empty()) return;
  climb(all.front(), common_);
  for (std::size_t i = 1; i < all.size() && !common_.empty(); ++i) {
    climb(all[i], other_);
    const auto distance_in_other = [&](Vertex w) {
      const auto place = std::find_if(other_.begin(), other_.end(), [&](const Container& c) { return c.node == w; });
      return place == other_.end() ? 0U : place->distance;
    };
    std::erase_if(common_, [&](const Container& c) { return seen_[c.node] != climb_; });
    for (Container& c : common_) c.distance = std::max(c.distance, distance_in_other(c.node));
  }
  for (const Container& c : common_) {
    const auto known =
        std::find_if(containers_.begin(), containers_.end(), [&](const Container& own) { return own.node == c.node; });
    if (known == containers_.end()) containers_.push_back({c.node, c.distance + 1});
  }
}

const std::vector<Container>& Containment::of(Vertex v) {
  if (v == last_) return containers_;
  last_ = v;
  climb(v, containers_);
  if (view_->snapshot().layer(v) == Layer::none) add_common_containers(makers(v));
  return sorted();
}

const std::vector<Container>& Containment::of_unnamed(Vertex generic) {
  last_ = no_vertex;
  containers_.clear();
  add_common_containers(unnamed_makers(generic));
  return sorted();
}

std::vector<Vertex> Containment::unnamed_makers(Vertex generic) {
  std::vector<Vertex> all = makers(generic);
  std::erase_if(all, [&](Vertex maker) { return !suppliers_.is_spare(generic, maker); });
  return all;
}

const std::vector<Container>& Containment::sorted() {
  std::sort(containers_.begin(), containers_.end(), [](const Container& a, const Container& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.node < b.node;
  });
  return containers_;
}

bool Containment::is_in(Vertex v, const std::vector<Vertex>& places) {
  if (places.empty()) return false;
  const auto& containers = of(v);
  return std::any_of(containers.begin(), containers.end(),
                     [&](const Container& c) { return std::binary_search(places.begin(), places.end(), c.node); });
}

}  // namespace chokepoint::detail
