#include "export/formats/dot_quote.hpp"

#include "export/text/xml_writer.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

bool is_name_character(char character) {
  return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z') || character == '#';
}

/// Whether Graphviz could take `text`, which begins with `&`, for a character entity.
bool begins_entity(std::string_view text) {
  const auto end = std::find_if_not(text.begin() + 1, text.end(), is_name_character);
  return end != text.end() && *end == ';' && end != text.begin() + 1;
}

}  // namespace

std::string dot_id(std::string_view text) {
  std::string result = "\"";
  for (const char character : text) {
    if (character == '"') result += '\\';
    result += character == '\\' ? '/' : character;
  }
  return result + '"';
}

std::string dot_label(std::string_view text, std::uint64_t& replaced) {
  const std::string legal = xml_legal(text, replaced);
  std::string result = "\"";
  for (std::size_t i = 0; i < legal.size(); ++i) {
    const char character = legal[i];
    if (character == '\n')
      result += "\\n";
    else if (character == '\r' || character == '\t')
      result += ' ';
    else if (character == '&' && begins_entity(std::string_view(legal).substr(i)))
      result += "&amp;";
    else if (character == '"' || character == '\\')
      result.append(1, '\\').append(1, character);
    else
      result += character;
  }
  return result + '"';
}

}  // namespace chokepoint::detail
