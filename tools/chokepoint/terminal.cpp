#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <system_error>

namespace chokepoint::cli {

namespace {

std::string_view environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

void write_message(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::size_t terminal_width() {
  constexpr std::size_t least = 20, most = 10'000;
  const std::string_view told = environment_variable("COLUMNS");
  std::size_t columns = 0;
  const auto [end, error] = std::from_chars(told.data(), told.data() + told.size(), columns);
  if (error == std::errc() && end == told.data() + told.size() && columns >= least && columns <= most) return columns;
  if (!is_terminal(STDOUT_FILENO)) return 0;
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool wants_colour(std::string_view choice) {
  if (choice != "auto") return choice == "always";
  return is_terminal(STDOUT_FILENO) && environment_variable("NO_COLOR").empty() &&
         environment_variable("TERM") != "dumb";
}

}  // namespace chokepoint::cli
