#include "chokepoint/query/diff.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command diff_command() {
  return {"diff",
          data_group,
          "Show which facts began, ended or were replaced between two days.",
          {{"diff 2022 2025", "what three years changed"},
           {"diff 2024-12 2025-12 --node nvidia --sources", "of one firm, with the evidence"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<DiffParams>();
            options.argument("FROM", params->from, "The earlier day");
            options.optional_argument("TO", params->to, "The later day; default --as-of or today");
            options.value("--node", params->node, "Only facts about this node", "NODE");
            options.sources_flag(params->with_sources);
            return [params](Context& context) { return context.print(diff_days(context.session(), *params)); };
          }};
}

}  // namespace chokepoint::cli
