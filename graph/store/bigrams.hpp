#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The search tokens of a folded name: for each word (run of letters and digits of any script) its overlapping pairs of
/// characters, and its last character alone, so that a one-character query finds every place it stands in. SQLite's
/// trigram tokenizer finds nothing for two-character Chinese; pairs do.
std::vector<std::string> bigrams(std::string_view folded);

/// An FTS5 expression that every name containing all words of `folded` satisfies: each token a quoted phrase, joined by
/// AND; a one-character word as a prefix. Empty when the text has no letter or digit.
std::string match_expression(std::string_view folded);

/// The words of a folded text: runs of letters and digits.
std::vector<std::string> words(std::string_view folded);

}  // namespace chokepoint::detail
