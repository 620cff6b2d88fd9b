#include "ingest/importing/matrix_table.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/text_places.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/number_survey.hpp"
#include "ingest/tables/total_rows.hpp"
#include "ingest/tables/value_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace chokepoint::detail {

namespace {

constexpr std::size_t least_nodes = 2;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool holds_nothing(std::string_view cell) { return cell.empty() || is_absent(cell); }

class Matrix {
 public:
  Matrix(const FlatTable& table, const TableOptions& options, const std::string& file)
      : table_(table), options_(options), file_(file) {}

  /// Whether it is one. @throws UsageError for one that lacks rows or columns
  bool judge() {
    const std::vector<RawColumn>& columns = table_.columns();
    if (table_.kind() || columns.size() < least_nodes + 1) return false;
    // Of objects by key nobody knows whether the keys are rows or columns, which pandas writes.
    if (columns.front().name == "(key)") return false;
    if (!options_.profile.empty() && options_.profile != "none") return false;
    for (const RawColumn& column : columns)
      if (column.role || options_.columns.find(column.name) != options_.columns.end()) return false;
    find_names();
    if (names_.has_twins()) return false;
    read_corner();
    const auto rows = table_.rows({});
    for (FlatRow row; rows->next(row);)
      if (!take(row)) return false;
    if (known_rows_ == names_.size() && rows_ == known_rows_) return true;
    if (known_rows_ < least_nodes || 2 * known_rows_ < std::max(rows_, names_.size())) return false;
    refuse();
  }

  TableSet tables() {
    TableSet set;
    GraphTables graph(set);
    const ValueReading reading = numbers_.settle(table_, file_, options_.decimal);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      graph.nodes().begin_row(1, 1);
      put_role_text(graph.nodes(), "(node)", Target::id, names_[i]);
      graph.nodes().end_row();
    }
    const bool is_symmetric = balance_ == 0 && has_edges_;
    graph.graph_direction = is_symmetric ? Direction::undirected : Direction::directed;
    const auto rows = table_.rows({});
    for (FlatRow row; rows->next(row);) add_edges(row, reading, is_symmetric, graph);
    graph.finish();
    if (!totals_.empty())
      set.remarks.push_back(
          fmt::format("rows and columns of totals are no nodes and were left out: {}", fmt::join(totals_, ", ")));
    const std::string_view what = has_percents_ ? "share" : "weight";
    if (is_turned_)
      set.remarks.push_back(
          fmt::format("read as a matrix of {} nodes by nodes: as its corner says, a number in row A and column B is an "
                      "edge from B to A with that \"{}\"; cells that are empty or 0 are none",
                      names_.size(), what));
    else
      set.remarks.push_back(
          fmt::format("read as a matrix of {} nodes by nodes: a number in row A and column B is an edge from A to B "
                      "with that \"{}\"; cells that are empty or 0 are none",
                      names_.size(), what));
    if (is_symmetric)
      set.remarks.emplace_back(
          "the matrix is symmetric, so each pair is one edge without direction (--undirected both makes two)");
    return set;
  }

 private:
  /// Which columns are nodes. That of the rows' names has none itself in a spreadsheet, and may stand anywhere; a text
  /// has it first, and columns without a name behind the others.
  void find_names() {
    const std::vector<RawColumn>& columns = table_.columns();
    const auto is_unnamed = [](std::string_view name) { return name.empty() || name.starts_with("(column "); };
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].name == "(column A)") key_ = i;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i == key_ || is_unnamed(columns[i].name)) continue;
      if (is_total_word(columns[i].name) || is_sum(i)) {
        totals_.push_back(columns[i].name);
        continue;
      }
      columns_.push_back(i);
      names_.add(trimmed(columns[i].name));
    }
    names_.sort();
  }

  bool take(const FlatRow& row) {
    if (!row.fault.empty() || row.values.empty() || ++rows_ > 2 * names_.size() + 8) return false;
    const std::string_view name = trimmed(row.values[key_]);
    if (is_total_name(name)) {
      if (std::ranges::find(totals_, name) == totals_.end()) totals_.emplace_back(name);
      --rows_;
      return true;
    }
    const auto place = names_.place(name);
    if (!place && strange_row_.empty()) strange_row_ = name;
    if (place && is_seen_.size() < names_.size()) is_seen_.resize(names_.size());
    if (place && is_seen_[*place]) return false;
    if (place) is_seen_[*place] = true;
    known_rows_ += place ? 1U : 0U;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string_view cell = row.values[columns_[i]];
      if (holds_nothing(cell)) continue;
      const NumberForm form = number_form(cell);
      if (!form.is_number) return false;
      (form.has_percent ? has_percents_ : has_numbers_) = true;
      if (has_percents_ && has_numbers_) return false;
      numbers_.take(cell, form);
      if (place) weigh(*place, i, cell);
    }
    return true;
  }

  [[nodiscard]] bool is_total_name(std::string_view name) const {
    return is_total_word(name) || std::ranges::any_of(totals_, [&](const auto& total) { return total == name; });
  }

  /// Whether a column that is called by a whole, such as World, holds the sums of the others.
  [[nodiscard]] bool is_sum(std::size_t column) const {
    if (!is_whole_word(table_.columns()[column].name)) return false;
    const auto number = [](std::string_view cell) { return std::strtod(std::string(cell).c_str(), nullptr); };
    const auto rows = table_.rows({});
    std::size_t agree = 0;
    for (FlatRow row; rows->next(row);) {
      if (!row.fault.empty()) return false;
      double sum = 0;
      for (std::size_t i = 0; i < row.values.size(); ++i)
        if (i != key_ && i != column) sum += number(row.values[i]);
      const double stated = number(row.values[column]);
      if (std::abs(sum - stated) > 0.005 * std::abs(sum)) return false;
      agree += sum > 0 ? 1U : 0U;
    }
    return agree > 1;
  }

  /// `to \ from` in the corner says what rows and columns are, which may turn the edges round.
  void read_corner() {
    const std::string& corner = table_.columns()[key_].name;
    for (const std::string_view mark : {"\\", "/", "|", "→", "->", " x "}) {
      const auto at = corner.find(mark);
      if (at == std::string::npos || at == 0) continue;
      const auto word = [](std::string_view text) { return header_word(trimmed(text.substr(0, text.find('(')))); };
      const std::string row = word(std::string_view(corner).substr(0, at));
      const std::string column = word(trimmed(std::string_view(corner).substr(at + mark.size())));
      const auto ends = ColumnWords::standard().ends_in({row, column});
      if (ends && ends->from == 1) is_turned_ = true;
      if (ends) return;
    }
  }

  /// Sums up to zero where every cell is what the one across the diagonal is.
  void weigh(std::size_t row, std::size_t column, std::string_view cell) {
    if (row == column || is_zero(cell)) return;
    has_edges_ = true;
    const auto [low, high] = std::minmax(row, column);
    const std::uint64_t weight = hash_bytes(fmt::format("{} {} {}", low, high, cell));
    balance_ += row < column ? weight : 0 - weight;
  }
  static bool is_zero(std::string_view cell) { return cell.find_first_of("123456789") == std::string_view::npos; }

  [[noreturn]] void refuse() const {
    std::string column;
    for (std::size_t i = 0; i < names_.size() && column.empty(); ++i)
      if (!is_seen_[i]) column = names_[i];
    std::string why;
    if (!strange_row_.empty()) why = fmt::format("the row {} has no column", strange_row_);
    if (!column.empty()) why += fmt::format("{}the column {} has no row", why.empty() ? "" : " and ", column);
    throw UsageError(fmt::format(
        "{}: it seems to be a matrix of nodes by nodes, but {}; name the same nodes in the header and in the first "
        "column, or write rows of from, to and weight; --map \"{}=label\" --node-type TYPE takes the rows for "
        "nodes and the numbers for attributes",
        file_, why, table_.columns()[key_].name));
  }

  void add_edges(const FlatRow& row, const ValueReading& reading, bool is_symmetric, GraphTables& graph) const {
    const std::string_view name = trimmed(row.values[key_]);
    if (is_total_name(name)) return;
    const std::size_t from = *names_.place(name);
    for (std::size_t to = is_symmetric ? from : 0; to < names_.size(); ++to) {
      const std::string_view cell = row.values[columns_[to]];
      if (holds_nothing(cell) || is_zero(cell)) continue;
      SpooledTable& edges = graph.edges();
      edges.begin_row(row.line, row.number);
      put_role_text(edges, "(row)", is_turned_ ? Target::to : Target::from, names_[from]);
      put_role_text(edges, "(column)", is_turned_ ? Target::from : Target::to, names_[to]);
      if (has_percents_)
        edges.set(edges.column("share"), cell);
      else
        edges.set(edges.column("weight", FlatType::number), plain_number(cell, reading).value_or(std::string(cell)));
      graph.set_direction(std::nullopt);
      edges.end_row();
    }
  }

  const FlatTable& table_;
  const TableOptions& options_;
  const std::string& file_;
  std::size_t key_ = 0;               ///< the column of the rows' names
  std::vector<std::size_t> columns_;  ///< of the nodes
  TextPlaces names_;
  std::vector<bool> is_seen_;
  std::size_t rows_ = 0, known_rows_ = 0;
  std::string strange_row_;
  NumberSurvey numbers_;
  std::uint64_t balance_ = 0;
  bool has_edges_ = false, has_percents_ = false, has_numbers_ = false;
  bool is_turned_ = false;           ///< columns are where edges begin
  std::vector<std::string> totals_;  ///< names of columns that add up others
};

}  // namespace

std::optional<TableSet> tables_of_matrix(const FlatTable& table, const TableOptions& options, const std::string& file) {
  Matrix matrix(table, options, file);
  if (!matrix.judge()) return std::nullopt;
  return matrix.tables();
}

}  // namespace chokepoint::detail
