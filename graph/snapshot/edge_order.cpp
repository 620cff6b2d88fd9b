#include "snapshot/edge_order.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace chokepoint::detail {

namespace {

/// Negative: `a` stands before `b` by what is not the id. `from` is compared by the caller.
int compare(const SnapshotData& data, std::size_t a, std::size_t b) {
  if (data.edge_type[a] != data.edge_type[b]) return data.edge_type[a] < data.edge_type[b] ? -1 : 1;
  if (data.to[a] != data.to[b]) return data.to[a] < data.to[b] ? -1 : 1;
  return 0;
}

bool is_sorted(const SnapshotData& data, const EdgeIds& ids) {
  for (std::size_t e = 1; e < data.from.size(); ++e) {
    if (data.from[e - 1] > data.from[e]) return false;
    if (data.from[e - 1] < data.from[e]) continue;
    const int side = compare(data, e - 1, e);
    if (side > 0) return false;
    if (side == 0 && ids.is_before(static_cast<std::uint32_t>(e), static_cast<std::uint32_t>(e - 1))) return false;
  }
  return true;
}

}  // namespace

Order edge_order(const SnapshotData& data, const EdgeIds& ids) {
  if (is_sorted(data, ids)) return {};
  const std::size_t m = data.from.size();
  std::vector<std::uint32_t> next(data.node_key.size() + 1, 0);
  for (const Vertex v : data.from) ++next[v + std::size_t{1}];
  std::partial_sum(next.begin(), next.end(), next.begin());
  Order order(m);
  for (std::size_t e = 0; e < m; ++e) order[next[data.from[e]]++] = static_cast<std::uint32_t>(e);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const int side = compare(data, a, b);
    return side != 0 ? side < 0 : ids.is_before(a, b);
  };
  // Each place has moved on to the end of its node's edges.
  auto first = order.begin();
  for (std::size_t v = 0; v + 1 < next.size(); ++v) {
    const auto last = order.begin() + next[v];
    if (!std::is_sorted(first, last, before)) std::sort(first, last, before);
    first = last;
  }
  return order;
}

void sort_edges(SnapshotData& data, const Order& order) {
  // One column after the other, so that there is never more than one twice.
  permute(data.from, order);
  permute(data.to, order);
  permute(data.edge_type, order);
  for_each_edge_column([&](const auto& column) { (data.*column.buffer).permute(order); }, full_columns,
                       named_node_columns, rare_columns, group_column);
}

}  // namespace chokepoint::detail
