#include "tests/support/random_graph.hpp"

#include "snapshot/snapshot_data.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

namespace chokepoint::test {

PlainGraph random_graph(std::mt19937& random, Vertex max_vertices) {
  PlainGraph graph;
  graph.vertex_count = 2 + static_cast<Vertex>(random() % (max_vertices - 1));
  const Vertex n = graph.vertex_count;
  const std::size_t arc_count = random() % (std::size_t{3} * n + 1);
  for (std::size_t i = 0; i < arc_count; ++i) {
    graph.arcs.emplace_back(static_cast<Vertex>(random() % n), static_cast<Vertex>(random() % n));
  }
  return graph;
}

View as_view(const PlainGraph& graph) {
  const auto ontology = standard_ontology();
  const std::uint16_t node_type = ontology->node_type("product").value();
  const std::uint16_t edge_type = ontology->edge_type("requires").value();
  SnapshotBuilder builder(ontology);
  for (Vertex v = 0; v < graph.vertex_count; ++v) {
    SnapshotNode node;
    const std::string number = std::to_string(v);
    node.id = "n" + std::string(10 - number.size(), '0') + number;
    node.key = std::int64_t{v} + 1;
    node.type = node_type;
    builder.add(std::move(node));
  }
  std::unordered_set<std::uint64_t> pairs;
  std::int64_t key = 0;
  for (const auto& [from, to] : graph.arcs) {
    SnapshotEdge edge;
    edge.key = ++key;
    edge.id = "e" + std::to_string(key);
    edge.type = edge_type;
    edge.from = std::int64_t{from} + 1;
    edge.to = std::int64_t{to} + 1;
    // Parallel arcs are facts of their own, not rival claims.
    if (!pairs.insert(std::uint64_t{from} << 32U | to).second) edge.group = "g" + std::to_string(key);
    builder.add(std::move(edge));
  }
  return {std::move(builder).build(), {}};
}

View long_path(Vertex vertex_count, bool is_closed) {
  // Columns are filled by hand: through the builder a million texts take longer than what is tested.
  const auto ontology = standard_ontology();
  auto data = std::make_shared<detail::SnapshotData>();
  const std::size_t n = vertex_count;
  const std::size_t m = n - (is_closed ? 0 : 1);
  constexpr std::size_t width = 8;
  data->id_bytes.resize(n * width);
  data->id_offset.resize(n + 1);
  for (std::size_t v = 0; v < n; ++v) {
    data->id_offset[v + 1] = (v + 1) * width;
    std::size_t rest = v;
    for (std::size_t digit = width; digit-- > 0; rest /= 10) {
      data->id_bytes[v * width + digit] = static_cast<char>('0' + rest % 10);
    }
  }
  for (std::size_t v = 0; v < n; ++v) data->node_key.push_back(static_cast<std::int64_t>(v) + 1);
  data->node_type.assign(n, ontology->node_type("product").value());
  data->node_from.assign(n, day_open_from);
  data->node_to.assign(n, day_open_to);
  data->node_variants.assign(n, 0);
  data->node_released.assign(n, 0);
  data->node_complete.assign(n, 0);
  data->node_remainder.assign(n, 0);
  data->node_layer.assign(n, static_cast<std::uint8_t>(Layer::none));
  data->from.resize(m);
  data->to.resize(m);
  for (std::size_t e = 0; e < m; ++e) {
    data->from[e] = static_cast<Vertex>(e);
    data->to[e] = static_cast<Vertex>((e + 1) % n);
  }
  for (std::size_t e = 0; e < m; ++e) data->edge_key.push_back(static_cast<std::int64_t>(e) + 1);
  data->edge_type.assign(m, ontology->edge_type("requires").value());
  for (auto* column : {&data->item, &data->market, &data->origin}) column->assign(m, no_vertex);
  for (auto* column : {&data->share, &data->performance, &data->confidence}) column->assign(m, std::nanf(""));
  data->amount.assign(m, std::nan(""));
  data->valid_from.assign(m, day_open_from);
  data->valid_to.assign(m, day_open_to);
  for (auto* column : {&data->as_of, &data->source_day}) column->assign(m, day_open_from);
  for (auto* column : {&data->bound, &data->status, &data->significance, &data->mode}) column->assign(m, 0);
  for (auto* column : {&data->group, &data->k}) column->assign(m, 0);
  detail::index_edges(*data);
  detail::settle_gates(*data, day_open_from);
  const SnapshotColumns columns = data->columns();
  return {std::make_shared<const Snapshot>(ontology, columns, std::vector<std::string>{""}, data), {}};
}

}  // namespace chokepoint::test
