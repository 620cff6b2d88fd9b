#include "ingest/tables/year_columns.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t year_digits = 4;

bool is_year_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A name with its year written plainly, and what a letter behind it said of it.
struct PlainYears {
  std::string name;
  std::string_view status;
};

bool is_year_at(std::string_view name, std::size_t at) {
  const std::string_view year = name.substr(at, year_digits);
  return year.size() == year_digits && (year.starts_with("18") || year.starts_with("19") || year.starts_with("20")) &&
         std::all_of(year.begin(), year.end(), is_year_digit);
}

std::string_view status_said(char letter) {
  switch (letter) {
    case 'e':
    case 'E': return "estimated";
    case 'f':
    case 'F': return "forecast";
    default: return {};
  }
}

/// `FY2022`, `FY24`, `FY'24`: without what says that it is a business year.
void write_fiscal_year(std::string& name) {
  for (std::size_t at = 0; at + 2 < name.size(); ++at) {
    const bool begins = (name[at] == 'F' || name[at] == 'f') && (name[at + 1] == 'Y' || name[at + 1] == 'y') &&
                        (at == 0 || !(is_name_letter(name[at - 1]) || is_year_digit(name[at - 1])));
    if (!begins) continue;
    std::size_t digits = at + 2;
    while (digits < name.size() && (name[digits] == ' ' || name[digits] == '\'')) ++digits;
    std::size_t end = digits;
    while (end < name.size() && is_year_digit(name[end])) ++end;
    if (end - digits == year_digits && is_year_at(name, digits)) name.erase(at, digits - at);
    if (end - digits == 2) name.replace(at, digits - at, "20");
    return;
  }
}

PlainYears with_plain_years(std::string_view given) {
  PlainYears plain{std::string(given), {}};
  std::string& name = plain.name;
  write_fiscal_year(name);
  for (std::size_t at = 0; at + year_digits <= name.size(); ++at) {
    if (!is_year_at(name, at) || (at > 0 && is_year_digit(name[at - 1]))) continue;
    const std::size_t end = at + year_digits;
    // 2022/23: the second year is the next one.
    if (end + 3 <= name.size() && (name[end] == '/' || name[end] == '-') && is_year_digit(name[end + 1]) &&
        is_year_digit(name[end + 2]) && (end + 3 == name.size() || !is_year_digit(name[end + 3]))) {
      const int year = (name[end - 2] - '0') * 10 + (name[end - 1] - '0');
      const int next = (name[end + 1] - '0') * 10 + (name[end + 2] - '0');
      if (next == (year + 1) % 100 && next > 12) name.erase(end, 3);  // 2011/12 may be a month
    }
    // 2023e, 2023 (e), 2022 (p): a letter for an estimate, a forecast, what is provisional or revised.
    std::size_t letter = end;
    while (letter < name.size() && (name[letter] == ' ' || name[letter] == '(')) ++letter;
    const bool is_in_brackets = letter > end && name[letter - 1] == '(';
    if (letter < name.size() && (letter == end || is_in_brackets) &&
        std::string_view("eEfFpPrR").find(name[letter]) != std::string_view::npos) {
      const std::size_t behind = letter + 1;
      const bool ends = is_in_brackets ? behind < name.size() && name[behind] == ')'
                                       : behind == name.size() || !is_name_letter(name[behind]);
      if (ends) {
        plain.status = status_said(name[letter]);
        name.erase(end, behind + (is_in_brackets ? 1 : 0) - end);
      }
    }
    break;
  }
  return plain;
}

/// Where a year stands in a name, with no digit or letter of ours beside it; npos for none or for several.
std::size_t place_of_year(std::string_view name) {
  std::size_t place = std::string_view::npos;
  for (std::size_t i = 0; i + year_digits <= name.size(); ++i) {
    const std::string_view year = name.substr(i, year_digits);
    const bool is_year = (year.starts_with("18") || year.starts_with("19") || year.starts_with("20")) &&
                         std::all_of(year.begin(), year.end(), is_year_digit);
    if (!is_year || (i > 0 && (is_year_digit(name[i - 1]) || is_name_letter(name[i - 1])))) continue;
    const std::size_t end = i + year_digits;
    if (end < name.size() && (is_year_digit(name[end]) || is_name_letter(name[end]))) continue;
    if (place != std::string_view::npos) return std::string_view::npos;
    place = i;
  }
  return place;
}

/// What is left of a name without its year: no empty brackets, no word or mark that only led to it.
std::string without_gaps(std::string rest) {
  const auto drop = [&rest](std::string_view what, std::string_view instead) {
    for (auto at = rest.find(what); at != std::string::npos; at = rest.find(what))
      rest.replace(at, what.size(), instead);
  };
  for (const std::string_view empty : {"()", "[]", "（）", "( )"}) drop(empty, "");
  drop(" in (", " (");
  drop("  ", " ");
  const auto is_mark = [](char c) { return c == ' ' || c == ',' || c == '-' || c == '_' || c == '/' || c == ':'; };
  while (!rest.empty() && is_mark(rest.back())) rest.pop_back();
  while (!rest.empty() && is_mark(rest.front())) rest.erase(0, 1);
  if (rest.ends_with(" in")) rest.resize(rest.size() - 3);
  return rest;
}

}  // namespace

std::optional<NameOfYear> name_of_year(std::string_view given) {
  const PlainYears plain = with_plain_years(given);
  const std::string_view name = plain.name;
  const std::size_t place = place_of_year(name);
  if (place == std::string_view::npos) return std::nullopt;
  std::string_view behind = name.substr(place + year_digits);
  for (const std::string_view word : {"年度", "年", "년"})
    if (behind.starts_with(word)) behind.remove_prefix(word.size());
  std::string rest = without_gaps(std::string(name.substr(0, place)).append(behind));
  if (rest.empty()) return std::nullopt;
  return NameOfYear{std::string(name.substr(place, year_digits)), std::move(rest), plain.status};
}

std::string year_in(std::string_view given) {
  // Most names have no digit.
  if (given.size() > 32 || given.find_first_of("0123456789") == std::string_view::npos) return {};
  const PlainYears plain = with_plain_years(given);
  std::string_view name = plain.name;
  if (name.starts_with('Y')) name.remove_prefix(1);
  if (!is_year_at(name, 0)) return {};
  const std::string_view behind = name.substr(year_digits);
  return behind.empty() || behind.starts_with(" [YR") ? std::string(name.substr(0, year_digits)) : std::string();
}

std::string_view status_of_year(std::string_view name) { return with_plain_years(name).status; }

std::vector<std::size_t> year_columns(const std::vector<RawColumn>& columns) {
  std::vector<std::size_t> years;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!columns[i].role && !year_in(columns[i].name).empty()) years.push_back(i);
  if (years.size() < 2) years.clear();
  return years;
}

}  // namespace chokepoint::detail
