#include "ingest/tables/value_reading.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes a front or an end away. @return whether it was there
bool take_front(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text = without_outer_blanks(text.substr(front.size()));
  return true;
}
bool take_end(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text = without_outer_blanks(text.substr(0, text.size() - end.size()));
  return true;
}

/// Signs before and behind the digits of a number.
struct BareNumber {
  std::string digits;  ///< with points and commas, blanks and apostrophes taken out
  bool is_negative = false, has_percent = false;
};

/// Signs of currencies and ours for them; a sign that ends in another one stands before it. ¥ is of two currencies.
constexpr std::pair<std::string_view, std::string_view> currencies[] = {
    {"US$", "USD"}, {"HK$", "HKD"}, {"NT$", "TWD"}, {"R$", "BRL"}, {"C$", "CAD"}, {"A$", "AUD"},
    {"S$", "SGD"},  {"$", "USD"},   {"€", "EUR"},   {"£", "GBP"},  {"¥", ""},     {"￥", ""},
    {"₩", "KRW"},   {"₹", "INR"},   {"₽", "RUB"}, {"元", "CNY"}, {"円", "JPY"}, {"RMB", "CNY"}};

/// Codes of currencies (ISO 4217) that stand before or behind a number.
constexpr std::string_view currency_codes[] = {
    "USD", "EUR", "GBP", "CNY", "CNH", "JPY", "CHF", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "KRW", "INR",
    "RUB", "BRL", "MXN", "ZAR", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "ILS", "AED", "SAR",
    "QAR", "THB", "IDR", "MYR", "PHP", "VND", "CLP", "COP", "ARS", "PEN", "EGP", "NGN", "UAH", "KZT", "RMB"};

std::string_view code_at(std::string_view text, std::string_view code) {
  const auto found = std::find(std::begin(currency_codes), std::end(currency_codes), code);
  return found == std::end(currency_codes) || text.size() < 4 ? std::string_view() : code;
}
/// The code of a currency in front of a number, or behind it; empty where there is none.
std::string_view code_before(std::string_view text) { return code_at(text, text.substr(0, 3)); }
std::string_view code_behind(std::string_view text) {
  return code_at(text, text.substr(text.size() - std::min<std::size_t>(text.size(), 3)));
}

/// Takes a sign or code of a currency at either end.
void take_currency(std::string_view& text) {
  if (const auto code = code_before(text); !code.empty() && take_front(text, code)) return;
  if (const auto code = code_behind(text); !code.empty() && take_end(text, code)) return;
  for (const auto& [sign, unit] : currencies)
    if (take_front(text, sign) || take_end(text, sign)) return;
}

std::optional<BareNumber> bare_number(std::string_view text) {
  BareNumber bare;
  text = without_outer_blanks(text);
  if (text.size() > 1000) return std::nullopt;
  bare.has_percent = take_end(text, "%") || take_end(text, "％");
  take_currency(text);
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {  // as accountants write what is below zero
    text = without_outer_blanks(text.substr(1, text.size() - 2));
    bare.is_negative = true;
    take_currency(text);
    if (text.starts_with('-')) return std::nullopt;
  } else if (take_front(text, "-") || take_front(text, "−")) {
    bare.is_negative = true;
  } else {
    take_front(text, "+");
  }
  take_currency(text);
  while (!text.empty()) {
    // A blank of any kind, or an apostrophe, parts the thousands.
    bool is_blank = false;
    for (const std::string_view blank : {" ", "\u00a0", "\u202f", "\u2009", "'", "’"}) {
      if (bare.digits.empty() || !text.starts_with(blank)) continue;
      text.remove_prefix(blank.size());
      is_blank = true;
      break;
    }
    if (is_blank) continue;
    bare.digits += text.front();
    text.remove_prefix(1);
  }
  return bare;
}

/// Whether digits stand in groups of three: 1,234,567, with the mark as it is told.
bool is_grouped(std::string_view whole, char mark) {
  const auto first = whole.find(mark);
  if (first == 0 || first > 3 || first == std::string_view::npos) return false;
  for (std::size_t i = 0; i < whole.size(); ++i)
    if (i >= first && (i - first) % 4 == 0 ? whole[i] != mark : !is_digit(whole[i])) return false;
  return (whole.size() - first) % 4 == 0;
}

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// Digits with at most one `decimal` and an exponent.
bool is_decimal(std::string_view text, char decimal) {
  const auto e = text.find_first_of("eE");
  std::string_view power = e == std::string_view::npos ? std::string_view("0") : text.substr(e + 1);
  if (power.starts_with('+') || power.starts_with('-')) power.remove_prefix(1);
  if (power.empty() || !are_digits(power)) return false;
  const std::string_view mantissa = text.substr(0, e);
  const auto point = mantissa.find(decimal);
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? std::string_view() : mantissa.substr(point + 1);
  return !(whole.empty() && part.empty()) && are_digits(whole) && are_digits(part);
}

/// `digits` times ten to the power of `by`, digit by digit.
std::string shifted(std::string_view text, int by) {
  const auto e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    const int power = std::atoi(std::string(text.substr(e + 1)).c_str());
    return fmt::format("{}e{}", text.substr(0, e), power + by);
  }
  const auto point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  int at = static_cast<int>(digits.size()) + by;
  if (point < text.size()) digits += text.substr(point + 1);
  while (at <= 0) digits.insert(digits.begin(), '0'), ++at;
  while (at > static_cast<int>(digits.size())) digits += '0';
  std::string out = digits.substr(0, static_cast<std::size_t>(at)) + "." + digits.substr(static_cast<std::size_t>(at));
  const auto first = std::min(out.find_first_not_of('0'), out.find('.') - 1);
  out.erase(0, first);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

int power_of(double scale) {
  int power = 0;
  for (double left = scale; left >= 9.5; left /= 10) ++power;
  for (double left = scale; left > 0 && left <= 0.15; left *= 10) --power;
  return power;
}

constexpr std::string_view months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view long_months[] = {"january", "february", "march",     "april",   "may",      "june",
                                            "july",    "august",   "september", "october", "november", "december"};

/// The number of an English month, 0 for none.
unsigned month_of(std::string_view word) {
  for (std::size_t i = 0; i < 12; ++i)
    if (word == months[i] || word == long_months[i] || (i == 8 && word == "sept")) return static_cast<unsigned>(i + 1);
  return 0;
}

std::optional<std::string> day(unsigned year, unsigned month, unsigned day_of_month) {
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day_of_month);
  return parse_partial_date(text) ? std::optional(std::move(text)) : std::nullopt;
}

/// A time of day behind a date: `T10:00:00.5+02:00`, ` 10:00`, ` 10:00 AM`, `Z`.
bool take_time(std::string_view& text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2) return false;
  const auto begin = text.find_last_of("Tt ", colon);
  if (begin == std::string_view::npos || colon - begin > 3) return false;
  for (const char c : text.substr(begin + 1))
    if (!is_digit(c) && std::string_view(":.+-Zz apmAPMUTC").find(c) == std::string_view::npos) return false;
  text = without_outer_blanks(text.substr(0, begin));
  return true;
}

/// The parts of a text: runs of digits, and runs of letters.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  bool was_digit = false, was_letter = false;
  for (const char c : text) {
    const bool digit = is_digit(c), letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80U;
    if ((digit && !was_digit) || (letter && !was_letter)) parts.emplace_back();
    if (digit || letter) parts.back() += c;
    was_digit = digit;
    was_letter = letter;
  }
  return parts;
}

unsigned number_in(const std::string& text) {
  return text.empty() || text.size() > 8 || !are_digits(text) ? 0 : static_cast<unsigned>(std::atoi(text.c_str()));
}

bool is_year(const std::string& text) { return text.size() == 4 && number_in(text) >= 1000; }

/// 2019-Q2, Q2 2019, 2019 Q2.
std::optional<std::string> quarter(const std::vector<std::string>& parts, bool is_end) {
  if (parts.size() != 3) return std::nullopt;
  const std::size_t q = parts[0] == "q" ? 0 : 1;
  const std::string& year = q == 0 ? parts[2] : parts[0];
  const std::string& number = q == 0 ? parts[1] : parts[2];
  if (parts[q] != "q" || !is_year(year) || number.size() != 1 || number[0] < '1' || number[0] > '4')
    return std::nullopt;
  const int first = (number[0] - '1') * 3 + 1;
  return fmt::format("{}-{:02}", year, is_end ? first + 2 : first);
}

/// With the name of a month: 1 May 2019, May 1, 2019, 23-MAR-2006, May 2019, 2019 May.
std::optional<std::string> named_month(std::vector<std::string> parts) {
  std::erase_if(parts, [](const std::string& part) {
    return part == "st" || part == "nd" || part == "rd" || part == "th" || part == "of";
  });
  const auto word =
      std::find_if(parts.begin(), parts.end(), [](const std::string& part) { return month_of(part) != 0; });
  if (word == parts.end()) return std::nullopt;
  const unsigned month = month_of(*word);
  const bool is_first = word == parts.begin();
  parts.erase(word);
  if (parts.size() == 1 && is_year(parts[0])) return fmt::format("{}-{:02}", parts[0], month);
  if (parts.size() != 2) return std::nullopt;
  if (is_year(parts[1])) return day(number_in(parts[1]), month, number_in(parts[0]));
  if (is_year(parts[0]) && !is_first) return day(number_in(parts[0]), month, number_in(parts[1]));
  return std::nullopt;
}

/// 2019年5月1日, 2019年5月, 2019年.
std::optional<std::string> chinese_date(std::string_view text) {
  std::string plain(text);
  for (const std::string_view mark : {"年", "月", "日"})
    for (auto at = plain.find(mark); at != std::string::npos; at = plain.find(mark))
      plain.replace(at, mark.size(), "-");
  while (plain.ends_with('-')) plain.pop_back();
  const auto parts = parts_of(plain);
  if (parts.empty() || parts.size() > 3 || !is_year(parts[0])) return std::nullopt;
  std::string date = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) date += fmt::format("-{:02}", number_in(parts[i]));
  return parse_partial_date(date) ? std::optional(std::move(date)) : std::nullopt;
}

/// Three numbers: the year in front, or behind, where the two others may be either.
std::optional<DateForm> three_numbers(std::string_view text, const std::vector<std::string>& parts) {
  const bool has_letters = std::any_of(parts.begin(), parts.end(), [](const auto& part) { return !are_digits(part); });
  if (has_letters || parts.size() != 3) return std::nullopt;
  DateForm form;
  if (is_year(parts[0])) {
    form.plain = day(number_in(parts[0]), number_in(parts[1]), number_in(parts[2]));
    return form.plain ? std::optional(form) : std::nullopt;
  }
  if (!is_year(parts[2]) || parts[0].size() > 2 || parts[1].size() > 2) return std::nullopt;
  const unsigned year = number_in(parts[2]);
  form.day_first = day(year, number_in(parts[1]), number_in(parts[0]));
  form.month_first = day(year, number_in(parts[0]), number_in(parts[1]));
  // With points between them the day comes first wherever people write so.
  if (text.find('.') != std::string_view::npos && form.day_first) form.month_first.reset();
  if (!form.day_first && !form.month_first) return std::nullopt;
  if (form.day_first == form.month_first) form.plain = form.day_first;
  return form;
}

}  // namespace

NumberForm number_form(std::string_view text) {
  NumberForm form;
  const auto bare = bare_number(text);
  if (!bare || bare->digits.empty()) return form;
  form.has_percent = bare->has_percent;
  const std::string& digits = bare->digits;
  const auto commas = std::count(digits.begin(), digits.end(), ',');
  const auto points = std::count(digits.begin(), digits.end(), '.');
  if (commas == 0 && points <= 1) {
    form.is_number = is_decimal(digits, '.');
    const bool may_be_thousands = points == 1 && is_grouped(digits, '.') && !digits.starts_with("0.");
    form.point_is_ambiguous = form.is_number && may_be_thousands;
    form.point_is_decimal = form.is_number && points == 1 && !may_be_thousands;
  } else if (commas == 0) {
    form.is_number = form.point_is_thousands = is_grouped(digits, '.');
  } else if (points == 0) {
    const bool grouped = is_grouped(digits, ','), decimal = commas == 1 && is_decimal(digits, ',');
    form.is_number = grouped || decimal;
    // 0,123 has no thousands.
    const bool is_zero = digits.starts_with("0,");
    form.is_ambiguous = grouped && decimal && !is_zero;
    form.comma_is_thousands = grouped && !decimal;
    form.comma_is_decimal = decimal && (!grouped || is_zero);
  } else if (digits.rfind('.') > digits.rfind(',')) {
    form.is_number = form.comma_is_thousands = points == 1 &&
                                               is_grouped(std::string_view(digits).substr(0, digits.find('.')), ',') &&
                                               are_digits(std::string_view(digits).substr(digits.find('.') + 1));
  } else {
    const std::string_view whole = std::string_view(digits).substr(0, digits.find(','));
    form.is_number =
        commas == 1 && is_grouped(whole, '.') && are_digits(std::string_view(digits).substr(digits.find(',') + 1));
    form.comma_is_decimal = form.point_is_thousands = form.is_number;
  }
  return form;
}

namespace {

/// The marks of one number of a column whose numbers are not written in one way.
ValueReading reading_as_shown(std::string_view text, const ValueReading& column) {
  const NumberForm form = number_form(text);
  ValueReading reading = column;
  reading.is_mixed = false;
  const bool comma_is_decimal = form.comma_is_decimal || (form.is_ambiguous && column.decimal != '.');
  const bool point_is_thousands = form.point_is_thousands || (form.point_is_ambiguous && column.decimal == ',');
  reading.decimal = comma_is_decimal ? ',' : '.';
  reading.thousands = point_is_thousands ? '.' : comma_is_decimal ? '\0' : ',';
  return reading;
}

}  // namespace

std::optional<std::string> plain_number(std::string_view text, const ValueReading& reading) {
  if (reading.is_mixed) return plain_number(text, reading_as_shown(text, reading));
  auto bare = bare_number(text);
  if (!bare || bare->digits.empty()) return std::nullopt;
  std::string digits = std::move(bare->digits);
  if (reading.thousands != '\0') std::erase(digits, reading.thousands);
  if (reading.decimal == ',') std::replace(digits.begin(), digits.end(), ',', '.');
  if (!is_decimal(digits, '.')) return std::nullopt;
  const int by = (bare->has_percent || reading.percent ? -2 : 0) + power_of(reading.scale);
  if (by != 0 || digits.starts_with('.') || digits.ends_with('.')) digits = shifted(digits, by);
  const auto first = digits.find_first_not_of('0');
  if (first != std::string::npos && first > 0 && is_digit(digits[first])) digits.erase(0, first);
  return (bare->is_negative ? "-" : "") + digits;
}

bool is_absent(std::string_view text) {
  constexpr std::size_t longest = 32;
  text = without_outer_blanks(text);
  if (text.empty() || text.size() > longest || is_digit(text.front())) return false;
  return ColumnWords::standard().is_absent(fold(text));
}

bool is_no_name(std::string_view text) {
  if (text.size() > 8 || (text.size() > 4 && text.front() != '#')) return false;
  constexpr std::string_view words[] = {"null",  "n/a",     "nan",     "none",   "-",      "--",
                                        "?",     "n.a.",    "–",       "—",      "―",      "#n/a",
                                        "#ref!", "#div/0!", "#value!", "#name?", "#null!", "#num!"};
  const std::string folded = fold(text);
  return std::find(std::begin(words), std::end(words), folded) != std::end(words);
}

bool is_currency_code(std::string_view text) {
  return std::find(std::begin(currency_codes), std::end(currency_codes), text) != std::end(currency_codes);
}

std::string currency_in(std::string_view text) {
  text = without_outer_blanks(text);
  if (text.starts_with('(') && text.ends_with(')')) text = without_outer_blanks(text.substr(1, text.size() - 2));
  while (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::string_view code = code_before(text);
  if (code.empty()) code = code_behind(text);
  for (const auto& [sign, unit] : currencies)
    if (code.empty() ? text.starts_with(sign) || text.ends_with(sign) : code == sign) return std::string(unit);
  return std::string(code);
}

bool is_open_end(std::string_view text) {
  constexpr std::size_t longest = 40;
  text = without_outer_blanks(text);
  return text.size() <= longest && ColumnWords::standard().is_open_end(fold(text));
}

std::optional<DateForm> date_form(std::string_view text, bool is_end) {
  text = without_outer_blanks(text);
  if (text.size() > 64) return std::nullopt;
  DateForm form;
  const auto plain = [&form](std::optional<std::string> date) {
    form.plain = std::move(date);
    return form.plain ? std::optional(form) : std::nullopt;
  };
  if (parse_partial_date(text)) return plain(std::string(text));
  form.was_time = take_time(text);
  if (parse_partial_date(text)) return plain(std::string(text));
  if (text.size() == 8 && are_digits(text))
    return plain(day(number_in(std::string(text.substr(0, 4))), number_in(std::string(text.substr(4, 2))),
                     number_in(std::string(text.substr(6)))));
  // A year as a spreadsheet or a data frame writes numbers.
  if (text.size() > 5 && are_digits(text.substr(0, 4)) && text[4] == '.' &&
      text.find_first_not_of('0', 5) == std::string_view::npos)
    return plain(std::string(text.substr(0, 4)));
  if (text.starts_with("FY") || text.starts_with("fy"))
    if (std::string year = year_in(text); !year.empty()) return plain(std::move(year));
  if (text.find("年") != std::string_view::npos) return plain(chinese_date(text));
  const auto parts = parts_of(fold(text));
  if (auto found = quarter(parts, is_end)) return plain(std::move(found));
  if (auto found = named_month(parts)) return plain(std::move(found));
  if (auto found = three_numbers(text, parts)) {
    found->was_time = form.was_time;
    return found;
  }
  // 2019/5, 5/2019
  if (parts.size() == 2 && are_digits(parts[0]) && are_digits(parts[1])) {
    const std::size_t year = is_year(parts[0]) ? 0 : 1;
    const unsigned month = number_in(parts[1 - year]);
    if (is_year(parts[year]) && parts[1 - year].size() <= 2 && month >= 1 && month <= 12)
      return plain(fmt::format("{}-{:02}", parts[year], month));
  }
  return std::nullopt;
}

}  // namespace chokepoint::detail
