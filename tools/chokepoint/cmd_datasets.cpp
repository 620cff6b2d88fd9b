#include "chokepoint/present/datasets.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command datasets_command() {
  return {"datasets",
          data_group,
          "List the datasets: version, licence, how much each holds.",
          {{"datasets", "what the answers stand on"}, {"datasets --csv", "the same for a spreadsheet"}},
          [](Options&) -> Run {
            return [](Context& context) { return context.print(datasets_answer(context.session())); };
          }};
}

}  // namespace chokepoint::cli
