#pragma once

#include <algorithm>
#include <type_traits>
#include <vector>

namespace chokepoint::detail {

/// Whether a short, unsorted list names a vertex. O(size)
template <class Vertex>
bool lists(const std::vector<Vertex>& some, std::type_identity_t<Vertex> v) {
  return std::find(some.begin(), some.end(), v) != some.end();
}

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace chokepoint::detail
