#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <algorithm>
#include <vector>

namespace chokepoint::detail {

/// Whether a short, unsorted list names a vertex. O(size)
inline bool lists(const std::vector<Vertex>& some, Vertex v) {
  return std::find(some.begin(), some.end(), v) != some.end();
}

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace chokepoint::detail
