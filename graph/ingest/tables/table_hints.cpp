#include "ingest/tables/table_hints.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/files/told_names.hpp"
#include "ingest/tables/column_header.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/spell_text.hpp"
#include "ingest/tables/total_rows.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr int judged_rows = 200;

/// What people put between names in one cell; a slash, a bar and a line break stand in single names, too.
constexpr std::array<std::string_view, 6> list_marks{";", "；", "、", "\n", " | ", " / "};
constexpr std::size_t clear_marks = 3;
constexpr std::string_view comma = ",";

/// Whether a mark stands between texts, several of them.
bool parts_texts(std::string_view text, std::string_view mark) {
  if (text.find(mark) == std::string_view::npos) return false;
  while (true) {
    const auto end = text.find(mark);
    const std::string_view part = without_outer_blanks(text.substr(0, end));
    if (part.empty() || part.size() > 80) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + mark.size());
  }
}

/// Whether a mark stands between texts that are as short as names are.
bool are_names(std::string_view text, std::string_view mark) {
  constexpr std::size_t longest_name = 40;
  constexpr std::ptrdiff_t most_words = 5;
  for (;;) {
    const auto end = text.find(mark);
    const std::string_view part = without_outer_blanks(text.substr(0, end));
    if (part.empty() || part.size() > longest_name || std::ranges::count(part, ' ') >= most_words) return false;
    if (part.front() == '<' || part.front() == '{' || part.front() == '[') return false;  // of another writing
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + mark.size());
  }
}

/// The mark as a command line has it.
std::string told_mark(std::string_view mark) { return mark == "\n" ? "\\n" : std::string(without_outer_blanks(mark)); }

/// What the first rows show of a column.
struct CellLook {
  std::size_t filled = 0, several = 0, crosses = 0, numbers = 0;
  bool has_twins = false;
  std::string twin;
  std::array<std::size_t, list_marks.size() + 1> marks{};           ///< cells with each mark; the last one: commas
  std::array<std::size_t, clear_marks> with_mark{}, short_lists{};  ///< cells with a clear mark, and between names
  std::string example;                                              ///< with a mark
  std::string spell;                                                ///< a time as Gephi writes it, with days or years
  std::set<std::string, std::less<>> texts;

  void take(std::string_view value) {
    if (value.empty()) return;
    ++filled;
    if (value.find(list_mark) != std::string_view::npos) {
      ++several;
      return;
    }
    for (std::size_t i = 0; i < list_marks.size(); ++i)
      if (parts_texts(value, list_marks[i])) note_mark(i, value);
    for (std::size_t i = 0; i < clear_marks; ++i) {
      if (value.find(list_marks[i]) == std::string_view::npos) continue;
      ++with_mark[i];
      short_lists[i] += are_names(value, list_marks[i]) ? 1U : 0U;
    }
    if (const auto spells = spells_in(value)) {
      if (!spell.empty() || !std::ranges::all_of(*spells, [](const SpellText& each) { return is_dated(each); })) return;
      spell = value;
    }
    if (parts_texts(value, comma)) note_mark(list_marks.size(), value);
    for (const std::string_view cross : {"x", "X", "✓", "✔", "●", "•", "1", "0", "yes", "no"})
      if (value == cross) ++crosses;
    if (number_form(value).is_number) ++numbers;
    if (!texts.insert(std::string(value)).second && twin.empty()) twin = value;
  }
  /// The mark between names, if any.
  /// The mark between short texts of an attribute, which is no prose; empty where there is none.
  [[nodiscard]] std::string_view mark_of_values() const {
    for (std::size_t i = 0; i < clear_marks; ++i)
      if (marks[i] > 0 && short_lists[i] == with_mark[i]) return list_marks[i];
    return {};
  }
  [[nodiscard]] std::string_view mark(bool commas_too) const {
    for (std::size_t i = 0; i < list_marks.size(); ++i)
      if (marks[i] >= (i < clear_marks ? 1U : 2U) || (marks[i] > 0 && marks[i] == filled)) return list_marks[i];
    return commas_too && marks.back() > 0 ? comma : std::string_view();
  }

 private:
  void note_mark(std::size_t number, std::string_view value) {
    ++marks[number];
    if (example.empty()) example = value;
  }
};

std::vector<CellLook> look_at_cells(const FlatTable& table) {
  std::vector<CellLook> looks(table.columns().size());
  const auto rows = table.rows({});
  FlatRow row;
  for (int number = 0; number < judged_rows && rows->next(row);) {
    if (!row.fault.empty() || is_note_row(row)) continue;
    for (std::size_t i = 0; i < looks.size(); ++i) looks[i].take(row.values[i]);
    ++number;
  }
  return looks;
}

/// The column of the nodes' names, else of their ids.
const FlatColumn* naming_column(const TableLayout& layout) {
  const FlatColumn* label = find_column(layout.columns, Target::label);
  return label != nullptr ? label : find_column(layout.columns, Target::id);
}

std::string_view end_name(bool is_from) { return is_from ? "from" : "to"; }

/// A column of several names a cell, of which edges can be made: `suppliers` beside a company.
std::string list_hint(const FlatColumn& column, const FlatColumn& naming, const CellLook& look) {
  const auto side = side_of(word_of_one(header_word(column.name)));
  if (!side) return {};
  const std::string_view mark = look.mark(true);
  const std::string split =
      look.several > 0 || mark.empty() ? "" : fmt::format(" --split \"{}={}\"", column.name, told_mark(mark));
  return fmt::format(
      "column {}: kept as an attribute, and makes no edges; once the nodes are in, --map \"{}={}\" --map "
      "\"{}={}\"{} --edge-type TYPE --node-type TYPE --keep-old makes an edge of each name in it",
      column.name, naming.name, end_name(!*side), column.name, end_name(*side), split);
}

std::string quoted_names(const std::vector<std::string>& names) {
  return names.empty() ? "" : fmt::format("'{}'", fmt::join(names, "', '"));
}

/// A command that makes a row of each cell of some columns; what it has to do, where their names are none for a
/// command.
std::string melting(const std::string& given, const FlatColumn& naming, const std::vector<std::string>& columns,
                    std::string_view cells_are, std::string_view tail) {
  if (!is_plain_in_quotes(naming.name) || !std::all_of(columns.begin(), columns.end(), is_plain_in_quotes))
    return "write each cell as a row of its own, with the name of its column";
  const std::string file = name_in_commands(given);
  const bool is_sheet = file.ends_with(".xlsx") || file.ends_with(".ods");
  std::string stem = file.substr(file.find_last_of("/\\") + 1);
  stem = stem.substr(0, stem.rfind('.'));
  return fmt::format(
      "python3 -c \"import pandas; pandas.read_{}('{}').melt('{}', [{}], {}).dropna(){}.to_csv('{}-rows.csv', "
      "index=False)\"",
      is_sheet ? "excel" : "csv", file, naming.name, quoted_names(columns), cells_are, tail, stem);
}

/// `Supplier 1`, `Supplier 2` beside a company.
std::string numbered_hint(const TableLayout& layout, const FlatColumn& naming, const std::string& file) {
  std::vector<std::string> names;
  std::string single;
  for (const FlatColumn& column : layout.columns) {
    if (column.target != Target::attribute) continue;
    const std::string word = word_without_number(header_word(column.name));
    if (word.empty() || !side_of(word) || (!single.empty() && word != single)) continue;
    single = word;
    names.push_back(column.name);
  }
  if (names.size() < 2) return {};
  return fmt::format("the columns {} are kept as attributes, and make no edges; this makes rows of {} and {}: {}",
                     fmt::join(names, ", "), naming.name, single,
                     melting(file, naming, names, fmt::format("value_name='{}'", single), ".drop(columns='variable')"));
}

/// Names of other nodes above marks: a table of two kinds of nodes. Of numbers the name of the first column must say
/// that it is an end.
std::string crossed_hint(const TableLayout& layout, const FlatColumn& naming, const std::vector<CellLook>& looks,
                         const std::string& file) {
  std::vector<std::string> names;
  bool are_crosses = true;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    if (&column == &naming || column.target == Target::ignored) continue;
    if (column.target != Target::attribute) return {};
    if (looks[i].filled == 0) continue;
    if (!year_in(column.name).empty() || header_of(column.name).has_unit) return {};
    are_crosses = are_crosses && looks[i].crosses == looks[i].filled;
    if (looks[i].crosses != looks[i].filled && looks[i].numbers != looks[i].filled) return {};
    names.push_back(column.name);
  }
  if (names.size() < 2) return {};
  const std::string word = header_word(naming.name);
  const auto side = side_of(word);
  const bool is_end = side && (*side || ColumnWords::standard().field(FlatKind::nodes, word) == nullptr);
  if (!are_crosses && !is_end) return {};
  return fmt::format("the columns {} are kept as attributes; if they are nodes, too, this makes a row of each cell: {}",
                     names.size() > 3 ? fmt::format("from {} to {}", names.front(), names.back())
                                      : fmt::format("{}", fmt::join(names, ", ")),
                     melting(file, naming, names, fmt::format("'{}', 'weight'", side && !*side ? "from" : "to"),
                             fmt::format(".query('weight not in [0, \\'no\\']').rename(columns={{'{}': '{}'}})",
                                         naming.name, side && !*side ? "to" : "from")));
}

bool may_hint(const FlatTable& table, const TableLayout& layout) {
  return !table.kind() && layout.kind == FlatKind::nodes && !layout.is_ours && !layout.is_mixed;
}

}  // namespace

void require_single_ends(const FlatTable& table, const TableLayout& layout, const std::string& file,
                         const TableOptions& options) {
  if (table.kind() || layout.kind != FlatKind::edges || layout.is_ours) return;
  const std::vector<CellLook> looks = look_at_cells(table);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    const bool is_end = column.target == Target::from || column.target == Target::to;
    const bool is_item = column.target == Target::item;
    if (!(is_end || is_item) || options.splits.contains(column.name)) continue;
    const std::string_view mark = looks[i].mark(false);
    if (mark.empty()) continue;
    const std::string split = fmt::format("{}={}", column.name, told_mark(mark));
    std::string shown = looks[i].example;
    std::replace(shown.begin(), shown.end(), '\n', ' ');
    if (is_item)
      throw DoubtfulValue(
          fmt::format("{}: column {}: \"{}\" may be several names; --split \"{}\" makes an edge of each, --split "
                      "\"{}=none\" takes the cell for one name",
                      file, column.name, shown, split, column.name),
          {"--split", split});
    throw DoubtfulValue(
        fmt::format("{}: column {}: \"{}\" may be several names; --split \"{}\" takes each of them for an "
                    "end, --split \"{}=none\" takes the cell for one name",
                    file, column.name, shown, split, column.name),
        {"--split", split});
  }
}

void require_flow(const FlatTable& table, const TableLayout& layout, const std::string& file) {
  if (!layout.reports) return;
  const FlatColumn* from = find_column(layout.columns, Target::from);
  const FlatColumn* to = find_column(layout.columns, Target::to);
  const FlatColumn* flow = find_column(layout.columns, Target::direction);
  if (flow == nullptr) {
    if (from->is_told || to->is_told) return;
    throw DoubtfulValue(
        fmt::format(
            "{}: no column says whether {} imports from {} or exports to it; of exports --map \"{}=from\" --map "
            "\"{}=to\" makes the edges, of imports --map \"{}=to\" --map \"{}=from\"",
            file, from->name, to->name, from->name, to->name, from->name, to->name),
        {"--map", from->name + "=from"});
  }
  const auto at = static_cast<std::size_t>(flow - layout.columns.data());
  std::string unknown;
  const auto rows = table.rows({});
  FlatRow row;
  for (int number = 0; number < judged_rows && rows->next(row); ++number) {
    if (!row.fault.empty() || row.values[at].empty()) continue;
    if (flow->words.contains(fold(row.values[at])) || direction_of(row.values[at])) return;
    if (unknown.empty()) unknown = row.values[at];
  }
  if (unknown.empty()) return;
  throw DoubtfulValue(
      fmt::format(
          "{}: column {}: \"{}\" says neither import nor export, so that nobody knows whether {} or {} sends; "
          "--map-type \"{}=import\" or \"{}=export\" says which, --map \"{}=-\" --map \"{}=from\" takes all rows for "
          "exports",
          file, flow->name, unknown, from->name, to->name, unknown, unknown, flow->name, from->name),
      {"--map-type", unknown + "=import"});
}

std::vector<std::string> hints_of_lists(const FlatTable& table, const TableLayout& layout, const std::string& file) {
  std::vector<std::string> lines;
  const FlatColumn* naming = naming_column(layout);
  if (!may_hint(table, layout) || naming == nullptr) return lines;
  const std::vector<CellLook> looks = look_at_cells(table);
  for (std::size_t i = 0; i < layout.columns.size(); ++i)
    if (layout.columns[i].target == Target::attribute && layout.columns[i].type != FlatType::json)
      if (std::string line = list_hint(layout.columns[i], *naming, looks[i]); !line.empty())
        lines.push_back(std::move(line));
  if (std::string line = numbered_hint(layout, *naming, file); !line.empty()) lines.push_back(std::move(line));
  if (std::string line = crossed_hint(layout, *naming, looks, file); !line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> hints_of_cells(const FlatTable& table, const TableLayout& layout,
                                        const TableOptions& options) {
  std::vector<std::string> lines;
  if (table.kind() || layout.is_ours) return lines;
  const std::vector<CellLook> looks = look_at_cells(table);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    const bool is_text = column.target == Target::attribute && column.type == FlatType::text;
    if (!is_text || column.is_told || options.splits.contains(column.name)) continue;
    if (!looks[i].spell.empty())
      lines.push_back(fmt::format(
          "column {}: times such as \"{}\" are kept as an attribute, so that what has ended still counts; --map "
          "\"{}=spell\" makes since and until of them",
          column.name, looks[i].spell, column.name));
    const std::string_view mark = looks[i].mark_of_values();
    const bool may_be_ends = layout.kind == FlatKind::nodes && side_of(word_of_one(header_word(column.name)));
    if (mark.empty() || may_be_ends) continue;
    std::string shown = looks[i].example;
    std::replace(shown.begin(), shown.end(), '\n', ' ');
    const bool may_flow = layout.kind == FlatKind::edges &&
                          ColumnWords::standard().may_be_item(header_word(column.name)) &&
                          find_column(layout.columns, Target::item) == nullptr;
    lines.push_back(may_flow ? fmt::format("column {}: \"{}\" may be several things and is kept as one text; --split "
                                           "\"{}={}\" takes each by itself, with --map \"{}=item\" an edge of each",
                                           column.name, shown, column.name, told_mark(mark), column.name)
                             : fmt::format("column {}: \"{}\" may be several values and is kept as one text; --split "
                                           "\"{}={}\" takes each by itself",
                                           column.name, shown, column.name, told_mark(mark)));
  }
  return lines;
}

std::string hint_of_relations(const FlatTable& table, const TableLayout& layout) {
  const FlatColumn* naming = naming_column(layout);
  if (!may_hint(table, layout) || naming == nullptr || !layout.names_are_ids) return {};
  const std::vector<CellLook> looks = look_at_cells(table);
  const auto at = static_cast<std::size_t>(naming - layout.columns.data());
  if (looks[at].twin.empty()) return {};
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    const bool is_name = column.target == Target::attribute && looks[i].filled > 0 && looks[i].numbers == 0;
    if (!is_name) continue;
    return fmt::format(
        "{} stands in several rows; where a row is a relation and no node, --map \"{}=from\" --map \"{}=to\" "
        "--edge-type "
        "TYPE --node-type TYPE makes edges of them",
        looks[at].twin, naming->name, column.name);
  }
  return {};
}

}  // namespace chokepoint::detail
