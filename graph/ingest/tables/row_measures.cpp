// What beside an amount says how it is meant: its unit, a scale, a bound.
#include "ingest/checking/text_limits.hpp"
#include "ingest/tables/bounded_number.hpp"
#include "ingest/tables/flat_reader.hpp"
#include "ingest/tables/flat_values.hpp"
#include "ingest/tables/unit_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace chokepoint::detail {

namespace {

/// A number times a power of ten, without the crumbs of a multiplication.
double times(double number, double scale) {
  if (scale == 1) return number;
  const int power = static_cast<int>(std::lround(std::log10(scale)));
  return std::strtod(fmt::format("{}e{}", number, power).c_str(), nullptr);
}

}  // namespace

/// Our unit for theirs, as in headers: `t` is tonnes, `1000 t` a thousand of them. Rows mostly have the unit of the row
/// above.
void FlatReader::take_our_unit(Edge& edge) {
  if (edge.unit != last_unit_) {
    last_unit_ = edge.unit;
    const UnitWords words = unit_words(edge.unit);
    const bool is_understood = words.is_whole && !words.unit.empty();
    our_last_unit_ = is_understood ? words.unit : edge.unit;
    last_unit_scale_ = is_understood ? words.scale : 1;
  }
  edge.unit = our_last_unit_;
  if (edge.amount) edge.amount = times(*edge.amount, last_unit_scale_);
}

/// Takes the amount times what the column of scales says. @return false where nobody knows what it says
bool FlatReader::take_scale(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given,
                            const Place& place, std::uint64_t row, Edge& edge) {
  const std::string_view said = value_in(columns, given, Target::scale);
  if (!edge.amount || said.empty()) return true;
  const double scale = scale_of_cell(said);
  if (scale == 0) {
    const std::string& name = find_column(columns, Target::scale)->name;
    problems_.add(
        place, fmt::format("row {}", row),
        fmt::format("column {}: \"{}\" is no power of ten that the amount is to be taken times; --map \"{}=-\" "
                    "takes amounts as they stand",
                    name, said, name));
    return false;
  }
  edge.amount = times(*edge.amount, scale);
  return true;
}

/// What numbers such as >80% say of the measure, which is one for all of an edge.
bool FlatReader::take_bounds(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given,
                             const Place& place, std::uint64_t row, Edge& edge) {
  const auto has_bounds = [](const FlatColumn& column) { return column.reading && column.reading->has_bounds; };
  if (std::none_of(columns.begin(), columns.end(), has_bounds)) return true;
  std::optional<Bound> found;
  const std::string_view stated = value_in(columns, given, Target::bound);
  if (!stated.empty()) found = edge.bound;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!has_bounds(columns[i]) || given[i].empty()) continue;
    const auto bounded = bounded_number(given[i]);
    if (!bounded) continue;
    if (found && *found != bounded->bound) {
      problems_.add(
          place, fmt::format("row {}", row),
          fmt::format("column {}: \"{}\" is {} where another column of the row says {}; a record has one bound",
                      columns[i].name, given[i], to_string(bounded->bound), to_string(*found)));
      return false;
    }
    found = bounded->bound;
    for (Citation& citation : edge.sources)
      if (citation.read.size() + given[i].size() < longest_read)
        citation.read += (citation.read.empty() ? "" : "; ") + std::string(given[i]);
  }
  if (found) edge.bound = *found;
  return true;
}

}  // namespace chokepoint::detail
