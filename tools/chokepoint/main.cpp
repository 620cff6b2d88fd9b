#include "chokepoint/model/date.hpp"
#include "chokepoint/support/error.hpp"
#include "application.hpp"
#include "context.hpp"
#include "help_lines.hpp"
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

int print_help(const std::string& text) {
  OutFile out("", false);
  out.stream() << wrapped_help(text, terminal_width());
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
    take_first_memory();
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
  } catch (const HelpedUsageError& error) {
    print_error(error.what());
    if (!error.help.empty()) write_message(message_line(in_language(error.help)) + "\n");
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
