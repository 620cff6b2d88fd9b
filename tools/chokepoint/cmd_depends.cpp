#include "chokepoint/query/depends.hpp"
#include "command.hpp"
#include "context.hpp"
#include "dependency_options.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command depends_command() {
  return {"depends",
          dependency_group,
          "Draw what must hold for a node, all of and any of, and name what stops it alone.",
          {{"depends nvidia-h100 --tree", "the whole tree below a chip"},
           {"depends cn --depth 2 --type firm --sources", "firms within two tiers of a country, with citations"}},
          [](Options& options) -> Run {
            auto question = std::make_shared<DependencyQuestion>();
            add_dependency_options(options, *question);
            return [question](Context& context) { return run_dependencies(context, *question); };
          }};
}

}  // namespace chokepoint::cli
