#include "chokepoint/present/schema.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <memory>

namespace chokepoint::cli {

Command schema_command() {
  return {
      "schema",
      data_group,
      "Show the ontology: node types, edge types, units, indicators.",
      {{"schema requires", "one edge type"}, {"schema --json", "the ontology itself, as `init --ontology` reads it"}},
      [](Options& options) -> Run {
        auto params = std::make_shared<SchemaParams>();
        options.optional_argument("TYPE", params->type, "Only this node or edge type, by id or label");
        return [params](Context& context) { return context.print(schema_answer(context.session(), *params)); };
      }};
}

}  // namespace chokepoint::cli
