// Algorithms on the graph of a database, one run each: bench_kernels DATABASE HUB [benchmark options].
#include "chokepoint/algorithms/centrality.hpp"
#include "chokepoint/algorithms/components.hpp"
#include "chokepoint/algorithms/dominators.hpp"
#include "chokepoint/algorithms/reachability.hpp"
#include "chokepoint/algorithms/vertex_cut.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/store/snapshot_store.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace {

using namespace chokepoint;

std::shared_ptr<const Snapshot> open(const char* path, Date day) {
  return find_snapshot(Database::open(path, OpenMode::read), day, {}).snapshot;
}

ViewOptions on(Date day) {
  ViewOptions options;
  options.as_of = day;
  return options;
}

/// The graph that every benchmark looks at, on a fixed day.
struct Graph {
  Graph(const char* path, const char* name, Date day)
      : snapshot(open(path, day)), view(snapshot, on(day)), arcs(view), hub(snapshot->find(name).value()) {}
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  std::shared_ptr<const Snapshot> snapshot;
  View view;
  ArcGraph arcs;  ///< of `view`
  Vertex hub;
};

void closure(benchmark::State& state, const Graph& graph) {
  std::size_t reached = 0;
  for (auto _ : state) reached = reach(graph.arcs, std::array{graph.hub}).size();
  state.counters["reached"] = static_cast<double>(reached);
}

void dominators(benchmark::State& state, const Graph& graph) {
  std::size_t reached = 0;
  for (auto _ : state) reached = find_dominators(graph.arcs, std::array{graph.hub}).order.size();
  state.counters["reached"] = static_cast<double>(reached);
}

void strong_components(benchmark::State& state, const Graph& graph) {
  std::uint32_t count = 0;
  for (auto _ : state) count = find_strong_components(graph.arcs).count();
  state.counters["components"] = count;
}

void articulation_points(benchmark::State& state, const Graph& graph) {
  const ArcGraph either(graph.view, {}, Walk::either);
  std::size_t count = 0;
  for (auto _ : state) count = find_cut_points(either).articulation_points.size();
  state.counters["points"] = static_cast<double>(count);
}

void vertex_cut(benchmark::State& state, const Graph& graph) {
  const Vertex last = reach(graph.arcs, std::array{graph.hub}).back().vertex;
  std::size_t size = 0;
  for (auto _ : state) {
    const auto cut = find_vertex_cut(graph.arcs, graph.hub, last);
    size = cut ? cut->size() : 0;
  }
  state.counters["size"] = static_cast<double>(size);
}

void page_rank(benchmark::State& state, const Graph& graph) {
  for (auto _ : state) benchmark::DoNotOptimize(find_page_rank(graph.arcs).data());
}

void betweenness(benchmark::State& state, const Graph& graph) {
  double sum = 0;
  for (auto _ : state) {
    sum = 0;
    for (const double value : find_betweenness(graph.arcs)) sum += value;
  }
  state.counters["sum"] = sum;
}

/// Minimal cut sets of the hub to order 2, among 200 nodes spread over what it rests on.
void cut_sets(benchmark::State& state, const Graph& graph) {
  const Requirements requirements = build_requirements(graph.view, {});
  const auto reached = reach(graph.arcs, std::array{graph.hub});
  std::vector<Vertex> candidates;
  for (std::size_t i = 0; i < 200; ++i) candidates.push_back(reached[i * reached.size() / 200].vertex);
  const Situation situation{&requirements, {}, {}};
  CutSets found;
  for (auto _ : state) found = minimal_cut_sets(situation, graph.hub, candidates, {});
  state.counters["sets"] = static_cast<double>(found.sets.size());
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 3) {
    std::fprintf(stderr, "usage: bench_kernels DATABASE HUB [benchmark options]\n");
    return 2;
  }
  const Graph graph(argv[1], argv[2], parse_as_of("2026-01-01").value());
  using Kernel = void (*)(benchmark::State&, const Graph&);
  const std::pair<const char*, Kernel> kernels[] = {
      {"closure", closure},       {"dominators", dominators},
      {"strong_components", strong_components}, {"articulation_points", articulation_points},
      {"vertex_cut", vertex_cut}, {"page_rank", page_rank},
      {"cut_sets", cut_sets},     {"betweenness", betweenness}};
  for (const auto& [name, kernel] : kernels)
    benchmark::RegisterBenchmark(name, kernel, std::cref(graph))->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
