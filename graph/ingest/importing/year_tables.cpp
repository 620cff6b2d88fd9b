#include "ingest/importing/year_tables.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/tables/number_survey.hpp"
#include "ingest/tables/table_layout.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

/// One row for each cell of some columns of a table, with the cells of others; or those others alone.
struct YearPlan {
  std::optional<FlatKind> kind;
  std::vector<RawColumn> columns;
  std::vector<std::size_t> kept;        ///< columns of the table, the first of the new one
  std::vector<std::size_t> years;       ///< none: a row is a row
  std::string indicator, unit;          ///< of figures
  bool has_status = false;              ///< some years are estimates or forecasts
  std::optional<ValueReading> numbers;  ///< how those of figures are written; they become plain
};

/// Of years, what has no digit says that there is no value: `..`, `:`, n/a, W.
bool says_nothing(std::string_view cell) { return cell.find_first_of("0123456789") == std::string_view::npos; }

/// How the numbers of some columns are written. @throws DoubtfulValue, UsageError
ValueReading reading_of(const FlatTable& table, const std::vector<std::size_t>& columns, const std::string& file,
                        char decimal) {
  NumberSurvey survey;
  const auto rows = table.rows({});
  for (FlatRow row; rows->next(row);) {
    if (!row.fault.empty()) continue;
    for (const std::size_t column : columns) {
      const std::string_view cell = row.values[column];
      if (says_nothing(cell)) continue;
      if (const NumberForm form = number_form(cell); form.is_number) survey.take(cell, form);
    }
  }
  return survey.settle(table, file, decimal);
}

class YearRows : public FlatRows {
 public:
  YearRows(std::unique_ptr<FlatRows> rows, const YearPlan& plan, const FlatTable& table)
      : rows_(std::move(rows)), plan_(plan), table_(table), at_(plan.years.size()) {}

  bool next(FlatRow& row) override {
    for (;;) {
      if (at_ >= plan_.years.size()) {
        if (!rows_->next(source_)) return false;
        at_ = 0;
        row.number = source_.number;
        row.line = source_.line;
        row.fault = source_.fault;
        // Of nodes and figures of one table, the nodes tell what is wrong with a row.
        if (!row.fault.empty() && plan_.kind == FlatKind::figures) {
          at_ = plan_.years.size();
          continue;
        }
        if (!row.fault.empty() || plan_.years.empty()) {
          at_ = plan_.years.size();
          fill(row, {}, {});
          return true;
        }
      }
      const std::size_t column = plan_.years[at_++];
      const std::string_view cell = source_.values[column];
      if (says_nothing(cell)) continue;
      row.number = source_.number;
      row.line = source_.line;
      row.fault.clear();
      year_ = year_in(table_.columns()[column].name);
      status_ = status_of_year(table_.columns()[column].name);
      fill(row, year_, plan_.numbers ? number_in(cell) : cell);
      return true;
    }
  }

 private:
  void fill(FlatRow& row, std::string_view year, std::string_view value) {
    values_.clear();
    if (row.fault.empty())
      for (const std::size_t column : plan_.kept) values_.push_back(source_.values[column]);
    if (!plan_.years.empty()) {
      values_.push_back(year);
      values_.push_back(value);
      if (plan_.kind == FlatKind::figures) values_.push_back(plan_.indicator);
      if (!plan_.unit.empty()) values_.push_back(plan_.unit);
      if (plan_.has_status) values_.push_back(status_);
    }
    row.values = values_;
  }

  /// A number as we write it; what is none stays.
  std::string_view number_in(std::string_view cell) {
    number_ = plain_number(cell, *plan_.numbers).value_or(std::string(cell));
    return number_;
  }

  std::unique_ptr<FlatRows> rows_;
  const YearPlan& plan_;
  const FlatTable& table_;
  std::size_t at_;
  FlatRow source_;
  std::vector<std::string_view> values_;
  std::string number_, year_;
  std::string_view status_;
};

class YearTable : public FlatTable {
 public:
  YearTable(const FlatTable& table, YearPlan plan) : table_(table), plan_(std::move(plan)) {}
  [[nodiscard]] const std::string& name() const override { return table_.name(); }
  [[nodiscard]] std::optional<FlatKind> kind() const override { return plan_.kind; }
  [[nodiscard]] const std::vector<RawColumn>& columns() const override { return plan_.columns; }
  [[nodiscard]] bool may_have_decimal_commas() const override { return table_.may_have_decimal_commas(); }
  [[nodiscard]] std::unique_ptr<FlatRows> rows(std::function<void(std::uint64_t)> on_bytes) const override {
    return std::make_unique<YearRows>(table_.rows(std::move(on_bytes)), plan_, table_);
  }

 private:
  const FlatTable& table_;
  YearPlan plan_;
};

RawColumn told_column(std::string name, Target role) { return {std::move(name), FlatType::text, role, {}, true}; }

/// A column for what the years are, where some are estimates or forecasts.
void add_status(YearPlan& plan, const FlatTable& table, FlatKind kind) {
  plan.has_status = std::ranges::any_of(
      plan.years, [&](std::size_t column) { return !status_of_year(table.columns()[column].name).empty(); });
  if (plan.has_status) plan.columns.push_back(told_column("(status)", target_of_name(kind, "status").value()));
}

/// Everything but the years.
YearPlan rest_of(const FlatTable& table, const std::vector<std::size_t>& years) {
  YearPlan plan;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (std::ranges::find(years, i) != years.end()) continue;
    plan.kept.push_back(i);
    plan.columns.push_back(table.columns()[i]);
  }
  return plan;
}

YearPlan figures_of(const std::vector<std::size_t>& years, const TableLayout& layout, const TableOptions& options,
                    const Ontology& ontology) {
  YearPlan plan;
  plan.kind = FlatKind::figures;
  plan.years = years;
  const auto colon = options.years.find(':');
  plan.indicator = options.years.substr(0, colon);
  const Term* indicator = ontology.indicator(plan.indicator);
  if (colon != std::string::npos)
    plan.unit = options.years.substr(colon + 1);
  else if (indicator != nullptr)
    plan.unit = indicator->unit;
  if (indicator == nullptr) {
    std::vector<std::string> known;
    for (const Term& term : ontology.indicators()) known.push_back(term.id);
    const auto near = suggest(plan.indicator, known, 1);
    throw UsageError(
        fmt::format("--years {}: no such indicator; {}", options.years,
                    near.empty() ? "`chokepoint schema` lists them" : fmt::format("did you mean {}?", near.front())));
  }
  const FlatColumn* subject = find_column(layout.columns, Target::id);
  if (subject == nullptr) subject = find_column(layout.columns, Target::label);
  plan.kept.push_back(static_cast<std::size_t>(subject - layout.columns.data()));
  plan.columns = {told_column(subject->name, Target::subject), told_column("(year)", Target::as_of),
                  told_column("(value)", Target::value), told_column("(indicator)", Target::indicator)};
  if (!plan.unit.empty()) plan.columns.push_back(told_column("(unit)", Target::unit));
  return plan;
}

}  // namespace

std::vector<std::unique_ptr<FlatTable>> tables_by_year(const FlatTable& table, const TableOptions& options,
                                                       const Ontology& ontology, const std::string& file,
                                                       std::vector<std::string>& told) {
  std::vector<std::unique_ptr<FlatTable>> made;
  const std::vector<std::size_t> years = table.kind() ? std::vector<std::size_t>() : year_columns(table.columns());
  if (years.empty()) return made;
  const auto layouts = table_layouts(table, options, ontology);
  if (layouts.size() != 1) return made;
  YearPlan rest = rest_of(table, years);
  std::string becomes;
  if (layouts.front().kind == FlatKind::nodes) {
    YearPlan figures = figures_of(years, layouts.front(), options, ontology);
    add_status(figures, table, FlatKind::figures);
    figures.numbers = reading_of(table, years, file, options.decimal);
    becomes = fmt::format("a figure {}{}", figures.indicator, figures.unit.empty() ? "" : " in " + figures.unit);
    made.push_back(std::make_unique<YearTable>(table, std::move(rest)));
    made.push_back(std::make_unique<YearTable>(table, std::move(figures)));
  } else {
    const auto target = target_of_name(FlatKind::edges, options.years);
    if (!target || !is_number_field(*target))
      throw UsageError(
          fmt::format("--years {}: {} holds edges, of which a year may be the share, the amount or the "
                      "performance",
                      options.years, file));
    rest.years = years;
    rest.columns.push_back(told_column("(year)", Target::as_of));
    rest.columns.push_back({options.years, FlatType::text, *target, {}, false});
    add_status(rest, table, FlatKind::edges);
    becomes = fmt::format("an edge with this {}, as of the year", options.years);
    made.push_back(std::make_unique<YearTable>(table, std::move(rest)));
  }
  told.push_back(fmt::format("each cell of the {} columns from {} to {} with a digit in it is {}, as --years says",
                             years.size(), table.columns()[years.front()].name, table.columns()[years.back()].name,
                             becomes));
  return made;
}

}  // namespace chokepoint::detail
