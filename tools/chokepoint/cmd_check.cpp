#include "chokepoint/present/check.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"
#include "progress.hpp"

#include <memory>

namespace chokepoint::cli {

Command check_command() {
  return {"check",
          data_group,
          "Look for what is wrong with the data; exit 1 when there are problems.",
          {{"check --only unsourced,dangling", "only the hard rules"},
           {"check --notes --only rivals", "claims that contradict one another"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<CheckParams>();
            std::string names;
            for (const std::string& name : check_names()) names += (names.empty() ? "" : ", ") + name;
            options.list("--only", params->only, "Run only these checks: " + names, "CHECK");
            options.flag("--notes", params->notes, "List the notes, not only their number");
            options.flag("--strict", params->strict, "Notes count as problems");
            return [params](Context& context) {
              const Answer answer = [&] {
                Progress progress("checking", context.globals().quiet);
                params->progress = [&](std::uint64_t done, std::uint64_t total) { progress.update(done, total); };
                return check_answer(context.session(), check_data(context.session(), *params));
              }();
              return context.print(answer);
            };
          }};
}

}  // namespace chokepoint::cli
