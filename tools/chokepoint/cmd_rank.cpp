#include "chokepoint/present/rank.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <thread>

namespace chokepoint::cli {

Command rank_command() {
  return {"rank",
          chokepoint_group,
          "Rank nodes by one measure: what stops without them, arrows of the dependency graph, shares, holdings.",
          {{"rank --by dependents --type country", "countries by how much rests on them"},
           {"rank --by stops --type country", "whose loss alone stops the most, all-of and any-of told apart"},
           {"rank --by betweenness --limit 10", "nodes on most shortest dependency paths"},
           {"rank --by betweenness --sample 50", "the same for a large graph: estimated, with a bound on the error"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<RankParams>();
            std::string names;
            for (const std::string& name : rank_measures()) names += (names.empty() ? "" : "|") + name;
            options.value("--by", params->by, "Measure (default betweenness)", names);
            options.list("--type", params->types, "List only these node types", "TYPE");
            options.number("--limit", params->limit, "Rows (default 20); 0 for all");
            options.number(
                "--sample", params->sample,
                "Betweenness estimated from N nodes drawn at random, the same every time; 0 (default) for exact");
            options.unset("--hard", params->soft, "Only dependencies that are needed");
            options.view_options(params->view);
            params->threads = std::max(1U, std::thread::hardware_concurrency());
            return [params](Context& context) {
              return context.ask("ranking",
                                 [&](Session& session) { return rank_answer(session, rank_nodes(session, *params)); });
            };
          }};
}

}  // namespace chokepoint::cli
