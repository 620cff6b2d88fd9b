// Parts of an import: sorting, reading tables and graph files, without the database.
#include "ingest/csv_reader.hpp"
#include "ingest/graph_file.hpp"
#include "store/node_index.hpp"
#include "store/record_sorter.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
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
    text += "<edge id=\"e" + std::to_string(i) + R"(" source="n1" target="n2"><data key="d0">contains</data><data key="d1">0.25</data></edge>)" "\n";
  text += "</graph></graphml>";
  for (auto _ : state) {
    InputFile file("graph.graphml", text);
    read_graph_file(file, GraphFileFormat::graphml, FlatKind::edges, {},
                    [](const GraphElement& element) { benchmark::DoNotOptimize(element.values.data()); }, {});
  }
  state.SetItemsProcessed(state.iterations() * 100'000);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_graphml)->Unit(benchmark::kMillisecond);

}  // namespace
