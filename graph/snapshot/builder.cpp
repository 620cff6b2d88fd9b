#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "chokepoint/support/error.hpp"
#include "model/stored_row.hpp"
#include "snapshot/edge_ids.hpp"
#include "snapshot/edge_order.hpp"
#include "snapshot/key_index.hpp"
#include "snapshot/name_gatherer.hpp"
#include "snapshot/snapshot_data.hpp"
#include "snapshot/text_memo.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using Period = std::pair<std::int32_t, std::int32_t>;

template <typename Text>
detail::StoredRow row_of(const BasicSnapshotNode<Text>& node) {
  return {"node", node.key};
}
template <typename Text>
detail::StoredRow row_of(const BasicSnapshotEdge<Text>& edge) {
  return {"edge", edge.key};
}

std::int32_t last_day(std::string_view text, const detail::StoredRow& row, const char* column) {
  const auto date = parse_partial_date(text);
  if (!date) detail::refuse_value(row, column, "'" + escape_for_terminal(text.substr(0, 40)) + "' is no date");
  return date->next.days - 1;
}

Period validity_days(std::string_view since, std::string_view until, const detail::StoredRow& row) {
  if (!since.empty()) last_day(since, row, "since");
  if (!until.empty()) last_day(until, row, "until");
  const auto validity = parse_validity(since, until);
  if (!validity)
    detail::refuse_value(row, "until", "'" + std::string(until) + "' is not after since, '" + std::string(since) + "'");
  return {validity->from ? validity->from->days : day_open_from, validity->to ? validity->to->days : day_open_to};
}

/// Whether an edge says anything that most do not.
template <class Edge>
bool has_rest(const Edge& edge) {
  return (edge.item | edge.market | edge.origin) != 0 || edge.performance || edge.confidence || edge.amount ||
         !edge.unit.empty() || !edge.as_of.empty() || edge.bound != Bound::exact || edge.status != Status::reported ||
         edge.significance != Significance::unstated || edge.mode != 0 || !edge.role.empty() || !edge.group.empty() ||
         edge.k != 0 || !edge.replaces.empty();
}

float to_float(const std::optional<double>& value) {
  return value ? static_cast<float>(*value) : detail::unknown_float;
}

}  // namespace

struct SnapshotBuilder::Impl {
  std::shared_ptr<const Ontology> ontology;
  std::shared_ptr<detail::SnapshotData> data = std::make_shared<detail::SnapshotData>();
  // Edges name nodes by key until all nodes are known.
  detail::KeyBuffer from_key, to_key;
  detail::ColumnBuffer<std::int64_t> item_key, market_key, origin_key;
  detail::ColumnBuffer<std::uint32_t> unit, role;
  detail::EdgeIds edge_ids;
  detail::TextNumbers groups, units, roles;
  detail::TextMemo<Period> periods;
  detail::TextMemo<std::int32_t> last_days;
  detail::NameGatherer names;
  RecordCounts others;                                                  ///< those of what is no part of the graph
  std::unordered_map<std::int64_t, std::vector<std::string>> replaces;  ///< names, by the key of the edge

  template <class Node>
  void add_node(const Node& node);
  template <class Edge>
  void add_edge(const Edge& edge);
  template <class Edge>
  void add_rest(const Edge& edge);
  void pad_rest(std::size_t edges);
  template <class Record>
  Period period_of(const Record& record) {
    if (record.since.empty() && record.until.empty()) return {day_open_from, day_open_to};
    return periods.of(record.since, record.until,
                      [&] { return validity_days(record.since, record.until, row_of(record)); });
  }
  template <class Record>
  std::int32_t last_day_of(std::string_view text, const Record& record, const char* column) {
    if (text.empty()) return day_open_from;
    return last_days.of(text, {}, [&] { return last_day(text, row_of(record), column); });
  }
  [[nodiscard]] std::string_view node_id(std::size_t v) const {
    return {data->id_bytes.data() + data->id_offset[v], data->id_offset[v + 1] - data->id_offset[v]};
  }
  void sort_nodes();
  void move_nodes(const detail::Order& order);
  [[nodiscard]] Vertex end_of(std::size_t edge, std::int64_t key, const detail::KeyIndex& index,
                              const char* column) const;
  void resolve(detail::KeyBuffer&& keys, std::vector<Vertex>& ends, const detail::KeyIndex& index,
               const char* column) const;
  void resolve(detail::ColumnBuffer<std::int64_t>&& keys, detail::ColumnBuffer<Vertex>& ends,
               const detail::KeyIndex& index, const char* column) const;
  void sort_edges();
  void resolve_replacements(const Snapshot& snapshot);
};

SnapshotBuilder::SnapshotBuilder(std::shared_ptr<const Ontology> ontology) : impl_(std::make_unique<Impl>()) {
  impl_->ontology = std::move(ontology);
  impl_->data->id_offset = {0};
}

SnapshotBuilder::~SnapshotBuilder() = default;

void SnapshotBuilder::reserve(std::size_t nodes, std::size_t edges) {
  detail::SnapshotData& data = *impl_->data;
  data.node_key.reserve(nodes);
  data.id_offset.reserve(nodes + 1);
  data.node_type.reserve(nodes);
  data.node_from.reserve(nodes);
  data.node_to.reserve(nodes);
  impl_->from_key.reserve(edges);
  impl_->to_key.reserve(edges);
  impl_->edge_ids.reserve(edges);
  data.edge_key.reserve(edges);
  data.edge_type.reserve(edges);
  data.share.reserve(edges);
  data.valid_from.reserve(edges);
  data.valid_to.reserve(edges);
  data.source_day.reserve(edges);
}

template <class Node>
void SnapshotBuilder::Impl::add_node(const Node& node) {
  if (node.type >= ontology->node_types().size()) detail::refuse_value(row_of(node), "type", "there is no such type");
  const auto [from, to] = period_of(node);
  data->node_key.push_back(node.key);
  data->node_type.push_back(node.type);
  data->node_from.push_back(from);
  data->node_to.push_back(to);
  data->node_variants.push_back(static_cast<std::uint8_t>(node.variants));
  data->node_released.push_back(node.released ? 1 : 0);
  const Layer layer = node.layer.value_or(ontology->node_types()[node.type].layer);
  data->node_layer.push_back(static_cast<std::uint8_t>(layer));
  data->node_complete.push_back(node.variants_complete ? 1 : 0);
  // Who stands in a layer that is not its type's stands for whoever else is in that layer.
  const bool is_beside = layer != ontology->node_types()[node.type].layer;
  data->node_remainder.push_back(node.remainder || is_beside ? 1 : 0);
  data->id_bytes.insert(data->id_bytes.end(), node.id.begin(), node.id.end());
  data->id_offset.push_back(data->id_bytes.size());
}

void SnapshotBuilder::add(const SnapshotNode& node) { impl_->add_node(node); }
void SnapshotBuilder::add(const SnapshotNodeView& node) { impl_->add_node(node); }

template <class Edge>
void SnapshotBuilder::Impl::add_edge(const Edge& edge) {
  if (edge.type >= ontology->edge_types().size()) detail::refuse_value(row_of(edge), "type", "there is no such type");
  const auto [from, to] = period_of(edge);
  if (has_rest(edge)) add_rest(edge);
  from_key.push_back(edge.from);
  to_key.push_back(edge.to);
  edge_ids.push_back(edge.id, edge.hash);
  data->edge_key.push_back(edge.key);
  data->edge_type.push_back(edge.type);
  data->share.push_back(to_float(edge.share));
  data->valid_from.push_back(from);
  data->valid_to.push_back(to);
  data->source_day.push_back(last_day_of(edge.source_date, edge, "source"));
}

/// What few edges have. The columns are as long as up to the last one of them.
template <class Edge>
void SnapshotBuilder::Impl::add_rest(const Edge& edge) {
  pad_rest(data->edge_key.size());
  item_key.push_back(edge.item);
  market_key.push_back(edge.market);
  origin_key.push_back(edge.origin);
  unit.push_back(units.number(edge.unit));
  // Of a type that lists its roles the mode says which it is, so that an unstated one is the first.
  const bool has_roles = !ontology->edge_types()[edge.type].roles.empty();
  role.push_back(has_roles ? edge.mode : roles.number(edge.role));
  data->performance.push_back(to_float(edge.performance));
  data->confidence.push_back(to_float(edge.confidence));
  data->amount.push_back(edge.amount.value_or(detail::unknown_double));
  data->as_of.push_back(last_day_of(edge.as_of, edge, "as_of"));
  data->bound.push_back(static_cast<std::uint8_t>(edge.bound));
  data->status.push_back(static_cast<std::uint8_t>(edge.status));
  data->significance.push_back(static_cast<std::uint8_t>(edge.significance));
  data->mode.push_back(edge.mode);
  data->group.push_back(groups.number(edge.group));
  data->k.push_back(edge.k);
  if (!edge.replaces.empty()) replaces.emplace(edge.key, edge.replaces);
}

void SnapshotBuilder::Impl::pad_rest(std::size_t edges) {
  item_key.pad(edges, 0);
  market_key.pad(edges, 0);
  origin_key.pad(edges, 0);
  unit.pad(edges, 0);
  role.pad(edges, 0);
  detail::for_each_edge_column([&](const auto& column) { ((*data).*column.buffer).pad(edges, column.absent); },
                               detail::rare_columns, detail::group_column);
}

void SnapshotBuilder::add(const SnapshotEdge& edge) { impl_->add_edge(edge); }
void SnapshotBuilder::add(const SnapshotEdgeView& edge) { impl_->add_edge(edge); }

void SnapshotBuilder::add_name(std::int64_t node_key, const NodeName& name, std::string_view folded) {
  impl_->names.add(node_key, name, folded);
}

void SnapshotBuilder::set_other_counts(std::int64_t observations, std::int64_t sources, std::int64_t datasets) {
  impl_->others.observations = observations;
  impl_->others.sources = sources;
  impl_->others.datasets = datasets;
}

void SnapshotBuilder::Impl::sort_nodes() {
  const std::size_t n = data->node_key.size();
  std::size_t v = 1;
  while (v < n && node_id(v - 1) < node_id(v)) ++v;
  if (v >= n) return;
  detail::Order order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return node_id(a) < node_id(b); });
  move_nodes(order);
  for (v = 1; v < n; ++v)
    if (node_id(v - 1) == node_id(v)) throw SchemaError("two nodes have the id " + std::string(node_id(v)));
}

void SnapshotBuilder::Impl::move_nodes(const detail::Order& order) {
  data->node_key.permute(order);
  data->node_type.permute(order);
  data->node_from.permute(order);
  data->node_to.permute(order);
  data->node_variants.permute(order);
  data->node_released.permute(order);
  data->node_layer.permute(order);
  data->node_complete.permute(order);
  data->node_remainder.permute(order);
  std::vector<char> bytes;
  std::vector<std::uint64_t> offset{0};
  bytes.reserve(data->id_bytes.size());
  offset.reserve(order.size() + 1);
  for (const std::uint32_t v : order) {
    const std::string_view id = node_id(v);
    bytes.insert(bytes.end(), id.begin(), id.end());
    offset.push_back(bytes.size());
  }
  data->id_bytes = std::move(bytes);
  data->id_offset = std::move(offset);
}

Vertex SnapshotBuilder::Impl::end_of(std::size_t edge, std::int64_t key, const detail::KeyIndex& index,
                                     const char* column) const {
  const Vertex v = index.find(key);
  if (v == no_vertex)
    detail::refuse_value(
        {"edge", data->edge_key[edge]}, column,
        "edge " + edge_ids.text(edge) + " names a node that is not there (key " + std::to_string(key) + ")");
  return v;
}

void SnapshotBuilder::Impl::resolve(detail::KeyBuffer&& keys, std::vector<Vertex>& ends, const detail::KeyIndex& index,
                                    const char* column) const {
  if (keys.is_wide()) {
    ends.resize(keys.size());
    for (std::size_t e = 0; e < ends.size(); ++e) ends[e] = end_of(e, keys[e], index, column);
    keys = {};
  } else {
    ends = std::move(keys).release();
    for (std::size_t e = 0; e < ends.size(); ++e) ends[e] = end_of(e, ends[e], index, column);
  }
}

void SnapshotBuilder::Impl::resolve(detail::ColumnBuffer<std::int64_t>&& keys, detail::ColumnBuffer<Vertex>& ends,
                                    const detail::KeyIndex& index, const char* column) const {
  const auto end = [&](std::size_t e) { return keys[e] == 0 ? no_vertex : end_of(e, keys[e], index, column); };
  if (keys.is_constant()) {
    ends.assign(keys.size(), keys.size() == 0 ? no_vertex : end(0));
  } else {
    ends.reserve(keys.size());
    for (std::size_t e = 0; e < keys.size(); ++e) ends.push_back(end(e));
  }
  keys = {};
}

void SnapshotBuilder::Impl::sort_edges() {
  const detail::Order order = detail::edge_order(*data, edge_ids);
  edge_ids = {};
  if (order.empty()) return;
  detail::sort_edges(*data, order);
  unit.permute(order);
  role.permute(order);
}

/// @param snapshot  of the data as it is, which knows what is called what
void SnapshotBuilder::Impl::resolve_replacements(const Snapshot& snapshot) {
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    const auto found = replaces.find(snapshot.columns().edge_key[e]);
    if (found == replaces.end()) continue;
    std::vector<Vertex> items;
    for (const std::string& name : found->second) {
      std::optional<Vertex> item = snapshot.find(name);
      if (!item && snapshot.has_names()) {
        const std::vector<Vertex> candidates = snapshot.named(fold(name));
        if (candidates.size() == 1) item = candidates.front();
      }
      if (item) items.push_back(*item);
    }
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    // That an edge names what is not there yet is told by its own end, which it stands for anyway.
    if (items.empty()) items.push_back(snapshot.columns().to[e]);
    data->replaces_edge.insert(data->replaces_edge.end(), items.size(), e);
    data->replaces_item.insert(data->replaces_item.end(), items.begin(), items.end());
  }
}

std::shared_ptr<const Snapshot> SnapshotBuilder::build(std::int32_t settled_from) && {
  Impl& impl = *impl_;
  detail::SnapshotData& data = *impl.data;
  if (data.node_key.size() >= no_vertex) throw SchemaError("a snapshot holds fewer than 2^32 - 1 nodes");
  if (data.edge_key.size() >= no_arc) throw SchemaError("a snapshot holds fewer than 2^32 - 1 edges");
  impl.pad_rest(data.edge_key.size());
  impl.sort_nodes();
  {
    const detail::KeyIndex index(data.node_key);
    impl.resolve(std::move(impl.from_key), data.from, index, "from_node");
    impl.resolve(std::move(impl.to_key), data.to, index, "to_node");
    impl.resolve(std::move(impl.item_key), data.item, index, "item");
    impl.resolve(std::move(impl.market_key), data.market, index, "market");
    impl.resolve(std::move(impl.origin_key), data.origin, index, "origin");
    std::move(impl.names).move_into(data, index);
  }
  // Lists of groups go by number: by name, and not by when a row was read.
  const detail::TextNumbers::Sorted groups = impl.groups.sorted();
  data.group.renumber(groups.place);
  impl.sort_edges();
  detail::index_edges(data);
  detail::number_claims(data, impl.unit, impl.role);
  impl.unit = {};
  impl.role = {};
  detail::settle_gates(data, settled_from);
  if (!impl.replaces.empty()) impl.resolve_replacements({impl.ontology, data.columns(), groups.texts, impl.data});
  data.requirements_are_arcs = detail::are_requirements_arcs(data, *impl.ontology);
  const SnapshotColumns columns = data.columns();
  auto snapshot = std::make_shared<Snapshot>(std::move(impl.ontology), columns, groups.texts, std::move(impl.data));
  RecordCounts counts = counts_of(*snapshot);
  counts.observations = impl.others.observations;
  counts.sources = impl.others.sources;
  counts.datasets = impl.others.datasets;
  snapshot->keep_counts(std::move(counts));
  return snapshot;
}

}  // namespace chokepoint
