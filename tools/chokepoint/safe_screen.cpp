#include "safe_screen.hpp"

#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace chokepoint::cli {

namespace {

/// Length of the UTF-8 sequence that `lead` begins; 1 for anything that begins none.
std::size_t sequence_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

/// `\u{202E}` as JSON writes it; characters beyond the basic plane as a surrogate pair.
std::string json_escape(const std::string& escaped) {
  if (!escaped.starts_with("\\u{")) return "\\uFFFD";  // an invalid byte has no JSON form
  const auto code = static_cast<unsigned>(std::strtoul(escaped.c_str() + 3, nullptr, 16));
  if (code < 0x10000) return fmt::format("\\u{:04X}", code);
  return fmt::format("\\u{:04X}\\u{:04X}", 0xD800 + ((code - 0x10000) >> 10U), 0xDC00 + ((code - 0x10000) & 0x3FFU));
}

}  // namespace

std::string safe_for_screen(std::string_view text, Screen screen) {
  if (screen == Screen::none) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n' || text[at] == '\t') {
      out += text[at++];
      continue;
    }
    std::size_t length = std::min(sequence_length(text[at]), text.size() - at);
    if (!is_valid_utf8(text.substr(at, length))) length = 1;
    const std::string_view character = text.substr(at, length);
    const std::string escaped = escape_for_terminal(character);
    if (escaped == character)
      out += character;
    else
      out += screen == Screen::json ? json_escape(escaped) : escaped;
    at += length;
  }
  return out;
}

void SafeScreen::pass_on(std::size_t size) {
  const std::string safe = safe_for_screen(std::string_view(pending_).substr(0, size), screen_);
  pending_.erase(0, size);
  next_->sputn(safe.data(), static_cast<std::streamsize>(safe.size()));
}

SafeScreen::int_type SafeScreen::overflow(int_type character) {
  if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
  const char one = traits_type::to_char_type(character);
  xsputn(&one, 1);
  return character;
}

std::streamsize SafeScreen::xsputn(const char* text, std::streamsize size) {
  pending_.append(text, static_cast<std::size_t>(size));
  if (const auto end = pending_.rfind('\n'); end != std::string::npos) pass_on(end + 1);
  return size;
}

int SafeScreen::sync() {
  pass_on(pending_.size());
  return next_->pubsync();
}

}  // namespace chokepoint::cli
