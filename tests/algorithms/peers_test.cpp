// The lenses beside NetworkX and igraph on graphs too large for the brute-force witnesses.
#include "chokepoint/algorithms/shortest_paths.hpp"
#include "algorithms/centrality.hpp"
#include "algorithms/components.hpp"
#include "algorithms/dominators.hpp"
#include "algorithms/reachability.hpp"
#include "algorithms/vertex_cut.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/support.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

using Values = std::vector<double>;

/// @param one_way  no two arcs between the same ends: for the peers they are one edge, which may be a bridge
test::PlainGraph random_simple_graph(unsigned seed, Vertex n, std::size_t arcs, bool one_way) {
  std::mt19937 random = test::seeded(seed);
  std::set<std::pair<Vertex, Vertex>> chosen;
  while (chosen.size() < arcs) {
    // Squaring favours small numbers: some hubs, as supply chains have.
    const double x = static_cast<double>(random() % 1000) / 1000;
    const Vertex from = static_cast<Vertex>(random() % n);
    const Vertex to = static_cast<Vertex>(x * x * n);
    if (from != to && !(one_way && chosen.contains({to, from}))) chosen.emplace(from, to);
  }
  return {n, {chosen.begin(), chosen.end()}};
}

template <class T>
Values as_values(const std::vector<T>& values) {
  return Values(values.begin(), values.end());
}

Values dominators(const ArcGraph& graph) {
  Values values;
  const DominatorTree tree = find_dominators(graph, std::array<Vertex, 1>{0});
  for (const Vertex parent : tree.parent) values.push_back(parent == no_vertex ? -1.0 : parent);
  return values;
}

Values tiers(const ArcGraph& graph) {
  Values values(graph.vertex_count(), -1);
  values[0] = 0;
  for (const ReachedVertex& v : reach(graph, std::array<Vertex, 1>{0})) values[v.vertex] = v.tier;
  return values;
}

Values smallest_in_component(const Components& components) {
  std::map<std::uint32_t, Vertex> smallest;
  Values values;
  for (Vertex v = 0; v < components.of.size(); ++v)
    values.push_back(smallest.emplace(components.of[v], v).first->second);
  return values;
}

Values cut_sizes(const ArcGraph& graph) {
  Values values;
  for (Vertex v = 0; v < graph.vertex_count() / 2; v += 3) {
    const Vertex to = graph.vertex_count() - 1 - v;
    const auto cut = find_vertex_cut(graph, v, to);
    if (cut && find_vertex_cut(graph, to, v)) values.push_back(static_cast<double>(cut->size()));
  }
  return values;
}

Values path_lengths(const ArcGraph& graph) {
  Values values;
  for (const GraphPath& path : shortest_paths(graph, 0, graph.vertex_count() - 1, 25)) {
    values.push_back(static_cast<double>(path.hops.size()));
  }
  return values;
}

std::map<std::string, Values> ours(const View& view) {
  const ArcGraph graph(view);
  const ArcGraph either(view, {}, Walk::either);
  const CutPoints cut_points = find_cut_points(either);
  return {{"tiers", tiers(graph)},
          {"dominators", dominators(graph)},
          {"strong", smallest_in_component(find_strong_components(graph))},
          {"articulation", as_values(cut_points.articulation_points)},
          {"bridges", {static_cast<double>(cut_points.bridges.size())}},
          {"biconnected", {static_cast<double>(cut_points.biconnected_components)}},
          {"betweenness", find_betweenness(graph)},
          {"betweenness-either", find_betweenness(either)},
          {"page-rank", find_page_rank(graph)},
          {"cores", as_values(find_core_numbers(either))},
          {"cuts", cut_sizes(graph)},
          {"paths", path_lengths(graph)}};
}

/// Runs the script on the graph. @return its standard output; nullopt when no peer is installed
std::optional<std::string> run_peers(const test::PlainGraph& graph, const std::string& name) {
  const auto file = std::filesystem::temp_directory_path() / (name + std::to_string(::getpid()) + ".txt");
  {
    std::ofstream out(file);
    out << graph.vertex_count << '\n';
    for (const auto& [from, to] : graph.arcs) out << from << ' ' << to << '\n';
  }
  const std::string python = std::filesystem::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  const std::string command =
      python + " " + (test::source_dir() / "tests/support/peers.py").string() + " " + file.string();
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::array<char, 4096> buffer{};
  for (std::size_t size; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), size);
  const int status = ::pclose(pipe);
  std::filesystem::remove(file);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 77) return std::nullopt;
  EXPECT_EQ(status, 0) << command;
  return text;
}

void compare(const test::PlainGraph& graph, const std::string& name) {
  const auto text = run_peers(graph, name);
  if (!text) GTEST_SKIP() << "neither python3-networkx nor python3-igraph is installed";
  const View view = test::as_view(graph);
  const auto results = ours(view);
  std::istringstream lines(*text);
  std::size_t compared = 0;
  for (std::string line; std::getline(lines, line); ++compared) {
    std::istringstream words(line);
    std::string key;
    words >> key;
    Values expected;
    for (double value; words >> value;) expected.push_back(value);
    const auto found = results.find(key.substr(key.find('.') + 1));
    ASSERT_NE(found, results.end()) << key;
    ASSERT_EQ(found->second.size(), expected.size()) << key;
    // igraph and NetworkX stop at some 1e-10 of their own.
    const double tolerance = found->first == "page-rank" ? 1e-10 : 1e-9;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(found->second[i], expected[i], tolerance * (1 + std::abs(expected[i]))) << key << " of " << i;
    }
  }
  EXPECT_GE(compared, 10U);
}

TEST(Peers, AgreeOnASparseGraph) { compare(random_simple_graph(71, 300, 420, true), "sparse"); }
TEST(Peers, AgreeOnAMiddlingGraph) { compare(random_simple_graph(73, 250, 700, true), "middling"); }
TEST(Peers, AgreeOnADenseGraph) { compare(random_simple_graph(79, 120, 1500, false), "dense"); }

}  // namespace
}  // namespace chokepoint
