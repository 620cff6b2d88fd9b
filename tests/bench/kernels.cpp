// Algorithms on the graph of a database: bench_kernels DATABASE HUB [benchmark options]. compare_kernels.py puts them
// beside their peers.
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/snapshot/boost.hpp"
#include "chokepoint/store/snapshot_store.hpp"
#include "algorithms/centrality.hpp"
#include "algorithms/components.hpp"
#include "algorithms/dominators.hpp"
#include "algorithms/reachability.hpp"
#include "algorithms/vertex_cut.hpp"
#include "analysis/removal/removal_impact.hpp"

#include <benchmark/benchmark.h>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
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
  Graph(const char* path_, const char* name_, Date day_)
      : path(path_),
        name(name_),
        day(day_),
        snapshot(open(path, day)),
        view(snapshot, on(day)),
        arcs(view),
        hub(snapshot->find(name).value()) {}
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  const char* path;
  const char* name;
  Date day;
  std::shared_ptr<const Snapshot> snapshot;
  View view;
  ArcGraph arcs;  ///< of `view`
  Vertex hub;
};

/// Peers know the generated nodes by number; nodes of other graphs all weigh the same. As in igraph_peer.c.
double weight(const Snapshot& snapshot, Vertex v) {
  const std::string_view id = snapshot.id(v);
  std::uint64_t number = 0;
  std::from_chars(id.data(), id.data() + id.size(), number);
  return static_cast<double>(number * 7919 % 1009) / 1009;
}

/// What a peer must come to as well: a count or sum, and a sum weighted by vertex.
void tell(benchmark::State& state, double sum, double weighted) {
  state.counters["sum"] = sum;
  state.counters["weighted"] = weighted;
}

void tell_values(benchmark::State& state, const Graph& graph, const std::vector<double>& values) {
  double sum = 0, weighted = 0;
  for (Vertex v = 0; v < values.size(); ++v) {
    sum += values[v];
    weighted += values[v] * weight(*graph.snapshot, v);
  }
  tell(state, sum, weighted);
}

void tell_set(benchmark::State& state, const Graph& graph, const std::vector<Vertex>& vertices) {
  double weighted = 0;
  for (const Vertex v : vertices) weighted += weight(*graph.snapshot, v);
  tell(state, static_cast<double>(vertices.size()), weighted);
}

/// From the file to a graph that kernels run on.
void load(benchmark::State& state, const Graph& graph) {
  for (auto _ : state) {
    const Graph again(graph.path, graph.name, graph.day);
    benchmark::DoNotOptimize(again.hub);
  }
  tell(state, graph.snapshot->vertex_count(), graph.snapshot->edge_count());
}

void closure(benchmark::State& state, const Graph& graph) {
  std::vector<ReachedVertex> reached;
  for (auto _ : state) reached = reach(graph.arcs, std::array{graph.hub});
  std::vector<Vertex> vertices{graph.hub};
  for (const ReachedVertex& v : reached) vertices.push_back(v.vertex);
  tell_set(state, graph, vertices);
}

void dominators(benchmark::State& state, const Graph& graph) {
  DominatorTree tree;
  for (auto _ : state) tree = find_dominators(graph.arcs, std::array{graph.hub});
  double count = 0, weighted = 0;
  for (Vertex v = 0; v < tree.parent.size(); ++v) {
    if (tree.parent[v] == no_vertex) continue;
    count += 1;
    weighted += weight(*graph.snapshot, v) * weight(*graph.snapshot, tree.parent[v]);
  }
  tell(state, count, weighted);
}

void strong_components(benchmark::State& state, const Graph& graph) {
  Components components;
  for (auto _ : state) components = find_strong_components(graph.arcs);
  double weighted = 0;
  for (Vertex v = 0; v < components.of.size(); ++v)
    weighted += weight(*graph.snapshot, v) * components.size[components.of[v]];
  tell(state, components.count(), weighted);
}

void articulation_points(benchmark::State& state, const Graph& graph) {
  const ArcGraph either(graph.view, {}, Walk::either);
  CutPoints found;
  for (auto _ : state) found = find_cut_points(either);
  tell_set(state, graph, found.articulation_points);
}

// The same by Boost's algorithms on the mapped graph itself, as a user of snapshot/boost.hpp would call them.

template <class T>
auto boost_map(std::vector<T>& values) {
  return boost::make_iterator_property_map(values.begin(), boost::typed_identity_property_map<Vertex>());
}

void boost_closure(benchmark::State& state, const Graph& graph) {
  const DirectedGraph model(graph.arcs);
  std::vector<boost::default_color_type> color(num_vertices(model));
  for (auto _ : state) boost::breadth_first_search(model, graph.hub, boost::color_map(boost_map(color)));
  std::vector<Vertex> reached;
  for (Vertex v = 0; v < color.size(); ++v)
    if (color[v] == boost::black_color) reached.push_back(v);
  tell_set(state, graph, reached);
}

/// The long overload: the short one is wrong where a predecessor is not reached.
void boost_dominators(benchmark::State& state, const Graph& graph) {
  const DirectedGraph model(graph.arcs);
  const std::size_t n = num_vertices(model);
  std::vector<Vertex> parent, dominator;
  for (auto _ : state) {
    std::vector<Vertex> number(n, no_vertex), by_number(n, no_vertex);
    parent.assign(n, no_vertex);
    dominator.assign(n, no_vertex);
    boost::lengauer_tarjan_dominator_tree(model, graph.hub, get(boost::vertex_index, model), boost_map(number),
                                          boost_map(parent), by_number, boost_map(dominator));
  }
  double count = 0, weighted = 0;
  for (Vertex v = 0; v < n; ++v) {
    if (dominator[v] == no_vertex) continue;
    count += 1;
    weighted += weight(*graph.snapshot, v) * weight(*graph.snapshot, dominator[v]);
  }
  tell(state, count, weighted);
}

void boost_strong_components(benchmark::State& state, const Graph& graph) {
  const DirectedGraph model(graph.arcs);
  std::vector<std::uint32_t> of(num_vertices(model));
  std::uint32_t count = 0;
  for (auto _ : state) count = boost::strong_components(model, boost_map(of));
  std::vector<std::uint32_t> size(count, 0);
  for (const std::uint32_t component : of) ++size[component];
  double weighted = 0;
  for (Vertex v = 0; v < of.size(); ++v) weighted += weight(*graph.snapshot, v) * size[of[v]];
  tell(state, count, weighted);
}

void boost_articulation_points(benchmark::State& state, const Graph& graph) {
  const ArcGraph either(graph.view, {}, Walk::either);
  const UndirectedGraph model(either);
  std::vector<Vertex> points;
  for (auto _ : state) {
    points.clear();
    boost::articulation_points(model, std::back_inserter(points));
  }
  tell_set(state, graph, points);
}

/// The overload that counts paths in doubles: the short one counts in integers, and fails on some dozens of diamonds.
void boost_betweenness(benchmark::State& state, const Graph& graph) {
  const DirectedGraph model(graph.arcs);
  const std::size_t n = num_vertices(model);
  std::vector<double> values;
  for (auto _ : state) {
    values.assign(n, 0);
    std::vector<double> dependency(n), paths(n);
    std::vector<std::uint32_t> distance(n);
    std::vector<std::vector<ArcStep>> incoming(n);
    boost::brandes_betweenness_centrality(model, boost_map(values), boost::dummy_property_map(), boost_map(incoming),
                                          boost_map(distance), boost_map(dependency), boost_map(paths),
                                          get(boost::vertex_index, model));
  }
  tell_values(state, graph, values);
}

/// The node on which most others rest of those that the hub reaches but not at once: many ways lead there.
Vertex far_end(const Graph& graph) {
  Vertex best = no_vertex;
  std::size_t most = 0;
  for (const ReachedVertex& v : reach(graph.arcs, std::array{graph.hub})) {
    if (v.tier == 1) continue;
    std::size_t count = 0;
    for ([[maybe_unused]] const ArcStep step : graph.arcs.in(v.vertex)) ++count;
    if (count > most) most = count, best = v.vertex;
  }
  return best;
}

void vertex_cut(benchmark::State& state, const Graph& graph) {
  const Vertex end = far_end(graph);
  std::size_t size = 0;
  for (auto _ : state) {
    const auto cut = find_vertex_cut(graph.arcs, graph.hub, end);
    size = cut ? cut->size() : 0;
  }
  tell(state, static_cast<double>(size), 0);
  state.SetLabel(std::string(graph.snapshot->id(end)));
}

void page_rank(benchmark::State& state, const Graph& graph) {
  std::vector<double> rank;
  for (auto _ : state) rank = find_page_rank(graph.arcs);
  tell_values(state, graph, rank);
}

void betweenness_on(benchmark::State& state, const Graph& graph, unsigned threads) {
  BetweennessOptions options;
  options.threads = threads;
  std::vector<double> values;
  for (auto _ : state) values = find_betweenness(graph.arcs, options);
  tell_values(state, graph, values);
}
void betweenness(benchmark::State& state, const Graph& graph) { betweenness_on(state, graph, 1); }
void betweenness_2_threads(benchmark::State& state, const Graph& graph) { betweenness_on(state, graph, 2); }

void sampled_betweenness(benchmark::State& state, const Graph& graph) {
  SampledBetweenness found;
  for (auto _ : state) found = sample_betweenness(graph.arcs, 64);
  state.counters["error_bound"] = found.error_bound;
}

/// A node that two others keep up, either of which will do, and which rests on most besides: pairs can stop it.
Vertex node_with_two_suppliers(const Graph& graph) {
  Vertex best = no_vertex;
  std::size_t most = 0, looked = 0;
  for (Vertex v = 0; v < graph.arcs.vertex_count() && looked < 20; ++v) {
    std::set<Vertex> any;
    bool has_all = false;
    for (const ArcStep step : graph.arcs.out(v)) {
      const auto& dependency = graph.snapshot->type_of_edge(step.arc).dependency;
      const bool is_any = dependency && dependency->group == GroupRule::any;
      if (is_any) any.insert(step.target);
      has_all = has_all || (!is_any && dependency && dependency->strength == Strength::hard);
    }
    if (any.size() != 2 || has_all) continue;
    ++looked;
    const std::size_t size = reach(graph.arcs, std::array{v}).size();
    if (size > most) most = size, best = v;
  }
  return best;
}

/// Minimal cut sets to order 2 among the suppliers of a node and others spread over what it rests on, 200 in all.
void cut_sets(benchmark::State& state, const Graph& graph) {
  const Vertex target = node_with_two_suppliers(graph);
  if (target == no_vertex) return state.SkipWithError("no node has two suppliers and no other need");
  const Requirements requirements = build_requirements(graph.view, {});
  const auto reached = reach(graph.arcs, std::array{target});
  std::set<Vertex> candidates;
  for (std::size_t i = 0; i < reached.size() && reached[i].tier == 1; ++i) candidates.insert(reached[i].vertex);
  for (std::size_t i = 0; candidates.size() < 200 && i < reached.size(); ++i)
    candidates.insert(reached[i * 7919 % reached.size()].vertex);
  const std::vector<Vertex> list(candidates.begin(), candidates.end());
  const Situation situation{&requirements, {}, {}};
  CutSets found;
  for (auto _ : state) found = minimal_cut_sets(situation, target, list, {});
  std::size_t pairs = 0;
  for (const auto& set : found.sets) pairs += set.members.size() == 2 ? 1U : 0U;
  state.counters["candidates"] = static_cast<double>(list.size());
  state.counters["sets"] = static_cast<double>(found.sets.size());
  state.counters["pairs"] = static_cast<double>(pairs);
  state.SetLabel(std::string(graph.snapshot->id(target)));
}

/// What fails without each node alone, for all of them.
void removals_on(benchmark::State& state, const Graph& graph, unsigned threads) {
  const Requirements requirements = build_requirements(graph.view, {});
  std::vector<Vertex> all(requirements.vertex_count());
  std::iota(all.begin(), all.end(), Vertex{0});
  std::vector<RemovalImpact> found;
  for (auto _ : state) found = removal_impacts({&requirements, {}, {}}, all, threads);
  std::vector<double> values;
  for (const RemovalImpact& impact : found) values.push_back(impact.nodes);
  tell_values(state, graph, values);
}

void removals(benchmark::State& state, const Graph& graph) { removals_on(state, graph, 1); }
void removals_2_threads(benchmark::State& state, const Graph& graph) { removals_on(state, graph, 2); }

/// The same for 20 nodes spread over the graph, each worked out by itself; `all_ms` is the processor
/// time that all nodes would take.
void removals_one_by_one(benchmark::State& state, const Graph& graph) {
  constexpr Vertex some = 20;
  const Requirements requirements = build_requirements(graph.view, {});
  double failed = 0;
  const std::clock_t start = std::clock();
  for (auto _ : state) {
    for (Vertex i = 0; i < some; ++i) {
      const auto v = static_cast<Vertex>(std::uint64_t{requirements.vertex_count()} * i / some);
      const Assessment assessment = assess_possible({&requirements, {{v}, {}, {}}, {}});
      failed += static_cast<double>(std::count(assessment.failed.begin(), assessment.failed.end(), 1));
    }
  }
  const double spent = 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  benchmark::DoNotOptimize(failed);
  state.counters["all_ms"] = spent / static_cast<double>(state.iterations()) / some * requirements.vertex_count();
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
  const std::pair<const char*, Kernel> kernels[] = {{"load", load},
                                                    {"closure", closure},
                                                    {"dominators", dominators},
                                                    {"strong_components", strong_components},
                                                    {"articulation_points", articulation_points},
                                                    {"vertex_cut", vertex_cut},
                                                    {"page_rank", page_rank},
                                                    {"cut_sets", cut_sets},
                                                    {"removals", removals},
                                                    {"removals_2_threads", removals_2_threads},
                                                    {"removals_one_by_one", removals_one_by_one},
                                                    {"boost_closure", boost_closure},
                                                    {"boost_dominators", boost_dominators},
                                                    {"boost_strong_components", boost_strong_components},
                                                    {"boost_articulation_points", boost_articulation_points},
                                                    {"boost_betweenness", boost_betweenness},
                                                    {"sampled_betweenness", sampled_betweenness},
                                                    {"betweenness", betweenness},
                                                    {"betweenness_2_threads", betweenness_2_threads}};
  for (const auto& [name, kernel] : kernels)
    benchmark::RegisterBenchmark(name, kernel, std::cref(graph))
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
