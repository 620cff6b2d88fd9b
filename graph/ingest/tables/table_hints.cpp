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

constexpr int rows_hinted_at = 200;

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

/// `GM (50%)`: the name of an owner with its share.
bool has_share_behind(std::string_view cell) {
  const auto open = cell.rfind('(');
  if (open == std::string_view::npos || open == 0 || !cell.ends_with(')')) return false;
  const NumberForm form = number_form(cell.substr(open + 1, cell.size() - open - 2));
  return form.is_number && form.has_percent;
}

/// What the first rows show of a column.
struct CellLook {
  std::size_t filled = 0, several = 0, crosses = 0, numbers = 0, percents = 0;
  bool has_twins = false;
  std::string twin;
  std::array<std::size_t, list_marks.size() + 1> marks{};           ///< cells with each mark; the last one: commas
  std::array<std::size_t, clear_marks> with_mark{}, short_lists{};  ///< cells with a clear mark, and between names
  std::string example;                                              ///< with a mark
  std::string has_share;                                            ///< a name with a share behind it
  std::string spell;                                                ///< a time as Gephi writes it, with days or years
  std::set<std::string, std::less<>> texts;

  void take(std::string_view value) {
    if (value.empty()) return;
    ++filled;
    if (has_share.empty() && value.ends_with(')') && has_share_behind(value)) has_share = value;
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
    if (const NumberForm form = number_form(value); form.is_number) {
      ++numbers;
      percents += form.has_percent ? 1U : 0U;
    }
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
  for (int number = 0; number < rows_hinted_at && rows->next(row);) {
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

/// Which end a column of a table of nodes names by its word: `suppliers`, `parent id`, `owned by`.
std::optional<bool> side_called(const std::string& word) {
  // The country of a vendor is no vendor.
  if (const auto blank = word.find(' ');
      blank != std::string::npos && ColumnWords::standard().trait(word.substr(blank + 1)))
    return std::nullopt;
  for (const std::string& each : {word, word_of_one(word), std::string(end_word(word))})
    if (const auto side = side_of(each)) return side;
  if (ColumnWords::standard().inverse_of(word)) return true;
  if (ColumnWords::standard().leads_on(word)) return false;
  return std::nullopt;
}

/// A column of names of other nodes, of which edges can be made: `suppliers` or `parent` beside a company, or whatever
/// holds what stands in the column of names or of ids.
std::string list_hint(const FlatColumn& column, const TableLayout& layout, const std::vector<CellLook>& looks,
                      const FlatColumn& naming) {
  const CellLook& look = looks[static_cast<std::size_t>(&column - layout.columns.data())];
  const std::string word = header_word(column.name);
  const bool is_plural = side_of(word_of_one(word)).has_value();
  const std::string_view mark = look.mark(is_plural);
  // Which of the columns that name the rows has the names of this one.
  const FlatColumn* named = nullptr;
  std::size_t most = 0;
  for (const FlatColumn& other : layout.columns) {
    if (other.target != Target::label && other.target != Target::id) continue;
    const CellLook& known = looks[static_cast<std::size_t>(&other - layout.columns.data())];
    std::size_t found = 0;
    for (const std::string& text : look.texts)
      for (std::string_view rest = text, part = rest; !rest.empty();) {
        const auto end = std::min(rest.find_first_of(mark.empty() ? "," : mark), rest.size());
        part = without_outer_blanks(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        found += known.texts.contains(part) ? 1U : 0U;
      }
    if (found > most) named = &other;
    most = std::max(most, found);
  }
  const bool are_numbers = look.numbers == look.filled;
  const auto called = side_called(word);
  const bool holds_names = named != nullptr && !are_numbers && 2 * most >= look.texts.size();
  const bool is_called =
      called && look.filled > 0 && (is_plural || named != nullptr || (look.crosses == 0 && !are_numbers));
  const bool is_word_of_node = ColumnWords::standard().field(FlatKind::nodes, word) != nullptr;
  if (!(is_called || holds_names) || (is_word_of_node && !holds_names)) return {};
  const bool side = called.value_or(false);
  const FlatColumn& beside = named == nullptr ? naming : *named;
  const std::string_view parts = mark.empty() && look.marks.back() > 0 && holds_names ? comma : mark;
  const std::string split =
      look.several > 0 || parts.empty() ? "" : fmt::format(" --split \"{}={}\"", column.name, told_mark(parts));
  return fmt::format(
      "column {}: kept as an attribute, and makes no edges; once the nodes are in, --map \"{}={}\" --map "
      "\"{}={}\"{} --edge-type TYPE --node-type TYPE --keep-old makes an edge of each name in it",
      column.name, beside.name, end_name(!side), column.name, end_name(side), split);
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
  // `Owner 1 %` beside `Owner 1`: what goes with each.
  std::vector<std::string> pairs;
  std::string tail;
  bool are_plain = is_plain_in_quotes(naming.name);
  for (const std::string& name : names)
    for (const FlatColumn& column : layout.columns) {
      if (column.name.size() < name.size() + 2 || !column.name.starts_with(name + " ")) continue;
      const std::string own = column.name.substr(name.size() + 1);
      if (tail.empty()) tail = own;
      if (own == tail) pairs.push_back(fmt::format("('{}', '{}')", name, column.name));
      are_plain = are_plain && is_plain_in_quotes(name) && is_plain_in_quotes(column.name);
    }
  if (pairs.size() == names.size() && are_plain) {
    const std::string in_commands = name_in_commands(file);
    const bool is_sheet = in_commands.ends_with(".xlsx") || in_commands.ends_with(".ods");
    std::string stem = in_commands.substr(in_commands.find_last_of("/\\") + 1);
    stem = stem.substr(0, stem.rfind('.'));
    return fmt::format("the columns {} are kept as attributes, and make no edges; this makes rows of {} and {}: {}",
                       fmt::join(names, ", "), naming.name, single,
                       fmt::format("python3 -c \"import pandas; d = pandas.read_{}('{}'); pandas.concat([d[['{}', a, "
                                   "b]].set_axis(['{}', '{}', '{}'], axis=1) for a, b in [{}]]).dropna(subset=['{}'])"
                                   ".to_csv('{}-rows.csv', index=False)\"",
                                   is_sheet ? "excel" : "csv", in_commands, naming.name, naming.name, single,
                                   tail == "%" ? "share %" : tail, fmt::join(pairs, ", "), single, stem));
  }
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

namespace {

/// Words behind a comma that are of the name in front of it.
bool is_legal_form(std::string_view part) {
  constexpr std::string_view forms[] = {"inc",  "inc.",  "ltd",     "ltd.", "llc",       "l.l.c.",  "co",     "co.",
                                        "corp", "corp.", "gmbh",    "ag",   "sa",        "s.a.",    "s.p.a.", "spa",
                                        "plc",  "kg",    "limited", "bv",   "b.v.",      "nv",      "n.v.",   "lp",
                                        "l.p.", "jr.",   "pte",     "pte.", "pte. ltd.", "co. ltd."};
  const std::string folded = fold(part);
  return std::ranges::find(forms, folded) != std::end(forms);
}

/// Whether a cell holds names that stand in cells of their own elsewhere, with that mark between them.
bool holds_known_names(std::string_view cell, std::string_view mark, const std::set<std::string>& names) {
  std::size_t parts = 0, known = 0;
  bool has_form = false;
  for (std::string_view rest = cell;;) {
    const auto end = rest.find(mark);
    const std::string_view part = without_outer_blanks(rest.substr(0, end));
    if (part.empty()) return false;
    ++parts;
    has_form = has_form || is_legal_form(part);
    known += part.size() < cell.size() && names.contains(fold(part)) ? 1U : 0U;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + mark.size());
  }
  // A comma stands within names, too: Korea, Republic of.
  if (mark == comma) return !has_form && (known > 1 || (parts > 2 && known > 0));
  return parts > 1 && known > 0;
}

/// The mark between several names in a cell of an end, and the cell.
std::pair<std::string_view, std::string> mark_in_ends(const CellLook& look, const std::set<std::string>& names) {
  if (const std::string_view mark = look.mark(false); !mark.empty()) return {mark, look.example};
  for (const std::string& cell : look.texts) {
    if (parts_texts(cell, "\n") && are_names(cell, "\n")) return {"\n", cell};
    for (const std::string_view mark : {comma, std::string_view(" / "), std::string_view(" & "),
                                        std::string_view(" + "), std::string_view(" | "), std::string_view(" and ")})
      if (cell.find(mark) != std::string::npos && holds_known_names(cell, mark, names)) return {mark, cell};
  }
  return {};
}

}  // namespace

void require_single_ends(const FlatTable& table, const TableLayout& layout, const std::string& file,
                         const TableOptions& options) {
  if (table.kind() || layout.kind != FlatKind::edges || layout.is_ours) return;
  const std::vector<CellLook> looks = look_at_cells(table);
  std::set<std::string> names;
  for (std::size_t i = 0; i < layout.columns.size(); ++i)
    if (layout.columns[i].target == Target::from || layout.columns[i].target == Target::to)
      for (const std::string& text : looks[i].texts) names.insert(fold(text));
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    const bool is_end = column.target == Target::from || column.target == Target::to;
    const bool is_item = column.target == Target::item;
    if (!(is_end || is_item)) continue;
    const auto told = options.splits.find(column.name);
    const bool is_one_name = told != options.splits.end() && told->second == "none";
    if (is_end && !is_one_name && !looks[i].has_share.empty() &&
        find_column(layout.columns, Target::share) == nullptr) {
      std::string shown = looks[i].has_share;
      std::replace(shown.begin(), shown.end(), list_mark, ',');
      throw UsageError(fmt::format(
          "{}: column {}: \"{}\" has a share behind the name; write a row for each name, with a column for its share",
          file, column.name, shown));
    }
    if (options.splits.contains(column.name)) continue;
    const auto [mark, example] =
        is_end ? mark_in_ends(looks[i], names) : std::pair(looks[i].mark(false), looks[i].example);
    if (mark.empty()) continue;
    const std::string split = fmt::format("{}={}", column.name, told_mark(mark));
    std::string shown = example;
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

namespace {

/// Whether numbers of a column only tell things apart, or days.
bool may_be_code(const std::string& name) {
  const std::string word = " " + header_word(name) + " ";
  if (!year_in(name).empty()) return true;
  for (const std::string_view part :
       {" code ", " id ", " hs", " rank ", " no ", " nr ", " number ", " year ", " month ", " period ", " date ",
        " iso", " level ", " lat", " lon", " index ", " weight "})
    if (word.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

std::string hint_of_attributes(const FlatTable& table, const TableLayout& layout) {
  if (table.kind() || layout.kind != FlatKind::edges || layout.is_ours || layout.is_mixed) return {};
  const std::vector<CellLook> looks = look_at_cells(table);
  std::vector<std::string> names, options;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    if (column.target != Target::attribute || column.is_told || column.name.empty()) continue;
    names.push_back(column.name);
    if (looks[i].filled == 0 || looks[i].numbers < looks[i].filled || may_be_code(column.name)) continue;
    const bool is_share = looks[i].percents > 0 || header_of(column.name).reading.percent;
    if (is_share && find_column(layout.columns, Target::share) == nullptr)
      options.push_back(fmt::format("--map \"{}=share\"", column.name));
    else if (!is_share && find_column(layout.columns, Target::amount) == nullptr)
      options.push_back(fmt::format("--map \"{}=amount\"", column.name));
  }
  if (names.empty()) return {};
  constexpr std::size_t most = 12;
  const std::size_t left = names.size() - std::min(most, names.size());
  names.resize(names.size() - left);
  std::string line = fmt::format("kept as attributes: {}{}", fmt::join(names, ", "), left == 0 ? "" : " …");
  constexpr std::size_t most_options = 4;
  if (options.size() > most_options) options.resize(most_options);
  if (!options.empty()) line += fmt::format("; of numbers, which a measure may be: {}", fmt::join(options, ", "));
  for (const std::string& name : names)
    if (ColumnWords::standard().is_role_column(header_word(name)) &&
        find_column(layout.columns, Target::type) == nullptr)
      line += fmt::format("; of what an end is, which the type may be: --map \"{}=type\"", name);
  return line;
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
  for (int number = 0; number < rows_hinted_at && rows->next(row); ++number) {
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
      if (std::string line = list_hint(layout.columns[i], layout, looks, *naming); !line.empty())
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

std::string melting_of_matrix(const FlatTable& table, const std::string& file) {
  const auto& columns = table.columns();
  if (columns.size() < 3 || columns.front().name.empty()) return {};
  const std::vector<CellLook> looks = look_at_cells(table);
  if (looks[0].filled == 0 || looks[0].numbers > 0 || !looks[0].twin.empty()) return {};
  std::vector<std::string> names;
  bool has_percents = false;
  for (std::size_t i = 1; i < columns.size(); ++i) {
    if (columns[i].name.empty() || !year_in(columns[i].name).empty() || header_of(columns[i].name).has_unit) return {};
    std::size_t marks = 0;
    for (const std::string& text : looks[i].texts) marks += is_absent(text) ? 1U : 0U;
    if (looks[i].filled == 0 || looks[i].texts.empty()) continue;
    if (looks[i].numbers == 0 && looks[i].crosses == 0 && marks < looks[i].texts.size()) return {};
    if (is_called_total(columns[i].name) || is_whole_word(columns[i].name)) continue;
    has_percents = has_percents || looks[i].percents > 0;
    names.push_back(columns[i].name);
  }
  if (names.size() < 2) return {};
  // `Supplier \ Customer` names both ends, `Exporting country` one; of a thing the others are the makers.
  std::string word = header_word(columns.front().name);
  for (const char mark : {'\\', '|'}) word = word.substr(0, word.find(mark));
  while (word.ends_with(' ')) word.pop_back();
  std::optional<bool> side;
  for (const std::string& each : {word, std::string(end_word(word)), word.substr(0, word.find(' '))})
    if (!side) side = side_of(each);
  const bool is_from = side.value_or(!ColumnWords::standard().may_be_item(word));
  if (!std::ranges::all_of(names, is_plain_in_quotes)) return {};
  const std::string told = name_in_commands(file);
  const bool is_sheet = told.ends_with(".xlsx") || told.ends_with(".ods");
  std::string stem = told.substr(told.find_last_of("/\\") + 1);
  stem = stem.substr(0, stem.rfind('.'));
  const std::string_view end = is_from ? "from" : "to", other = is_from ? "to" : "from";
  return fmt::format(
      "python3 -c \"import pandas; d = pandas.read_{}('{}'{}); d = d.rename(columns={{d.columns[0]: '{}'}}); "
      "d.melt('{}', "
      "[{}], '{}', '{}').dropna().to_csv('{}-rows.csv', index=False)\"",
      is_sheet ? "excel" : "csv", told, is_sheet ? "" : ", sep=None, engine='python'", end, end, quoted_names(names),
      other, has_percents ? "share" : "weight", stem);
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
