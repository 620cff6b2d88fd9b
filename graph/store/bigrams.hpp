#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The words of a folded text: runs of letters and digits of any script.
std::vector<std::string> words(std::string_view folded);

/// A folded text without what stands between its words, so that `gpt-4`, `gpt 4` and `gpt4` are one.
std::string squeezed(std::string_view folded);

/// The search tokens of a folded name: the overlapping pairs of characters of its squeezed form, and the last character
/// of each word alone, so that a one-character query finds every place it stands in. SQLite's trigram tokenizer finds
/// nothing for two-character Chinese; pairs do.
std::vector<std::string> bigrams(std::string_view folded);

/// Appends them, each followed by a blank.
void append_bigrams(std::string& out, std::string_view folded);

/// An FTS5 expression that every name containing all words of `folded` satisfies: each token a quoted phrase, joined by
/// AND; a one-character word as a prefix. Empty when the text has no letter or digit. Long texts are cut short, so
/// names that satisfy it must still be compared.
std::string match_expression(std::string_view folded);

}  // namespace chokepoint::detail
