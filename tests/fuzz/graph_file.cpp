// GraphML and GEXF of other programs: refused with a place or taken in, the second time without a change; and GraphML
// tells the same in pieces as in one go.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "ingest/graphs/element_pipe.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace chokepoint;

/// The importer reads files; one a process, removed at its end.
class GraphInput {
 public:
  GraphInput() : path_(std::filesystem::temp_directory_path() / ("chokepoint-graph-" + std::to_string(::getpid()))) {}
  ~GraphInput() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  GraphInput(const GraphInput&) = delete;
  GraphInput& operator=(const GraphInput&) = delete;
  const std::filesystem::path& write(std::string_view text) {
    std::ofstream(path_, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
    return path_;
  }

 private:
  std::filesystem::path path_;
};

TableOptions graph_options() {
  TableOptions options;
  options.node_type = "firm";
  options.edge_type = "supplies";
  return options;
}

std::string told_of(const std::string& text, detail::ElementPipe::Pieces pieces) {
  static const Ontology ontology = Ontology::standard();
  static const TableOptions options = graph_options();
  detail::InputFile file("fuzzed", text);
  detail::ElementPipe pipe(file, detail::GraphFileFormat::graphml, {ontology, options}, pieces);
  std::string all;
  try {
    // Not by their bytes: columns that nobody declared come in the order in which they are met.
    while (pipe.next()) {
      all += std::to_string(pipe.number()) + "@" + std::to_string(pipe.line());
      for (const std::string_view value : pipe.values()) all += value.empty() ? "" : "+";
    }
    for (const std::string& line : pipe.remarks().lines()) all += line;
  } catch (const IngestError& error) {
    fuzz::require(error.total >= 1 && !error.problems.empty());
    all += error.problems.front().message;
  }
  return all;
}

void import_twice(const std::filesystem::path& path, GraphFormat format) {
  ImportOptions options;
  options.dataset = "fuzzed";
  options.default_source = "s";
  options.default_source_title = "S";
  options.make_sources = true;
  options.at = "2026-01-01T00:00:00Z";
  Database database = Database::in_memory(Ontology::standard());
  try {
    import_graph_file(database, format, {path}, graph_options(), options);
  } catch (const IngestError& error) {
    fuzz::require(error.total >= 1 && !error.problems.empty());
    fuzz::require(Reader(database).sources().empty());
    return;
  } catch (const UsageError&) {  // it is of the other format, or can be read in two ways
    fuzz::require(Reader(database).sources().empty());
    return;
  }
  const auto once = database.info().revision;
  import_graph_file(database, format, {path}, graph_options(), options);
  fuzz::require(database.info().revision == once);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static GraphInput file;
  const std::string_view text = fuzz::as_text(data, size);
  const auto& path = file.write(text);
  import_twice(path, GraphFormat::graphml);
  import_twice(path, GraphFormat::gexf);
  const std::string whole(text);
  const std::string in_one_go = told_of(whole, {std::size_t{1} << 30U, 1});
  fuzz::require(told_of(whole, {64, 2}) == in_one_go);
  return 0;
}
