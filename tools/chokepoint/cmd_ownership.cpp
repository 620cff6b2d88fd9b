#include "chokepoint/present/ownership.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command ownership_command() {
  return {"ownership",
          chokepoint_group,
          "Find what owners control, directly and through others (the 50 % rule).",
          {{"ownership nvidia", "a firm alone, as far as holdings are recorded"},
           {"ownership huawei tsmc --threshold 0.25 --sources", "two together, a blocking share"}},
          [](Options& options) -> Run {
            struct Params : OwnershipParams {
              OwnershipStyle style;
            };
            auto params = std::make_shared<Params>();
            options.arguments("OWNER", params->owners, "Whose holdings count together: id, label, alias or code");
            options.number("--threshold", params->threshold, "Share from which on they control (default 0.5)", "SHARE");
            options.sources_flag(params->style.with_sources);
            options.number("--limit", params->style.limit, "Rows (default all)");
            options.view_options(params->view);
            return [params](Context& context) {
              return context.ask("following holdings", [&](Session& session) {
                return ownership_answer(session, find_owned(session, *params), params->style);
              });
            };
          }};
}

}  // namespace chokepoint::cli
