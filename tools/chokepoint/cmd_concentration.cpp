#include "chokepoint/present/concentration.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command concentration_command() {
  return {"concentration",
          chokepoint_group,
          "Measure how concentrated supplies are, by country and by firm (HHI).",
          {{"concentration --layer country", "markets that hang on few countries"},
           {"concentration rare-earths --json", "one of them, for a program"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<ConcentrationParams>();
            options.optional_argument("NODE", params->node, "Only supplies of this thing, or to this customer");
            options.value("--layer", params->layer, "By country (place) or by firm (actor); default both",
                          "place|actor|country|firm");
            options.flag("--keep-minor", params->keep_minor, "Count minor suppliers of unknown share");
            options.number("--limit", params->limit, "Rows (default all)");
            options.view_options(params->view);
            return [params](Context& context) {
              return context.ask("measuring", [&](Session& session) {
                return concentration_answer(session, measure_concentration(session, *params));
              });
            };
          }};
}

}  // namespace chokepoint::cli
