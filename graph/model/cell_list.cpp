#include "chokepoint/model/cell_list.hpp"

#include "chokepoint/model/json_reader.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace chokepoint {

namespace {

constexpr std::string_view read_mark = "[read: ", escapable = "\\; []";

bool is_escape(std::string_view text, std::size_t at) {
  return text[at] == '\\' && at + 1 < text.size() && escapable.find(text[at + 1]) != std::string_view::npos;
}

/// Without the marks of escape.
std::string plain(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_escape(text, at)) ++at;
    result += text[at];
  }
  return result;
}

/// Whether a backslash would be read as a mark of escape, where it stands.
bool is_doubled(std::string_view text, std::size_t at) { return at + 1 == text.size() || is_escape(text, at); }

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_end = at == 0 || at + 1 == text.size();
    if (text[at] == '\\' ? is_doubled(text, at)
                         : text[at] == ';' || (text[at] == ' ' && is_end) || text.substr(at).starts_with(read_mark))
      out += '\\';
    out += text[at];
  }
}

/// Without blanks around it, but for one that is escaped.
std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) {
    std::size_t marks = 0;
    while (marks + 1 < text.size() && text[text.size() - 2 - marks] == '\\') ++marks;
    if (marks % 2 == 1) break;
    text.remove_suffix(1);
  }
  return text;
}

/// The end of what was read, where it begins at `at` and closes a part; npos for a text that only looks so.
std::size_t end_of_read(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with(read_mark)) return std::string_view::npos;
  for (at += read_mark.size(); at < text.size(); ++at) {
    if (is_escape(text, at)) {
      ++at;
    } else if (text[at] == ']') {
      const auto next = text.find_first_not_of(' ', at + 1);
      return next == std::string_view::npos || text[next] == ';' ? at + 1 : std::string_view::npos;
    }
  }
  return std::string_view::npos;
}

struct Part {
  std::string_view text;  ///< with its escapes
  std::optional<std::string_view> read;
};

/// Takes the first part off a list.
Part take_part(std::string_view& list, bool has_reads) {
  Part part;
  std::size_t at = 0, end = std::string_view::npos;
  for (; at < list.size() && list[at] != ';'; ++at) {
    if (is_escape(list, at)) {
      ++at;
    } else if (const auto closing = has_reads && list[at] == '[' ? end_of_read(list, at) : std::string_view::npos;
               closing != std::string_view::npos) {
      part.read = list.substr(at + read_mark.size(), closing - 1 - at - read_mark.size());
      end = at;
      at = closing - 1;
    }
  }
  at = std::min(at, list.size());
  part.text = trimmed(list.substr(0, std::min(end, at)));
  list.remove_prefix(std::min(at + 1, list.size()));
  return part;
}

}  // namespace

void append_citations(std::string& text, std::span<const Citation> citations) {
  bool is_first = true;
  for (const Citation& citation : citations) {
    if (!is_first) text += "; ";
    is_first = false;
    text += citation.source;
    if (!citation.locator.empty()) append_escaped(text.append(": "), citation.locator);
    if (citation.read.empty()) continue;
    text.append(" ").append(read_mark);
    const std::string_view read = citation.read;
    for (std::size_t at = 0; at < read.size(); ++at) {
      if (read[at] == ']' || (read[at] == '\\' && is_doubled(read, at))) text += '\\';
      text += read[at];
    }
    text += ']';
  }
}

std::vector<Citation> parse_citations(std::string_view text) {
  std::vector<Citation> citations;
  while (!text.empty()) {
    const Part part = take_part(text, true);
    if (part.text.empty() && !part.read) continue;
    const auto colon = part.text.find(": ");
    const std::string_view head = part.text.substr(0, colon);
    if (citations.empty() || is_valid_id(head))
      citations.push_back(
          {std::string(head), colon == std::string_view::npos ? std::string() : plain(part.text.substr(colon + 2))});
    else
      citations.back().locator.append("; ").append(plain(part.text));
    if (part.read) citations.back().read = plain(*part.read);
  }
  return citations;
}

void append_list(std::string& text, std::span<const std::string> parts) {
  bool is_first = true;
  for (const std::string& part : parts) {
    if (!is_first) text += "; ";
    is_first = false;
    append_escaped(text, part);
  }
}

std::vector<std::string> parse_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty())
    if (const Part part = take_part(text, false); !part.text.empty()) parts.push_back(plain(part.text));
  return parts;
}

std::string text_among_numbers(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error != std::errc::invalid_argument && end == text.data() + text.size();
  return is_number || text.starts_with('"') ? to_text(Json(text)) : std::string(text);
}

std::optional<std::string> quoted_text(std::string_view cell) {
  if (!cell.starts_with('"')) return std::nullopt;
  try {
    if (const Json value = parse_json(cell); value.is_string()) return value.as_string();
  } catch (const JsonError&) {
    // a text that begins with a quote
  }
  return std::nullopt;
}

}  // namespace chokepoint
