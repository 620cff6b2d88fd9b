#include "store/bulk_nodes.hpp"

#include "store/dropped_indexes.hpp"
#include "store/packed.hpp"
#include "store/row_feed.hpp"
#include "store/row_writer.hpp"


#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::size_t alias_memory_bytes = std::size_t{128} << 20U;

/// In the order of their texts, as the primary key of `alias` has them.
constexpr std::array<std::string_view, 4> name_kinds{"alias", "code", "id", "label"};

/// Pulls nodes, hands their rows to `node` and keeps their names for `alias`.
class NodeRows : public RowSource {
 public:
  NodeRows(BulkState& state, const std::function<NextNode()>& next, RecordSorter& names)
      : state_(state), next_(next), names_(names) {}

  [[nodiscard]] std::int64_t written() const { return written_; }
  [[nodiscard]] std::span<const Cell> row() const override { return cells_; }

  bool next() override {
    for (;;) {
      const NextNode next = next_();
      if (next.node == nullptr) return false;
      const Node& node = *next.node;
      const std::uint16_t type = *state_.ontology.node_type(node.type);
      const std::int64_t key = state_.nodes.add(node.id, type);
      if (!next.keep) continue;
      fill(node, key, type);
      stage_citations(state_, RecordKind::node, key, node.sources);
      stage_names(node, key);
      ++written_;
      return true;
    }
  }

 private:
  void fill(const Node& node, std::int64_t key, std::uint16_t type) {
    folded_ = fold(node.id);
    labels_ = json_of_texts(node.labels);
    codes_ = json_of_texts(node.codes);
    const Citation& first = node.sources.front();
    cells_ = {key,        std::string_view(node.id),    std::string_view(folded_),     std::int64_t{type},
              std::string_view(labels_), std::string_view(codes_), std::string_view(node.description),
              std::string_view(node.since), std::string_view(node.until), std::string_view(node.attributes),
              state_.source_key(first.source), std::string_view(first.locator), state_.dataset};
  }

  void stage_names(const Node& node, std::int64_t key) {
    stage_name(2, "", node.id, key);
    for (const auto& [language, label] : node.labels) stage_name(3, language, label, key);
    for (const std::string& alias : node.aliases) stage_name(0, "", alias, key);
    for (const auto& [scheme, code] : node.codes) stage_name(1, scheme, code, key);
  }

  /// Packed so that the order of the bytes is that of the table.
  void stage_name(unsigned kind, std::string_view tag, const std::string& name, std::int64_t key) {
    std::string folded = fold(name);
    if (folded.empty()) folded = name;
    packer_.clear();
    packer_.ended_text(folded);
    packer_.fixed(static_cast<std::uint64_t>(key));
    packer_.number(kind);
    packer_.ended_text(tag);
    packer_.ended_text(name);
    names_.add(prefix_key(folded), packer_.bytes());
  }

  BulkState& state_;
  const std::function<NextNode()>& next_;
  RecordSorter& names_;
  std::array<Cell, 13> cells_;
  std::string folded_, labels_, codes_;
  Packer packer_;
  std::int64_t written_ = 0;
};

/// The rows of `alias`, each once.
class NameRows : public RowSource {
 public:
  explicit NameRows(RecordSorter& names) : names_(names) {}
  [[nodiscard]] std::span<const Cell> row() const override { return cells_; }

  bool next() override {
    do {
      if (!names_.next()) return false;
    } while (names_.record() == record_);
    record_ = names_.record();
    Unpacker fields(record_);
    const std::string_view folded = fields.ended_text();
    const auto key = static_cast<std::int64_t>(fields.fixed());
    const std::string_view kind = name_kinds[fields.number()];
    const std::string_view tag = fields.ended_text();
    cells_ = {folded, key, kind, tag, fields.ended_text()};
    return true;
  }

 private:
  RecordSorter& names_;
  std::string record_;
  std::array<Cell, 5> cells_;
};

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
    cells_ = {table_of(kind == 0 ? RecordKind::edge : RecordKind::node), static_cast<std::int64_t>(record), position, source,
              fields.text()};
    return true;
  }

 private:
  RecordSorter& citations_;
  std::array<Cell, 5> cells_;
};

}  // namespace

void stage_citations(BulkState& state, RecordKind kind, std::int64_t key, const std::vector<Citation>& citations) {
  Packer packer;
  for (std::size_t i = 1; i < citations.size(); ++i) {
    packer.clear();
    packer.fixed(i);
    packer.number(static_cast<std::uint64_t>(state.source_key(citations[i].source)));
    packer.text(citations[i].locator);
    // The table is sorted by the name of the kind: `edge` stands before `node`.
    state.citations.add({kind == RecordKind::edge ? 0U : 1U, static_cast<std::uint64_t>(key)}, packer.bytes());
  }
}

void write_citations(BulkState& state) {
  CitationRows rows(state.citations);
  insert_rows(state.connection, "citation", 5, rows);
}

std::int64_t write_nodes(BulkState& state, const std::function<NextNode()>& next) {
  RecordSorter names(alias_memory_bytes);
  NodeRows nodes(state, next, names);
  insert_rows(state.connection, "node", 13, nodes);
  const DroppedIndexes dropped(state.connection, {"alias_by_node"});
  NameRows aliases(names);
  insert_rows(state.connection, "alias", 5, aliases);
  dropped.make_again();
  return nodes.written();
}

}  // namespace chokepoint::detail
