// Parts of an import: sorting, reading tables and graph files, without the database.
#include "ingest/graphs/graph_file_input.hpp"
#include "ingest/tables/csv_reader.hpp"
#include "store/bulk/node_index.hpp"
#include "support/record_sorter.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>

namespace {

using namespace chokepoint::detail;

void sort_records(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::string record(60, 'x');
  for (auto _ : state) {
    std::mt19937_64 random(1);
    RecordSorter sorter(static_cast<std::size_t>(state.range(1)) << 20U);
    for (std::size_t i = 0; i < count; ++i) sorter.add({random(), random()}, record);
    while (sorter.next()) benchmark::DoNotOptimize(sorter.record().data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(sort_records)->Args({1'000'000, 512})->Args({1'000'000, 16})->Unit(benchmark::kMillisecond);

void find_nodes(benchmark::State& state) {
  NodeIndex index;
  for (std::int64_t i = 0; i < state.range(0); ++i) index.add(std::to_string(i), 0);
  std::mt19937_64 random(1);
  for (auto _ : state)
    benchmark::DoNotOptimize(index.find(std::to_string(random() % static_cast<std::uint64_t>(state.range(0)))));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(find_nodes)->Arg(20'000)->Arg(2'000'000);

void read_csv(benchmark::State& state) {
  std::string text = "id,src,dst,kind,share,since,until\n";
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i) + ",1234,56789,contains,0.1234,2010-01-01,\n";
  for (auto _ : state) {
    InputFile file("edges.csv", text);
    CsvReader csv(file);
    for (CsvRow row; csv.next(row);) benchmark::DoNotOptimize(row.fields.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_csv)->Unit(benchmark::kMillisecond);

void read_graphml(benchmark::State& state) {
  std::string text = R"(<graphml><key id="d0" for="edge" attr.name="type" attr.type="string"/>
<key id="d1" for="edge" attr.name="share" attr.type="double"/><graph edgedefault="directed">)";
  for (int i = 0; i < 100'000; ++i)
    text += "<edge id=\"e" + std::to_string(i) +
            R"(" source="n1" target="n2"><data key="d0">contains</data><data key="d1">0.25</data></edge>)"
            "\n";
  text += "</graph></graphml>";
  const chokepoint::Ontology ontology = chokepoint::Ontology::standard();
  const chokepoint::TableOptions options;
  for (auto _ : state) {
    InputFile file("graph.graphml", text);
    read_graph_file(file, GraphFileFormat::graphml, {ontology, options},
                    [](const GraphElement& element) { benchmark::DoNotOptimize(element.values.data()); }, {});
  }
  state.SetItemsProcessed(state.iterations() * 100'000);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_graphml)->Unit(benchmark::kMillisecond);

/// Takes records and counts them.
struct Counter : RecordSink {
  void dataset(const chokepoint::DatasetInfo&, const Place&) override {}
  void source(chokepoint::Source&&, const Place&) override {}
  void node(const chokepoint::Node&, const Place&) override { ++nodes; }
  void made_node(const chokepoint::Node& made, const Place& place) override { node(made, place); }
  void refused_node(std::string_view) override {}
  void edge(chokepoint::Edge&, const Place&, std::optional<std::uint64_t>) override { ++edges; }
  void observation(chokepoint::Observation&, const Place&) override {}
  std::int64_t nodes = 0, edges = 0;
};

/// A whole GraphML file to records of ours, checked one by one; which file, CHOKEPOINT_GRAPHML says.
void read_graphml_file(benchmark::State& state) {
  const char* path = std::getenv("CHOKEPOINT_GRAPHML");
  if (path == nullptr) return state.SkipWithError("CHOKEPOINT_GRAPHML names no file");
  std::ifstream text(CHOKEPOINT_BENCH_DIR "/ontology.json");
  const std::string words{std::istreambuf_iterator<char>(text), {}};
  const auto ontology = chokepoint::Ontology::parse(words);
  Counter counter;
  for (auto _ : state) {
    counter = {};
    Problems problems;
    const chokepoint::TableOptions options;
    const ReadProgress progress;
    InputFile file{std::filesystem::path(path)};
    GraphFileInput input(ontology, problems, "source", options, progress, GraphFileFormat::graphml, {&file});
    input.read_nodes(counter);
    input.read_facts(counter);
    if (problems.any()) return state.SkipWithError(problems.sorted().front().message.c_str());
  }
  state.counters["nodes"] = static_cast<double>(counter.nodes);
  state.counters["edges"] = static_cast<double>(counter.edges);
}
BENCHMARK(read_graphml_file)->Unit(benchmark::kMillisecond);

}  // namespace
