#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "snapshot/name_heap.hpp"
#include "snapshot/snapshot_data.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>

namespace chokepoint {

namespace {

constexpr float unknown_float = std::numeric_limits<float>::quiet_NaN();
constexpr double unknown_double = std::numeric_limits<double>::quiet_NaN();

/// Texts as dense numbers in order of first use; "" is 0.
class TextNumbers {
 public:
  TextNumbers() { number(""); }
  std::uint32_t number(const std::string& text) {
    if (text.empty() && !texts_.empty()) return 0;
    const auto [place, is_new] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return place->second;
  }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

[[noreturn]] void refuse(const SnapshotNode& node, const std::string& why) {
  throw SchemaError("node " + node.id + ": " + why);
}
[[noreturn]] void refuse(const SnapshotEdge& edge, const std::string& why) {
  throw SchemaError("edge " + edge.id + ": " + why);
}

/// Remembers what few different texts mean: the dates of millions of edges are a few thousand days.
template <typename Value>
class Memo {
 public:
  /// @param compute  called where the text is not the one that was last put into its place
  template <typename Compute>
  const Value& of(const std::string& text, Compute compute) {
    Entry& entry = entries_[hash_bytes(text) % entries_.size()];
    if (!entry.is_filled || entry.text != text) {
      entry.value = compute();
      entry.text = text;
      entry.is_filled = true;
    }
    return entry.value;
  }

 private:
  struct Entry {
    std::string text;
    Value value{};
    bool is_filled = false;
  };
  std::vector<Entry> entries_ = std::vector<Entry>(4096);
};

/// `fold`, which ASCII text without blanks takes by lower case alone.
std::string fold_id(std::string_view id) {
  const bool is_plain = std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (!is_plain) return fold(id);
  std::string folded(id);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

std::int32_t last_day(const std::string& text, const SnapshotEdge& record) {
  if (text.empty()) return day_open_from;
  const auto date = parse_partial_date(text);
  if (!date) refuse(record, "'" + text + "' is not a date");
  return date->next.days - 1;
}

template <class Record>
std::pair<std::int32_t, std::int32_t> validity_days(const Record& record) {
  const std::string& since = record.since;
  const std::string& until = record.until;
  if (since.empty() && until.empty()) return {day_open_from, day_open_to};
  const auto validity = parse_validity(since, until);
  if (!validity) refuse(record, "from '" + since + "' until '" + until + "' is no period");
  return {validity->from ? validity->from->days : day_open_from, validity->to ? validity->to->days : day_open_to};
}

float to_float(const std::optional<double>& value) { return value ? static_cast<float>(*value) : unknown_float; }

/// `column[i]` becomes the old `column[order[i]]`.
template <class T>
void permute(std::vector<T>& column, const std::vector<std::uint32_t>& order) {
  std::vector<T> sorted(column.size());
  for (std::size_t i = 0; i < order.size(); ++i) sorted[i] = column[order[i]];
  column = std::move(sorted);
}

/// Numbers of nodes by their store key.
class KeyIndex {
 public:
  explicit KeyIndex(const std::vector<std::int64_t>& keys) {
    const auto largest = keys.empty() ? 0 : *std::max_element(keys.begin(), keys.end());
    const auto smallest = keys.empty() ? 0 : *std::min_element(keys.begin(), keys.end());
    // A store counts its keys up from 1, so a table is nearly always the smaller index.
    if (smallest >= 0 && static_cast<std::uint64_t>(largest) <= 4 * keys.size() + 1024) {
      table_.assign(static_cast<std::size_t>(largest) + 1, no_vertex);
    }
    for (std::size_t v = 0; v < keys.size(); ++v) {
      if (find(keys[v]) != no_vertex) throw SchemaError("two nodes have the key " + std::to_string(keys[v]));
      if (table_.empty()) {
        map_.emplace(keys[v], static_cast<Vertex>(v));
      } else {
        table_[static_cast<std::size_t>(keys[v])] = static_cast<Vertex>(v);
      }
    }
  }
  [[nodiscard]] Vertex find(std::int64_t key) const {
    if (!table_.empty()) {
      return key >= 0 && static_cast<std::size_t>(key) < table_.size() ? table_[static_cast<std::size_t>(key)]
                                                                        : no_vertex;
    }
    const auto place = map_.find(key);
    return place == map_.end() ? no_vertex : place->second;
  }

 private:
  std::vector<Vertex> table_;
  std::unordered_map<std::int64_t, Vertex> map_;
};

}  // namespace

struct SnapshotBuilder::Impl {
  std::shared_ptr<const Ontology> ontology;
  std::shared_ptr<detail::SnapshotData> data = std::make_shared<detail::SnapshotData>();
  std::vector<std::string> node_ids;
  // Edges name nodes by key until all nodes are known.
  std::vector<std::int64_t> from_key, to_key, item_key, market_key, origin_key;
  std::vector<std::uint32_t> unit;
  std::vector<std::uint64_t> edge_id_offset = {0};
  std::vector<char> edge_id_bytes;
  TextNumbers groups, units;
  Memo<std::pair<std::int32_t, std::int32_t>> periods;
  Memo<std::int32_t> last_days;
  // Names wait for the nodes, too.
  struct Name {
    std::int64_t node_key;
    std::uint32_t hash;
    std::uint32_t size;  ///< bytes in name_bytes
  };
  std::vector<Name> names;
  std::vector<char> name_bytes;

  [[nodiscard]] std::string_view edge_id(std::size_t e) const {
    return {edge_id_bytes.data() + edge_id_offset[e], edge_id_offset[e + 1] - edge_id_offset[e]};
  }
  void sort_nodes();
  void resolve(const KeyIndex& index);
  void resolve_column(const KeyIndex& index, std::vector<std::int64_t>& keys, std::vector<Vertex>& vertices,
                      bool optional) const;
  [[nodiscard]] std::vector<std::uint32_t> edge_order() const;
  void sort_edges();
  void sort_names(const KeyIndex& index);
};

SnapshotBuilder::SnapshotBuilder(std::shared_ptr<const Ontology> ontology) : impl_(std::make_unique<Impl>()) {
  impl_->ontology = std::move(ontology);
}

SnapshotBuilder::~SnapshotBuilder() = default;

void SnapshotBuilder::add(SnapshotNode node) {
  detail::SnapshotData& data = *impl_->data;
  if (node.type >= impl_->ontology->node_types().size()) refuse(node, "unknown type number");
  const auto [from, to] = validity_days(node);
  data.node_key.push_back(node.key);
  data.node_type.push_back(node.type);
  data.node_from.push_back(from);
  data.node_to.push_back(to);
  data.node_variants.push_back(static_cast<std::uint8_t>(node.variants));
  data.node_released.push_back(node.released ? 1 : 0);
  const Layer layer = node.layer.value_or(impl_->ontology->node_types()[node.type].layer);
  data.node_layer.push_back(static_cast<std::uint8_t>(layer));
  impl_->node_ids.push_back(std::move(node.id));
}

void SnapshotBuilder::add(SnapshotEdge edge) {
  detail::SnapshotData& data = *impl_->data;
  if (edge.type >= impl_->ontology->edge_types().size()) refuse(edge, "unknown type number");
  const auto [from, to] = edge.until.empty()
                              ? impl_->periods.of(edge.since, [&] { return validity_days(edge); })
                              : impl_->periods.of(edge.since + '/' + edge.until, [&] { return validity_days(edge); });
  impl_->from_key.push_back(edge.from);
  impl_->to_key.push_back(edge.to);
  impl_->item_key.push_back(edge.item);
  impl_->market_key.push_back(edge.market);
  impl_->origin_key.push_back(edge.origin);
  impl_->unit.push_back(impl_->units.number(edge.unit));
  impl_->edge_id_bytes.insert(impl_->edge_id_bytes.end(), edge.id.begin(), edge.id.end());
  impl_->edge_id_offset.push_back(impl_->edge_id_bytes.size());
  data.edge_key.push_back(edge.key);
  data.edge_type.push_back(edge.type);
  data.share.push_back(to_float(edge.share));
  data.performance.push_back(to_float(edge.performance));
  data.confidence.push_back(to_float(edge.confidence));
  data.amount.push_back(edge.amount.value_or(unknown_double));
  data.valid_from.push_back(from);
  data.valid_to.push_back(to);
  data.as_of.push_back(edge.as_of.empty() ? day_open_from : last_day(edge.as_of, edge));
  data.bound.push_back(static_cast<std::uint8_t>(edge.bound));
  data.status.push_back(static_cast<std::uint8_t>(edge.status));
  data.significance.push_back(static_cast<std::uint8_t>(edge.significance));
  data.mode.push_back(edge.mode);
  data.group.push_back(impl_->groups.number(edge.group));
  data.k.push_back(edge.k);
  data.source_day.push_back(impl_->last_days.of(edge.source_date, [&] { return last_day(edge.source_date, edge); }));
}

void SnapshotBuilder::add_name(std::int64_t node_key, const NodeName& name, std::string_view folded) {
  const std::size_t before = impl_->name_bytes.size();
  detail::append_name(impl_->name_bytes, name);
  impl_->names.push_back(
      {node_key, detail::name_hash(folded), static_cast<std::uint32_t>(impl_->name_bytes.size() - before)});
}

/// Names in order of their nodes, and the sorted list of hashes, to which the ids contribute.
void SnapshotBuilder::Impl::sort_names(const KeyIndex& index) {
  if (names.empty()) return;
  const std::size_t n = data->node_key.size();
  std::vector<Vertex> owner(names.size());
  data->name_offset.assign(n + 1, 0);
  for (std::size_t i = 0; i < names.size(); ++i) {
    owner[i] = index.find(names[i].node_key);
    if (owner[i] == no_vertex) throw SchemaError("a name belongs to a node that is not there");
    data->name_offset[owner[i] + std::size_t{1}] += names[i].size;
  }
  std::partial_sum(data->name_offset.begin(), data->name_offset.end(), data->name_offset.begin());
  data->name_bytes.resize(name_bytes.size());
  std::vector<std::uint64_t> next(data->name_offset.begin(), data->name_offset.end() - 1);
  std::vector<std::uint64_t> order;  // hash above vertex: one sort for both
  order.reserve(names.size() + n);
  for (std::size_t i = 0, at = 0; i < names.size(); at += names[i++].size) {
    std::copy_n(name_bytes.begin() + static_cast<std::ptrdiff_t>(at), names[i].size,
                data->name_bytes.begin() + static_cast<std::ptrdiff_t>(next[owner[i]]));
    next[owner[i]] += names[i].size;
    order.push_back(std::uint64_t{names[i].hash} << 32U | owner[i]);
  }
  names = {};
  name_bytes = {};
  for (std::size_t v = 0; v < n; ++v) {
    const std::string_view id(data->id_bytes.data() + data->id_offset[v], data->id_offset[v + 1] - data->id_offset[v]);
    order.push_back(std::uint64_t{detail::name_hash(fold_id(id))} << 32U | v);
  }
  std::sort(order.begin(), order.end());
  order.erase(std::unique(order.begin(), order.end()), order.end());
  data->name_hash.reserve(order.size());
  data->name_node.reserve(order.size());
  for (const std::uint64_t entry : order) {
    data->name_hash.push_back(static_cast<std::uint32_t>(entry >> 32U));
    data->name_node.push_back(static_cast<Vertex>(entry));
  }
}

void SnapshotBuilder::Impl::sort_nodes() {
  std::vector<std::uint32_t> order(node_ids.size());
  std::iota(order.begin(), order.end(), 0U);
  // A store hands its nodes over in order already.
  if (!std::is_sorted(node_ids.begin(), node_ids.end())) {
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return node_ids[a] < node_ids[b]; });
  }
  permute(data->node_key, order);
  permute(data->node_type, order);
  permute(data->node_from, order);
  permute(data->node_to, order);
  permute(data->node_variants, order);
  permute(data->node_released, order);
  permute(data->node_layer, order);
  data->id_offset = {0};
  data->id_offset.reserve(order.size() + 1);
  for (std::size_t v = 0; v < order.size(); ++v) {
    const std::string& id = node_ids[order[v]];
    if (v > 0 && id == node_ids[order[v - 1]]) throw SchemaError("two nodes have the id " + id);
    data->id_bytes.insert(data->id_bytes.end(), id.begin(), id.end());
    data->id_offset.push_back(data->id_bytes.size());
  }
  node_ids = {};
}

void SnapshotBuilder::Impl::resolve_column(const KeyIndex& index, std::vector<std::int64_t>& keys,
                                           std::vector<Vertex>& vertices, bool optional) const {
  vertices.resize(keys.size());
  for (std::size_t e = 0; e < keys.size(); ++e) {
    const bool absent = optional && keys[e] == 0;
    vertices[e] = absent ? no_vertex : index.find(keys[e]);
    if (!absent && vertices[e] == no_vertex) {
      throw SchemaError("edge " + std::string(edge_id(e)) + " names a node that is not there (key " +
                        std::to_string(keys[e]) + ")");
    }
  }
  keys = {};
}

void SnapshotBuilder::Impl::resolve(const KeyIndex& index) {
  resolve_column(index, from_key, data->from, false);
  resolve_column(index, to_key, data->to, false);
  resolve_column(index, item_key, data->item, true);
  resolve_column(index, market_key, data->market, true);
  resolve_column(index, origin_key, data->origin, true);
}

/// Edges by (from, type, to, id): buckets by `from`, then a sort of each bucket.
std::vector<std::uint32_t> SnapshotBuilder::Impl::edge_order() const {
  const std::size_t m = data->from.size();
  std::vector<std::size_t> bucket(data->node_key.size() + 1, 0);
  for (const Vertex v : data->from) ++bucket[v + std::size_t{1}];
  std::partial_sum(bucket.begin(), bucket.end(), bucket.begin());
  std::vector<std::uint32_t> order(m);
  std::vector<std::size_t> next(bucket);
  for (std::size_t e = 0; e < m; ++e) order[next[data->from[e]]++] = static_cast<std::uint32_t>(e);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    if (data->edge_type[a] != data->edge_type[b]) return data->edge_type[a] < data->edge_type[b];
    if (data->to[a] != data->to[b]) return data->to[a] < data->to[b];
    return edge_id(a) < edge_id(b);
  };
  for (std::size_t v = 0; v + 1 < bucket.size(); ++v) {
    std::sort(order.begin() + static_cast<std::ptrdiff_t>(bucket[v]),
              order.begin() + static_cast<std::ptrdiff_t>(bucket[v + 1]), before);
  }
  return order;
}

void SnapshotBuilder::Impl::sort_edges() {
  const std::vector<std::uint32_t> order = edge_order();
  edge_id_offset = {};
  edge_id_bytes = {};
  permute(data->from, order);
  permute(data->to, order);
  permute(data->item, order);
  permute(data->market, order);
  permute(data->origin, order);
  permute(unit, order);
  permute(data->edge_key, order);
  permute(data->edge_type, order);
  permute(data->share, order);
  permute(data->performance, order);
  permute(data->confidence, order);
  permute(data->amount, order);
  permute(data->valid_from, order);
  permute(data->valid_to, order);
  permute(data->as_of, order);
  permute(data->bound, order);
  permute(data->status, order);
  permute(data->significance, order);
  permute(data->mode, order);
  permute(data->group, order);
  permute(data->k, order);
  permute(data->source_day, order);
}

std::shared_ptr<const Snapshot> SnapshotBuilder::build(std::int32_t settled_from) && {
  Impl& impl = *impl_;
  if (impl.node_ids.size() >= no_vertex) throw SchemaError("a snapshot holds fewer than 2^32 - 1 nodes");
  if (impl.from_key.size() >= no_arc) throw SchemaError("a snapshot holds fewer than 2^32 - 1 edges");
  impl.sort_nodes();
  {
    const KeyIndex index(impl.data->node_key);
    impl.resolve(index);
    impl.sort_names(index);
  }
  impl.sort_edges();
  detail::index_edges(*impl.data);
  detail::number_claims(*impl.data, impl.unit);
  detail::settle_gates(*impl.data, settled_from);
  const SnapshotColumns columns = impl.data->columns();
  return std::make_shared<const Snapshot>(std::move(impl.ontology), columns, impl.groups.texts(),
                                          std::move(impl.data));
}

}  // namespace chokepoint
