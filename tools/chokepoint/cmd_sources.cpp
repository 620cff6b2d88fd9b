#include "chokepoint/present/sources.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command sources_command() {
  return {"sources",
          look_up_group,
          "List the sources, or what rests on one of them.",
          {{"sources", "every document that facts come from"},
           {"sources yuekai-2026 --only", "what nothing else supports"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<SourcesParams>();
            auto style = std::make_shared<ListStyle>();
            options.optional_argument("ID", params->source, "A source");
            options.list("--type", params->kinds, "Only records of this kind: node, edge, observation", "KIND");
            options.number("--limit", style->limit, "Rows of a table; 0 for all (default)");
            options.flag("--notes", style->notes, "Also what curators noted beside the sources");
            options.flag("--only", params->only_source, "Only records that rest on nothing else");
            return [params, style](Context& context) {
              Session& session = context.session();
              return context.print(sources_answer(session, list_sources(session, *params), *style));
            };
          }};
}

}  // namespace chokepoint::cli
