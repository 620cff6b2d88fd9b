#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "help_lines.hpp"
#include "manual_layout.hpp"
#include "manual_pages.hpp"
#include "options.hpp"
#include "terminal.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint::cli {

namespace {

constexpr std::size_t page_columns = 80;

/// Every page is there in English.
std::vector<std::string> manual_names() {
  std::vector<std::string> names;
  for (const std::string_view file : manual::embedded_names())
    if (const std::string_view name = file.substr(0, file.find('.')); file == fmt::format("{}.txt", name))
      names.emplace_back(name);
  return names;
}

/// The page in the language, in English where it is not translated.
/// @throws UsageError for a word that is no page
std::string_view manual_page(const std::string& name, const std::string& language) {
  const std::vector<std::string> names = manual_names();
  if (std::ranges::find(names, name) != names.end()) {
    const auto translated = manual::embedded(fmt::format("{}.{}.txt", name, language));
    return translated ? *translated : *manual::embedded(name + ".txt");
  }
  const std::vector<std::string> near = suggest(name, names, 3);
  throw UsageError(near.empty()
                       ? fmt::format("the manual has no page \"{}\"; `chokepoint help` lists the commands", name)
                       : fmt::format("the manual has no page \"{}\"; did you mean {}?", name, fmt::join(near, ", ")));
}

}  // namespace

Command help_command() {
  return {"help",
          integration_group,
          "Print the manual's page of a command.",
          {{"help depends", "what its answer means, its options, examples"},
           {"help common", "what all commands share: names, days, formats, exit codes"}},
          [](Options& options) -> Run {
            auto name = std::make_shared<std::string>();
            options.optional_argument("COMMAND", *name, "A command, or `common`; none: the list of commands");
            return [name](Context& context) {
              if (name->empty())
                return context.print_text(
                    wrapped_help(context.app().get_formatter()->make_help(&context.app(), context.app().get_name(),
                                                                          CLI::AppFormatMode::Normal),
                                 context.globals().output.empty() ? terminal_width() : 0));
              return context.print_text(manual::laid_out(manual_page(*name, context.globals().language), page_columns));
            };
          }};
}

}  // namespace chokepoint::cli
