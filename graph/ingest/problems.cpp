#include "ingest/problems.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::vector<Problem> Problems::sorted() const {
  auto list = list_;
  std::stable_sort(list.begin(), list.end(), [](const Problem& a, const Problem& b) {
    return a.file != b.file ? a.file < b.file : a.line < b.line;
  });
  return list;
}

}  // namespace chokepoint::detail
