#include "ingest/files/likely_encoding.hpp"

#include <cstddef>

namespace chokepoint::detail {

std::string_view likely_encoding(std::string_view text) {
  std::size_t high = 0, low_range = 0, pairs = 0, korean = 0, lower_cyrillic = 0, alone = 0, together = 0, run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (byte < 0x80U) {
      (run == 1 ? alone : together) += run > 0 ? 1U : 0U;
      run = 0;
      continue;
    }
    ++high;
    ++run;
    low_range += byte < 0xA0U ? 1U : 0U;
    lower_cyrillic += byte >= 0xE0U ? 1U : 0U;
    if (run % 2 == 1 && byte >= 0xA1U && next >= 0xA1U) {
      ++pairs;
      korean += byte >= 0xB0U && byte <= 0xC8U ? 1U : 0U;
    }
  }
  (run == 1 ? alone : together) += run > 0 ? 1U : 0U;
  // Kana and the common characters of Japan begin with bytes that hardly anybody else uses.
  if (high > 2 && 4 * low_range >= high) return "shift_jis";
  if (alone >= together) return "windows-1252";
  if (2 * lower_cyrillic > high) return "windows-1251";
  // All of Korea's syllables begin in a part of the range of China's characters.
  if (pairs > 3 && korean == pairs) return "euc-kr";
  return "gb18030";
}

}  // namespace chokepoint::detail
