#include "store/bulk/bulk_edges.hpp"

#include "store/bulk/dropped_indexes.hpp"
#include "store/rows/merge.hpp"
#include "store/sqlite_pages/row_bytes.hpp"
#include "support/channel.hpp"

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t edge_memory_bytes = std::size_t{512} << 20U;
constexpr std::size_t name_memory_bytes = std::size_t{64} << 20U;
constexpr std::size_t reverse_memory_bytes = std::size_t{256} << 20U;
constexpr std::int64_t rows_between_ticks = 4096;

/// Sorted edges, equal claims as one.
class UnitedEdges {
 public:
  UnitedEdges(const Ontology& ontology, const EdgeKeys& keys, RecordSorter& edges, std::vector<std::string>& conflicts)
      : ontology_(ontology), keys_(keys), edges_(edges), conflicts_(conflicts), more_(edges.next()) {}

  bool next() {
    if (++at_ < size_) return true;
    return read_group();
  }
  [[nodiscard]] const SortKey& key() const { return key_; }
  [[nodiscard]] const std::string& record() const { return group_[at_]; }
  [[nodiscard]] Edge edge() const { return edge_of(record()); }

 private:
  /// The records of one key: one claim as a rule, several only when hashes agree in 48 bits or ids were given.
  bool read_group() {
    at_ = size_ = 0;
    if (!more_) return false;
    key_ = edges_.key();
    do {
      unite_or_add(edges_.record());
      more_ = edges_.next();
    } while (more_ && edges_.key() == key_);
    return true;
  }

  void unite_or_add(std::string_view record) {
    for (std::size_t i = 0; i < size_; ++i) {
      std::string& earlier = group_[i];
      const StagedHead a = head_of(earlier), b = head_of(record);
      if (a.hash != b.hash || name_of(earlier) != name_of(record)) continue;
      const Edge united = merged(std::vector<Edge>{edge_of(earlier), edge_of(record)}, conflicts_);
      pack_edge(packer_, united, a, node_keys(united, keys_), keys_);
      earlier = packer_.bytes();
      return;
    }
    if (size_ == group_.size()) group_.emplace_back();
    group_[size_++] = record;
  }

  [[nodiscard]] Edge edge_of(std::string_view record) const {
    return unpack_edge(key_, record, ontology_.edge_types()[ends_of(key_).type].id, keys_);
  }

  const Ontology& ontology_;
  const EdgeKeys& keys_;
  RecordSorter& edges_;
  std::vector<std::string>& conflicts_;
  bool more_;
  SortKey key_;
  std::vector<std::string> group_;  ///< the first `size_` are meant; the others are memory to be used again
  std::size_t at_ = 0, size_ = 0;
  Packer packer_;
};

std::string_view row_of(RowBytes& row, std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
  row.begin();
  for (const std::int64_t value : {a, b, c, d}) row.integer(value);
  return row.end();
}

/// The trees beside the table, which hold only keys: filled in another thread while the rows are made.
class FurtherTrees {
 public:
  /// @param sorting_memory  bytes that the sorter of `edge_reverse` may hold
  FurtherTrees(StagedTrees& trees, std::size_t sorting_memory)
      : reverse_memory_(std::min(reverse_memory_bytes, sorting_memory)), thread_([this, &trees] { fill(trees); }) {
    ends_.reserve(batch);
  }
  ~FurtherTrees() {
    channel_.close(std::make_exception_ptr(GivenUp()));
    if (thread_.joinable()) thread_.join();
  }
  FurtherTrees(const FurtherTrees&) = delete;
  FurtherTrees& operator=(const FurtherTrees&) = delete;

  /// The ends of the next row; keys count from 1.
  void add(const EdgeEnds& ends) {
    ends_.push_back(ends);
    if (ends_.size() == batch) give();
  }
  /// @throws what filling the trees threw
  void finish() {
    give();
    channel_.close();
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  static constexpr std::size_t batch = 4096;
  struct GivenUp {};

  void give() {
    channel_.give(ends_);
    ends_.clear();
  }
  void fill(StagedTrees& trees) {
    try {
      write(trees);
    } catch (...) {
      failure_ = std::current_exception();
    }
    channel_.leave();
  }
  void write(StagedTrees& trees) {
    PageTree by_key = trees.tree("edge_by_key", PageTree::Kind::keys);
    RecordSorter reverse(reverse_memory_);
    RowBytes bytes;
    std::int64_t key = 0;
    std::vector<EdgeEnds> rows;
    while (channel_.take(rows)) {
      for (const EdgeEnds& ends : rows) {
        ++key;
        by_key.add(row_of(bytes, key, ends.from, ends.type, ends.to));
        reverse.add(edge_key({ends.to, ends.type, ends.from}, static_cast<std::uint64_t>(key) << 16U), {});
      }
    }
    by_key.finish();
    PageTree backwards = trees.tree("edge_reverse", PageTree::Kind::keys);
    constexpr std::uint64_t key_bits = 48;
    while (reverse.next()) {
      const EdgeEnds ends = ends_of(reverse.key());
      key = static_cast<std::int64_t>(reverse.key().low & ((std::uint64_t{1} << key_bits) - 1));
      backwards.add(row_of(bytes, ends.from, ends.type, ends.to, key));
    }
    backwards.finish();
  }

  std::size_t reverse_memory_;
  Channel<std::vector<EdgeEnds>> channel_;
  std::vector<EdgeEnds> ends_;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace

BulkEdges::BulkEdges(const Ontology& ontology, EdgeKeys keys, std::vector<std::string>& conflicts,
                     std::size_t sorting_memory)
    : ontology_(ontology),
      keys_(std::move(keys)),
      conflicts_(conflicts),
      edges_(std::min(edge_memory_bytes, sorting_memory)),
      names_(std::min(name_memory_bytes, sorting_memory)) {}

void BulkEdges::stage(const Edge& edge, std::uint64_t place, const EndKeys& nodes, std::uint64_t hash) {
  const EdgeEnds ends{static_cast<std::uint32_t>(nodes.from), *ontology_.edge_type(edge.type),
                      static_cast<std::uint32_t>(nodes.to)};
  const std::uint64_t number = edges_.size();
  if (!edge.id.empty() && edge.id != hash_text(hash)) {
    packer_.clear();
    packer_.ended_text(edge.id);
    packer_.fixed(number);
    packer_.fixed(hash);
    packer_.number(place);
    packer_.text(describe(edge));
    names_.add(prefix_key(edge.id), packer_.bytes());
  }
  for (std::size_t i = 0; i < nodes.named.size(); ++i) named_[i] = named_[i] || nodes.named[i] != 0;
  pack_edge(packer_, edge, {number, hash, place}, nodes, keys_);
  edges_.add(edge_key(ends, hash), packer_.bytes());
}

void BulkEdges::refuse_repeated_names(
    const std::function<void(std::uint64_t, const std::string& name, const std::string& other)>& refuse) {
  std::string name, first;
  std::uint64_t first_hash = 0;
  while (names_.next()) {
    Unpacker fields(names_.record());
    const std::string_view this_name = fields.ended_text();
    fields.fixed();
    const std::uint64_t hash = fields.fixed(), place = fields.number();
    if (this_name != name) {
      name = this_name;
      first = fields.text();
      first_hash = hash;
    } else if (hash != first_hash) {
      refuse(place, name, first);
    }
  }
}

std::int64_t BulkEdges::write(BulkState& state) {
  // Indexes of fields that a few edges have at most are made by SQLite; those of the others stay, and are empty.
  std::vector<std::string> used;
  if (names_.size() > 0) used.emplace_back("edge_by_name");
  auto is_named = named_.begin();
  for_each_field<Edge>([&](const auto& field) {
    if (field_kind<decltype(field)> == FieldKind::node && *is_named++)
      used.push_back("edge_by_" + std::string(field.column_name()));
  });
  const DroppedIndexes dropped(state.staging.connection(), used);
  std::int64_t written = 0;
  state.staging.fill([&](StagedTrees& trees) { written = write_trees(state, trees); });
  dropped.make_again();
  return written;
}

std::int64_t BulkEdges::write_trees(BulkState& state, StagedTrees& trees) {
  PageTree table = trees.tree("edge", PageTree::Kind::keys);
  UnitedEdges edges(ontology_, keys_, edges_, conflicts_);
  RowBytes bytes;
  Packer packer;
  std::int64_t written = 0;
  const FurtherCitation cite = [&](std::size_t position, std::int64_t source, std::string_view locator,
                                   std::string_view read) {
    packer.clear();
    packer.fixed(position);
    packer.number(static_cast<std::uint64_t>(source));
    packer.text(locator);
    packer.text(read);
    state.citations.add({0, static_cast<std::uint64_t>(written)}, packer.bytes());
  };
  FurtherTrees further(trees, state.sorting_memory);
  while (edges.next()) {
    if (++written % rows_between_ticks == 0 && state.tick) state.tick();
    table.add(edge_row(bytes, edges.key(), edges.record(), written, state.dataset, cite));
    further.add(ends_of(edges.key()));
  }
  table.finish();
  further.finish();
  return written;
}

void BulkEdges::for_each(const std::function<void(const Edge&, std::uint64_t)>& visit) {
  UnitedEdges edges(ontology_, keys_, edges_, conflicts_);
  while (edges.next()) visit(edges.edge(), head_of(edges.record()).place);
}

}  // namespace chokepoint::detail
