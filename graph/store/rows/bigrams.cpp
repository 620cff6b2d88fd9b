#include "store/rows/bigrams.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <cstdint>

namespace chokepoint::detail {

namespace {

std::vector<std::string> characters(std::string_view word) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t next = i + 1;
    while (next < word.size() && (static_cast<unsigned char>(word[next]) & 0xC0U) == 0x80U) ++next;
    list.emplace_back(word.substr(i, next - i));
    i = next;
  }
  return list;
}

/// Letters and digits of ASCII.
bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string quoted(const std::string& token) { return '"' + token + '"'; }

}  // namespace

std::vector<std::string> words(std::string_view folded) {
  std::vector<std::string> list;
  std::string word;
  for (const std::string& character : characters(folded)) {
    if (is_word_character(character)) {
      word += character;
    } else if (!word.empty()) {
      list.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) list.push_back(std::move(word));
  return list;
}

std::string squeezed(std::string_view folded) {
  std::string text;
  for (const std::string& word : words(folded)) text += word;
  return text;
}

std::vector<std::string> bigrams(std::string_view folded) {
  std::vector<std::string> tokens;
  std::string last;
  for (const std::string& word : words(folded)) {
    for (std::string& character : characters(word)) {
      if (!last.empty()) tokens.push_back(last + character);
      last = std::move(character);
    }
    tokens.push_back(last);
  }
  return tokens;
}

void append_bigrams(std::string& out, std::string_view folded) {
  const bool ascii =
      std::all_of(folded.begin(), folded.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) {
    for (const std::string& token : bigrams(folded)) (out += token) += ' ';
    return;
  }
  // Most names: nothing is allocated.
  char last = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    if (!is_word_byte(c)) continue;
    if (last != 0) out.append({last, c, ' '});
    last = c;
    if (i + 1 == folded.size() || !is_word_byte(folded[i + 1])) out.append({last, ' '});
  }
}

std::vector<std::string> match_tokens(std::string_view folded) {
  constexpr std::size_t enough = 64;  // further pairs would narrow the candidates no more
  std::vector<std::string> tokens;
  for (const std::string& word : words(folded)) {
    const auto list = characters(word);
    if (list.size() == 1) tokens.push_back(list.front());
    for (std::size_t i = 0; i + 1 < list.size() && tokens.size() < enough; ++i) tokens.push_back(list[i] + list[i + 1]);
    if (tokens.size() >= enough) break;
  }
  return tokens;
}

std::string match_expression(const std::vector<std::string>& tokens) {
  std::string expression;
  for (const std::string& token : tokens) {
    if (!expression.empty()) expression += " AND ";
    expression += quoted(token);
    if (characters(token).size() == 1) expression += " *";
  }
  return expression;
}

}  // namespace chokepoint::detail
