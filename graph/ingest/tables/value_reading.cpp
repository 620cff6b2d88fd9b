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

/// The next character; a wide one of East Asia as the plain one that it is.
char take_character(std::string_view& text) {
  const auto third = static_cast<unsigned char>(text.size() > 2 ? text[2] : 0);
  if (text.starts_with("\xEF\xBC") && third >= 0x8CU && third <= 0x99U) {
    text.remove_prefix(3);
    return static_cast<char>(third - 0x60U);
  }
  const char c = text.front();
  text.remove_prefix(1);
  return c;
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
    bare.digits += take_character(text);
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

/// Whether digits stand in groups as India writes them: 1,23,45,678.
bool is_grouped_in_lakhs(std::string_view whole) {
  const auto last = whole.rfind(',');
  if (last == std::string_view::npos || whole.size() - last != 4) return false;
  std::size_t run = 0, groups = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] != ',') {
      if (!is_digit(whole[i])) return false;
      ++run;
      continue;
    }
    if (run == 0 || run > 2 || (groups > 0 && run != 2)) return false;
    ++groups;
    run = 0;
  }
  return groups > 1;
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
    const bool grouped = is_grouped(digits, ',') || is_grouped_in_lakhs(digits),
               decimal = commas == 1 && is_decimal(digits, ',');
    form.is_number = grouped || decimal;
    // 0,123 has no thousands.
    const bool is_zero = digits.starts_with("0,");
    form.is_ambiguous = grouped && decimal && !is_zero;
    form.comma_is_thousands = grouped && !decimal;
    form.comma_is_decimal = decimal && (!grouped || is_zero);
  } else if (digits.rfind('.') > digits.rfind(',')) {
    const std::string_view whole = std::string_view(digits).substr(0, digits.find('.'));
    form.is_number = form.comma_is_thousands = points == 1 && (is_grouped(whole, ',') || is_grouped_in_lakhs(whole)) &&
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

std::optional<ScaledNumber> scaled_number(std::string_view text) {
  std::string_view rest = without_outer_blanks(text);
  const std::size_t length = rest.size();
  take_currency(rest);
  const bool has_currency = rest.size() < length;
  const auto last = rest.find_last_of("0123456789");
  if (last == std::string_view::npos) return std::nullopt;
  const std::string_view number = without_outer_blanks(rest.substr(0, last + 1));
  std::string_view word = without_outer_blanks(rest.substr(last + 1));
  if (word.ends_with('.')) word.remove_suffix(1);
  const ColumnWords& known = ColumnWords::standard();
  const std::string folded = fold(word);
  const auto scale = known.scale(folded);
  const bool is_clear = has_currency || (word.size() > 1 && !known.is_scale_beside_units_only(folded));
  if (word.empty() || !scale || !is_clear || !number_form(number).is_number) return std::nullopt;
  return ScaledNumber{number, *scale};
}

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

}  // namespace chokepoint::detail
