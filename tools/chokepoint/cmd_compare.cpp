#include "chokepoint/present/compare.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command compare_command() {
  return {"compare",
          look_up_group,
          "Put nodes side by side: figures, relations, links.",
          {{"compare us cn", "two countries"},
           {"compare nvidia amd huawei --all", "three firms, also what only one of them has"}},
          [](Options& options) -> Run {
            struct Params : CompareParams {
              bool with_sources = false;
            };
            auto params = std::make_shared<Params>();
            options.arguments("NODE", params->nodes, "Two nodes or more");
            options.flag("--all", params->everything, "Also what only one of them has");
            options.sources_flag(params->with_sources);
            return [params](Context& context) {
              return context.ask("comparing", [&](Session& session) {
                return compare_answer(session, compare_nodes(session, *params), params->with_sources);
              });
            };
          }};
}

}  // namespace chokepoint::cli
