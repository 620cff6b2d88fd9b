#include "chokepoint/model/aside_file.hpp"
#include "chokepoint/model/error.hpp"
#include "chokepoint/query/stats.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"
#include "out_file.hpp"
#include "signals.hpp"
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

/// Made under another name and renamed, so that a file of that name is whole whenever it is there.
void create(const std::filesystem::path& named, const Ontology& ontology, bool force) {
  const HoldInterrupts hold;
  check_output(named.string(), force);
  const std::filesystem::path file = resolved(named.string());
  const std::filesystem::path aside = file.string() + ".new";
  std::filesystem::remove(aside);
  remove_on_signal(aside);
  Database::create(aside, ontology);
  throw_if_interrupted();
  // What a crash left beside the old database must not be taken for the new one's.
  std::filesystem::remove(file.string() + "-journal");
  std::filesystem::rename(aside, file);
  remove_on_signal({});
  sync_folder(file.parent_path());
  forget_interrupt();
}

int run(Context& context, const InitParams& params) {
  const std::filesystem::path named =
      params.file.empty() ? context.named_database() : std::filesystem::path(params.file);
  if (named.empty()) throw UsageError("which file? `chokepoint init my.db`");
  if (params.ontology.empty())
    create(named, Ontology::standard(), context.globals().force);
  else
    create(named, read_ontology(params.ontology), context.globals().force);
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
