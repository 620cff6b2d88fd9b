// The importer: a refused dataset and a dry run change nothing, an accepted dataset nothing the second time.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

/// The importer reads files, so that it can read them twice; one file a process, removed at its end.
class InputFile {
 public:
  InputFile() : path_(std::filesystem::temp_directory_path() / ("chokepoint-fuzz-" + std::to_string(::getpid()))) {}
  ~InputFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  const std::filesystem::path& write(std::string_view text) {
    std::ofstream(path_, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
    return path_;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  static InputFile file;
  static Database untouched = Database::in_memory(Ontology::standard());
  const auto& path = file.write(fuzz::as_text(data, size));
  ImportOptions options;
  options.dataset = "fuzzed";
  options.at = "2026-01-01T00:00:00Z";
  options.dry_run = true;
  const auto before = untouched.info().revision;
  try {
    import_dataset(untouched, {path}, options);
  } catch (const IngestError& error) {
    fuzz::require(error.total >= 1 && error.total >= error.problems.size() && !error.problems.empty());
    fuzz::require(untouched.info().revision == before && Reader(untouched).sources().empty());
    return 0;
  }
  fuzz::require(untouched.info().revision == before && Reader(untouched).sources().empty());

  options.dry_run = false;
  Database database = Database::in_memory(Ontology::standard());
  import_dataset(database, {path}, options);
  const auto once = database.info().revision;
  fuzz::require(!import_dataset(database, {path}, options).changed);
  fuzz::require(database.info().revision == once);
  return 0;
}
