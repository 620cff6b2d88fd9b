#pragma once

#include "ingest/files/blanks.hpp"
#include "ingest/files/byte_stream.hpp"
#include "ingest/formats/format.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Most bytes of one text of a graph format.
inline constexpr std::size_t plain_text_limit = std::size_t{1} << 20U;

/// A text with what `&amp;`, `&eacute;`, `&#233;` and `&#xE9;` stand for; other ampersands stay. Characters that no
/// text of ours may hold become U+FFFD.
std::string without_entities(std::string_view text);

/// A text with the characters that `\u00e9` stands for.
std::string without_unicode_escapes(std::string_view text);

/// Refuses a text that is no UTF-8 or too long, at a line.
void check_plain_text(const InputFile& file, std::uint64_t line, std::string_view text);

/// Whether a whole text is a number as JSON writes them, or with a point or a plus at its beginning.
bool is_number_text(std::string_view text);

/// Reads the next line without its end. @return false at the end of the file
bool read_plain_line(const InputFile& file, ByteStream& stream, std::string& line);

std::string lower_ascii(std::string_view text);

/// The first line of a text that is not blank, without blanks around it.
std::string_view first_line(std::string_view text);
/// The words of a line, apart by blanks and tabs.
std::vector<std::string_view> blank_words(std::string_view line);
/// Takes the first word away, and the blanks behind it. @return the word; empty where there is none
std::string_view take_blank_word(std::string_view& line, std::string_view blanks = " \t");
/// The number that a word of digits is; nullopt for any other.
std::optional<std::uint64_t> whole_number(std::string_view word);

}  // namespace chokepoint::detail
