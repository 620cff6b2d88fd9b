#include "chokepoint/ingest/import.hpp"
#include "chokepoint/present/import.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"
#include "signals.hpp"

#include <memory>

namespace chokepoint::cli {

Command remove_command() {
  return {"remove",
          data_group,
          "Take a dataset out again.",
          {{"--db my.db remove --dataset ai-hardware", "undo an import"},
           {"--db my.db remove --dataset ai-hardware --json", "with the counts as JSON", 4}},
          [](Options& options) -> Run {
            auto dataset = std::make_shared<std::string>();
            options.required_value("--dataset", *dataset, "Id of the dataset", "ID");
            return [dataset](Context& context) {
              Database& database = context.writable();
              const HoldInterrupts hold;
              const ImportReport report = remove_dataset(database, *dataset, Context::now());
              forget_interrupt();
              return context.report(removal_answer(report));
            };
          }};
}

}  // namespace chokepoint::cli
