#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "complete.hpp"
#include "context.hpp"
#include "options.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace chokepoint::cli {

Command completion_command() {
  return {"completion",
          integration_group,
          "Print a completion script for bash, zsh or fish.",
          {{"completion bash", "load it with `source <(chokepoint completion bash)`"},
           {"completion fish -o chokepoint.txt", "keep it in a file"}},
          [](Options& options) -> Run {
            auto shell = std::make_shared<std::string>();
            options.argument("SHELL", *shell, "bash, zsh or fish");
            return [shell](Context& context) {
              const auto& shells = completion_shells();
              if (std::ranges::find(shells, *shell) == shells.end())
                throw UsageError("completion: no script for \"" + *shell + "\"; there are bash, zsh and fish");
              return context.print_text(completion_script(context.app(), *shell));
            };
          }};
}

}  // namespace chokepoint::cli
