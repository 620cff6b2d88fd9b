#include "chokepoint/query/stats.hpp"
#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "make_database.hpp"
#include "options.hpp"
#include "text_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace chokepoint::cli {

namespace {

struct InitParams {
  std::string file;
  std::string ontology;
};

Ontology read_ontology(const std::string& path) {
  const std::string text = read_text_file(path);
  try {
    return Ontology::parse(text);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", path, error.what()));
  }
}

int run(Context& context, const InitParams& params) {
  const std::filesystem::path named =
      params.file.empty() ? context.named_database() : std::filesystem::path(params.file);
  if (named.empty()) throw UsageError("which file? `chokepoint init my.db`");
  if (params.ontology.empty())
    make_database(named, Ontology::standard(), context.globals().force);
  else
    make_database(named, read_ontology(params.ontology), context.globals().force);
  context.remark(
      fmt::format("made {}; import facts with `chokepoint --db {} import FILE`", named.string(), named.string()));
  return 0;
}

}  // namespace

Command init_command() {
  return {"init",
          data_group,
          "Make an empty database with the built-in ontology or your own.",
          {{"init my.db", "a database for your own facts"},
           {"init batteries.db --ontology batteries.json", "a graph of another field"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<InitParams>();
            options.optional_argument("FILE", params->file, "The new database; else --db");
            options.value("--ontology", params->ontology, "Node and edge types as JSON", "FILE");
            return [params](Context& context) { return run(context, *params); };
          }};
}

}  // namespace chokepoint::cli
