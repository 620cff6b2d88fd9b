#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A word of a line, or a text in quotes, without them.
struct QuotedWord {
  std::string text;
  bool is_quoted = false;
  bool has_bare_quotes = false;  ///< quotes stand in it that nothing marks as part of it
};

/// The words of a line that blanks and tabs part; a text in quotes is one, and so is a time in brackets. Quotes inside
/// a text are known by a backslash, as igraph writes them, or, as networkx leaves them, by what follows: a quote closes
/// a text where the rest of the line is words again. nullopt where no reading makes words of the whole line.
/// @note O(length), and at most 64² steps more where quotes stand inside texts; lines with more quotes are not read
std::optional<std::vector<QuotedWord>> quoted_words(std::string_view line);

/// Whether what stands behind a quote in a line of GML is GML again, so that the quote closes a text: nothing, a
/// bracket, or a key and the beginning of its value.
/// @param behind  the rest of the line, or enough of it
bool closes_gml_text(std::string_view behind);

/// What is said of texts that hold quotes as they are. @param line  of the first one
std::string bare_quotes_remark(std::uint64_t count, std::uint64_t line);

}  // namespace chokepoint::detail
