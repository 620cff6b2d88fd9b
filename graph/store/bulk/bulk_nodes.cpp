#include "store/bulk/bulk_nodes.hpp"

#include "chokepoint/model/text.hpp"
#include "store/bulk/packed_node.hpp"
#include "store/rows/node_names.hpp"
#include "store/rows/row_writer.hpp"
#include "store/sqlite_pages/row_bytes.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::size_t node_memory_bytes = std::size_t{128} << 20U;
constexpr std::size_t id_memory_bytes = std::size_t{64} << 20U;
constexpr std::size_t alias_memory_bytes = std::size_t{128} << 20U;
constexpr std::int64_t rows_between_looks = 4096;

/// What a node is found by.
struct Name {
  unsigned kind = 0;
  std::string_view tag, name;
  std::string folded;
  [[nodiscard]] auto place() const { return std::tie(kind, tag, name); }
};

/// The names of a node in the order of `alias_by_node`, each once. They live as long as the node.
std::vector<Name>& names_of(const Node& node, std::vector<Name>& names) {
  std::size_t count = 0;
  for_each_name(node, [&](NameKind kind, std::string_view tag, std::string_view name, std::string&& folded) {
    if (count == names.size()) names.emplace_back();
    names[count++] = {kind, tag, name, std::move(folded)};
  });
  names.resize(count);
  std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.place() < b.place(); });
  const auto same = [](const Name& a, const Name& b) { return a.place() == b.place(); };
  names.erase(std::unique(names.begin(), names.end(), same), names.end());
  return names;
}

/// A name as the sorter of the table of names has it, which puts them in their order.
void pack_name(Packer& packer, const Name& name, std::int64_t key) {
  packer.clear();
  packer.ended_text(name.folded);
  packer.fixed(static_cast<std::uint64_t>(key));
  packer.number(name.kind);
  packer.ended_text(name.tag);
  packer.ended_text(name.name);
}

/// The rows of `citation`.
class CitationRows : public RowSource {
 public:
  explicit CitationRows(RecordSorter& citations) : citations_(citations) {}
  [[nodiscard]] std::span<const Cell> row() const override { return cells_; }

  bool next() override {
    if (!citations_.next()) return false;
    const auto [kind, record] = citations_.key();
    Unpacker fields(citations_.record());
    const auto position = static_cast<std::int64_t>(fields.fixed());
    const auto source = static_cast<std::int64_t>(fields.number());
    cells_ = {table_of(kind == 0 ? RecordKind::edge : RecordKind::node),
              static_cast<std::int64_t>(record),
              position,
              source,
              fields.text(),
              cell_unless_empty(fields.text())};
    return true;
  }

 private:
  RecordSorter& citations_;
  std::array<Cell, 6> cells_;
};

}  // namespace

void stage_citations(BulkState& state, RecordKind kind, std::int64_t key, const std::vector<Citation>& citations) {
  Packer packer;
  for (std::size_t i = 1; i < citations.size(); ++i) {
    packer.clear();
    packer.fixed(i);
    packer.number(static_cast<std::uint64_t>(state.source_key(citations[i].source)));
    packer.text(citations[i].locator);
    packer.text(citations[i].read);
    // The table is sorted by the name of the kind: `edge` stands before `node`.
    state.citations.add({kind == RecordKind::edge ? 0U : 1U, static_cast<std::uint64_t>(key)}, packer.bytes());
  }
}

void write_citations(BulkState& state) {
  CitationRows rows(state.citations);
  insert_rows(state.staging.connection(), "citation", 6, rows);
}

BulkNodes::BulkNodes(std::int64_t dataset, std::size_t sorting_memory)
    : dataset_(dataset),
      nodes_(std::min(node_memory_bytes, sorting_memory)),
      ids_(std::min(id_memory_bytes, sorting_memory)),
      names_(std::min(alias_memory_bytes, sorting_memory)) {}

void BulkNodes::add(const Node& node, std::int64_t key, std::uint16_t type, std::int64_t source) {
  packer_.clear();
  packer_.number(type);
  packer_.number(static_cast<std::uint64_t>(source));
  packer_.text(node.sources.front().locator);
  packer_.text(node.sources.front().read);
  pack_node(packer_, node);
  nodes_.add({static_cast<std::uint64_t>(key), 0}, packer_.bytes());
}

void BulkNodes::write(StagedTrees& trees, const std::stop_token& stop) {
  write_rows(trees, stop);
  write_ids(trees);
  write_names(trees, stop);
}

void BulkNodes::write_rows(StagedTrees& trees, const std::stop_token& stop) {
  PageTree table = trees.tree("node", PageTree::Kind::rows),
           by_folded = trees.tree("sqlite_autoindex_node_2", PageTree::Kind::keys),
           names_by_node = trees.tree("alias_by_node", PageTree::Kind::keys);
  RowBytes bytes;
  Node node;
  std::vector<Name> names;
  std::string folded, labels, codes;
  while (nodes_.next()) {
    const auto key = static_cast<std::int64_t>(nodes_.key().high);
    if (key % rows_between_looks == 0 && stop.stop_requested()) return;
    Unpacker fields(nodes_.record());
    const auto type = static_cast<std::int64_t>(fields.number()), source = static_cast<std::int64_t>(fields.number());
    const std::string_view locator = fields.text(), read = fields.text();
    unpack_node(fields, node);
    folded = fold(node.id);
    labels = json_of_texts(node.labels);
    codes = json_of_texts(node.codes);
    const auto text = [](const std::string& value) { return std::string_view(value); };
    table.add(bytes.of(std::array<Cell, 14>{Cell(), text(node.id), text(folded), type, text(labels), text(codes),
                                            text(node.description), text(node.since), text(node.until),
                                            text(node.attributes), source, locator, dataset_, cell_unless_empty(read)}),
              key);
    by_folded.add(bytes.of(std::array<Cell, 2>{text(folded), key}));
    packer_.clear();
    packer_.ended_text(node.id);
    packer_.number(static_cast<std::uint64_t>(key));
    ids_.add(prefix_key(node.id), packer_.bytes());
    for (const Name& name : names_of(node, names)) {
      const std::string_view kind = name_kinds[name.kind];
      names_by_node.add(bytes.of(std::array<Cell, 5>{key, kind, name.tag, name.name, text(name.folded)}));
      pack_name(packer_, name, key);
      names_.add(prefix_key(name.folded), packer_.bytes());
    }
  }
  table.finish();
  by_folded.finish();
  names_by_node.finish();
}

void BulkNodes::write_ids(StagedTrees& trees) {
  PageTree by_id = trees.tree("sqlite_autoindex_node_1", PageTree::Kind::keys);
  RowBytes bytes;
  while (ids_.next()) {
    Unpacker fields(ids_.record());
    const std::string_view id = fields.ended_text();
    by_id.add(bytes.of(std::array<Cell, 2>{id, static_cast<std::int64_t>(fields.number())}));
  }
  by_id.finish();
}

void BulkNodes::write_names(StagedTrees& trees, const std::stop_token& stop) {
  PageTree table = trees.tree("alias", PageTree::Kind::keys);
  RowBytes bytes;
  for (std::int64_t row = 0; names_.next(); ++row) {
    if (row % rows_between_looks == 0 && stop.stop_requested()) return;
    Unpacker fields(names_.record());
    const std::string_view folded = fields.ended_text();
    const auto key = static_cast<std::int64_t>(fields.fixed());
    const std::string_view kind = name_kinds[fields.number()];
    const std::string_view tag = fields.ended_text();
    table.add(bytes.of(std::array<Cell, 5>{folded, key, kind, tag, fields.ended_text()}));
  }
  table.finish();
}

std::int64_t write_nodes(BulkState& state, const std::function<NextNode()>& next) {
  const auto nodes = std::make_shared<BulkNodes>(state.dataset, state.sorting_memory);
  for (NextNode taken = next(); taken.node != nullptr; taken = next()) {
    const Node& node = *taken.node;
    const std::uint16_t type = *state.ontology.node_type(node.type);
    const std::int64_t key = state.nodes.add(node.id, type);
    if (key % rows_between_looks == 0 && state.tick) state.tick();
    if (!taken.keep) continue;
    nodes->add(node, key, type, state.source_key(node.sources.front().source));
    stage_citations(state, RecordKind::node, key, node.sources);
  }
  const std::int64_t written = nodes->size();
  state.staging.fill_aside([nodes](StagedTrees& trees, const std::stop_token& stop) { nodes->write(trees, stop); });
  return written;
}

}  // namespace chokepoint::detail
