#include "chokepoint/model/date.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

unsigned month_called(const std::string& word) { return ColumnWords::standard().month(word); }

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

/// 2019-Q2, Q2 2019, 2019 Q2; H1 2019, 2019 H2.
std::optional<std::string> quarter(const std::vector<std::string>& parts, bool is_end) {
  if (parts.size() != 3) return std::nullopt;
  const std::size_t q = parts[0] == "q" || parts[0] == "h" ? 0 : 1;
  const std::string& year = q == 0 ? parts[2] : parts[0];
  const std::string& number = q == 0 ? parts[1] : parts[2];
  const bool is_half = parts[q] == "h";
  if (!(is_half || parts[q] == "q") || !is_year(year) || number.size() != 1 || number[0] < '1' ||
      number[0] > (is_half ? '2' : '4'))
    return std::nullopt;
  const int length = is_half ? 6 : 3;
  const int first = (number[0] - '1') * length + 1;
  return fmt::format("{}-{:02}", year, is_end ? first + length - 1 : first);
}

/// With the name of a month: 1 May 2019, May 1, 2019, 23-MAR-2006, May 2019, 2019 May, 1er mars 2019, enero de 2019.
std::optional<std::string> named_month(std::vector<std::string> parts) {
  std::erase_if(parts, [](const std::string& part) {
    constexpr std::string_view fillers[] = {"st", "nd", "rd", "th", "of", "de", "del", "do", "er", "le", "el", "den"};
    return std::ranges::find(fillers, part) != std::end(fillers);
  });
  const auto word =
      std::find_if(parts.begin(), parts.end(), [](const std::string& part) { return month_called(part) != 0; });
  if (word == parts.end()) return std::nullopt;
  const unsigned month = month_called(*word);
  const bool is_first = word == parts.begin();
  parts.erase(word);
  if (parts.size() == 1 && is_year(parts[0])) return fmt::format("{}-{:02}", parts[0], month);
  if (parts.size() != 2) return std::nullopt;
  if (is_year(parts[1])) return day(number_in(parts[1]), month, number_in(parts[0]));
  if (is_year(parts[0]) && !is_first) return day(number_in(parts[0]), month, number_in(parts[1]));
  return std::nullopt;
}

/// A year of an emperor of Japan, 令和5年, as that of the world.
std::string with_year_of_era(std::string_view text) {
  for (const auto& [era, before] : {std::pair("令和", 2018U), std::pair("平成", 1988U), std::pair("昭和", 1925U)}) {
    if (!text.starts_with(era)) continue;
    std::string_view rest = text.substr(std::string_view(era).size());
    const std::string_view number = rest.substr(0, rest.find("年"));
    const unsigned year = number == "元" ? 1 : number_in(std::string(number));
    if (year > 0 && year < 100) return fmt::format("{}{}", before + year, rest.substr(number.size()));
  }
  return std::string(text);
}

/// 2019年5月1日, 2019年5月, 2019年, 令和元年5月1日.
std::optional<std::string> chinese_date(std::string_view text) {
  std::string plain = with_year_of_era(text);
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
