#include "ingest/identity/label_script.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The character at the beginning of a valid text, and its length.
std::pair<char32_t, std::size_t> first_character(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) & 0x3FU : 0U;
  };
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0xC0U) return {first, 1};
  if (first < 0xE0U) return {(first & 0x1FU) << 6U | byte(1), 2};
  if (first < 0xF0U) return {(first & 0x0FU) << 12U | byte(1) << 6U | byte(2), 3};
  return {(first & 0x07U) << 18U | byte(1) << 12U | byte(2) << 6U | byte(3), 4};
}

bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

}  // namespace

bool is_in_han(std::string_view name) {
  std::size_t han = 0, latin = 0;
  while (!name.empty()) {
    const auto [c, length] = first_character(name);
    name.remove_prefix(length < name.size() ? length : name.size());
    const bool is_kana = is_between(c, 0x3041, 0x30FF) && c != 0x30FB;
    const bool is_hangul = is_between(c, 0xAC00, 0xD7A3) || is_between(c, 0x1100, 0x11FF);
    if (is_kana || is_hangul) return false;
    const bool is_han = is_between(c, 0x4E00, 0x9FFF) || is_between(c, 0x3400, 0x4DBF) ||
                        is_between(c, 0xF900, 0xFAFF) || is_between(c, 0x20000, 0x323AF);
    han += is_han ? 1U : 0U;
    latin += is_between(c | 0x20U, 'a', 'z') ? 1U : 0U;
  }
  return han > 0 && latin <= 2 * han;  // a character says about as much as two letters
}

void label_by_script(Labels& labels) {
  const auto english = labels.find("en");
  if (english == labels.end() || labels.contains("zh") || !is_in_han(english->second)) return;
  auto moved = labels.extract(english);
  moved.key() = "zh";
  labels.insert(std::move(moved));
}

}  // namespace chokepoint::detail
