#pragma once

#include "chokepoint/ingest/table_options.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// How the values of a column are written, where that is not as we write them ourselves.
struct ValueReading {
  bool percent = false;      ///< 60 stands for 0.6; a value with a % sign is one anyway
  char decimal = '.';        ///< '.' or ','
  char thousands = '\0';     ///< ',' or '.'; blanks and apostrophes between digits are passed over anyway
  bool is_stated = false;    ///< percent, and the user said so
  bool is_fraction = false;  ///< 0.6 stands for itself, and something says so
  double scale = 1;          ///< of an amount: 1e6 where the header says millions; of a share 0.001 where it says ‰
  std::string unit;          ///< of an amount, as the header has it; empty: none
  DateOrder dates = DateOrder::unknown;
  /// Some numbers have decimal commas and some points, and each is read as its marks show; `decimal` tells what the
  /// mark of one is that shows neither: '\0' takes it for the decimal mark, whichever it is.
  bool is_mixed = false;
  bool has_bounds = false;      ///< some of its numbers are `bounded_number`s
  bool has_scales = false;      ///< some of its amounts are `scaled_number`s
  bool has_day_counts = false;  ///< some of its dates are counts of days, as spreadsheets store them
  friend bool operator==(const ValueReading&, const ValueReading&) = default;
};

/// How a number may have been written.
struct NumberForm {
  bool is_number = false;
  bool has_percent = false;
  bool comma_is_decimal = false;    ///< as in 0,6
  bool comma_is_thousands = false;  ///< as in 1,234,567
  bool point_is_thousands = false;  ///< as in 1.234.567
  bool is_ambiguous = false;        ///< 1,234 is one thousand and some, or one and some
  bool point_is_ambiguous = false;  ///< so is 1.234, where points may part thousands
  bool point_is_decimal = false;    ///< as in 1.5
};
/// Looks at a number as people write it: with %, currency signs, thousands apart, a decimal comma. O(length)
NumberForm number_form(std::string_view text);

/// An amount that says its scale behind the number: €1.2bn, 300 million USD, 12亿元.
struct ScaledNumber {
  std::string_view number;  ///< as it is written, without currency
  double scale = 1;
};
/// Takes such an amount apart. A letter alone (`300m`) is a scale only beside a currency, as it may be a unit. nullopt
/// for any other text, a plain number among them. O(length)
std::optional<ScaledNumber> scaled_number(std::string_view text);

/// The number in our writing, exact: 12,5 % is `0.125`, 1.234 in millions `1234000`. nullopt for what is no number.
std::optional<std::string> plain_number(std::string_view text, const ValueReading& reading);

/// Whether a text says that there is no value: n/a, -, none, null, NaN …
bool is_absent(std::string_view text);
/// Whether a text in the place of a name says that there is none: NULL, n/a, NaN, -.
bool is_no_name(std::string_view text);
/// Whether a text is the code of a currency (ISO 4217).
bool is_currency_code(std::string_view text);
/// Our unit for the currency sign at a number: USD for `$1,000`; empty where it has none, or one of several currencies.
std::string currency_in(std::string_view text);
/// Whether the end of a relation is said to be open: present, ongoing, now …
bool is_open_end(std::string_view text);

/// Which days a date of three numbers may mean.
struct DateForm {
  std::optional<std::string> plain;      ///< the date in our writing, where there is but one reading
  std::optional<std::string> day_first;  ///< otherwise the two readings
  std::optional<std::string> month_first;
  bool was_time = false;  ///< there was a time of day, which is left out
};
/// Reads a date as people write it: 2019-05-01T10:00Z, 1/5/2019, 01.05.2019, 1 May 2019, May 2019, 2019年5月1日,
/// 20190501, 2019-Q2 (its last month where `is_end`, else its first). @return nullopt for what is no date. O(length)
std::optional<DateForm> date_form(std::string_view text, bool is_end);

}  // namespace chokepoint::detail
