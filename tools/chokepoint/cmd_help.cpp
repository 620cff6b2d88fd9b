#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "manual_pages.hpp"
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::cli {

namespace {

std::vector<std::string> manual_names() {
  std::vector<std::string> names;
  for (const std::string_view file : manual::embedded_names()) names.emplace_back(file.substr(0, file.find('.')));
  return names;
}

/// @throws UsageError for a word that is no page
std::string_view manual_page(const std::string& name) {
  if (const auto page = manual::embedded(name + ".txt")) return *page;
  const std::vector<std::string> near = suggest(name, manual_names(), 3);
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
              if (name->empty()) return context.print_text(context.app().help());
              return context.print_text(manual_page(*name));
            };
          }};
}

}  // namespace chokepoint::cli
