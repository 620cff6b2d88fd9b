#include "export/pictures/text_extent.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <array>

namespace chokepoint::detail {

namespace {

/// Advance widths of the characters from space to tilde, in thousandths of the font's size.
constexpr std::array<int, 95> advances{318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
                                       636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
                                       1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
                                       603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
                                       500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
                                       635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};
constexpr int other_advance = 840;
constexpr double bold_factor = 1.14;

std::size_t bytes_of_character(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

int advance_of(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return byte < 0x20 || byte > 0x7E ? other_advance : advances[byte - 0x20U];
  const std::size_t columns = display_width(character);
  return columns == 0 ? 0 : columns > 1 ? 1000 : other_advance;
}

constexpr std::array<std::string_view, 9> closing_marks{"，", "。", "；", "：", "、", "）", "］", "”", "》"};

bool is_wide(std::string_view character) { return character.size() > 1 && display_width(character) > 1; }

/// Cuts `line` so that it ends in `…` within the width.
void end_with_ellipsis(std::string& line, double size, double width, bool bold) {
  while (!line.empty() && text_extent(line + "…", size, bold) > width) {
    line.pop_back();
    while (!line.empty() && !is_valid_utf8(line)) line.pop_back();
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  line += "…";
}

}  // namespace

double text_extent(std::string_view text, double size, bool bold) {
  long sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = bytes_of_character(text, at);
    sum += advance_of(text.substr(at, length));
    at += length;
  }
  return static_cast<double>(sum) * size / 1000 * (bold ? bold_factor : 1);
}

std::vector<std::string> break_lines(std::string_view text, double size, double width, std::size_t most, bool bold) {
  std::vector<std::string> lines(1);
  std::string word;
  bool is_after_space = false, was_wide = false;
  const auto fits = [&](const std::string& line) { return text_extent(line, size, bold) <= width; };
  const auto put_word = [&] {
    if (word.empty()) return;
    const bool is_first = lines.back().empty();
    const std::string longer = lines.back() + (is_after_space && !is_first ? " " : "") + word;
    if (is_first || fits(longer))
      lines.back() = longer;
    else
      lines.push_back(word);
    word.clear();
    is_after_space = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = bytes_of_character(text, at);
    const std::string_view character = text.substr(at, length);
    at += length;
    if (character == " " || character == "\n" || character == "\t") {
      put_word();
      is_after_space = true;
      was_wide = false;
      continue;
    }
    // A line does not begin with what closes the text before it.
    const bool wide = is_wide(character), closes = std::ranges::find(closing_marks, character) != closing_marks.end();
    if (!closes && (wide || was_wide || (!word.empty() && !fits(word + std::string(character))))) put_word();
    word += character;
    was_wide = wide;
  }
  put_word();
  if (most == 0 || lines.size() <= most) return lines;
  lines.resize(most);
  end_with_ellipsis(lines.back(), size, width, bold);
  return lines;
}

}  // namespace chokepoint::detail
