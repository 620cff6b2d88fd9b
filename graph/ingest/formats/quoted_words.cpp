#include "ingest/formats/quoted_words.hpp"

#include "ingest/formats/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::ptrdiff_t most_quotes = 64;
constexpr std::size_t nowhere = std::string_view::npos;

bool is_blank(char c) { return blanks.find(c) != nowhere; }

/// Whether backslashes mask quotes or themselves in a text, as those that igraph writes do.
bool has_masks(std::string_view text) {
  bool has_any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') continue;
    if (i + 1 == text.size() || (text[i + 1] != '\\' && text[i + 1] != '"')) return false;
    if (text[i + 1] == '"') return true;
    has_any = true;
    ++i;
  }
  return has_any;
}

QuotedWord quoted(std::string_view text) {
  QuotedWord word{{}, true, false};
  const bool is_masked = has_masks(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    word.has_bare_quotes = word.has_bare_quotes || (text[i] == '"' && (i == 0 || text[i - 1] != '\\'));
    const bool is_mask = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    if (is_masked && is_mask) ++i;
    word.text.push_back(text[i]);
  }
  return word;
}

/// Where words end in a line whose quotes may stand anywhere.
class WordEnds {
 public:
  /// @param any_quotes  words without quotes around them may hold some
  WordEnds(std::string_view line, bool any_quotes) : line_(line), any_quotes_(any_quotes) {}

  std::optional<std::vector<QuotedWord>> words() {
    std::vector<QuotedWord> words;
    for (std::size_t at = word_from(0); at < line_.size();) {
      const std::size_t end = end_of(at);
      if (end == nowhere) return std::nullopt;
      const std::string_view word = line_.substr(at, end - at);
      const bool is_quoted = line_[at] == '"' && word.size() > 1 && word.ends_with('"');
      if (is_quoted)
        words.push_back(quoted(word.substr(1, word.size() - 2)));
      else
        words.push_back({std::string(word), false, word.find('"') != nowhere});
      at = word_from(end);
    }
    return words;
  }

 private:
  [[nodiscard]] std::size_t word_from(std::size_t at) const {
    return std::min(line_.find_first_not_of(blanks, at), line_.size());
  }
  [[nodiscard]] bool ends_at(std::size_t at) const { return at >= line_.size() || is_blank(line_[at]); }

  /// The end of the word that begins at `at`, such that words follow; `nowhere` where there is none.
  std::size_t end_of(std::size_t at) {
    if (line_[at] != '"') return end_of_bare(at);
    const auto known = ends_.find(at);
    if (known != ends_.end()) return known->second;
    std::size_t end = nowhere;
    for (auto quote = line_.find('"', at + 1); quote != nowhere && end == nowhere; quote = line_.find('"', quote + 1))
      if (ends_at(quote + 1) && may_close(at, quote) && are_words(quote + 1)) end = quote + 1;
    if (end == nowhere && any_quotes_ && stands_before_number(at)) end = end_of_bare(at);
    return ends_[at] = end;
  }
  [[nodiscard]] std::size_t end_of_bare(std::size_t at) const {
    std::size_t end = std::min(line_.find_first_of(line_[at] == '[' ? "]" : blanks, at), line_.size());
    if (line_[at] == '[' && end < line_.size()) ++end;
    const bool has_quote = line_.substr(at, end - at).find('"') != nowhere;
    return has_quote && !any_quotes_ ? nowhere : end;
  }
  /// Of a text that holds bare quotes only what follows it tells that it ends: a number, or the end of the line.
  [[nodiscard]] bool may_close(std::size_t at, std::size_t quote) const {
    const std::string_view text = line_.substr(at + 1, quote - at - 1);
    if (!quoted(text).has_bare_quotes) return true;
    return word_from(quote + 1) == line_.size() || is_number_from(quote + 1);
  }
  /// So it is with a name that begins with a quote and is not in quotes.
  [[nodiscard]] bool stands_before_number(std::size_t at) const { return is_number_from(end_of_bare(at)); }
  [[nodiscard]] bool is_number_from(std::size_t at) const {
    const std::size_t next = word_from(at);
    return next < line_.size() && is_number_text(line_.substr(next, line_.find_first_of(blanks, next) - next));
  }
  /// Whether the line is words from there on.
  bool are_words(std::size_t at) {
    for (at = word_from(at); at < line_.size(); at = word_from(at)) {
      const std::size_t end = end_of(at);
      if (end == nowhere) return false;
      at = end;
    }
    return true;
  }

  std::string_view line_;
  bool any_quotes_;
  std::map<std::size_t, std::size_t> ends_;  ///< of words that begin with a quote
};

/// The words of a line whose quotes stand around texts and nowhere else; nullopt for any other.
std::optional<std::vector<QuotedWord>> plain_words(std::string_view line) {
  std::vector<QuotedWord> words;
  for (;;) {
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    if (line.empty()) return words;
    const bool is_quoted = line.starts_with('"');
    std::size_t end = 0;
    if (is_quoted) {
      end = line.find('"', 1);
      if (end == nowhere || (end + 1 < line.size() && !is_blank(line[end + 1]))) return std::nullopt;
      words.push_back(quoted(line.substr(1, end - 1)));
      ++end;
    } else {
      end = std::min(line.find_first_of(line.starts_with('[') ? "]" : blanks), line.size());
      if (line.starts_with('[') && end < line.size()) ++end;
      if (line.substr(0, end).find('"') != nowhere) return std::nullopt;
      words.push_back({std::string(line.substr(0, end)), false, false});
    }
    line.remove_prefix(end);
  }
}

}  // namespace

std::optional<std::vector<QuotedWord>> quoted_words(std::string_view line) {
  if (auto words = plain_words(line)) return words;
  if (std::count(line.begin(), line.end(), '"') > most_quotes) return std::nullopt;
  if (auto words = WordEnds(line, false).words()) return words;
  return WordEnds(line, true).words();
}

std::string bare_quotes_remark(std::uint64_t count, std::uint64_t line) {
  return fmt::format(
      "{} text{} quotes that nothing marks as part of it, the first of them in line {}; a quote was taken for the end "
      "where the line goes on as the format has it",
      count, count == 1 ? " holds" : "s hold", line);
}

bool closes_gml_text(std::string_view behind) {
  if (!behind.empty() && std::string_view(" \t\r]").find(behind.front()) == nowhere) return false;
  behind.remove_prefix(std::min(behind.find_first_not_of(" \t\r"), behind.size()));
  if (behind.empty() || behind.front() == ']' || behind.front() == '#') return true;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (!is_letter(behind.front())) return false;
  const auto end = std::find_if_not(behind.begin(), behind.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
  behind.remove_prefix(static_cast<std::size_t>(end - behind.begin()));
  if (behind.empty() || behind.front() == '[') return true;
  if (!is_blank(behind.front()) && behind.front() != '\r') return false;
  behind.remove_prefix(std::min(behind.find_first_not_of(" \t\r"), behind.size()));
  return behind.empty() || std::string_view("[\"+-.0123456789").find(behind.front()) != nowhere;
}

}  // namespace chokepoint::detail
