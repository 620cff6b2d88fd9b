#include "chokepoint/present/whatif.hpp"
#include "command.hpp"
#include "context.hpp"
#include "globals.hpp"
#include "options.hpp"
#include "print.hpp"
#include "requirement_options.hpp"

#include <memory>

namespace chokepoint::cli {

Command whatif_command() {
  return {"whatif",
          chokepoint_group,
          "Say what becomes impossible, and how much is left, when nodes go or policies are enforced.",
          {{"whatif --remove tw --target nvidia-h100 --why", "what stops without Taiwan, and why"},
           {"whatif --enforce bis-rule-2022-10 --as-of 2023-01", "what a rule cuts off, and who answers it"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<WhatIfParams>();
            auto style = std::make_shared<WhatIfStyle>();
            options.list("--remove", params->remove, "What is gone: id, label, alias or code", "NODE");
            options.list("--enforce", params->enforce, "Policy that rules, whatever its dates", "POLICY");
            options.list("--without", params->without, "Policy that is switched off", "POLICY");
            options.value("--target", params->target, "Only what is left of this node, or of ITEM@CUSTOMER", "NODE");
            options.value("--layer", params->layer,
                          "Which suppliers are read: places or actors; default places when only places go",
                          "place|actor|country|firm");
            add_requirement_options(options, *params);
            options.flag("--why", params->why, "The chain from cause to effect");
            options.number("--limit", style->limit, "Rows of a table (default 20); 0 for all");
            options.view_options(params->view);
            return [params, style](Context& context) {
              style->people = has_tables(context.globals());
              return context.ask("working out what is left", [&](Session& session) {
                return whatif_answer(session, what_if(session, *params), *style);
              });
            };
          }};
}

}  // namespace chokepoint::cli
