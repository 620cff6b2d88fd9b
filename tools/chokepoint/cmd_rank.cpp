#include "chokepoint/query/rank.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>
#include <string>

namespace chokepoint::cli {

Command rank_command() {
  return {"rank",
          chokepoint_group,
          "Rank nodes by one measure of the plain dependency graph.",
          {{"rank --by dependents --type country", "countries by how much rests on them"},
           {"rank --by betweenness --limit 10", "nodes on most shortest dependency paths"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<RankParams>();
            std::string names;
            for (const std::string& name : rank_measures()) names += (names.empty() ? "" : "|") + name;
            options.value("--by", params->by, "Measure (default betweenness)", names);
            options.list("--type", params->types, "List only these node types", "TYPE");
            options.number("--limit", params->limit, "Rows (default 20); 0 for all");
            options.unset("--hard", params->soft, "Only dependencies that are needed");
            options.view_options(params->view);
            return [params](Context& context) { return context.print(rank_nodes(context.session(), *params)); };
          }};
}

}  // namespace chokepoint::cli
