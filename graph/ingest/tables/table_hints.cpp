#include "ingest/tables/table_hints.hpp"

#include "ingest/tables/cell_look.hpp"
#include "ingest/tables/column_header.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace chokepoint::detail {

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

}  // namespace chokepoint::detail
