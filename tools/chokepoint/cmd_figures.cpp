#include "chokepoint/present/figures.hpp"
#include "command.hpp"
#include "context.hpp"
#include "list_options.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command figures_command() {
  return {"figures",
          look_up_group,
          "List figures as series, rival claims side by side.",
          {{"figures cn --latest", "what is known of a country now"},
           {"figures --rivals --sources", "where sources disagree"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<FiguresParams>();
            auto style = std::make_shared<ListStyle>();
            options.optional_argument("NODE", params->node, "Only figures that are about this node or name it");
            options.value("--indicator", params->indicator, "Only this indicator, by id or label", "ID");
            options.value("--item", params->item, "Only figures of this item", "NODE");
            options.value("--market", params->market, "Only figures in this market", "NODE");
            options.value("--relative-to", params->relative_to, "Only figures relative to this node", "NODE");
            options.value("--from", params->from, "Only figures about this day or later", "DATE");
            options.value("--to", params->to, "Only figures about this day or earlier", "DATE");
            options.flag("--latest", params->latest, "Of each series only the figure that counts on the day");
            options.flag("--rivals", params->rivals, "Only figures on which sources disagree");
            options.flag("--all-days", params->every_day, "Also figures about days after the one asked for");
            options.value("--sort", params->sort, "Series in order of time, or all by value or date",
                          "series|value|date");
            add_list_options(options, params->list, *style, "Only figures about subjects of these node types");
            options.sources_flag(style->with_sources);
            return [params, style](Context& context) {
              Session& session = context.session();
              return context.print(figures_answer(session, list_figures(session, *params), *style));
            };
          }};
}

}  // namespace chokepoint::cli
