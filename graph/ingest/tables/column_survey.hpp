#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/flat_columns.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Thrown where a value shows that its column must be looked at as a whole before it can be read; the import begins
/// anew with a survey.
struct WantsSurvey {};

/// How all values of the columns of one table are written, and what that makes of the columns. Percent or fraction, day
/// or month first, comma or point is judged by the column and never by the cell.
class TableSurvey {
 public:
  TableSurvey(FlatKind kind, const TableOptions& options, const Ontology& ontology)
      : kind_(kind), options_(options), ontology_(ontology) {}

  /// The table is of a place that writes decimal commas, so that 1.234 may be one thousand and some.
  void expect_decimal_commas() { expects_commas_ = true; }
  /// What the nodes of the table are where their words for it are none of ours. @param type  empty: nothing says it
  void expect_type(const std::string& type) { expected_type_ = type; }
  void take(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values);

  /// Settles how each column is read: sets `reading` and `words`, and makes an attribute of a column whose values are
  /// no types, dates, words or numbers, unless the user said what it holds.
  /// @param told  gets a line for whatever a reader must know
  /// @throws UsageError naming both readings and the option, where a whole column can be read in two ways
  void settle(std::vector<FlatColumn>& columns, const std::string& table, std::vector<std::string>& told) const;

 private:
  struct Column {
    std::uint64_t numbers = 0, percents = 0, above_one = 0, above_hundred = 0;
    std::uint64_t comma_decimals = 0, comma_thousands = 0, point_thousands = 0, ambiguous = 0;
    std::uint64_t point_decimals = 0, point_ambiguous = 0;
    std::uint64_t dates = 0, day_first_only = 0, month_first_only = 0, either_order = 0, times = 0;
    std::uint64_t known_words = 0, bounds = 0, ranges = 0, noted = 0, scaled = 0, day_counts = 0;
    std::string ambiguous_number, ambiguous_point, either_date, odd, bound, range, note;  ///< examples
    std::string scaled_amount, day_count;                                                 ///< the same
    std::string with_comma, with_point;            ///< numbers that show a decimal comma, and a point
    std::string bare_fraction;                     ///< a number up to 1 without a % sign
    std::map<std::string, std::uint64_t> unknown;  ///< words, the first few
    /// Whether all that is in it are dates, and some of them such as have the day or the month first.
    [[nodiscard]] bool has_days_in_doubt() const {
      return odd.empty() && either_order + day_first_only + month_first_only > 0;
    }
    /// Whether some numbers are written with decimal commas and some with points.
    [[nodiscard]] bool is_mixed() const { return !with_comma.empty() && !with_point.empty(); }
  };
  void take_number(Column& column, Target target, std::string_view value) const;
  static void take_form(Column& column, std::string_view value, const NumberForm& form);
  void settle_attribute(FlatColumn& column, const Column& seen, std::vector<std::string>& told) const;
  void tell_bounds(const FlatColumn& column, const Column& seen, std::vector<std::string>& told) const;
  void take_date(Column& column, Target target, std::string_view value) const;
  void take_word(Column& seen, const FlatColumn& column, std::string_view value) const;
  void settle_number(std::vector<FlatColumn>& columns, std::size_t at, const Column& seen, const std::string& table,
                     std::vector<std::string>& told) const;
  void settle_mixed(FlatColumn& column, const Column& seen, const std::string& table,
                    std::vector<std::string>& told) const;
  void settle_percent(FlatColumn& column, const Column& seen, const std::string& table,
                      std::vector<std::string>& told) const;
  [[nodiscard]] bool may_hold_dates(const FlatColumn& column) const;
  void settle_date(std::vector<FlatColumn>& columns, std::size_t at, const Column& seen, const std::string& table,
                   std::vector<std::string>& told) const;
  void settle_word(std::vector<FlatColumn>& columns, std::size_t at, const Column& seen,
                   std::vector<std::string>& told) const;
  void demote(std::vector<FlatColumn>& columns, std::size_t at, const std::string& why,
              std::vector<std::string>& told) const;

  FlatKind kind_;
  const TableOptions& options_;
  const Ontology& ontology_;
  bool expects_commas_ = false;
  std::string expected_type_;
  std::vector<Column> columns_;
};

/// What is said of a column in which numbers are not written in one way. @param with_comma  a number of it, and one
/// with a point
std::string mixed_remark(std::string_view column, std::string_view with_comma, std::string_view with_point);

/// Our type for theirs: mapped, of the same id, or of the same label in any language; a colon in front is passed over.
/// Empty where there is none.
std::string our_type_for(FlatKind kind, std::string_view theirs, const TableOptions& options, const Ontology& ontology);

}  // namespace chokepoint::detail
