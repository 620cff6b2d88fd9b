#include "make_database.hpp"

#include "chokepoint/store/database.hpp"
#include "chokepoint/support/aside_file.hpp"
#include "chokepoint/support/error.hpp"
#include "out_file.hpp"
#include "signals.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

void make_database(const std::filesystem::path& named, const Ontology& ontology, bool force) {
  const HoldInterrupts hold;
  check_output(named.string(), force);
  const std::filesystem::path file = resolved(named.string());
  if (const std::filesystem::path folder = file.parent_path(); !folder.empty() && !std::filesystem::is_directory(folder))
    throw IoError(fmt::format("{}: the folder {} is not there; make it first", named.string(), folder.string()));
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

}  // namespace chokepoint::cli
