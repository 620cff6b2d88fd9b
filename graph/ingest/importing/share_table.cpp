#include "ingest/importing/share_table.hpp"

#include "ingest/files/blanks.hpp"
#include "ingest/importing/table_over.hpp"
#include "ingest/tables/table_layout.hpp"
#include "ingest/tables/value_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

/// A name and what stands behind it; the share is empty where none does.
struct NamedShare {
  std::string_view name, share;
};

bool is_percent(std::string_view text) {
  const NumberForm form = number_form(text);
  return form.is_number && form.has_percent;
}

/// `GM (50%)`, `Vattenfall [50 %]`, `Ford 50%`.
NamedShare named_share(std::string_view part) {
  part = without_outer_blanks(part);
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('[', ']')}) {
    const auto at = part.rfind(open);
    if (!part.ends_with(close) || at == std::string_view::npos || at == 0) continue;
    const std::string_view share = part.substr(at + 1, part.size() - at - 2);
    if (is_percent(share)) return {without_outer_blanks(part.substr(0, at)), share};
  }
  const auto blank = part.ends_with('%') ? part.rfind(' ', part.size() - std::min<std::size_t>(part.size(), 3)) : 0;
  if (part.ends_with('%') && blank != std::string_view::npos && blank > 0 && is_percent(part.substr(blank + 1)))
    return {without_outer_blanks(part.substr(0, blank)), part.substr(blank + 1)};
  return {part, {}};
}

/// The parts of a cell: a comma or slash parts them only behind a share, as names have them, too.
void for_each_part(std::string_view cell, const auto& visit) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= cell.size(); ++at) {
    const char c = at < cell.size() ? cell[at] : ';';
    const std::string_view before = without_outer_blanks(cell.substr(begin, at - begin));
    const bool is_behind = before.ends_with(')') || before.ends_with(']') || before.ends_with('%');
    const bool parts =
        c == ';' || c == '\n' || c == '|' || c == list_mark || ((c == ',' || c == '/' || c == '&') && is_behind);
    if (!parts) continue;
    if (!before.empty()) visit(named_share(before));
    begin = at + 1;
  }
}

struct SharePlan {
  std::vector<RawColumn> columns;  ///< those of the table, then the shares
  std::size_t at = 0;              ///< of the names
};

class ShareRows : public FlatRows {
 public:
  ShareRows(std::unique_ptr<FlatRows> rows, const SharePlan& plan) : rows_(std::move(rows)), plan_(plan) {}

  bool next(FlatRow& row) override {
    if (at_ == parts_.size()) {
      if (!rows_->next(source_)) return false;
      parts_.clear();
      at_ = 0;
      if (source_.fault.empty())
        for_each_part(source_.values[plan_.at], [&](const NamedShare& part) { parts_.push_back(part); });
      if (parts_.empty()) parts_.emplace_back();
    }
    row.number = source_.number;
    row.line = source_.line;
    row.fault = source_.fault;
    row.values = {};
    const NamedShare& part = parts_[at_++];
    if (!row.fault.empty()) return true;
    values_.assign(source_.values.begin(), source_.values.end());
    values_[plan_.at] = part.name;
    values_.push_back(part.share);
    row.values = values_;
    return true;
  }

 private:
  std::unique_ptr<FlatRows> rows_;
  const SharePlan& plan_;
  FlatRow source_;
  std::vector<NamedShare> parts_;
  std::size_t at_ = 0;
  std::vector<std::string_view> values_;
};

using ShareTable = PlannedTable<ShareRows, SharePlan>;

/// The first cell with a share behind a name, where at least half of the first cells have one.
std::string shown_share(const FlatTable& table, std::size_t column) {
  constexpr int looked_at = 200;
  std::string shown;
  std::size_t filled = 0, with_share = 0;
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i) {
    if (!row.fault.empty() || row.values[column].empty()) continue;
    ++filled;
    bool has_share = false;
    for_each_part(row.values[column], [&](const NamedShare& part) { has_share = has_share || !part.share.empty(); });
    with_share += has_share ? 1U : 0U;
    if (has_share && shown.empty()) shown = row.values[column];
  }
  if (2 * with_share < filled) return {};
  for (char& c : shown)
    if (c == list_mark || c == '\n') c = ';';
  return shown;
}

}  // namespace

std::unique_ptr<FlatTable> table_of_shares_behind_names(const FlatTable& table, const TableOptions& options,
                                                        const Ontology& ontology, std::vector<std::string>& told) {
  if (table.kind()) return nullptr;
  const auto layouts = table_layouts(table, options, ontology);
  if (layouts.size() != 1 || layouts.front().kind != FlatKind::edges || layouts.front().is_ours) return nullptr;
  const TableLayout& layout = layouts.front();
  if (find_column(layout.columns, Target::share) != nullptr) return nullptr;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    if (column.target != Target::from && column.target != Target::to) continue;
    if (const auto split = options.splits.find(column.name); split != options.splits.end() && split->second == "none")
      continue;
    const std::string shown = shown_share(table, i);
    if (shown.empty()) continue;
    SharePlan plan{table.columns(), i};
    plan.columns.push_back({column.name + " (share)", FlatType::text, Target::share, {}, false});
    told.push_back(
        fmt::format("column {}: shares stand behind the names, as in \"{}\": an edge of each name with its share; "
                    "--split \"{}=none\" takes the cell for one name",
                    column.name, shown, column.name));
    return std::make_unique<ShareTable>(table, std::move(plan));
  }
  return nullptr;
}

}  // namespace chokepoint::detail
