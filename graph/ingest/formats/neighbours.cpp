#include "ingest/formats/neighbours.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/csv_reader.hpp"
#include "ingest/tables/csv_start.hpp"
#include "ingest/tables/value_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint::detail {

// Adjacency lists as tables: a row is a node and those it is tied to, as many as there are. Gephi reads such files
// without a header; people write one, such as `node,neighbour1,neighbour2` or `supplier,customer 1,customer 2`.

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// What the first row says of the others.
struct NeighbourHeader {
  std::string node, neighbour;  ///< words
};

bool names_neighbours(const std::string& word) {
  const auto pair = ColumnWords::standard().ends_in({"node", word});
  return pair && pair->from == 0;
}

std::optional<NeighbourHeader> header_in(const std::vector<std::string>& row) {
  NeighbourHeader header;
  std::size_t named = 0, numbered = 0;
  if (row.size() < 2 || row[0].empty()) return std::nullopt;
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (row[i].empty()) continue;
    const std::string word = header_word(row[i]);
    std::string one = word_without_number(word);
    ++named;
    numbered += one.empty() ? 0U : 1U;
    if (one.empty()) one = word;
    if (!names_neighbours(one) && !side_of(one)) one = word_of_one(one);
    const bool is_other = !header.neighbour.empty() && one != header.neighbour;
    if (one.empty() || is_other || !(names_neighbours(one) || side_of(one))) return std::nullopt;
    header.neighbour = std::move(one);
  }
  if (header.neighbour.empty() || (named > 1 && numbered < named)) return std::nullopt;
  header.node = header_word(row[0]);
  return header;
}

std::size_t filled_in(const std::vector<std::string>& row) {
  std::size_t filled = row.size();
  while (filled > 0 && row[filled - 1].empty()) --filled;
  return filled;
}

/// What stands between the cells: the mark that the most rows have.
char separator_in(std::string_view text, bool is_whole) {
  char best = likely_separator(text, is_whole);
  std::size_t most = 0;
  for (const char separator : {best, ',', ';', '\t', '|'}) {
    const Rows rows = first_rows(text, separator, is_whole);
    const auto parted =
        static_cast<std::size_t>(std::ranges::count_if(rows, [](const auto& row) { return row.size() > 1; }));
    if (parted > most) {
      most = parted;
      best = separator;
    }
  }
  return best;
}

/// Whether a cell may hold several names.
bool has_lists(const Rows& rows) {
  return std::ranges::any_of(rows, [](const auto& row) {
    return std::ranges::any_of(row,
                               [](const std::string& cell) { return cell.find_first_of(";|\n") != std::string::npos; });
  });
}

/// Whether rows without a header are nodes with those they are tied to: each node once in front, and most of the others
/// among them.
bool are_neighbours(const Rows& rows, bool is_whole) {
  std::set<std::string_view> nodes;
  for (const auto& row : rows)
    if (row[0].empty() || !nodes.insert(row[0]).second) return false;
  std::size_t others = 0, known = 0;
  for (const auto& row : rows)
    for (std::size_t i = 1; i < filled_in(row); ++i) {
      const bool is_measure = number_form(row[i]).is_number && !whole_number(row[i]);
      if (row[i].empty() || is_measure) return false;
      ++others;
      known += nodes.contains(row[i]) ? 1U : 0U;
    }
  return others > 1 && (is_whole ? 2 * known >= others : 4 * known >= others);
}

struct Layout {
  char separator = ',';
  std::optional<NeighbourHeader> header;
};

std::optional<Layout> layout_in(const FileHead& head) {
  Layout layout;
  layout.separator = separator_in(head.text, head.is_whole);
  const Rows rows = first_rows(head.text, layout.separator, head.is_whole);
  if (rows.size() < 2 || has_lists(rows)) return std::nullopt;
  layout.header = header_in(rows[0]);
  const std::size_t begin = layout.header ? 1 : 0;
  std::set<std::size_t> lengths;
  std::size_t widest = 0;
  for (std::size_t i = begin; i < rows.size(); ++i) {
    lengths.insert(filled_in(rows[i]));
    widest = std::max(widest, rows[i].size());
  }
  const bool is_ragged = lengths.size() > 1 && *lengths.rbegin() > 2;
  if (layout.header) {
    // A table of two columns is one like others, whatever stands in its cells.
    const bool says_several = filled_in(rows[0]) > 2 || widest > 2;
    const bool is_told = names_neighbours(layout.header->neighbour) || is_ragged;
    return says_several && is_told ? std::optional(layout) : std::nullopt;
  }
  return is_ragged && are_neighbours(rows, head.is_whole) ? std::optional(layout) : std::nullopt;
}

/// A row: its first cell is the node.
struct NeighbourRow {
  std::span<const std::string_view> cells;
  std::uint64_t line = 0, number = 0;
};
using OnNeighbourRow = std::function<void(const NeighbourRow&)>;

/// Makes a graph of rows, which can be read as often as wanted.
class NeighbourGraph {
 public:
  /// @param each_row  calls what it is given for each row below the header
  /// @param on_bad  is told why a row is none
  NeighbourGraph(TableSet& set, std::optional<NeighbourHeader> header,
                 std::function<void(const OnNeighbourRow&)> each_row,
                 std::function<void(const NeighbourRow&, const std::string&)> on_bad)
      : set_(set),
        header_(std::move(header)),
        has_sides_(header_ && !names_neighbours(header_->neighbour)),
        each_row_(std::move(each_row)),
        on_bad_(std::move(on_bad)),
        tables_(set) {}

  void make() {
    weigh_all();
    is_mutual_ = edges_ > 0 && balance_ == 0 && !has_sides_;
    tables_.graph_direction = is_mutual_ ? Direction::undirected : Direction::directed;
    each_row_([&](const NeighbourRow& row) { take(row); });
    tables_.finish();
    tell();
  }

 private:
  static bool is_nothing(std::string_view cell) { return without_outer_blanks(cell).empty(); }

  /// Sums up to zero where each tie stands in the rows of both nodes.
  void weigh_all() {
    each_row_([&](const NeighbourRow& row) {
      const std::string_view node = without_outer_blanks(row.cells[0]);
      for (const std::string_view cell : row.cells.subspan(1)) {
        const std::string_view other = without_outer_blanks(cell);
        if (other.empty() || other == node) continue;
        ++edges_;
        const auto [low, high] = std::minmax(node, other);
        const std::uint64_t weight = hash_bytes(fmt::format("{}\x1f{}", low, high));
        balance_ += node < other ? weight : 0 - weight;
      }
    });
  }

  void take(const NeighbourRow& row) {
    const std::string_view node = without_outer_blanks(row.cells[0]);
    if (node.empty()) {
      if (!std::ranges::all_of(row.cells, is_nothing))
        on_bad_(row, "the first cell names the node whose ties the row has, and is empty");
      return;
    }
    note_node(node, row);
    for (const std::string_view cell : row.cells.subspan(1)) {
      const std::string_view other = without_outer_blanks(cell);
      if (other.empty()) continue;
      note_node(other, row);
      // Of a tie that both rows have, one edge is made.
      if (!is_mutual_ || node <= other) edge(node, other, row);
    }
  }
  void note_node(std::string_view name, const NeighbourRow& row) {
    if (!names_.insert(std::string(name)).second) return;
    SpooledTable& table = tables_.nodes();
    table.begin_row(row.line, row.number);
    put_role_text(table, "(node)", Target::id, name);
    table.end_row();
  }
  void edge(std::string_view node, std::string_view other, const NeighbourRow& row) {
    SpooledTable& table = tables_.edges();
    table.begin_row(row.line, row.number);
    if (has_sides_) {
      // What the two are called may say of what type the edges are.
      table.set(table.column(header_->node), node);
      table.set(table.column(header_->neighbour), other);
    } else {
      put_role_text(table, "(node)", Target::from, node);
      put_role_text(table, "(neighbour)", Target::to, other);
    }
    tables_.set_direction(std::nullopt);
    table.end_row();
  }

  void tell() {
    if (has_sides_)
      set_.remarks.push_back(
          fmt::format("each row is read as one {} and a {} in every further cell", header_->node, header_->neighbour));
    else
      set_.remarks.emplace_back(
          "each row is read as a node and those that it is tied to: an edge from the first cell to each of the others");
    if (is_mutual_)
      set_.remarks.emplace_back(
          "every tie stands in the rows of both nodes, so each is one edge without direction (--undirected both makes "
          "two)");
  }

  TableSet& set_;
  std::optional<NeighbourHeader> header_;
  bool has_sides_ = false, is_mutual_ = false;
  std::function<void(const OnNeighbourRow&)> each_row_;
  std::function<void(const NeighbourRow&, const std::string&)> on_bad_;
  GraphTables tables_;
  std::uint64_t edges_ = 0, balance_ = 0;
  std::unordered_set<std::string> names_;  ///< of nodes that were noted
};

/// The rows of a file of text.
void for_each_line(InputFile& file, const ReadContext& context, const Layout& layout, const OnNeighbourRow& on_row) {
  CsvRules rules;
  rules.any_length = true;
  CsvReader reader(file, layout.separator, context.on_bytes, rules);
  CsvRow row{1, 1, {}};
  const std::vector<std::string> first = reader.header();
  if (!layout.header) {
    row.fields.assign(first.begin(), first.end());
    on_row({row.fields, row.line, row.number});
  }
  while (reader.next(row)) on_row({row.fields, row.line, row.number});
}

/// Whether rows below a header hold one name a cell, and whether some of them end early.
struct CellsBelow {
  bool are_names = true, is_ragged = false;
};
CellsBelow look_below(const FlatTable& table) {
  constexpr int looked_at = 200;
  CellsBelow seen;
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && seen.are_names && rows->next(row); ++i) {
    seen.are_names = row.fault.empty();
    for (const std::string_view cell : row.values) {
      seen.are_names = seen.are_names && cell.find_first_of(";|\n\x1f") == std::string_view::npos;
      seen.is_ragged = seen.is_ragged || cell.empty();
    }
  }
  return seen;
}

}  // namespace

std::optional<std::string> looks_like_neighbours(const FileHead& head) {
  constexpr std::array<std::string_view, 4> names{".csv", ".tsv", ".txt", ".tab"};
  const bool may_be = head.extension.empty() || std::ranges::find(names, head.extension) != names.end();
  if (!may_be || head.text.starts_with('{') || head.text.starts_with('[') || head.text.starts_with('<'))
    return std::nullopt;
  const auto layout = layout_in(head);
  if (!layout) return std::nullopt;
  if (layout->header)
    return fmt::format("its header names a {} and as many of {} as there are", layout->header->node,
                       layout->header->neighbour);
  return "its rows have different lengths, and what follows in them stands in front of others";
}

void read_neighbours(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const FileHead head = read_head(file, text);
  auto layout = layout_in(head);
  if (!layout) {
    layout.emplace();
    layout->separator = separator_in(head.text, head.is_whole);
    const Rows rows = first_rows(head.text, layout->separator, head.is_whole);
    if (!rows.empty()) layout->header = header_in(rows[0]);
  }
  const auto on_bad = [&](const NeighbourRow& row, const std::string& why) {
    if (!context.on_bad_line) refuse_at(file, row.line, why);
    context.on_bad_line(row.line, why);
  };
  NeighbourGraph(
      tables, layout->header, [&](const OnNeighbourRow& on_row) { for_each_line(file, context, *layout, on_row); },
      on_bad)
      .make();
}

std::optional<TableSet> tables_of_neighbours(const FlatTable& table, const TableOptions& options,
                                             const std::string& file) {
  if (table.kind() || table.columns().size() < 3) return std::nullopt;
  std::vector<std::string> names;
  for (const RawColumn& column : table.columns()) {
    if (column.role || options.columns.contains(column.name)) return std::nullopt;
    names.push_back(column.name.starts_with("(column ") ? std::string() : column.name);
  }
  const auto header = header_in(names);
  if (!header) return std::nullopt;
  const CellsBelow seen = look_below(table);
  if (!seen.are_names || !(names_neighbours(header->neighbour) || seen.is_ragged)) return std::nullopt;
  TableSet set;
  const auto each_row = [&](const OnNeighbourRow& on_row) {
    const auto rows = table.rows({});
    for (FlatRow row; rows->next(row);) on_row({row.values, row.line, row.number});
  };
  const auto on_bad = [&](const NeighbourRow& row, const std::string& why) {
    throw UsageError(fmt::format("{}: row {}: {}", file, row.number, why));
  };
  NeighbourGraph(set, header, each_row, on_bad).make();
  return set;
}

}  // namespace chokepoint::detail
