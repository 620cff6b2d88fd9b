#include "ingest/tables/relation_hints.hpp"

#include "ingest/files/blanks.hpp"
#include "ingest/files/told_names.hpp"
#include "ingest/tables/cell_look.hpp"
#include "ingest/tables/column_header.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/total_rows.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace chokepoint::detail {

namespace {

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
  const std::string_view parts = mark.empty() && look.marks.back() > 0 && holds_names ? list_comma : mark;
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
