#include "chokepoint/query/stats.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command stats_command() {
  return {
      "stats",
      data_group,
      "Say how much of what the database holds.",
      {{"stats", "by node type and edge type"}, {"stats --lang zh", "the same with Chinese labels"}},
      [](Options&) -> Run { return [](Context& context) { return context.print(count_records(context.session())); }; }};
}

}  // namespace chokepoint::cli
