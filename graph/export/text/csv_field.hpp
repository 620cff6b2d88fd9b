#pragma once

#include "export/text/text_buffer.hpp"

#include <string_view>

namespace chokepoint::detail {

/// Writes one RFC 4180 field: quoted when it holds the separator, a quote, a line break, or white space at an end
/// (which some readers trim); quotes doubled. The same rule serves TSV, so tabs and line breaks in a cell survive
/// in every reader that knows quotes. @param quote_empty  write `""` for an empty text
void put_csv_field(TextBuffer& buffer, std::string_view text, char separator, bool quote_empty = false);

/// Whether a spreadsheet would run a text cell as a formula: it starts with = + - @, their full-width forms, TAB,
/// CR or LF and is no plain number (`-5` stays a number). @see OWASP, "CSV Injection"
bool looks_like_formula(std::string_view text);

}  // namespace chokepoint::detail
