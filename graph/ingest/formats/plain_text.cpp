#include "ingest/formats/plain_text.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace chokepoint::detail {

namespace {

void append_character(std::string& out, std::uint32_t code) {
  const bool is_fit = (code >= 0x20 || code == '\t' || code == '\n' || code == '\r') && code <= 0x10FFFF &&
                      !(code >= 0xD800 && code <= 0xDFFF);
  if (!is_fit) code = 0xFFFD;
  const auto tail = [&](unsigned shift) { out.push_back(static_cast<char>(0x80U | ((code >> shift) & 0x3FU))); };
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
    tail(0);
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
    tail(6), tail(0);
  } else {
    out.push_back(static_cast<char>(0xF0U | (code >> 18U)));
    tail(12), tail(6), tail(0);
  }
}

/// The names of the characters 160 to 255 in HTML, which GML takes over.
constexpr std::array<std::string_view, 96> latin_names{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
    "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
    "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
    "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
    "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
    "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
    "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

std::optional<std::uint32_t> number_of(std::string_view digits, int base) {
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return code;
}

std::optional<std::uint32_t> entity_code(std::string_view name) {
  if (name.starts_with("#x") || name.starts_with("#X")) return number_of(name.substr(2), 16);
  if (name.starts_with('#')) return number_of(name.substr(1), 10);
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 6> marks{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"euro", 0x20AC}}};
  for (const auto& [mark, code] : marks)
    if (name == mark) return code;
  const auto found = std::find(latin_names.begin(), latin_names.end(), name);
  if (found == latin_names.end()) return std::nullopt;
  return 160 + static_cast<std::uint32_t>(found - latin_names.begin());
}

}  // namespace

std::string without_entities(std::string_view text) {
  constexpr std::size_t longest_entity = 10;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&') {
      const auto end = text.substr(i, longest_entity).find(';');
      const auto code = end == std::string_view::npos ? std::nullopt : entity_code(text.substr(i + 1, end - 1));
      if (code) {
        append_character(plain, *code);
        i += end;
        continue;
      }
    }
    if (c == '\x1f' || c == '\0')
      append_character(plain, 0);
    else
      plain.push_back(c);
  }
  return plain;
}

std::string without_unicode_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code =
        text.substr(i, 2) == "\\u" && i + 6 <= text.size() ? number_of(text.substr(i + 2, 4), 16) : std::nullopt;
    if (code) {
      append_character(plain, *code);
      i += 5;
    } else {
      plain.push_back(text[i]);
    }
  }
  return plain;
}

void check_plain_text(const InputFile& file, std::uint64_t line, std::string_view text) {
  if (text.size() > plain_text_limit) refuse_at(file, line, "a text of over a million bytes");
  if (!is_valid_utf8(text))
    refuse_at(file, line, "the text is not valid UTF-8; name its encoding, --encoding windows-1252 or gb18030, say");
}

bool is_number_text(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_finite = text.find_first_of("nN") == std::string_view::npos;
  return !text.empty() && error == std::errc{} && end == text.data() + text.size() && is_finite;
}

bool read_plain_line(const InputFile& file, ByteStream& stream, std::string& line) {
  constexpr std::size_t longest_line = std::size_t{64} << 20U;
  line.clear();
  if (stream.at_end()) return false;
  while (!stream.at_end()) {
    const char c = stream.Take();
    if (c == '\n') break;
    line.push_back(c);
    if (line.size() > longest_line) refuse_at(file, stream.line(), "a line of over 64 MiB");
  }
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::string_view take_blank_word(std::string_view& line, std::string_view blanks) {
  const auto end = std::min(line.find_first_of(blanks), line.size());
  const std::string_view word = without_outer_blanks(line.substr(0, end));
  line = without_outer_blanks(line.substr(end));
  return word;
}

std::vector<std::string_view> blank_words(std::string_view line) {
  std::vector<std::string_view> words;
  for (line = without_outer_blanks(line); !line.empty();) words.push_back(take_blank_word(line));
  return words;
}

std::optional<std::uint64_t> whole_number(std::string_view word) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc{} && end == word.data() + word.size() ? std::optional(number) : std::nullopt;
}

std::string_view first_line(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return without_outer_blanks(text.substr(0, text.find('\n')));
}

}  // namespace chokepoint::detail
