#include "export/text/csv_field.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace chokepoint::detail {

namespace {

bool is_plain_number(std::string_view text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  // from_chars would take "inf" and "nan", which a spreadsheet reads as names.
  if (text.empty() || text.front() < '0' || text.front() > '9') return false;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

bool is_blank(char character) { return character == ' ' || character == '\t'; }

}  // namespace

void put_csv_field(TextBuffer& buffer, std::string_view text, char separator, bool quote_empty) {
  const bool needs_quotes =
      text.empty() ? quote_empty
                   : is_blank(text.front()) || is_blank(text.back()) ||
                         std::any_of(text.begin(), text.end(), [separator](char character) {
                           return character == separator || character == '"' || character == '\n' || character == '\r';
                         });
  if (!needs_quotes) return buffer.put(text);
  buffer.put('"');
  for (std::size_t begin = 0;;) {
    const std::size_t quote = text.find('"', begin);
    buffer.put(text.substr(begin, quote - begin));
    if (quote == std::string_view::npos) break;
    buffer.put("\"\"");
    begin = quote + 1;
  }
  buffer.put('"');
}

bool looks_like_formula(std::string_view text) {
  constexpr std::array<std::string_view, 11> starts = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  const bool starts_so = std::any_of(starts.begin(), starts.end(),
                                     [text](std::string_view start) { return text.substr(0, start.size()) == start; });
  return starts_so && !is_plain_number(text);
}

}  // namespace chokepoint::detail
