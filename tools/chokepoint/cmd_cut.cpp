#include "chokepoint/present/cut.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command cut_command() {
  return {"cut",
          chokepoint_group,
          "Find the fewest nodes that stand on every dependency path between two nodes.",
          {{"cut segment-applications cn", "what lies between applications and China"},
           {"cut nvidia-h100 tw", "every path to Taiwan runs through the foundry"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<CutParams>();
            options.argument("FROM", params->from, "The dependent: id, label, alias or code");
            options.argument("TO", params->to, "What it depends on");
            options.unset("--hard", params->soft, "Only dependencies that are needed");
            options.view_options(params->view);
            return [params](Context& context) {
              return context.ask("looking for a cut",
                                 [&](Session& session) { return cut_answer(session, find_cut(session, *params)); });
            };
          }};
}

}  // namespace chokepoint::cli
