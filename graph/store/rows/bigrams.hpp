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

/// Tokens that every name containing all words of `folded` has: pairs of characters, and words of one character, which
/// any pair that begins so satisfies. None when the text has no letter or digit. Long texts are cut short, so names
/// that have all must still be compared.
std::vector<std::string> match_tokens(std::string_view folded);
/// An FTS5 expression that asks for all of the tokens: each a quoted phrase, joined by AND; one character as a prefix.
std::string match_expression(const std::vector<std::string>& tokens);

}  // namespace chokepoint::detail
