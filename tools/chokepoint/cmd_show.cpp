#include "chokepoint/present/show.hpp"
#include "command.hpp"
#include "context.hpp"
#include "list_options.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command show_command() {
  return {"show",
          look_up_group,
          "Show one node, facts in both directions, figures, sources; or all facts of a relation.",
          {{"show nvidia-h100", "a chip"},
           {"show --type substitutes", "every fact of one relation, whoever it is about"},
           {"show 英伟达 --lang zh --sources", "in Chinese, with citations"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<ShowParams>();
            auto style = std::make_shared<ListStyle>();
            options.optional_argument("NODE", params->node,
                                      "Id, label, alias or code; without it --type or --status says which facts");
            options.flag("--all-days", params->every_day, "Also facts that do not hold on the day");
            add_list_options(options, params->list, *style,
                             "Only relations of these types, or to nodes of these types");
            options.sources_flag(style->with_sources);
            return [params, style](Context& context) {
              Session& session = context.session();
              if (params->node.empty())
                return context.print(fact_list_answer(session, list_facts(session, *params), *style));
              return context.print(show_answer(session, show_node(session, *params), *style));
            };
          }};
}

}  // namespace chokepoint::cli
