#include "ingest/formats/xlsx_values.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/tables/day_count.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace chokepoint::detail {

namespace {

constexpr std::uint32_t most_columns = 16384, most_rows = 1048576;
constexpr std::int64_t seconds_a_day = 86400;
constexpr std::int64_t most_days = 2958466;  ///< up to the end of the year 9999

std::optional<double> as_double(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The first section of a format code without what is shown as it stands: quoted text, escapes, colours, fills.
std::string bare_code(std::string_view code) {
  std::string bare;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const auto end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      // [h], [mm], [ss] count time beyond a day.
      if (c == '[' && end - i <= 3 && std::string_view("hmsHMS").find(code[i + 1]) != std::string_view::npos)
        bare += 'h';
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      bare.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
  }
  return bare;
}

std::string time_of_day(std::int64_t seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

CellStyle style_of_code(std::string_view code) {
  const std::string bare = bare_code(code);
  if (bare.find('%') != std::string::npos) return CellStyle::percent;
  if (bare == "general" || bare.find_first_of("0#?@") != std::string::npos) {
    // Tenths of seconds: `mm:ss.0`.
    if (bare.find_first_of("yd") == std::string::npos && bare.find('s') == std::string::npos) return CellStyle::number;
    if (bare == "general") return CellStyle::number;
  }
  if (bare.find_first_of("yd") != std::string::npos || bare.find("mmm") != std::string::npos) return CellStyle::date;
  return bare.find_first_of("hs") != std::string::npos ? CellStyle::time : CellStyle::number;
}

CellStyle style_of_builtin(unsigned id) {
  if (id == 9 || id == 10) return CellStyle::percent;
  const bool is_date =
      (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58);
  if (is_date) return CellStyle::date;
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? CellStyle::time
                                                                                    : CellStyle::number;
}

std::optional<std::string> number_text(std::string_view text) {
  if (is_integer(text)) return std::string(text);
  const auto value = as_double(text);
  if (!value) return std::nullopt;
  if (std::abs(*value) < 1e15 || std::abs(*value) >= 1e21 || std::trunc(*value) != *value) return format_number(*value);
  // 1.2345e+17: its digits, and zeros up to the point.
  char text_of[64];
  const auto [last, error] = std::to_chars(text_of, text_of + sizeof text_of, *value, std::chars_format::scientific);
  std::string digits(text_of, static_cast<std::size_t>(last - text_of));
  const auto exponent = digits.find('e');
  std::size_t power = 0;
  std::from_chars(digits.data() + exponent + 2, digits.data() + digits.size(), power);
  digits.resize(exponent);
  std::erase(digits, '.');
  return digits.append(power + 1 + (*value < 0 ? 1 : 0) - digits.size(), '0');
}

bool has_lost_digits(std::string_view number, std::string_view written) {
  // Programs that keep a number as a double write 16 of its digits, or 17 of which the last are made up.
  const std::size_t kept_digits = is_integer(written) ? 15 : 16;
  if (!is_integer(number)) return number.find('e') != std::string_view::npos && std::abs(*as_double(number)) > 1e15;
  if (number.starts_with('-')) number.remove_prefix(1);
  // A round number, such as a rate of 10^15 a second, was round before.
  constexpr std::size_t round_zeros = 4;
  return number.size() > kept_digits && number.find_first_not_of('0', kept_digits) == std::string_view::npos &&
         number.substr(kept_digits - round_zeros, round_zeros) != "0000";
}

std::optional<std::string> percent_text(std::string_view text) {
  auto number = number_text(text);
  if (!number) return std::nullopt;
  if (number->find('e') != std::string::npos) return format_number(*as_double(*number) * 100) + "%";
  // The point moves by two digits, so that no digit changes.
  const bool is_negative = number->starts_with('-');
  std::string digits = number->substr(is_negative ? 1 : 0);
  const auto point = digits.find('.');
  std::string fraction = point == std::string::npos ? "" : digits.substr(point + 1);
  digits.resize(std::min(point, digits.size()));
  fraction.append(fraction.size() < 2 ? 2 - fraction.size() : 0, '0');
  digits += fraction.substr(0, 2);
  fraction.erase(0, 2);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return fmt::format("{}{}{}{}%", is_negative ? "-" : "", digits, fraction.empty() ? "" : ".", fraction);
}

std::optional<std::string> date_text(std::string_view text, bool from_1904) {
  const auto value = as_double(text);
  if (!value || *value < 0 || *value >= static_cast<double>(most_days)) return std::nullopt;
  const std::int64_t seconds = std::llround(*value * static_cast<double>(seconds_a_day));
  auto iso = day_of_count(seconds / seconds_a_day, from_1904);
  if (iso && seconds % seconds_a_day != 0) *iso += "T" + time_of_day(seconds % seconds_a_day);
  return iso;
}

std::optional<std::string> time_text(std::string_view text) {
  const auto value = as_double(text);
  if (!value || *value < 0 || *value >= 1) return std::nullopt;
  return time_of_day(std::llround(*value * static_cast<double>(seconds_a_day)) % seconds_a_day);
}

std::optional<CellPlace> cell_place(std::string_view reference) {
  std::uint32_t column = 0, row = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && at < 4; ++at)
    column = column * 26 + static_cast<std::uint32_t>(reference[at] - 'A' + 1);
  const auto [end, error] = std::from_chars(reference.data() + at, reference.data() + reference.size(), row);
  if (error != std::errc{} || end != reference.data() + reference.size()) return std::nullopt;
  if (column == 0 || column > most_columns || row == 0 || row > most_rows) return std::nullopt;
  return CellPlace{column - 1, row};
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

void TextStore::add(std::string_view text) {
  memory_ += text;
  ends_.push_back(file_bytes_ + memory_.size());
  if (memory_.size() < memory_bytes) return;
  if (!file_) file_ = temporary_stream();
  if (std::fwrite(memory_.data(), 1, memory_.size(), file_.get()) != memory_.size() || std::fflush(file_.get()) != 0)
    throw IoError("writing a temporary file failed; make room where temporary files lie");
  file_bytes_ += memory_.size();
  memory_.clear();
}

void TextStore::get(std::size_t number, std::string& text) const {
  const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
  const auto size = static_cast<std::size_t>(ends_[number] - begin);
  if (begin >= file_bytes_) {
    text.assign(memory_, static_cast<std::size_t>(begin - file_bytes_), size);
    return;
  }
  text.resize(size);
  for (std::size_t got = 0; got < size;) {
    const auto part = pread(fileno(file_.get()), text.data() + got, size - got, static_cast<off_t>(begin + got));
    if (part <= 0) throw IoError("reading a temporary file failed");
    got += static_cast<std::size_t>(part);
  }
}

}  // namespace chokepoint::detail
