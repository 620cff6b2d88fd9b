#include "ingest/tables/doubtful_ends.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/cell_look.hpp"
#include "ingest/tables/edge_direction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// Words behind a list_comma that are of the name in front of it.
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
  // A list_comma stands within names, too: Korea, Republic of.
  if (mark == list_comma) return !has_form && (known > 1 || (parts > 2 && known > 0));
  return parts > 1 && known > 0;
}

/// The mark between several names in a cell of an end, and the cell.
std::pair<std::string_view, std::string> mark_in_ends(const CellLook& look, const std::set<std::string>& names) {
  if (const std::string_view mark = look.mark(false); !mark.empty()) return {mark, look.example};
  for (const std::string& cell : look.texts) {
    if (parts_texts(cell, "\n") && are_names(cell, "\n")) return {"\n", cell};
    for (const std::string_view mark : {list_comma, std::string_view(" / "), std::string_view(" & "),
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

}  // namespace chokepoint::detail
