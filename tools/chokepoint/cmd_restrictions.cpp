#include "chokepoint/present/restrictions.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"
#include "print.hpp"
#include "terminal.hpp"

#include <memory>

namespace chokepoint::cli {

Command restrictions_command() {
  return {"restrictions",
          look_up_group,
          "Say what is restricted in a market on a day: by whom, since when, and who adapted.",
          {{"restrictions cn --as-of 2025-05-01 --type chip", "which chips may not go to China, and since when"},
           {"restrictions --type group --type person", "measures that restrict people and groups of firms"}},
          [](Options& options) -> Run {
            struct Params : RestrictionsParams {
              RestrictionsStyle style;
            };
            auto params = std::make_shared<Params>();
            options.optional_argument("MARKET", params->market, "Only what holds there; default everywhere");
            options.value("--item", params->item, "Only what bears on this thing, its variants or its kind", "NODE");
            options.value("--by", params->issuer, "Only by this issuer, from this country, or by this policy", "NODE");
            options.list("--type", params->types, "Only what is of these node types", "TYPE");
            options.number("--limit", params->style.limit, "Rows of each list (default 20); 0 for all");
            options.view_options(params->view);
            options.sources_flag(params->style.with_sources);
            return [params](Context& context) {
              RestrictionsStyle style = params->style;
              style.drawn = choose_form(context.globals()).format == Format::table;
              if (const std::size_t width = context.prints() ? terminal_width() : 0; width > 0) style.width = width;
              return context.ask("looking for restrictions", [&](Session& session) {
                return restrictions_answer(session, find_restrictions(session, *params), style);
              });
            };
          }};
}

}  // namespace chokepoint::cli
