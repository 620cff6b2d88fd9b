#include "ingest/tables/year_columns.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t year_digits = 4;

bool is_year_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

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

std::optional<NameOfYear> name_of_year(std::string_view name) {
  const std::size_t place = place_of_year(name);
  if (place == std::string_view::npos) return std::nullopt;
  std::string_view behind = name.substr(place + year_digits);
  for (const std::string_view word : {"年度", "年", "년"})
    if (behind.starts_with(word)) behind.remove_prefix(word.size());
  std::string rest = without_gaps(std::string(name.substr(0, place)).append(behind));
  if (rest.empty()) return std::nullopt;
  return NameOfYear{std::string(name.substr(place, year_digits)), std::move(rest)};
}

std::string_view year_in(std::string_view name) {
  constexpr std::size_t digits = 4;
  if (name.starts_with('Y')) name.remove_prefix(1);
  const std::string_view year = name.substr(0, digits);
  const bool is_year = year.size() == digits &&
                       (year.starts_with("18") || year.starts_with("19") || year.starts_with("20")) &&
                       year.find_first_not_of("0123456789") == std::string_view::npos;
  const std::string_view behind = name.substr(std::min(digits, name.size()));
  return is_year && (behind.empty() || behind.starts_with(" [YR")) ? year : std::string_view();
}

std::vector<std::size_t> year_columns(const std::vector<RawColumn>& columns) {
  std::vector<std::size_t> years;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!columns[i].role && !year_in(columns[i].name).empty()) years.push_back(i);
  if (years.size() < 2) years.clear();
  return years;
}

}  // namespace chokepoint::detail
