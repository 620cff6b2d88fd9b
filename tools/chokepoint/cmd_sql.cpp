#include "chokepoint/present/sql.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command sql_command() {
  return {"sql",
          data_group,
          "Run a read-only SQL query (views: nodes, edges, figures, facts).",
          {{"sql \"SELECT verb, count(*) FROM facts GROUP BY verb\"", "count facts by relation"},
           {"sql \"SELECT id, label_zh FROM nodes WHERE type = 'chip'\" --csv", "a list for a spreadsheet"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<SqlParams>();
            options.argument("QUERY", params->query, "One SELECT");
            return [params](Context& context) { return context.print(sql_answer(context.session(), *params)); };
          }};
}

}  // namespace chokepoint::cli
