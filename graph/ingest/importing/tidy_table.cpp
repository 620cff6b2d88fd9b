#include "ingest/importing/tidy_table.hpp"

#include "ingest/importing/table_over.hpp"
#include "ingest/tables/cell_values.hpp"
#include "ingest/tables/column_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t rows_tidied_by = 200;
/// How a nameless column is called where `--map` means it.
constexpr std::string_view nameless = "(column 1)";

/// The names of a cell of Notion, `Acme (https://www.notion.so/Acme-1f…), Beta (https://…)`, joined by `list_mark`;
/// nullopt for any other text.
std::optional<std::string> linked_names(std::string_view text) {
  std::string names;
  while (!text.empty()) {
    const auto open = text.find(" (https://");
    if (open == std::string_view::npos || open == 0) return std::nullopt;
    const auto close = text.find(')', open);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view address = text.substr(open, close - open);
    if (address.find("notion.so/") == std::string_view::npos && address.find("notion.site/") == std::string_view::npos)
      return std::nullopt;
    if (!names.empty()) names += list_mark;
    names += text.substr(0, open);
    text.remove_prefix(close + 1);
    if (text.empty()) break;
    if (!text.starts_with(", ")) return std::nullopt;
    text.remove_prefix(2);
  }
  if (names.empty()) return std::nullopt;
  return names;
}

/// The mark that `--split` names for a column; empty where it names none.
std::string mark_between(const TableOptions& options, const std::string& column) {
  const auto found = options.splits.find(column);
  if (found == options.splits.end() || found->second == "none") return {};
  return found->second == "\\n" ? "\n" : found->second;
}

/// Whether a text stands in apostrophes, as some programs quote.
bool is_in_apostrophes(std::string_view text) {
  return text.size() > 1 && text.starts_with('\'') && text.ends_with('\'') &&
         text.substr(1, text.size() - 2).find('\'') == std::string_view::npos;
}

struct TidyColumn {
  std::size_t at = 0;  ///< in the table
  bool has_links = false, fills_down = false, has_apostrophes = false, has_bullets = false;
  std::string mark;  ///< between the values of a cell; empty where it holds one
};

struct TidyPlan {
  std::vector<RawColumn> columns;
  std::vector<TidyColumn> tidied;  ///< beside `columns`
};

class TidyRows : public FlatRows {
 public:
  TidyRows(std::unique_ptr<FlatRows> rows, const TidyPlan& plan)
      : rows_(std::move(rows)), columns_(plan.tidied), texts_(columns_.size()), values_(columns_.size()) {}

  bool next(FlatRow& row) override {
    if (!rows_->next(source_)) return false;
    row.number = source_.number;
    row.line = source_.line;
    row.fault = source_.fault;
    row.values = {};
    if (!row.fault.empty()) return true;
    const bool is_blank =
        std::all_of(source_.values.begin(), source_.values.end(), [](std::string_view value) { return value.empty(); });
    for (std::size_t i = 0; i < columns_.size(); ++i) values_[i] = value_of(i, is_blank);
    row.values = values_;
    return true;
  }

 private:
  std::string_view value_of(std::size_t at, bool row_is_blank) {
    const TidyColumn& column = columns_[at];
    std::string_view value = source_.values[column.at];
    if (column.has_links)
      if (auto names = linked_names(value)) {
        texts_[at] = *std::move(names);
        return texts_[at];
      }
    if (!column.mark.empty() || (column.has_bullets && is_bullet_list(value))) {
      texts_[at] = split_values(value, column.mark.empty() ? "\n" : column.mark);
      return texts_[at];
    }
    if (column.has_apostrophes && is_in_apostrophes(value)) value = value.substr(1, value.size() - 2);
    if (!column.fills_down || row_is_blank) return value;
    if (value.empty()) return texts_[at];
    texts_[at] = value;
    return value;
  }

  std::unique_ptr<FlatRows> rows_;
  const std::vector<TidyColumn>& columns_;
  std::vector<std::string> texts_;  ///< by column: the names of a cell, or the value that goes on
  std::vector<std::string_view> values_;
  FlatRow source_;
};

using TidyTable = PlannedTable<TidyRows, TidyPlan>;

/// What the first rows show of a column.
struct ColumnLook {
  bool is_filled = false;
  bool only_counts = true;  ///< from 0 or 1
  bool has_links = false, is_all_links = true, has_apostrophes = true;
  std::string bullets;  ///< a list of lines with bullets

  void take(std::string_view value, std::uint64_t row) {
    const bool begins_at_one = row == 0 ? value == "1" : starts_at_one;
    if (row == 0) starts_at_one = begins_at_one;
    only_counts = only_counts && value == std::to_string(row + (starts_at_one ? 1U : 0U));
    if (value.empty()) return;
    is_filled = true;
    const bool is_link = value.find("notion.") != std::string_view::npos && linked_names(value).has_value();
    has_links = has_links || is_link;
    is_all_links = is_all_links && is_link;
    has_apostrophes = has_apostrophes && is_in_apostrophes(value);
    if (bullets.empty() && is_bullet_list(value)) bullets = value;
  }

 private:
  bool starts_at_one = false;
};

std::vector<ColumnLook> look_at(const FlatTable& table) {
  std::vector<ColumnLook> looks(table.columns().size());
  const auto rows = table.rows({});
  std::uint64_t number = 0;
  for (FlatRow row; number < rows_tidied_by && rows->next(row);) {
    if (!row.fault.empty()) continue;
    for (std::size_t i = 0; i < looks.size(); ++i) looks[i].take(row.values[i], number);
    ++number;
  }
  return looks;
}

/// Whether a name is what programs call a column that has none; sheets name those in front of the header's first cell.
bool is_nameless(std::string_view name) { return name.empty() || name == "Unnamed: 0" || name == "(column A)"; }

/// Whether a table has a column that only our own ones have, whose texts are what they are.
bool may_be_ours(const FlatTable& table) {
  return std::ranges::any_of(table.columns(), [](const RawColumn& column) {
    FlatColumn named;
    return column.name == "sources" ||
           (column.name.find('.') != std::string::npos && take_dotted_name(named, FlatKind::nodes, column.name));
  });
}

/// Whether a column is called as one of whole texts.
bool is_prose(const std::string& name) {
  const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::nodes, header_word(name));
  return field != nullptr && (field->target == Target::description || field->target == Target::locator);
}

void tell_tidy(const std::string& name, const TidyColumn& tidy, const ColumnLook& look,
               std::vector<std::string>& told) {
  if (tidy.has_apostrophes)
    told.push_back(fmt::format("column {}: every value stands in apostrophes, which were taken for quotes", name));
  if (tidy.has_links)
    told.push_back(
        fmt::format("column {}: names that link to pages of Notion are taken without the addresses, and "
                    "several in a cell one by one",
                    name));
  if (tidy.fills_down)
    told.push_back(
        fmt::format("column {}: an empty cell has the value of the cell above it, as --fill-down says", name));
  if (!tidy.mark.empty())
    told.push_back(fmt::format(
        "column {}: each value of a cell is taken by itself, as --split says, and so is each on a line of its own or "
        "behind a semicolon; what else its row states is stated of each",
        name));
  if (!tidy.has_bullets) return;
  std::string shown = look.bullets;
  std::ranges::replace(shown, '\n', ' ');
  told.push_back(fmt::format(
      "column {}: lines with bullets, as in \"{}\", are values by themselves; --split \"{}=none\" takes them as one "
      "text",
      name, shown, name));
}

}  // namespace

std::unique_ptr<FlatTable> tidy_table(const FlatTable& table, const TableOptions& options,
                                      std::vector<std::string>& told) {
  if (table.kind() || table.columns().empty()) return nullptr;
  const std::vector<ColumnLook> looks = look_at(table);
  const bool is_meant = options.columns.contains(nameless);
  const bool is_ours = may_be_ours(table);
  TidyPlan plan;
  bool is_needed = false;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    RawColumn column = table.columns()[i];
    const bool is_unnamed = is_nameless(column.name) && !column.role && !options.columns.contains(column.name);
    if (is_unnamed && is_meant) {
      column.name = nameless;
      is_needed = true;
    } else if (is_unnamed && looks[i].is_filled && looks[i].only_counts) {
      is_needed = true;
      told.push_back(
          fmt::format("a column without a name only counts the rows, as R and pandas write it, and was left "
                      "out; --map \"{}=attributes.row\" keeps it",
                      nameless));
      continue;
    } else if (is_unnamed && looks[i].is_filled && i == 0) {
      told.push_back(
          fmt::format("the first column has no name and is kept as an attribute, if at all; --map "
                      "\"{}=FIELD\" says what it holds",
                      nameless));
    }
    TidyColumn tidy{
        i,
        !is_ours && looks[i].has_links && looks[i].is_all_links,
        std::ranges::find(options.fill_down, column.name) != options.fill_down.end(),
        !is_ours && looks[i].is_filled && looks[i].has_apostrophes,
        !looks[i].bullets.empty() && !is_ours && !is_prose(column.name) && !options.splits.contains(column.name),
        mark_between(options, column.name)};
    tell_tidy(column.name, tidy, looks[i], told);
    is_needed = is_needed || !tidy.mark.empty() || tidy.has_links || tidy.fills_down || tidy.has_apostrophes ||
                tidy.has_bullets;
    plan.tidied.push_back(std::move(tidy));
    plan.columns.push_back(std::move(column));
  }
  if (!is_needed) return nullptr;
  return std::make_unique<TidyTable>(table, std::move(plan));
}

}  // namespace chokepoint::detail
