#pragma once

#include "chokepoint/model/record.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

// Lists as one text, for formats whose cells hold one value: CSV, workbooks, GraphML, GEXF. Writers and readers of all
// of them come here. What separates is escaped by `\` where it stands in a text: `\;`, and `\\` for a `\` that would
// escape; a blank at either end of a text is `\ `.

/// `id: locator [read: 98 %; 2025-06-01]; id`. In a locator `[read: ` is `\[read: `; in what was read, `]` is `\]` and
/// a semicolon stands as it is. Appends nothing for no citations.
void append_citations(std::string& text, std::span<const Citation> citations);
/// The citations of such a text. Of lists without escapes, as earlier versions and people write them, a part that
/// begins with no id belongs to the locator before it. An id is any text before `: `: whether it is one is not judged.
/// O(n)
std::vector<Citation> parse_citations(std::string_view text);

/// `text; text`.
void append_list(std::string& text, std::span<const std::string> parts);
/// The parts of such a text, without blanks around them and without empty ones.
std::vector<std::string> parse_list(std::string_view text);

/// A text among numbers: one that would be read as a number, or begins with a quote, stands in quotes, as JSON has it.
std::string text_among_numbers(std::string_view text);
/// The text that stands in quotes; nullopt where none does.
std::optional<std::string> quoted_text(std::string_view cell);

}  // namespace chokepoint
