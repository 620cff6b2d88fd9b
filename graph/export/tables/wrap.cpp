#include "chokepoint/export/wrap.hpp"

#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

namespace {

std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

/// A character with what combines with it.
struct Piece {
  std::string_view text;
  std::size_t width = 0;
  [[nodiscard]] bool is_space() const { return text == " "; }
};

Piece piece_at(std::string_view text, std::size_t at) {
  std::size_t end = at + character_length(text, at);
  const std::size_t width = display_width(text.substr(at, end - at));
  while (end < text.size()) {
    const std::size_t length = character_length(text, end);
    if (static_cast<unsigned char>(text[end]) < 0x80 || display_width(text.substr(end, length)) > 0) break;
    end += length;
  }
  return {text.substr(at, end - at), width};
}

/// Whether a line may end before the piece at `at`, given the one before it.
bool may_break(std::string_view text, std::size_t at, const Piece& before, const Piece& piece) {
  if (before.is_space()) return piece.text != "%";
  if (piece.is_space()) return false;
  constexpr std::string_view opening[] = {"（", "［", "“", "《", "("};
  constexpr std::string_view closing[] = {"，", "。", "；", "：", "、", "？", "！", "）",
                                          "］", "”",  "》", ",",  ";",  ":",  ")",  "]"};
  if (std::ranges::find(closing, piece.text) != std::end(closing)) return false;
  return at > 0 && text.size() > at && (before.width > 1 || piece.width > 1) &&
         std::ranges::find(opening, before.text) == std::end(opening);
}

std::string_view without_end_spaces(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Takes levels of a tree, three columns each, off the left of its branches, and one more for what says so.
/// @return how many
std::size_t cut_levels(std::string& branches, std::size_t columns) {
  constexpr std::size_t level = 3;
  const std::size_t levels = (columns + level - 1) / level + 1;
  std::size_t at = 0;
  for (std::size_t cut = 0; cut < levels * level && at < branches.size(); ++cut) at += character_length(branches, at);
  branches.erase(0, at);
  return levels;
}

}  // namespace

std::vector<std::string> wrap_text(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  if (width == 0 || display_width(text) <= width) return {std::string(text)};
  std::size_t start = 0, broken = 0, used = 0;
  Piece before;
  for (std::size_t at = 0; at < text.size();) {
    const Piece piece = piece_at(text, at);
    if (at > start && may_break(text, at, before, piece)) broken = at;
    if (used + piece.width > width && at > start && !piece.is_space()) {
      const std::size_t end = broken > start ? broken : at;
      lines.emplace_back(without_end_spaces(text.substr(start, end - start)));
      start = end;
      while (start < text.size() && text[start] == ' ') ++start;
      at = broken = start;
      used = 0;
      before = {};
      continue;
    }
    used += piece.width;
    at += piece.text.size();
    before = piece;
  }
  if (start < text.size() || lines.empty()) lines.emplace_back(without_end_spaces(text.substr(start)));
  return lines;
}

std::vector<std::string> wrap_drawing(std::string_view line, std::size_t width) {
  std::string first, next;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::string_view rest = line.substr(at);
    const auto take = [&](std::string_view part, std::string_view below) {
      if (!rest.starts_with(part)) return false;
      first += part;
      next += below;
      at += part.size();
      return true;
    };
    if (!(take("├─ ", "│  ") || take("└─ ", "   ") || take("│", "│") || take(" ", " "))) break;
  }
  constexpr std::size_t hanging = 2, least = 16, least_of_screen = 24, narrowest_screen = 60;
  // On a screen the branches give way: how many levels are not drawn stands in front.
  if (width >= narrowest_screen && display_width(first) + least_of_screen > width) {
    const std::size_t levels = cut_levels(first, display_width(first) + least_of_screen - width);
    cut_levels(next, display_width(next) + least_of_screen - width);
    first.insert(0, fmt::format("{:<3}", fmt::format("⋯{}", levels)));
    next.insert(0, "   ");
  }
  const std::size_t taken = display_width(next) + hanging;
  if (width == 0 || display_width(first) + display_width(line.substr(at)) <= width)
    return {first + std::string(line.substr(at))};
  const std::string_view text = line.substr(at);
  std::vector<std::string> lines =
      wrap_text(text, std::max(width, display_width(first) + least) - display_width(first));
  std::vector<std::string> out{first + lines.front()};
  if (lines.size() == 1) return out;
  std::string_view rest = text.substr(lines.front().size());
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  for (const std::string& each : wrap_text(rest, std::max(width, taken + least) - taken))
    out.push_back(next + "  " + each);
  return out;
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0, used = 0;
  Piece before;
  for (std::size_t at = 0; at < text.size();) {
    const Piece piece = piece_at(text, at);
    if (at > 0 && may_break(text, at, before, piece)) used = 0;
    if (!piece.is_space()) used += piece.width;
    longest = std::max(longest, used);
    at += piece.text.size();
    before = piece;
  }
  return longest;
}

}  // namespace chokepoint
