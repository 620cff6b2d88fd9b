#include "ingest/formats/list_header.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/formats/xlsx_values.hpp"
#include "ingest/tables/column_words.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::vector<std::string_view> blank_parts(std::string_view line) {
  std::vector<std::string_view> words;
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  const std::string_view blanks = line.find('\t') != std::string_view::npos ? "\t" : " ";
  for (auto at = line.find_first_not_of(blanks); at != std::string_view::npos;
       at = line.find_first_not_of(blanks, at)) {
    const auto end = line[at] == '{' ? line.size() : std::min(line.find_first_of(blanks, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  for (std::string_view& word : words) {
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
  }
  return words;
}

std::optional<std::string_view> take_list_line(std::string_view& text, bool has_some) {
  const auto end = text.find('\n');
  if (text.empty() || (end == std::string_view::npos && has_some && text.size() > 4096)) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

bool is_list_text(std::string_view line) { return line.find('\0') == std::string_view::npos && is_valid_utf8(line); }

bool is_list_comment(std::string_view line) { return line.starts_with('#') || line.starts_with('%'); }

namespace {

/// A header of those words; its ends are known by their names, else the first two columns.
ListHeader header_of_words(const std::vector<std::string_view>& words) {
  ListHeader header;
  std::vector<std::string> folded;
  for (const std::string_view word : words) {
    header.names.emplace_back(word);
    folded.push_back(header_word(word));
  }
  if (const auto ends = ColumnWords::standard().ends_in(folded)) {
    header.from = ends->from;
    header.to = ends->to;
    header.names_ends = true;
  }
  return header;
}

bool has_number(const std::vector<std::string_view>& words) {
  return std::any_of(words.begin(), words.end(), [](std::string_view word) { return number_text(word).has_value(); });
}

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// The words behind the mark of a comment.
std::vector<std::string_view> words_of_comment(std::string_view comment) {
  comment.remove_prefix(std::min(comment.find_first_not_of("#% "), comment.size()));
  return blank_parts(comment);
}

}  // namespace

std::optional<ListHeader> list_header(std::string_view text) {
  std::string_view comment;
  std::uint64_t line_number = 0;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    ++line_number;
    const auto words = blank_parts(line);
    if (words.empty()) continue;
    if (is_list_comment(line)) {
      comment = line;
      continue;
    }
    if (const auto above = words_of_comment(comment); above.size() == words.size() && words.size() > 1) {
      ListHeader header = header_of_words(above);
      header.is_marked = true;
      const bool has_tabs = line.find('\t') != std::string_view::npos && comment.find('\t') != std::string_view::npos;
      if (!has_number(above) && (header.names_ends || has_tabs)) return header;
    }
    while (!text.empty() && blank_parts(text.substr(0, text.find('\n'))).empty()) take_line(text);
    ListHeader header = header_of_words(words);
    header.line = line_number;
    const bool is_as_long = blank_parts(take_line(text)).size() == words.size();
    if (!header.names_ends || has_number(words) || !is_as_long) return std::nullopt;
    return header;
  }
  return std::nullopt;
}

bool fits_header(const ListHeader& header, std::string_view text) {
  std::uint64_t line_number = 0, rows = 0;
  while (rows < most_list_lines) {
    const auto line = take_list_line(text, rows > 0);
    if (!line) break;
    if (!is_list_text(*line)) return false;
    const auto words = blank_parts(*line);
    if (++line_number == header.line || words.empty() || is_list_comment(*line)) continue;
    if (words.size() != header.names.size() || line->find_first_of(",;|\"<>={") != std::string_view::npos) return false;
    ++rows;
  }
  return rows > 0;
}

}  // namespace chokepoint::detail
