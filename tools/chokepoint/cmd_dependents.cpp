#include "chokepoint/query/depends.hpp"
#include "command.hpp"
#include "context.hpp"
#include "dependency_options.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command dependents_command() {
  return {"dependents",
          dependency_group,
          "Draw what depends on a node, and mark what stops without it.",
          {{"dependents tsmc", "who needs a foundry"}, {"dependents rare-earths --count", "only how many"}},
          [](Options& options) -> Run {
            auto question = std::make_shared<DependencyQuestion>();
            question->params.dependents = true;
            add_dependency_options(options, *question);
            return [question](Context& context) { return run_dependencies(context, *question); };
          }};
}

}  // namespace chokepoint::cli
