#pragma once

#include "chokepoint/snapshot/view.hpp"

#include <optional>

namespace chokepoint::detail {

/// The place where an actor has its seat (a site is none); a place that is itself seated in another, such as a region
/// in its country, gives way to that one. Of several seats the one with the smallest id.
/// @return nullopt when none is recorded. O(places passed)
std::optional<Vertex> headquarters_of(const View& view, Vertex actor);

}  // namespace chokepoint::detail
