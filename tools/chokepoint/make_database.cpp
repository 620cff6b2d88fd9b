#include "make_database.hpp"

#include "chokepoint/store/database.hpp"
#include "chokepoint/support/aside_file.hpp"
#include "out_file.hpp"
#include "signals.hpp"

namespace chokepoint::cli {

void make_database(const std::filesystem::path& named, const Ontology& ontology, bool force) {
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

}  // namespace chokepoint::cli
