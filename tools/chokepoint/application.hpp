#pragma once

#include "command.hpp"
#include "globals.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::cli {

/// Where descriptions begin in a help text.
inline constexpr std::size_t help_column = 34;

/// The command line: global options, every command with its own, and what to run for each.
struct Application {
  std::unique_ptr<CLI::App> app;
  Globals globals;
  std::vector<Command> commands;
  std::vector<Run> runs;  ///< aligned with `commands`
};

/// Builds it. The options write into `application`, which must therefore stay where it is.
/// @param words  the arguments: a command that they do not name needs no options
void build(Application& application, std::span<char* const> words);

/// What is wrong with the arguments, in one line, with the nearest command or option.
/// @return the message for stderr
std::string explain(const Application& application, const CLI::ParseError& error);

/// Where a word stands for a command and is none: the message for stderr, with the nearest ones.
std::optional<std::string> unknown_command(const Application& application);

/// Index of the command that was chosen; `commands.size()` for none.
std::size_t chosen(const Application& application);

}  // namespace chokepoint::cli
