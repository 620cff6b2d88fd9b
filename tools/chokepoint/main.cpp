#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/date.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "application.hpp"
#include "context.hpp"
#include "language.hpp"
#include "memory.hpp"
#include "out_file.hpp"
#include "problem_lines.hpp"
#include "signals.hpp"
#include "terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <new>
#include <span>
#include <sstream>
#include <string>

namespace chokepoint::cli {

namespace {

constexpr int usage_exit = 2;
constexpr int interrupted_exit = 130;

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return 2;
    case ErrorKind::bad_data: return 3;
    case ErrorKind::not_found: return 4;
    case ErrorKind::io: return 5;
  }
  return 5;
}

/// A line of a help text in lines of at most `width` columns: descriptions stay in their column, values of an option
/// break between two of them.
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

int print_help(const std::string& text) {
  OutFile out("", false);
  const std::size_t width = terminal_width();
  std::istringstream lines(text);
  for (std::string line; width > 0 && std::getline(lines, line);) {
    if (line.empty()) {
      out.stream() << '\n';
    } else {
      wrap_help_line(line, width, out.stream());
    }
  }
  if (width == 0) out.stream() << text;
  out.finish();
  return 0;
}

/// Reads the arguments and runs the command.
int run(Application& application, int argc, char** argv, const Clock& clock) {
  CLI::App& app = *application.app;
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    return print_help(std::string(version.what()) + "\n");
  } catch (const CLI::CallForHelp&) {
    if (const auto unknown = unknown_command(application)) {
      print_error(*unknown);
      return usage_exit;
    }
    return print_help(app.help());
  } catch (const CLI::ParseError& error) {
    print_error(explain(application, error));
    return usage_exit;
  }
  const std::size_t index = chosen(application);
  if (index == application.commands.size()) {
    print_error("which command? `chokepoint --help` lists them");
    return usage_exit;
  }
  check_output(application.globals.output, application.globals.force);
  Context context(application.globals, app, clock);
  int code = 0;
  try {
    code = application.runs[index](context);
  } catch (const StateChanged&) {
    context.ask_again();
    code = application.runs[index](context);
  }
  return interrupted() ? interrupted_exit : code;
}

}  // namespace

/// The one place that catches everything; exit codes as tools/chokepoint/manual/common.md has them.
int guarded_main(int argc, char** argv) {
  try {
    keep_freed_memory();
    install_signal_handlers();
    Application application;
    const auto words = std::span(argv, static_cast<std::size_t>(argc)).subspan(argc > 0 ? 1 : 0);
    speak(language_named(words));
    build(application, words);
    const SystemClock clock;
    return run(application, argc, argv, clock);
  } catch (const ClosedPipe&) {
    return 0;
  } catch (const Interrupted&) {
    return interrupted_exit;
  } catch (const IngestError& error) {
    print_problems(error);
    // The first line counts the problems; the others say what helps.
    const std::string_view what = error.what();
    const auto end = std::min(what.find('\n'), what.size());
    if (error.problems.size() != 1) print_error(what.substr(0, end));
    if (end < what.size()) write_message(in_language(what.substr(end + 1)) + "\n");
    return exit_code(error.kind());
  } catch (const Error& error) {
    print_error(error.what());
    return exit_code(error.kind());
  } catch (const std::bad_alloc&) {
    print_error("out of memory");
    return 5;
  } catch (const std::exception& error) {
    print_error(error.what());
    return 5;
  }
}

}  // namespace chokepoint::cli

int main(int argc, char** argv) { return chokepoint::cli::guarded_main(argc, argv); }
