#include "chokepoint/present/history.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command history_command() {
  return {"history",
          data_group,
          "Show every change of the database.",
          {{"history", "imports and removals, oldest first"}, {"history --json", "the same as JSON"}},
          [](Options&) -> Run {
            return [](Context& context) { return context.print(history_answer(context.session())); };
          }};
}

}  // namespace chokepoint::cli
