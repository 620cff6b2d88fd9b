#include "chokepoint/export/render.hpp"
#include "chokepoint/model/text.hpp"
#include "export/tables/cell_text.hpp"
#include "export/text/text_buffer.hpp"

namespace chokepoint {

namespace {

bool is_word(char character) {
  return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z') || static_cast<unsigned char>(character) >= 0x80;
}

/// Every character that GitHub's Markdown could read as markup inside a table cell gets a backslash. An underscore
/// within a word is no markup there and stays, so that addresses remain links. Control and format characters are
/// shown as on a terminal: Markdown ends up there as often as on a page.
void put_escaped(detail::TextBuffer& buffer, std::string_view raw) {
  constexpr std::string_view markup = R"(\`*_<>[]|~&$)";
  const std::string text = escape_for_terminal(raw);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool inside_word =
        text[i] == '_' && i > 0 && i + 1 < text.size() && is_word(text[i - 1]) && is_word(text[i + 1]);
    if (markup.find(text[i]) != std::string_view::npos && !inside_word) buffer.put('\\');
    buffer.put(text[i]);
  }
}

}  // namespace

std::string markdown_text(std::string_view raw) {
  constexpr std::string_view markup = R"(\`*_<>[]|~&$#)";
  std::string out;
  for (const char character : escape_for_terminal(raw)) {
    if (markup.find(character) != std::string_view::npos) out += '\\';
    out += character;
  }
  return out;
}

std::vector<SentencePart> sentence_parts(std::string_view sentence) {
  std::vector<SentencePart> parts;
  std::size_t start = 0;
  for (std::size_t at = sentence.find('`'); at != std::string_view::npos; at = sentence.find('`', at)) {
    const std::size_t end = sentence.find('`', at + 1);
    if (end == std::string_view::npos) break;
    const std::string_view code = sentence.substr(at + 1, end - at - 1);
    if (code.empty() || code.front() == ' ' || code.back() == ' ') {
      at = end;
      continue;
    }
    if (at > start) parts.push_back({sentence.substr(start, at - start)});
    parts.push_back({code, true});
    at = start = end + 1;
  }
  if (start < sentence.size()) parts.push_back({sentence.substr(start)});
  return parts;
}

std::string markdown_sentence(std::string_view raw) {
  std::string out;
  for (const SentencePart& part : sentence_parts(raw))
    out += part.is_code ? "`" + escape_for_terminal(part.text) + "`" : markdown_text(part.text);
  return out;
}

void write_markdown(const Table& table, std::ostream& out) {
  detail::TextBuffer buffer(out);
  if (!table.title.empty()) {
    buffer.put("**");
    buffer.put(markdown_sentence(table.title));
    buffer.put("**\n\n");
  }
  if (!table.columns.empty()) {
    for (const TableColumn& column : table.columns) {
      buffer.put("| ");
      put_escaped(buffer, column.title);
      buffer.put(' ');
    }
    buffer.put("|\n");
    for (std::size_t index = 0; index < table.columns.size(); ++index)
      buffer.put(detail::is_number_column(table, index) ? "| ---: " : "| --- ");
    buffer.put("|\n");
    for (const auto& row : table.rows) {
      for (const Cell& cell : row) {
        buffer.put("| ");
        put_escaped(buffer, detail::people_text(cell));
        buffer.put(' ');
      }
      buffer.put("|\n");
    }
  }
  buffer.flush();
}

}  // namespace chokepoint
