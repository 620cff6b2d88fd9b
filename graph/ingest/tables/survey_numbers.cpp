// How the numbers of a column are written, as all of them show it.
#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// A number that its only mark leaves in doubt, with that mark taken for what it is where decimals have that one.
std::string number_with(std::string_view value, char decimal) {
  ValueReading reading;
  reading.is_mixed = true;
  reading.decimal = decimal;
  return plain_number(value, reading).value_or(std::string(value));
}

}  // namespace

std::string mixed_remark(std::string_view column, std::string_view with_comma, std::string_view with_point) {
  return fmt::format(
      "column {}: some values have a decimal comma (\"{}\") and some a point (\"{}\"); each is read as "
      "its marks show",
      column, with_comma, with_point);
}

void TableSurvey::settle_number(std::vector<FlatColumn>& columns, std::size_t at, const Column& seen,
                                const std::string& table, std::vector<std::string>& told) const {
  FlatColumn& column = columns[at];
  const std::string field(key_of(column.target));
  if (seen.numbers == 0) {
    const auto& words = ColumnWords::standard().words_of(column.target);
    const bool are_words = !words.empty() && !seen.unknown.empty() &&
                           std::all_of(seen.unknown.begin(), seen.unknown.end(),
                                       [&](const auto& word) { return words.contains(fold(word.first)); });
    if (are_words) {
      column.words = words;
      std::string list;
      for (const auto& [word, count] : seen.unknown)
        list += fmt::format("{}{} {}", list.empty() ? "" : ", ", word, words.find(fold(word))->second);
      told.push_back(fmt::format("column {}: words are read as {}: {}", column.name, field, list));
    } else if (!column.is_told && !seen.odd.empty()) {
      demote(columns, at, fmt::format("\"{}\" is no {}", seen.odd, field), told);
    }
    return;
  }
  if (seen.is_mixed()) {
    settle_mixed(column, seen, table, told);
    return settle_percent(column, seen, table, told);
  }
  ValueReading reading = column.reading.value_or(ValueReading());
  const bool is_fraction = is_fraction_field(column.target);
  const bool comma_decimal =
      seen.comma_decimals > 0 || (seen.ambiguous > 0 && (is_fraction || options_.decimal == ','));
  const bool comma_thousands =
      seen.comma_thousands > 0 || (seen.ambiguous > 0 && !is_fraction && options_.decimal == '.');
  if (seen.ambiguous > 0 && !comma_decimal && !comma_thousands)
    throw DoubtfulValue(fmt::format("{}: column {}: \"{}\" is read in two ways; --decimal point takes the comma for a "
                                    "mark of thousands, --decimal comma for the decimal mark",
                                    table, column.name, seen.ambiguous_number),
                        {"--decimal", expects_commas_ ? "comma" : "point"});
  const bool has_points = seen.point_ambiguous > 0 && seen.point_decimals == 0;
  const bool says_commas = options_.decimal == ',' || seen.comma_decimals > 0 || seen.point_thousands > 0;
  if (has_points && expects_commas_ && !is_fraction && !says_commas && options_.decimal != '.')
    throw DoubtfulValue(fmt::format("{}: column {}: \"{}\" is read in two ways, since semicolons stand between the "
                                    "columns; --decimal comma takes the point for a mark of thousands, --decimal point "
                                    "for the decimal mark",
                                    table, column.name, seen.ambiguous_point),
                        {"--decimal", "comma"});
  if (has_points && says_commas) {
    reading.decimal = ',';
    reading.thousands = '.';
  }
  if (comma_decimal && !comma_thousands) reading.decimal = ',';
  if (comma_thousands && !comma_decimal) reading.thousands = ',';
  if (seen.point_thousands > 0 && !comma_thousands) reading.thousands = '.';
  if (column.target == Target::amount && seen.percents > 0 && !column.is_told)
    return demote(columns, at, "an amount is no percentage", told);
  reading.has_bounds = seen.bounds + seen.ranges + seen.noted > 0;
  reading.has_scales = seen.scaled > 0;
  tell_bounds(column, seen, told);
  if (reading.decimal == ',') told.push_back(fmt::format("column {}: decimal commas", column.name));
  if (reading.thousands != '\0')
    told.push_back(fmt::format("column {}: \"{}\" between thousands", column.name, reading.thousands));
  column.reading = reading;
  settle_percent(column, seen, table, told);
}

/// A column in which some numbers have decimal commas and some points. Each shows by itself what it is, but for those
/// with three digits behind their only mark.
void TableSurvey::settle_mixed(FlatColumn& column, const Column& seen, const std::string& table,
                               std::vector<std::string>& told) const {
  ValueReading reading = column.reading.value_or(ValueReading());
  reading.is_mixed = true;
  reading.decimal = is_fraction_field(column.target) ? '\0' : options_.decimal;
  const std::string& doubt = seen.ambiguous > 0 ? seen.ambiguous_number : seen.ambiguous_point;
  if (!doubt.empty() && options_.decimal == '\0' && !is_fraction_field(column.target))
    throw DoubtfulValue(
        fmt::format("{}: column {}: some values have a decimal comma (\"{}\") and some a point (\"{}\"), so that "
                    "\"{}\" is read in two ways: --decimal comma takes it for {}, --decimal point for {}; the others "
                    "are read as they show",
                    table, column.name, seen.with_comma, seen.with_point, doubt, number_with(doubt, ','),
                    number_with(doubt, '.')),
        {"--decimal", "comma"});
  reading.has_bounds = seen.bounds + seen.ranges + seen.noted > 0;
  tell_bounds(column, seen, told);
  told.push_back(mixed_remark(column.name, seen.with_comma, seen.with_point));
  column.reading = reading;
}

/// Whether the values of a share are per cent, which they are by their sign, by their header, or where some are
/// above 1.
void TableSurvey::settle_percent(FlatColumn& column, const Column& seen, const std::string& table,
                                 std::vector<std::string>& told) const {
  if (!is_fraction_field(column.target)) return;
  ValueReading& reading = *column.reading;
  if (reading.is_fraction || reading.scale != 1) return;
  if (reading.percent && !reading.is_stated && seen.above_one == 0 && !seen.bare_fraction.empty())
    throw DoubtfulValue(
        fmt::format("{}: column {}: the header says percent and no value is above 1, so that \"{}\" is read in two "
                    "ways; --map \"{}={} %\" takes it for per cent, --map \"{}={} (fraction)\" for a fraction of 1",
                    table, column.name, seen.bare_fraction, column.name, key_of(column.target), column.name,
                    key_of(column.target)),
        {"--map", fmt::format("{}={} (fraction)", column.name, key_of(column.target))});
  if (!reading.percent && seen.percents == 0 && seen.above_one > 0 && seen.above_hundred == 0) {
    reading.percent = true;
    told.push_back(fmt::format("column {}: values above 1, so it holds percent: 60 is read as 0.6", column.name));
  }
  if (reading.percent || seen.percents == 0 || seen.percents == seen.numbers) return;
  const std::string field(key_of(column.target));
  if (seen.above_one == 0 && !seen.bare_fraction.empty() && !column.is_told)
    throw DoubtfulValue(
        fmt::format("{}: column {}: some values have a % sign and \"{}\" has none, so that it is read in two ways; "
                    "--map \"{}={}\" takes it for a fraction of 1, --map \"{}={} %\" for per cent",
                    table, column.name, seen.bare_fraction, column.name, field, column.name, field),
        {"--map", fmt::format("{}={}", column.name, field)});
  reading.percent = seen.above_one > 0;
  told.push_back(fmt::format("column {}: some values have a % sign and some have none; those without are read as {}",
                             column.name, reading.percent ? "percent, too" : "fractions"));
}

/// Of an attribute that is a number its file says nothing else than how it is written.
void TableSurvey::settle_attribute(FlatColumn& column, const Column& seen, std::vector<std::string>& told) const {
  if (seen.is_mixed()) {
    // What shows neither stays the text that it is, unless somebody says what its mark is.
    const bool has_doubt = seen.ambiguous + seen.point_ambiguous > 0;
    if (has_doubt && options_.decimal == '\0') {
      told.push_back(
          fmt::format("column {}: some values have a decimal comma (\"{}\") and some a point (\"{}\"); "
                      "--decimal comma or --decimal point reads them as numbers",
                      column.name, seen.with_comma, seen.with_point));
      return;
    }
    ValueReading reading;
    reading.is_mixed = true;
    reading.decimal = options_.decimal;
    column.reading = reading;
    told.push_back(mixed_remark(column.name, seen.with_comma, seen.with_point));
    return;
  }
  const bool says_commas = seen.comma_decimals > 0 || seen.point_thousands > 0 || options_.decimal == ',';
  const bool says_points = seen.comma_thousands > 0 || options_.decimal == '.';
  const bool has_commas = seen.comma_decimals + seen.comma_thousands + seen.ambiguous + seen.point_thousands > 0;
  if (!has_commas || says_commas == says_points) return;
  ValueReading reading;
  reading.decimal = says_commas ? ',' : '.';
  reading.thousands = says_commas ? '.' : ',';
  column.reading = reading;
  if (says_commas) told.push_back(fmt::format("column {}: decimal commas", column.name));
  if (says_points) told.push_back(fmt::format("column {}: \"{}\" between thousands", column.name, ','));
}

void TableSurvey::tell_bounds(const FlatColumn& column, const Column& seen, std::vector<std::string>& told) const {
  if (seen.scaled > 0)
    told.push_back(fmt::format("column {}: {} amounts such as \"{}\" say their scale, and are read with it",
                               column.name, seen.scaled, seen.scaled_amount));
  if (seen.bounds > 0)
    told.push_back(
        fmt::format("column {}: {} values such as \"{}\" are numbers with a bound: at-least, at-most or about",
                    column.name, seen.bounds, seen.bound));
  if (seen.noted > 0)
    told.push_back(
        fmt::format("column {}: {} values such as \"{}\" are words for a number or have the mark of a note behind "
                    "them; the citation "
                    "keeps what is printed",
                    column.name, seen.noted, seen.note));
  if (seen.ranges > 0)
    told.push_back(fmt::format(
        "column {}: {} ranges such as \"{}\" are read as at least their lower end; the citation keeps what is printed",
        column.name, seen.ranges, seen.range));
}

}  // namespace chokepoint::detail
