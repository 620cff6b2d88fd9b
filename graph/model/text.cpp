#include "chokepoint/model/text.hpp"

#include <fmt/format.h>
#include <utf8proc.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>

namespace chokepoint {

namespace {

/// One code point from the front of `text`; `size` is how many bytes it took (1 and -1 for an invalid byte).
utf8proc_int32_t next_code_point(std::string_view text, std::size_t& size) {
  utf8proc_int32_t code = -1;
  const auto taken = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (taken <= 0) {
    size = 1;
    return -1;
  }
  size = static_cast<std::size_t>(taken);
  return code;
}

std::size_t code_point_width(utf8proc_int32_t code) {
  if (code < 0) return 1;
  const int width = utf8proc_charwidth(code);
  return width > 0 ? static_cast<std::size_t>(width) : 0;
}

/// Controls, and characters that change how the rest of a line is shown (bidi, zero width, separators).
bool is_unsafe(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: return false;
  }
}

std::u32string code_points(std::string_view text) {
  std::u32string codes;
  codes.reserve(text.size());
  while (!text.empty()) {
    std::size_t size = 0;
    codes.push_back(static_cast<char32_t>(next_code_point(text, size)));
    text.remove_prefix(size);
  }
  return codes;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Optimal string alignment distance (Damerau–Levenshtein with adjacent transpositions).
std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  // Most texts are ASCII, which is told at once.
  unsigned char bits = 0;
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  if (bits < 0x80) return true;
  while (!text.empty()) {
    std::size_t size = 0;
    if (next_code_point(text, size) < 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string fold(std::string_view text) {
  // Most names are plain ASCII; they need no normalisation tables.
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string folded;
  if (ascii) {
    folded.assign(text);
    for (char& c : folded)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    // Ids have no blanks to tidy.
    if (std::none_of(folded.begin(), folded.end(), is_blank)) return folded;
  } else {
    utf8proc_uint8_t* raw = nullptr;
    // Accents are separate marks only after decomposition, so marks are stripped first and then recomposed.
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                        UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &raw, options);
    if (size < 0) return std::string(text);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(raw, &std::free);
    folded.assign(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
  }
  std::string tidy;
  bool space = false;
  for (const char c : folded) {
    if (is_blank(c)) {
      space = !tidy.empty();
      continue;
    }
    if (space) tidy.push_back(' ');
    space = false;
    tidy.push_back(c);
  }
  return tidy;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    std::size_t size = 0;
    width += code_point_width(next_code_point(text, size));
    text.remove_prefix(size);
  }
  return width;
}

std::string truncate_to_width(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t width = 0, bytes = 0;
  while (bytes < text.size()) {
    std::size_t size = 0;
    const std::size_t next = code_point_width(next_code_point(text.substr(bytes), size));
    if (width + next > columns - 1) break;
    width += next;
    bytes += size;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

std::string escape_for_terminal(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    std::size_t size = 0;
    const utf8proc_int32_t code = next_code_point(text, size);
    if (code < 0)
      safe += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
    else if (is_unsafe(code))
      safe += fmt::format("\\u{{{:04X}}}", static_cast<std::uint32_t>(code));
    else
      safe.append(text.substr(0, size));
    text.remove_prefix(size);
  }
  return safe;
}

std::vector<std::string> suggest(std::string_view wanted, std::span<const std::string> candidates, std::size_t limit) {
  constexpr std::size_t longest = 200;  // quadratic in length; no name worth suggesting is longer
  if (wanted.size() > 4 * longest) return {};
  const std::u32string target = code_points(fold(wanted));
  if (target.empty() || target.size() > longest) return {};
  const std::size_t allowed = std::max<std::size_t>(1, target.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > 4 * longest) continue;
    const std::u32string name = code_points(fold(candidate));
    const bool prefix = target.size() >= 2 && name.starts_with(target);
    const std::size_t gap = name.size() > target.size() ? name.size() - target.size() : target.size() - name.size();
    if (!prefix && gap > allowed) continue;
    const std::size_t distance = prefix ? std::min<std::size_t>(gap, 1) : edit_distance(target, name);
    if (distance <= allowed) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::vector<std::string> best;
  for (auto& [distance, name] : near) {
    if (best.size() == limit) break;
    best.push_back(std::move(name));
  }
  return best;
}

bool is_word_character(std::string_view character) {
  std::size_t size = 0;
  const utf8proc_int32_t code = next_code_point(character, size);
  if (code < 0 || size != character.size()) return false;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

std::uint64_t hash_bytes(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::string hash_hex(std::string_view bytes) { return fmt::format("{:016x}", hash_bytes(bytes)); }

}  // namespace chokepoint
