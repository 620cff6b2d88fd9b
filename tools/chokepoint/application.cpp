#include "application.hpp"

#include "chokepoint/export/drawn_picture.hpp"
#include "chokepoint/model/text.hpp"
#include "language.hpp"
#include "options.hpp"
#include "print.hpp"
#include "validators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

#ifndef CHOKEPOINT_VERSION
#define CHOKEPOINT_VERSION "unknown"
#endif

namespace chokepoint::cli {

namespace {

void add_globals(CLI::App& app, Globals& globals) {
  app.set_version_flag("--version", std::string("chokepoint " CHOKEPOINT_VERSION));
  const auto group = [](CLI::Option* option) { option->group("Global options (before or after the command)"); };
  group(app.add_option("--db", globals.database, "Database file; else CHOKEPOINT_DB, else the curated one")
            ->check(not_empty())
            ->option_text("FILE"));
  group(app.add_option("--as-of", globals.as_of, "Day whose facts count: YYYY[-MM[-DD]]; default today")
            ->check(not_empty())
            ->option_text("DATE"));
  group(app.add_option("--lang", globals.language, "Language of labels and headings")
            ->check(one_of({"en", "zh"}))
            ->option_text("en|zh"));
  auto* format = app.add_option("--format", globals.format, "How the answer is written; wins over the extension of -o")
                     ->check(one_of(format_names()))
                     ->option_text(fmt::format("{}", fmt::join(format_names(), "|")));
  group(format);
  group(app.add_flag_callback(
               "--json", [&globals] { globals.format = "json"; }, "Same as --format json")
            ->excludes(format)
            ->option_text(" "));
  group(app.add_flag_callback(
               "--csv", [&globals] { globals.format = "csv"; }, "Same as --format csv")
            ->excludes(format)
            ->excludes("--json")
            ->option_text(" "));
  group(app.add_option("--color", globals.colour, "Colour: auto asks the terminal and NO_COLOR")
            ->check(one_of({"auto", "always", "never"}))
            ->option_text("auto|always|never"));
  group(app.add_option("-o,--output", globals.output,
                       fmt::format("Write to a file; its extension decides: {}", fmt::join(output_extensions(), " ")))
            ->check(not_empty())
            ->option_text("FILE"));
  group(
      app.add_option("--picture", globals.picture, "Which picture -o NAME.svg, .png or .html shows; default what fits")
          ->check(one_of({picture_kinds().begin(), picture_kinds().end()}))
          ->option_text(fmt::format("{}", fmt::join(picture_kinds(), "|"))));
  group(app.add_flag("--bom", globals.bom, "CSV and TSV begin with a byte order mark, by which Excel knows UTF-8"));
  group(app.add_flag("--exact-csv", globals.exact_csv,
                     "CSV and TSV without the apostrophe that keeps spreadsheets from running text as a formula"));
  group(app.add_flag("--force", globals.force, "Replace an existing output file"));
  group(app.add_flag("--quiet", globals.quiet, "No progress and no remarks on standard error"));
}

std::string footer_of(const Command& command) {
  std::string text = in_language("Examples:") + "\n";
  for (const Example& example : command.examples) {
    text += fmt::format("  chokepoint {}\n      {}{}\n", example.arguments, in_language(example.shows),
                        example.exit == 0 ? "" : in_language(fmt::format(" (exit {})", example.exit)));
  }
  return text + "\n" + in_language("Global options (--db, --as-of, --lang, --format, -o, ...): chokepoint --help");
}

/// CLI11's own texts, without the noise that our usage lines do not need.
std::shared_ptr<CLI::Formatter> make_formatter() {
  auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(help_column);
  formatter->label("REQUIRED", "");
  formatter->label("SUBCOMMAND", "COMMAND");
  formatter->label("Positionals", in_language("Arguments"));
  for (const char* label : {"Usage", "Options"}) formatter->label(label, in_language(label));
  return formatter;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string near_text(const std::string& wanted, const std::vector<std::string>& candidates) {
  const auto near = suggest(wanted, candidates, 3);
  return near.empty() ? std::string() : fmt::format("; did you mean {}?", fmt::join(near, ", "));
}

std::string explain_command(const Application& application, const std::string& word) {
  std::vector<std::string> names;
  for (const Command& command : application.commands) names.push_back(command.name);
  const std::string near = near_text(word, names);
  return fmt::format("no command is called \"{}\"{}", word, near.empty() ? "; try `chokepoint --help`" : near);
}

/// What CLI11 could not place: the first option, else the first word.
std::string explain_extras(const Application& application, const std::vector<std::string>& extras) {
  const std::size_t index = chosen(application);
  const CLI::App& app = *application.app;
  const auto option = std::ranges::find_if(extras, [](const std::string& word) { return word.starts_with('-'); });
  if (const auto unknown = unknown_command(application)) return *unknown;
  auto names = option_names(app);
  std::string help = "chokepoint --help";
  if (index < application.commands.size()) {
    const auto own = option_names(*app.get_subcommand(application.commands[index].name));
    names.insert(names.end(), own.begin(), own.end());
    help = fmt::format("chokepoint {} --help", application.commands[index].name);
  }
  if (option == extras.end())
    return fmt::format("unexpected argument \"{}\"; put a name with spaces in quotes, or try `{}`", extras.front(),
                       help);
  const std::string name = option->substr(0, option->find('='));
  const std::string near = near_text(name, names);
  return fmt::format("no option is called \"{}\"{}", name, near.empty() ? fmt::format("; try `{}`", help) : near);
}

}  // namespace

std::vector<Command> all_commands() {
  return {
#define CHOKEPOINT_COMMAND(name) name##_command(),
#include "commands.def"
#undef CHOKEPOINT_COMMAND
  };
}

static bool is_said(std::string_view name, std::span<char* const> words) {
  return std::ranges::any_of(words, [&](const char* word) { return word == name; });
}

/// Whether every command is needed to read these words. Most of the time to start goes into commands and their options,
/// so that else only those that are named are made; the program's own help, `help` and `completion` tell of all.
static bool tell_of_all(const std::vector<Command>& commands, std::span<char* const> words) {
  const std::string_view first = words.empty() ? std::string_view() : words.front();
  return first == "--help" || first == "-h" || is_said("completion", words) || is_said("help", words) ||
         std::ranges::none_of(commands, [&](const Command& command) { return is_said(command.name, words); });
}

void build(Application& application, std::span<char* const> words) {
  application.app = std::make_unique<CLI::App>(
      "Finds and explains chokepoints in sourced graphs of actors, policies and supply chains", "chokepoint");
  CLI::App& app = *application.app;
  app.formatter(make_formatter());
  app.option_defaults()->always_capture_default(false);
  app.fallthrough();  // inherited: global options work after the command too
  app.require_subcommand(0, 1);
  app.footer(
      "`chokepoint COMMAND --help` shows a command's options and examples, `chokepoint help COMMAND` its manual.");
  add_globals(app, application.globals);
  application.commands = all_commands();
  const bool needs_all = tell_of_all(application.commands, words);
  for (const Command& command : application.commands) {
    if (!needs_all && !is_said(command.name, words)) {
      application.runs.emplace_back();
      continue;
    }
    CLI::App* sub = app.add_subcommand(command.name, command.purpose);
    sub->group(command.group);
    sub->footer(footer_of(command));
    Options options(*sub);
    application.runs.push_back(command.set_up(options));
  }
  translate_help(app);
}

std::size_t chosen(const Application& application) {
  const auto parsed = application.app->get_subcommands();
  if (parsed.empty()) return application.commands.size();
  const auto found = std::ranges::find(application.commands, parsed.front()->get_name(), &Command::name);
  return static_cast<std::size_t>(found - application.commands.begin());
}

std::optional<std::string> unknown_command(const Application& application) {
  if (chosen(application) < application.commands.size()) return std::nullopt;
  const auto extras = application.app->remaining(true);
  const auto word = std::ranges::find_if(extras, [](const std::string& text) { return !text.starts_with('-'); });
  return word == extras.end() ? std::nullopt : std::optional(explain_command(application, *word));
}

std::string explain(const Application& application, const CLI::ParseError& error) {
  const auto extras = application.app->remaining(true);
  const bool unplaced = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  if (unplaced && !extras.empty()) return explain_extras(application, extras);
  const std::size_t index = chosen(application);
  const std::string help = index == application.commands.size()
                               ? std::string("chokepoint --help")
                               : fmt::format("chokepoint {} --help", application.commands[index].name);
  std::string message = error.what();
  while (!message.empty() && (message.back() == '\n' || message.back() == '.')) message.pop_back();
  return fmt::format("{}; try `{}`", message, help);
}

}  // namespace chokepoint::cli
