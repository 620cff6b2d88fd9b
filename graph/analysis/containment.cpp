#include "analysis/containment.hpp"

#include "analysis/vertex_lists.hpp"

#include <algorithm>

namespace chokepoint::detail {

Containment::Containment(const View& view, const std::vector<EdgeRule>& rules, bool keep_minor)
    : view_(&view), rules_(&rules), keep_minor_(keep_minor), seen_(view.snapshot().vertex_count(), 0) {}

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

std::vector<Vertex> Containment::makers(Vertex thing) const {
  const Snapshot& snapshot = view_->snapshot();
  std::vector<Vertex> found;
  for_each_requirement(*view_, *rules_, thing, [&](Arc e) {
    const EdgeRule& rule = (*rules_)[snapshot.columns().edge_type[e]];
    const bool is_minor = static_cast<Significance>(snapshot.columns().significance[e]) == Significance::minor;
    if (rule.is_flow || (is_minor && !keep_minor_)) return;
    if (rule.kind == GroupKind::supplier || rule.kind == GroupKind::maker) {
      found.push_back(provider_of(snapshot, rule, e));
    }
  });
  sort_unique(found);
  return found;
}

void Containment::add_makers_containers(Vertex v) {
  const std::vector<Vertex> all = makers(v);
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
  if (view_->snapshot().layer(v) == Layer::none) add_makers_containers(v);
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
