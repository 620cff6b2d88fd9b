#include "chokepoint/present/timeline.hpp"
#include "command.hpp"
#include "context.hpp"
#include "list_options.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command timeline_command() {
  return {"timeline",
          look_up_group,
          "Tell measures in order of time: what they restrict and amend, who adapted.",
          {{"timeline nvidia-h100", "the measures that touch a chip"},
           {"timeline --by us --market cn --from 2020 --to 2025", "what one country did about another"},
           {"timeline --from 2025 --sources", "everything since 2025, with citations"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<TimelineParams>();
            auto style = std::make_shared<ListStyle>();
            options.optional_argument("NODE", params->node, "Only what concerns this node");
            options.value("--by", params->issuer, "Only measures of this issuer, or from this country", "NODE");
            options.value("--market", params->market, "Only measures that restrict something there", "NODE");
            options.value("--from", params->from, "Only entries of this day or later", "DATE");
            options.value("--to", params->to, "Only entries of this day or earlier", "DATE");
            options.flag("--all", params->everything, "Every relation of a measure");
            options.flag("--all-days", params->every_day, "Also what comes after the day");
            add_list_options(options, params->list, *style,
                             "Only measures of these node types, or with relations of these");
            options.sources_flag(style->with_sources);
            return [params, style](Context& context) {
              Session& session = context.session();
              return context.print(timeline_answer(session, tell_timeline(session, *params), *style));
            };
          }};
}

}  // namespace chokepoint::cli
