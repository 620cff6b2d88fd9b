#include "ingest/tables/glob.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_matched = 4096;
constexpr int most_trials = 20000;

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_plain_digit(char c) { return c >= '0' && c <= '9'; }

bool begins_with(std::string_view text, std::string_view head) {
  return text.size() >= head.size() && std::equal(head.begin(), head.end(), text.begin(),
                                                  [](char a, char b) { return lower_ascii(a) == lower_ascii(b); });
}

}  // namespace

Glob::Glob(std::string_view text) : text_(text) {
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) pieces_.push_back({Kind::literal, literal, npos});
    literal.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    if (text[i] == '*' || text[i] == '#') {
      end_literal();
      pieces_.push_back({text[i] == '*' ? Kind::any : Kind::digits, {}, npos});
    } else if (close != std::string_view::npos) {
      end_literal();
      add_gap(text.substr(i + 1, close - i - 1));
      i = close;
    } else {
      literal += text[i];
    }
  }
  end_literal();
}

void Glob::add_gap(std::string_view inside) {
  const bool are_digits = inside.ends_with('#');
  if (are_digits) inside.remove_suffix(1);
  pieces_.push_back({are_digits ? Kind::digits : Kind::some, {}, names_.size()});
  names_.emplace_back(inside);
}

bool Glob::is_plain() const {
  return std::all_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) { return piece.kind == Kind::literal; });
}

bool Glob::matches(std::string_view text, std::vector<std::string_view>& kept) const {
  if (text.size() > longest_matched) return false;
  kept.assign(names_.size(), {});
  int trials = most_trials;
  return match_from(0, text, kept, trials);
}

bool Glob::matches(std::string_view text) const {
  std::vector<std::string_view> kept;
  return matches(text, kept);
}

bool Glob::match_from(std::size_t at, std::string_view text, std::vector<std::string_view>& kept, int& trials) const {
  if (--trials < 0) return false;
  if (at == pieces_.size()) return text.empty();
  const Piece& piece = pieces_[at];
  if (piece.kind == Kind::literal)
    return begins_with(text, piece.literal) && match_from(at + 1, text.substr(piece.literal.size()), kept, trials);
  std::size_t most = text.size();
  if (piece.kind == Kind::digits)
    most = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain_digit) - text.begin());
  for (std::size_t length = piece.kind == Kind::any ? 0 : 1; length <= most; ++length) {
    if (!match_from(at + 1, text.substr(length), kept, trials)) continue;
    if (piece.name != npos) kept[piece.name] = text.substr(0, length);
    return true;
  }
  return false;
}

}  // namespace chokepoint::detail
