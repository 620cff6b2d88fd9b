#include "snapshot/snapshot_data.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <tuple>

namespace chokepoint::detail {

SnapshotColumns SnapshotData::columns() const {
  SnapshotColumns view;
  view.id_offset = id_offset;
  view.id_bytes = id_bytes;
  view.node_key = node_key;
  view.node_type = node_type;
  view.node_from = node_from;
  view.node_to = node_to;
  view.node_variants = node_variants;
  view.node_released = node_released;
  view.node_layer = node_layer;
  view.out_offset = out_offset;
  view.from = from;
  view.to = to;
  view.in_offset = in_offset;
  view.in_arc = in_arc;
  view.edge_key = edge_key;
  view.edge_type = edge_type;
  view.item = item;
  view.market = market;
  view.origin = origin;
  view.share = share;
  view.performance = performance;
  view.confidence = confidence;
  view.amount = amount;
  view.valid_from = valid_from;
  view.valid_to = valid_to;
  view.as_of = as_of;
  view.bound = bound;
  view.status = status;
  view.significance = significance;
  view.mode = mode;
  view.group = group;
  view.k = k;
  view.claim = claim;
  view.source_day = source_day;
  return view;
}

void index_edges(SnapshotData& data) {
  const std::size_t n = data.node_key.size();
  const std::size_t m = data.from.size();
  data.out_offset.assign(n + 1, 0);
  data.in_offset.assign(n + 1, 0);
  for (std::size_t e = 0; e < m; ++e) {
    ++data.out_offset[data.from[e] + std::size_t{1}];
    ++data.in_offset[data.to[e] + std::size_t{1}];
  }
  std::partial_sum(data.out_offset.begin(), data.out_offset.end(), data.out_offset.begin());
  std::partial_sum(data.in_offset.begin(), data.in_offset.end(), data.in_offset.begin());
  // Filling in edge order keeps the in-edges of a node sorted by (from, type, id).
  std::vector<std::uint64_t> next(data.in_offset.begin(), data.in_offset.end() - 1);
  data.in_arc.resize(m);
  for (std::size_t e = 0; e < m; ++e) data.in_arc[next[data.to[e]]++] = static_cast<Arc>(e);
}

void number_claims(SnapshotData& data, const std::vector<std::uint32_t>& unit) {
  const std::size_t m = data.from.size();
  data.claim.resize(m);
  const auto fact = [&](std::size_t e) {
    return std::tie(data.item[e], data.market[e], data.origin[e], data.group[e], unit[e]);
  };
  std::vector<std::size_t> run;
  for (std::size_t first = 0; first < m;) {
    std::size_t last = first + 1;
    while (last < m && data.from[last] == data.from[first] && data.edge_type[last] == data.edge_type[first] &&
           data.to[last] == data.to[first]) {
      ++last;
    }
    run.resize(last - first);
    std::iota(run.begin(), run.end(), first);
    std::stable_sort(run.begin(), run.end(), [&](std::size_t a, std::size_t b) { return fact(a) < fact(b); });
    for (std::size_t i = 0; i < run.size(); ++i) {
      const bool same_as_before = i > 0 && fact(run[i]) == fact(run[i - 1]);
      data.claim[run[i]] = same_as_before ? data.claim[run[i - 1]] : run[i];
    }
    first = last;
  }
}

}  // namespace chokepoint::detail
