#include "complete.hpp"

#include "split.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace chokepoint::cli {

namespace {

/// One option as a shell needs to know it.
struct CompletedOption {
  std::vector<std::string> names;  ///< with dashes
  std::string description;
  std::vector<std::string> choices;  ///< values to offer
  bool takes_value = false;
  bool takes_file = false;
};

struct CompletedCommand {
  std::string name, description;
  std::vector<CompletedOption> options;
  std::vector<std::string> words;  ///< choices for the first argument
  bool takes_files = false;
};

CompletedOption describe(const CLI::Option& option) {
  CompletedOption out;
  for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
  out.description = option.get_description();
  const std::string& text = option.get_option_text();
  out.takes_value = option.get_items_expected_max() > 0;
  out.takes_file = text == "FILE";
  if (text.find('|') != std::string::npos) out.choices = split(text, '|');
  return out;
}

CompletedCommand describe(const CLI::App& app) {
  CompletedCommand out{app.get_name(), app.get_description(), {}, {}, false};
  for (const CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) {
      out.options.push_back(describe(*option));
    } else {
      const std::string name = option->get_name();
      if (name == "FILE") out.takes_files = true;
      if (name == "SHELL") out.words = completion_shells();
    }
  }
  return out;
}

std::vector<CompletedCommand> commands_of(const CLI::App& app) {
  std::vector<CompletedCommand> out;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) out.push_back(describe(*sub));
  return out;
}

/// In single quotes for a POSIX shell.
std::string in_quotes(const std::string& text) {
  std::string out = "'";
  for (const char character : text) out += character == '\'' ? std::string("'\\''") : std::string(1, character);
  return out + "'";
}

std::string joined_names(const std::vector<CompletedOption>& options) {
  std::vector<std::string> names;
  for (const CompletedOption& option : options) names.insert(names.end(), option.names.begin(), option.names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

/// `case` arms for options that take a value: choices, files, or nothing to offer.
std::string bash_value_arms(const std::vector<CompletedOption>& options) {
  std::string text;
  for (const CompletedOption& option : options) {
    if (!option.takes_value) continue;
    const std::string pattern = fmt::format("{}", fmt::join(option.names, "|"));
    if (!option.choices.empty())
      text += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n", pattern,
                          fmt::join(option.choices, " "));
    else if (option.takes_file)
      text += fmt::format("    {}) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n", pattern);
    else
      text += fmt::format("    {}) return ;;\n", pattern);
  }
  return text;
}

std::string bash_script(const CompletedCommand& root, const std::vector<CompletedCommand>& commands) {
  std::vector<std::string> names;
  std::string arms, value_arms = bash_value_arms(root.options);
  for (const CompletedCommand& command : commands) {
    names.push_back(command.name);
    arms += fmt::format("    {}) options='{}'; words='{}'; files={} ;;\n", command.name, joined_names(command.options),
                        fmt::join(command.words, " "), command.takes_files ? 1 : 0);
    value_arms += bash_value_arms(command.options);
  }
  return fmt::format(R"(# bash completion for chokepoint; load it with: source <(chokepoint completion bash)
_chokepoint() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command= word
  local options= words= files=0
  case $prev in
{}  esac
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case " {} " in *" $word "*) command=$word; break ;; esac
  done
  case $command in
{}  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "{} $options" -- "$cur"))
  elif [[ -z $command ]]; then
    COMPREPLY=($(compgen -W '{}' -- "$cur"))
  elif [[ $files == 1 ]]; then
    COMPREPLY=($(compgen -f -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}}
complete -o filenames -F _chokepoint chokepoint
)",
                     value_arms, fmt::join(names, " "), arms, joined_names(root.options), fmt::join(names, " "));
}

/// `'--name[description]:value:(choices)'` for zsh's _arguments.
std::string zsh_options(const std::vector<CompletedOption>& options) {
  std::string text;
  for (const CompletedOption& option : options) {
    std::string description = option.description;
    for (const char special : {'[', ']', ':'}) std::ranges::replace(description, special, ' ');
    for (const std::string& name : option.names) {
      std::string spec = fmt::format("{}[{}]", name, description);
      if (option.takes_value)
        spec += !option.choices.empty() ? fmt::format(":value:({})", fmt::join(option.choices, " "))
                : option.takes_file     ? ":file:_files"
                                        : ":value: ";
      text += " \\\n      " + in_quotes(spec);
    }
  }
  return text;
}

std::string zsh_script(const CompletedCommand& root, const std::vector<CompletedCommand>& commands) {
  std::string list, arms;
  for (const CompletedCommand& command : commands) {
    list += "    " + in_quotes(command.name + ":" + command.description) + "\n";
    std::string words = command.takes_files ? in_quotes("*:file:_files") : in_quotes("*:argument: ");
    if (!command.words.empty()) words = in_quotes(fmt::format("1:argument:({})", fmt::join(command.words, " ")));
    arms += fmt::format("    {}) _arguments{}{} \\\n      {} ;;\n", command.name, zsh_options(root.options),
                        zsh_options(command.options), words);
  }
  return fmt::format(R"(#compdef chokepoint
# zsh completion for chokepoint; put it into a folder of $fpath as _chokepoint
_chokepoint() {{
  local -a commands
  local context state line
  commands=(
{}  )
  _arguments -C{} \
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
    case $line[1] in
{}    esac ;;
  esac
}}
_chokepoint "$@"
)",
                     list, zsh_options(root.options), arms);
}

std::string fish_options(const std::vector<CompletedOption>& options, const std::string& condition) {
  std::string text;
  for (const CompletedOption& option : options) {
    text += "complete -c chokepoint" + condition;
    for (const std::string& name : option.names)
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (option.takes_value) text += option.takes_file ? " -r -F" : " -x";
    if (!option.choices.empty()) text += " -a " + in_quotes(fmt::format("{}", fmt::join(option.choices, " ")));
    text += " -d " + in_quotes(option.description) + "\n";
  }
  return text;
}

std::string fish_script(const CompletedCommand& root, const std::vector<CompletedCommand>& commands) {
  std::string text =
      "# fish completion for chokepoint; put it into ~/.config/fish/completions/chokepoint.fish\n"
      "complete -c chokepoint -f\n";
  text += fish_options(root.options, "");
  for (const CompletedCommand& command : commands) {
    text += fmt::format("complete -c chokepoint -n __fish_use_subcommand -a {} -d {}\n", command.name,
                        in_quotes(command.description));
    const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    text += fish_options(command.options, condition);
    if (command.takes_files) text += "complete -c chokepoint" + condition + " -F\n";
    if (!command.words.empty())
      text += "complete -c chokepoint" + condition + " -a " +
              in_quotes(fmt::format("{}", fmt::join(command.words, " "))) + "\n";
  }
  return text;
}

}  // namespace

const std::vector<std::string>& completion_shells() {
  static const std::vector<std::string> shells{"bash", "zsh", "fish"};
  return shells;
}

std::string completion_script(const CLI::App& app, std::string_view shell) {
  const CompletedCommand root = describe(app);
  const auto commands = commands_of(app);
  if (shell == "bash") return bash_script(root, commands);
  return shell == "zsh" ? zsh_script(root, commands) : fish_script(root, commands);
}

}  // namespace chokepoint::cli
