#pragma once

#include <functional>
#include <string>
#include <vector>

namespace chokepoint::cli {

class Context;
class Options;

/// What a command does once the arguments are read. @return the exit code, 0 or 1
using Run = std::function<int(Context&)>;

/// A command line that works on the curated database; shown by --help and run by a test.
struct Example {
  std::string arguments;  ///< what follows `chokepoint`
  std::string shows;      ///< what it is good for, a few words
  int exit = 0;           ///< 1 where the answer is negative
};

/// One command: its file is cmd_<name>.cpp, its line stands in commands.def.
struct Command {
  std::string name;
  std::string group;    ///< heading in the list of commands
  std::string purpose;  ///< one sentence
  std::vector<Example> examples;
  /// Adds the command's options and says what to run.
  std::function<Run(Options&)> set_up;
};

#define CHOKEPOINT_COMMAND(name) Command name##_command();
#include "commands.def"
#undef CHOKEPOINT_COMMAND

/// All commands, in the order of commands.def.
std::vector<Command> all_commands();

}  // namespace chokepoint::cli
