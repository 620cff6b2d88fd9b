#include "snapshot/snapshot_data.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

SnapshotColumns SnapshotData::columns() const {
  SnapshotColumns view;
  view.id_offset = id_offset;
  view.id_bytes = id_bytes;
  view.node_key = node_key.column();
  view.node_type = node_type.column();
  view.node_from = node_from.column();
  view.node_to = node_to.column();
  view.node_variants = node_variants.column();
  view.node_released = node_released.column();
  view.node_layer = node_layer.column();
  view.node_complete = node_complete.column();
  view.node_remainder = node_remainder.column();
  view.out_offset = out_offset;
  view.from = from;
  view.to = to;
  view.in_offset = in_offset;
  view.in_arc = in_arc;
  view.in_from = in_from;
  view.edge_type = edge_type;
  for_each_edge_column([&](const auto& column) { view.*column.view = (this->*column.buffer).column(); }, full_columns,
                       named_node_columns, rare_columns, group_column);
  view.claim = {contested, claim};
  view.replaces_edge = replaces_edge;
  view.replaces_item = replaces_item;
  view.gate = gate;
  view.in_gate = in_gate;
  view.settled_from = settled_from;
  view.settled_until = settled_until;
  view.requirements_are_arcs = requirements_are_arcs;
  view.name_offset = name_offset;
  view.name_bytes = name_bytes;
  view.name_hash = name_hash;
  view.name_node = name_node;
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
  std::vector<std::uint32_t> next(data.in_offset.begin(), data.in_offset.end() - 1);
  data.in_arc.resize(m);
  data.in_from.resize(m);
  for (std::size_t e = 0; e < m; ++e) {
    const std::uint32_t place = next[data.to[e]]++;
    data.in_arc[place] = static_cast<Arc>(e);
    data.in_from[place] = data.from[e];
  }
}

bool are_requirements_arcs(const SnapshotData& data, const Ontology& ontology) {
  for (std::size_t e = 0; e < data.from.size(); ++e) {
    const EdgeType& type = ontology.edge_types()[data.edge_type[e]];
    if (!type.dependency || type.dependency->strength != Strength::hard) continue;
    switch (type.role) {
      case Role::variant:
      case Role::step: return false;
      case Role::flow:
        if (data.item[e] != no_vertex) return false;
        break;
      case Role::supply:
      case Role::make: {
        const bool from_depends = type.dependency->from_depends;
        const auto dependent = static_cast<Layer>(data.node_layer[from_depends ? data.from[e] : data.to[e]]);
        const auto provider = static_cast<Layer>(data.node_layer[from_depends ? data.to[e] : data.from[e]]);
        const bool is_minor = static_cast<Significance>(data.significance[e]) == Significance::minor;
        if (dependent != Layer::none || provider == Layer::place || is_minor) return false;
        break;
      }
      default: break;
    }
  }
  return true;
}

void number_claims(SnapshotData& data, const ColumnBuffer<std::uint32_t>& unit,
                   const ColumnBuffer<std::uint32_t>& role) {
  const std::size_t m = data.from.size();
  data.contested.clear();
  data.claim.clear();
  const auto fact = [&](std::size_t e) {
    return std::make_tuple(data.item[e], data.market[e], data.origin[e], data.group[e], role[e], unit[e]);
  };
  const auto is_parallel = [&](std::size_t a, std::size_t b) {
    return data.to[a] == data.to[b] && data.from[a] == data.from[b] && data.edge_type[a] == data.edge_type[b];
  };
  std::vector<std::size_t> run;
  std::vector<std::pair<Arc, Arc>> claims;
  for (std::size_t first = 0; first < m;) {
    std::size_t last = first + 1;
    while (last < m && is_parallel(last, first)) ++last;
    if (last - first > 1) {
      run.resize(last - first);
      std::iota(run.begin(), run.end(), first);
      std::stable_sort(run.begin(), run.end(), [&](std::size_t a, std::size_t b) { return fact(a) < fact(b); });
      for (std::size_t i = 0; i < run.size();) {
        std::size_t next = i + 1;
        while (next < run.size() && fact(run[next]) == fact(run[i])) ++next;
        for (std::size_t j = i; j < next && next - i > 1; ++j)
          claims.emplace_back(static_cast<Arc>(run[j]), static_cast<Arc>(run[i]));
        i = next;
      }
    }
    first = last;
  }
  std::sort(claims.begin(), claims.end());
  data.contested.reserve(claims.size());
  data.claim.reserve(claims.size());
  for (const auto& [edge, claim] : claims) {
    data.contested.push_back(edge);
    data.claim.push_back(claim);
  }
}

void settle_gates(SnapshotData& data, std::int32_t settled_from) {
  const std::size_t m = data.from.size();
  // Short enough that little of what is there changes in it, and long enough that the file need seldom be made anew.
  constexpr std::int32_t span = 366;
  const bool is_any_day = settled_from == day_open_from || settled_from > day_open_to - span;
  const std::int32_t until = is_any_day ? day_open_to : settled_from + span;
  data.settled_from = settled_from;
  data.settled_until = until;
  const auto gate_between = [&](std::int32_t begin, std::int32_t end) {
    if (end <= settled_from || begin >= until) return Gate::closed;
    return begin <= settled_from && end >= until ? Gate::open : Gate::ask;
  };
  // A byte for each node, since edges come by nodes in any order.
  std::vector<Gate> gate_of_node(data.node_key.size());
  for (std::size_t v = 0; v < gate_of_node.size(); ++v)
    gate_of_node[v] = gate_between(data.node_from[v], data.node_to[v]);
  auto contested = data.contested.begin();
  data.gate.resize(m);
  for (std::size_t e = 0; e < m; ++e) {
    const bool is_contested = contested != data.contested.end() && *contested == e;
    if (is_contested) ++contested;
    const auto status = static_cast<Status>(data.status[e]);
    const bool is_plain = (status == Status::reported || status == Status::estimated) && !is_contested;
    const Gate own = gate_between(data.valid_from[e], data.valid_to[e]);
    const Gate from = gate_of_node[data.from[e]];
    const Gate to = gate_of_node[data.to[e]];
    Gate gate = Gate::ask;
    if (own == Gate::closed || from == Gate::closed || to == Gate::closed) {
      gate = Gate::closed;
    } else if (is_plain && own == Gate::open && from == Gate::open && to == Gate::open) {
      gate = Gate::open;
    }
    const auto type = std::min<std::uint16_t>(data.edge_type[e], gate_type_mask);
    data.gate[e] = static_cast<std::uint8_t>(type | static_cast<unsigned>(gate) << gate_shift);
  }
  data.in_gate.resize(m);
  for (std::size_t i = 0; i < m; ++i) data.in_gate[i] = data.gate[data.in_arc[i]];
}

}  // namespace chokepoint::detail
