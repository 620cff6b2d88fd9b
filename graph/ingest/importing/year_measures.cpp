#include "ingest/importing/year_measures.hpp"

#include "ingest/importing/table_over.hpp"
#include "ingest/tables/column_header.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/table_layout.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The columns of one year, one a measure.
struct YearOfTable {
  std::string year;
  std::string_view status;  ///< estimated, a forecast
  std::vector<std::optional<std::size_t>> columns;
};

struct MeasurePlan {
  std::vector<RawColumn> columns;
  std::vector<std::size_t> kept;  ///< columns of the table, the first of the new one
  std::vector<YearOfTable> years;
  bool has_status = false;
};

/// What has no digit says that there is no value: `..`, n/a.
bool has_digit(std::string_view cell) { return cell.find_first_of("0123456789") != std::string_view::npos; }

class MeasureRows : public FlatRows {
 public:
  MeasureRows(std::unique_ptr<FlatRows> rows, const MeasurePlan& plan)
      : rows_(std::move(rows)), plan_(plan), at_(plan.years.size()) {}

  bool next(FlatRow& row) override {
    for (;;) {
      if (at_ >= plan_.years.size()) {
        if (!rows_->next(source_)) return false;
        at_ = 0;
        is_told_ = false;
      }
      row.number = source_.number;
      row.line = source_.line;
      row.fault = source_.fault;
      row.values = {};
      if (!row.fault.empty()) {
        at_ = plan_.years.size();
        return true;
      }
      // A relation without any number is one all the same.
      const YearOfTable& year = plan_.years[at_++];
      const bool is_last = at_ == plan_.years.size();
      const bool has_value = std::any_of(year.columns.begin(), year.columns.end(), [&](const auto& column) {
        return column && has_digit(source_.values[*column]);
      });
      if (!has_value && (!is_last || is_told_)) continue;
      is_told_ = true;
      fill(row, year, has_value);
      return true;
    }
  }

 private:
  void fill(FlatRow& row, const YearOfTable& year, bool has_value) {
    values_.clear();
    for (const std::size_t column : plan_.kept) values_.push_back(source_.values[column]);
    values_.push_back(has_value ? std::string_view(year.year) : std::string_view());
    if (plan_.has_status) values_.push_back(has_value ? year.status : std::string_view());
    for (const auto& column : year.columns)
      values_.push_back(column && has_digit(source_.values[*column]) ? source_.values[*column] : std::string_view());
    row.values = values_;
  }

  std::unique_ptr<FlatRows> rows_;
  const MeasurePlan& plan_;
  std::size_t at_;
  bool is_told_ = false;  ///< some year of the row had a value
  FlatRow source_;
  std::vector<std::string_view> values_;
};

using MeasureTable = PlannedTable<MeasureRows, MeasurePlan>;

/// The field of a measure that a name is known for; a value or a volume is an amount where its unit is said.
std::optional<Target> measure_called(const std::string& name) {
  const ColumnHeader header = header_of(name);
  const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, header.word);
  if (field == nullptr && is_called_share(header.word)) return Target::share;
  if (field == nullptr || !is_number_field(field->target)) return std::nullopt;
  const bool is_weak = header.word == "value" || header.word == "quantity" || header.word == "volume";
  if (field->target == Target::amount && is_weak && !header.has_unit) return std::nullopt;
  return field->target;
}

bool is_written_alike(const std::string& one, const std::string& other) {
  const ColumnHeader a = header_of(one), b = header_of(other);
  return a.has_unit == b.has_unit && a.reading == b.reading;
}

/// The columns whose names are those of measures and years.
std::vector<std::optional<NameOfYear>> names_of_years(const FlatTable& table, const TableOptions& options) {
  std::vector<std::optional<NameOfYear>> names;
  for (const RawColumn& column : table.columns()) {
    names.emplace_back();
    if (column.role || options.columns.contains(column.name) || options.columns.contains("edges." + column.name))
      continue;
    auto name = name_of_year(column.name);
    if (name && measure_called(name->rest)) names.back() = std::move(name);
  }
  return names;
}

}  // namespace

std::unique_ptr<FlatTable> table_of_year_measures(const FlatTable& table, const TableOptions& options,
                                                  const Ontology& ontology, std::vector<std::string>& told) {
  if (table.kind() || options.makes_profile) return nullptr;
  const auto names = names_of_years(table, options);
  if (std::none_of(names.begin(), names.end(), [](const auto& name) { return name.has_value(); })) return nullptr;
  const auto layouts = table_layouts(table, options, ontology);
  if (layouts.size() != 1 || layouts.front().kind != FlatKind::edges || layouts.front().is_ours) return nullptr;
  const std::vector<FlatColumn>& known = layouts.front().columns;
  if (find_column(known, Target::as_of) != nullptr) return nullptr;
  // The year of one measure is not the day of another one, whose column names none.
  if (find_column(known, Target::share) != nullptr || find_column(known, Target::amount) != nullptr) return nullptr;
  MeasurePlan plan;
  std::vector<std::string> measures;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i]) {
      plan.kept.push_back(i);
      plan.columns.push_back(table.columns()[i]);
      continue;
    }
    if (find_column(known, *measure_called(names[i]->rest)) != nullptr) return nullptr;
    const auto measure = std::find_if(measures.begin(), measures.end(), [&](const std::string& other) {
      return measure_called(other) == measure_called(names[i]->rest);
    });
    const auto number = static_cast<std::size_t>(measure - measures.begin());
    if (measure == measures.end()) measures.push_back(names[i]->rest);
    // Two ways of writing stand in no one column.
    if (!is_written_alike(measures[number], names[i]->rest)) return nullptr;
    auto year = std::find_if(plan.years.begin(), plan.years.end(), [&](const YearOfTable& each) {
      return each.year == names[i]->year && each.status == names[i]->status;
    });
    if (year == plan.years.end()) year = plan.years.insert(year, {names[i]->year, names[i]->status, {}});
    plan.has_status = plan.has_status || !names[i]->status.empty();
    if (year->columns.size() <= number) year->columns.resize(number + 1);
    if (year->columns[number]) return nullptr;
    year->columns[number] = i;
  }
  for (YearOfTable& year : plan.years) year.columns.resize(measures.size());
  plan.columns.push_back({"(year)", FlatType::text, Target::as_of, {}, true});
  if (plan.has_status)
    plan.columns.push_back({"(status)", FlatType::text, target_of_name(FlatKind::edges, "status").value(), {}, true});
  for (const std::string& measure : measures)
    plan.columns.push_back({measure, FlatType::text, std::nullopt, {}, false});
  const std::string& first = plan.years.front().year;
  const std::string& last = plan.years.back().year;
  told.push_back(
      plan.years.size() == 1
          ? fmt::format("{} named with a year, {}: an edge for each year that has a number, which is as of that",
                        fmt::join(measures, ", "), first)
          : fmt::format("{} named with a year, {} to {}: an edge for each year that has a number, which is as of that",
                        fmt::join(measures, ", "), first, last));
  return std::make_unique<MeasureTable>(table, std::move(plan));
}

}  // namespace chokepoint::detail
