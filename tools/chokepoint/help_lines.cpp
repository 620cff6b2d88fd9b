#include "help_lines.hpp"

#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/text.hpp"
#include "application.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

namespace chokepoint::cli {

namespace {

void wrap_help_line(std::string line, std::size_t width, std::ostream& out) {
  const std::size_t start = line.find_first_not_of(' ');
  const bool describes =
      start < help_column && line.size() > help_column && line[help_column - 1] == ' ' && line[help_column] != ' ';
  const std::size_t margin = describes || start >= help_column ? help_column : start + 4;
  const bool is_ascii = std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!is_ascii && width > margin) {
    const std::size_t head = describes || start >= help_column ? help_column : start;
    std::string before = line.substr(0, head);
    for (const std::string& each : wrap_text(line.substr(head), width - margin)) {
      out << before << each << '\n';
      before = std::string(margin, ' ');
    }
    return;
  }
  while (display_width(line) > width && width > margin + help_column / 2) {
    std::size_t end = line.find_last_of(" |", width - 1);
    if (end == std::string::npos || end <= margin) break;
    if (line[end] == '|') ++end;
    out << line.substr(0, line.find_last_not_of(' ', end - 1) + 1) << '\n';
    line = std::string(margin, ' ') + line.substr(line.find_first_not_of(' ', end));
  }
  out << line << '\n';
}

}  // namespace

std::string wrapped_help(const std::string& text, std::size_t width) {
  if (width == 0) return text;
  std::ostringstream out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) {
      out << '\n';
    } else {
      wrap_help_line(line, width, out);
    }
  }
  return out.str();
}

}  // namespace chokepoint::cli
