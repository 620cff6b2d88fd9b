#include "chokepoint/present/paths.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command paths_command() {
  return {"paths",
          dependency_group,
          "Show the shortest connections between two nodes, hop by hop.",
          {{"paths nvidia-h100 tw", "how a chip depends on a place"},
           {"paths huawei us --along either --count 5", "any connection, five of them"}},
          [](Options& options) -> Run {
            struct Params : PathsParams {
              bool with_sources = false;
            };
            auto params = std::make_shared<Params>();
            options.argument("FROM", params->from, "Id, label, alias or code");
            options.argument("TO", params->to, "Id, label, alias or code");
            options.value("--along", params->along,
                          "What a path walks: each node depends on the next (default), the reverse, edges as stored, "
                          "or any edge either way",
                          "depends|dependents|stored|either");
            options.number("-k,--count", params->count, "How many paths (default 3)");
            options.number("--max-hops", params->max_hops, "Only paths of so many hops");
            options.walk_options(params->edge_types, params->soft, params->asked);
            options.view_options(params->view);
            options.sources_flag(params->with_sources);
            return [params](Context& context) {
              return context.ask("looking for paths", [&](Session& session) {
                return paths_answer(session, list_paths(session, *params), params->with_sources);
              });
            };
          }};
}

}  // namespace chokepoint::cli
