#include "ingest/importing/spell_table.hpp"

#include "ingest/graphs/gexf_time.hpp"
#include "ingest/importing/table_over.hpp"
#include "ingest/tables/spell_text.hpp"
#include "ingest/tables/table_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

struct SpellPlan {
  std::vector<RawColumn> columns;  ///< those of the table, then since and until
  std::size_t at = 0;              ///< of the spells
  bool is_each_row = false;        ///< each spell is a row of its own
};

GexfPeriod period_of(const SpellText& spell) {
  GexfBounds bounds;
  (spell.is_start_open ? bounds.start_open : bounds.start) = spell.start;
  (spell.is_end_open ? bounds.end_open : bounds.end) = spell.end;
  return gexf_period(bounds);
}

class SpellRows : public FlatRows {
 public:
  SpellRows(std::unique_ptr<FlatRows> rows, const SpellPlan& plan) : rows_(std::move(rows)), plan_(plan) {}

  bool next(FlatRow& row) override {
    if (at_ == periods_.size()) {
      if (!rows_->next(source_)) return false;
      read_periods();
    }
    row.number = source_.number;
    row.line = source_.line;
    row.fault = source_.fault;
    row.values = {};
    const GexfPeriod& period = periods_[at_++];
    if (!row.fault.empty()) return true;
    values_.assign(source_.values.begin(), source_.values.end());
    values_.push_back(period.since);
    values_.push_back(period.until);
    row.values = values_;
    return true;
  }

 private:
  /// The periods of the row, one at least.
  void read_periods() {
    periods_.clear();
    at_ = 0;
    const std::string_view cell = source_.fault.empty() ? source_.values[plan_.at] : std::string_view();
    if (!cell.empty()) {
      const auto spells = spells_in(cell);
      if (!spells)
        source_.fault = fmt::format("\"{}\" is no list of spells such as <[2018.0, 2020.0]>", cell.substr(0, 80));
      else
        for (const SpellText& spell : *spells) periods_.push_back(period_of(spell));
      if (std::ranges::any_of(periods_, &GexfPeriod::is_number))
        source_.fault = fmt::format("the bounds of \"{}\" are numbers and no years or days", cell.substr(0, 80));
    }
    if (!plan_.is_each_row && periods_.size() > 1) join();
    if (periods_.empty()) periods_.emplace_back();
  }
  /// From the first to the last: texts of days and years are in order as they stand.
  void join() {
    GexfPeriod whole = periods_.front();
    for (const GexfPeriod& period : periods_) {
      whole.since = std::min(whole.since, period.since);  // none is the earliest
      whole.until = whole.until.empty() || period.until.empty() ? std::string() : std::max(whole.until, period.until);
    }
    periods_ = {whole};
  }

  std::unique_ptr<FlatRows> rows_;
  const SpellPlan& plan_;
  FlatRow source_;
  std::vector<GexfPeriod> periods_;
  std::size_t at_ = 0;
  std::vector<std::string_view> values_;
};

using SpellTable = PlannedTable<SpellRows, SpellPlan>;

}  // namespace

std::unique_ptr<FlatTable> table_of_spells(const FlatTable& table, const TableOptions& options,
                                           const Ontology& ontology, std::vector<std::string>& told) {
  SpellPlan plan;
  plan.columns = table.columns();
  const auto is_meant = [&](const RawColumn& column) {
    const auto said = options.columns.find(column.name);
    return said != options.columns.end() && said->second == spell_field && column.role != Target::ignored;
  };
  const auto found = std::ranges::find_if(plan.columns, is_meant);
  if (found == plan.columns.end()) return nullptr;
  plan.at = static_cast<std::size_t>(found - plan.columns.begin());
  const std::string name = found->name;
  found->role = Target::ignored;
  plan.columns.push_back({name + " (since)", FlatType::text, Target::since, {}, true, true});
  plan.columns.push_back({name + " (until)", FlatType::text, Target::until, {}, true, true});
  auto made = std::make_unique<SpellTable>(table, plan);
  const auto layouts = table_layouts(*made, options, ontology);
  plan.is_each_row = layouts.size() == 1 && layouts.front().kind == FlatKind::edges;
  told.push_back(
      plan.is_each_row
          ? fmt::format("column {}: a spell says since when and until when; an edge for each", name)
          : fmt::format("column {}: spells say since when and until when, from the first to the last", name));
  return std::make_unique<SpellTable>(table, std::move(plan));
}

}  // namespace chokepoint::detail
