#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_valid_utf8(std::string_view text);

/// Folds case, width and accents so that names compare as people mean them: NFKC, Unicode case folding,
/// combining marks dropped, runs of white space to one space, ends trimmed. `Ｎｖｉｄｉａ` → `nvidia`, `É` → `e`.
/// Han characters stay. Invalid UTF-8 comes back unchanged.
std::string fold(std::string_view text);

/// Terminal columns of `text`: East Asian wide characters take 2, combining marks 0.
std::size_t display_width(std::string_view text);

/// At most `columns` wide; a cut text ends in `…`.
std::string truncate_to_width(std::string_view text, std::size_t columns);

/// Text from data made safe for a terminal: C0, C1, DEL, bidi and other format characters and invalid bytes
/// become `\u{XXXX}` or `\xXX`. Tabs and line feeds too. (CWE-150, CVE-2021-42574)
std::string escape_for_terminal(std::string_view text);

/// Ids or names near `wanted`, best first: smallest Damerau–Levenshtein distance between the characters of the folded
/// texts, then bytewise. Candidates further than max(1, length / 3) are left out, unless they start with `wanted`:
/// those count as one change. Texts over 200 characters are near nothing.
/// @return at most `limit` of them. O(candidates · length²)
std::vector<std::string> suggest(std::string_view wanted, std::span<const std::string> candidates,
                                 std::size_t limit = 5);

/// Whether `character`, one UTF-8 character, is a letter or a digit of any script.
bool is_word_character(std::string_view character);

/// XXH3-64.
std::uint64_t hash_bytes(std::string_view bytes);
/// XXH3-64 as 16 lower-case hex digits.
std::string hash_hex(std::string_view bytes);

}  // namespace chokepoint
