#include "chokepoint/present/stats.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command stats_command() {
  return {"stats",
          data_group,
          "Say how much of what the database holds.",
          {{"stats", "by node type and edge type"}, {"stats --lang zh", "the same with Chinese labels"}},
          [](Options&) -> Run {
            return [](Context& context) {
              Session& session = context.session();
              return context.print(stats_answer(session, count_records(session)));
            };
          }};
}

}  // namespace chokepoint::cli
