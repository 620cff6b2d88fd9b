#include "ingest/tables/unknown_table.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/relation_hints.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// Columns that may be the ends of edges.
struct LikelyEnds {
  std::size_t from = 0, to = 0;
  bool is_known = false;  ///< a word says which end one of them is
};

/// Which end a column is by any of its words: `supplier ticker`, `top producer`, `sold by`.
std::optional<bool> side_in(const std::string& word) {
  const ColumnWords& known = ColumnWords::standard();
  if (known.inverse_of(word)) return true;
  if (known.leads_on(word)) return false;
  const auto blank = word.find(' ');
  if (blank != std::string::npos && known.trait(word.substr(blank + 1))) return std::nullopt;
  for (const std::string& each : {word, std::string(end_word(word)), word_of_one(word), word_without_number(word)})
    if (const auto side = each.empty() ? std::nullopt : side_of(each)) return side;
  // Of a part of what it says only who owns, makes or supplies is clear.
  if (blank != std::string::npos)
    for (const std::string& each : {word.substr(0, blank), word.substr(word.rfind(' ') + 1)})
      if (known.begins_role(each)) return true;
  return std::nullopt;
}

/// Two columns that may be ends: one that a word says to be, and the thing or the first name beside it; names that
/// end alike (`Parent Part`, `Child Part`); else the first two of which the second does not only say more of the first.
LikelyEnds likely_ends(const std::vector<std::string>& names) {
  std::vector<std::string> words;
  for (const std::string& name : names) words.push_back(header_word(name));
  const auto last_word = [](const std::string& word) { return word.substr(word.rfind(' ') + 1); };
  std::optional<std::size_t> first, second;
  bool is_from = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto side = side_in(words[i]);
    if (!side) continue;
    if (!first) {
      first = i;
      is_from = *side;
    } else if (*side != is_from && !second && !words[i].starts_with(words[*first])) {
      second = i;
    }
  }
  if (first && !second && is_from)
    for (std::size_t i = 0; i < words.size() && !second; ++i)
      if (i != *first && ColumnWords::standard().may_be_item(words[i])) second = i;
  // Things that come from countries.
  for (std::size_t i = 0; i < words.size() && (!first || !(second || is_from)); ++i)
    for (std::size_t j = 0; j < words.size(); ++j)
      if (i != j && ColumnWords::standard().may_be_item(words[i]) && ColumnWords::standard().trait(words[j]))
        return {j, i, true};
  if (first) {
    const std::size_t other = second.value_or(*first == 0 ? 1 : 0);
    const bool leads_on = ColumnWords::standard().leads_on(words[*first]);
    return is_from ? LikelyEnds{*first, other, true} : LikelyEnds{other, *first, second || leads_on};
  }
  for (std::size_t i = 0; i < words.size(); ++i)
    for (std::size_t j = i + 1; j < words.size(); ++j)
      if (words[i].find(' ') != std::string::npos && words[j].find(' ') != std::string::npos &&
          last_word(words[i]) == last_word(words[j]) && words[i].substr(0, 3) != words[j].substr(0, 3))
        return {i, j, false};
  for (std::size_t j = 1; j < words.size(); ++j)
    if (!words[j].starts_with(words[0])) return {0, j, false};
  return {0, 1, false};
}

/// The columns of names that are given, those of texts first, and those that are called like years.
struct NamedColumns {
  std::vector<std::string> named, years;
};

bool holds_texts(const FlatTable& table, std::size_t column) {
  constexpr int looked_at = 50;
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i)
    if (row.fault.empty() && !row.values[column].empty() && !is_absent(row.values[column]))
      return !number_form(row.values[column]).is_number && !date_form(row.values[column], true);
  return false;
}

NamedColumns named_columns(const FlatTable& table) {
  NamedColumns columns;
  std::vector<std::string> others;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const std::string& name = table.columns()[i].name;
    if (!year_in(name).empty())
      columns.years.push_back(name);
    else if (!name.empty() && !name.starts_with("(column"))
      (holds_texts(table, i) ? columns.named : others).push_back(name);
  }
  const auto is_name = [](const std::string& name) { return header_word(name).ends_with("name"); };
  std::ranges::stable_partition(columns.named, is_name);
  columns.named.insert(columns.named.end(), others.begin(), others.end());
  return columns;
}

/// What to say of a table of those columns, for one of nodes and one of edges: all of it, types included.
std::string example_of_map(const NamedColumns& columns, const LikelyEnds& ends, const TableOptions& options) {
  const std::string node_type = options.node_type.empty() ? " --node-type TYPE" : "";
  const std::string edge_type = options.edge_type.empty() ? " --edge-type TYPE" : "";
  const std::vector<std::string>& named = columns.named;
  if (named.empty()) return fmt::format("--map \"NAME=label\"{} makes its rows nodes", node_type);
  const std::string of_nodes = fmt::format("--map \"{}=label\"{} makes its rows nodes", named.front(), node_type);
  if (columns.years.size() > 1)
    return of_nodes +
           fmt::format(
               ", and each year from {} to {} an attribute; --years INDICATOR beside it makes a figure of each cell",
               columns.years.front(), columns.years.back());
  if (named.size() == 1) return of_nodes;
  return of_nodes + fmt::format(", --map \"{}=from\" --map \"{}=to\"{}{} makes them edges",
                                ends.is_known ? named[ends.from] : "COLUMN", ends.is_known ? named[ends.to] : "COLUMN",
                                edge_type, node_type);
}

/// Whether the name of a column stands in its cells, too: `supplies` above supplies.
bool repeats_a_name(const FlatTable& table) {
  constexpr int looked_at = 50;
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i)
    for (std::size_t at = 0; row.fault.empty() && at < table.columns().size(); ++at)
      if (!row.values[at].empty() && row.values[at] == table.columns()[at].name) return true;
  return false;
}

/// Whether what stands in the place of names are values: a number that is no year, or what rows below say, too.
bool are_values(const FlatTable& table) {
  if (repeats_a_name(table)) return true;
  return std::ranges::any_of(table.columns(), [](const RawColumn& column) {
    return number_form(column.name).is_number && year_in(column.name).empty();
  });
}

/// Whether the first rows have different numbers of fields.
bool is_ragged(const FlatTable& table) {
  constexpr int looked_at = 50;
  if (table.kind() || !table.name().empty()) return false;
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i)
    if (!row.fault.empty()) return true;
  return false;
}

/// The column that one of both ends was told to be, if any was.
bool is_told(const TableOptions& options, const std::string& name, std::string_view end) {
  const auto found = options.columns.find(name);
  return found != options.columns.end() && found->second == end;
}

}  // namespace

void refuse_unknown_table(const FlatTable& table, const std::string& file, const std::string& path,
                          const TableOptions& options) {
  std::vector<std::string> names;
  for (const RawColumn& column : table.columns()) names.push_back(column.name);
  const NamedColumns columns = named_columns(table);
  const LikelyEnds ends = columns.named.size() > 1 ? likely_ends(columns.named) : LikelyEnds{};
  const std::string melt = melting_of_matrix(table, path);
  std::string why = fmt::format(
      "{}: neither a table of nodes (no column for the id or the name) nor of edges (no columns for both ends); "
      "its columns are {}; ",
      file, fmt::join(names, ", "));
  bool is_likely = false;
  if (!melt.empty()) {
    why += fmt::format("if those behind {} are nodes, too, this makes a row of each cell: {}", names.front(), melt);
  } else if (are_values(table)) {
    why += fmt::format(
        "these look like values: put a row of names above them, such as from,to,weight{}",
        names.size() <= 3 ? ", or --from edge-list where each row is two ends that blanks or tabs part" : "");
  } else {
    // Of a trade without its reporter nobody knows who sends.
    const bool has_flow = std::ranges::any_of(names, [](const std::string& name) {
      const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, header_word(name));
      return field != nullptr && field->target == Target::direction;
    });
    is_likely = ends.is_known && columns.years.size() < 2 && !has_flow;
    if (has_flow)
      why += "no column names the country that reports what it imports and exports; add one, reporter, say; ";
    why += fmt::format("say what they hold: {}", example_of_map(columns, ends, options));
    if (names.front().empty() && names.size() > 2 && columns.years.size() < 2)
      why += "; a matrix of nodes by nodes has the same names in its header and its first column, and numbers";
    why += "; if these are values already, put a row of names above them";
  }
  if (is_ragged(table)) why += "; where each row is a node and those that it is tied to, --from neighbours reads it so";
  if (!is_likely) throw UsageError(why);
  const bool has_from = is_told(options, columns.named[ends.from], "from");
  throw DoubtfulValue(why, {"--map", has_from ? columns.named[ends.to] + "=to" : columns.named[ends.from] + "=from"});
}

}  // namespace chokepoint::detail
