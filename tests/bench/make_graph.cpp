// Writes a seeded supply-chain graph as CSV, for measuring: layers, heavy-tailed degrees, cycles among firms.
//
//   make_graph NODES EDGES SEED FOLDER [rules]      →  FOLDER/nodes.csv, edges.csv, queries.txt
//
// With `rules` some more records hand things on sideways, for two in a hundred things or so: generics with a few
// variants, steps of a whole, deliveries of things by plants to countries and firms, and a hundred measures that
// restrict something. Everything else stays as it is.
// All edges are valid today. An edge's first end depends on its second. `queries.txt` names the node with most edges
// out, a firm whose closure is large, and a node in the middle of the ranking, where most questions are asked.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace {

struct Layer {
  std::string_view type;
  double part;  ///< of all nodes
};
constexpr std::array<Layer, 8> layers{{{"policy", 0.002},
                                       {"country", 0.001},
                                       {"firm", 0.4},
                                       {"system", 0.15},
                                       {"chip", 0.147},
                                       {"tool", 0.1},
                                       {"input", 0.12},
                                       {"material", 0.08}}};

constexpr std::size_t policies = 0, countries = 1, firms = 2, systems = 3, chips = 4, tools = 5;

/// How often edges of a type are drawn, and between which layers.
struct Relation {
  std::string_view type;
  std::size_t from, to;
  double weight;
};
constexpr std::array<Relation, 9> relations{{{"requires", 2, 3, 22},
                                             {"contains", 3, 4, 20},
                                             {"produced_with", 4, 5, 12},
                                             {"consumes", 5, 6, 12},
                                             {"refined_from", 6, 7, 12},
                                             {"supplied_by", 2, 2, 10},
                                             {"located_in", 2, 1, 8},
                                             {"embeds", 5, 4, 2},
                                             {"governs", 0, 4, 2}}};

struct Edge {
  std::uint32_t from, to;
  std::uint8_t relation;
};

class Graph {
 public:
  Graph(std::uint32_t nodes, std::size_t edges, std::uint64_t seed) : random_(seed) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const auto share = static_cast<std::uint32_t>(nodes * layers[i].part);
      first_[i + 1] = i + 1 == layers.size() ? nodes : std::max(first_[i] + 2, first_[i] + share);
    }
    std::vector<double> weights;
    for (const Relation& relation : relations) weights.push_back(relation.weight);
    std::discrete_distribution<unsigned> relation(weights.begin(), weights.end());
    edges_.reserve(edges);
    std::unordered_set<std::uint64_t> seen;
    seen.reserve(edges);
    for (std::size_t tries = 0; edges_.size() < edges && tries < 20 * edges; ++tries) {
      const auto kind = static_cast<std::uint8_t>(relation(random_));
      const std::uint32_t from = pick(relations[kind].from, 1.5), to = pick(relations[kind].to, 2.0);
      if (from == to || !seen.insert(std::uint64_t{from} << 32U | to).second) continue;
      edges_.push_back({from, to, kind});
    }
  }

  void write(const std::string& folder, bool with_rules) {
    std::ofstream nodes(folder + "/nodes.csv");
    nodes << "id,kind,name,since\n";
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
      for (std::uint32_t i = first_[layer]; i < first_[layer + 1]; ++i)
        nodes << i << ',' << layers[layer].type << ',' << layers[layer].type << '-' << i - first_[layer] << ','
              << 1980 + random_() % 40 << '-' << two(1 + random_() % 12) << '-' << two(1 + random_() % 28) << '\n';
    std::ofstream list(folder + "/edges.csv");
    list << "id,src,dst,kind,share,since,until" << (with_rules ? ",item,market\n" : "\n");
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      const Edge& edge = edges_[i];
      const auto year = 1995 + random_() % 28;
      const auto share = std::to_string(10000 + 1 + random_() % 9999).substr(1);
      list << i << ',' << edge.from << ',' << edge.to << ',' << relations[edge.relation].type << ",0." << share << ','
           << year << '-' << two(1 + random_() % 12) << "-01,";
      if (random_() % 5 == 0) list << 2090 + random_() % 9 << "-12-31";  // all are valid today, as peers know no dates
      list << (with_rules ? ",,\n" : "\n");
    }
    if (with_rules) write_rules(nodes, list);
    write_queries(folder);
    if (!nodes || !list) {
      std::cerr << folder << ": cannot be written\n";
      std::exit(5);
    }
  }

 private:
  /// Generics and wholes in blocks of fifty of a layer, so that families stay small; deliveries and measures anywhere.
  void write_rules(std::ofstream& nodes, std::ofstream& list) {
    std::size_t id = edges_.size();
    const auto edge = [&](std::uint64_t from, std::uint64_t to, std::string_view kind, const std::string& rest) {
      list << id++ << ',' << from << ',' << to << ',' << kind << rest << '\n';
    };
    constexpr std::uint32_t block = 50;
    for (std::uint32_t chip = first_[chips]; chip + block < first_[chips + 1]; chip += block)
      for (std::uint32_t variant = 1; variant <= 4; ++variant) edge(chip + variant, chip, "variant_of", ",,2001,,,");
    for (std::uint32_t tool = first_[tools]; tool + block < first_[tools + 1]; tool += block)
      for (std::uint32_t step = 1; step <= 3; ++step) edge(tool + step, tool, "step_of", ",,2001,,,");
    const std::uint32_t plants = std::max(2U, first_.back() / 100);
    for (std::uint32_t i = 0; i < plants; ++i) {
      nodes << first_.back() + i << ",plant,plant-" << i << ",2000-01-01\n";
      edge(first_.back() + i, anyone(countries), "located_in", ",,2001,,,");
    }
    for (std::size_t i = 0; i < edges_.size() / 50; ++i) {
      const bool is_to_firm = random_() % 2 == 0;
      const std::uint32_t item = anyone(is_to_firm ? systems : chips),
                          customer = anyone(is_to_firm ? firms : countries);
      edge(first_.back() + random_() % plants, customer, "delivers", ",0.2,2001,," + std::to_string(item) + ",");
    }
    for (std::uint32_t policy = 0; policy < std::min(100U, first_[policies + 1]); ++policy) {
      edge(anyone(countries), policy, "issues", ",,2001,,,");
      edge(policy, anyone(chips), "restricts", ",,2001,,," + std::to_string(anyone(countries)));
    }
  }
  std::uint32_t anyone(std::size_t layer) {
    return first_[layer] + static_cast<std::uint32_t>(random_() % (first_[layer + 1] - first_[layer]));
  }

  static std::string two(std::uint64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

  /// A node of a layer; low ranks come up far more often. Ranks are scattered over the ids by a step coprime to the
  /// size.
  std::uint32_t pick(std::size_t layer, double skew) {
    const std::uint32_t size = first_[layer + 1] - first_[layer];
    const double draw = std::uniform_real_distribution<double>(0, 1)(random_);
    const auto rank = std::min<std::uint64_t>(size - 1, static_cast<std::uint64_t>(size * std::pow(draw, skew)));
    constexpr std::uint64_t step = 2654435761;  // a prime above every size
    return first_[layer] + static_cast<std::uint32_t>(rank * step % size);
  }

  void write_queries(const std::string& folder) const {
    std::vector<std::uint32_t> degree(first_.back(), 0);
    for (const Edge& edge : edges_) ++degree[edge.from];
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < degree.size(); ++i)
      if (degree[i] > 0) order.push_back(i);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return degree[a] != degree[b] ? degree[a] > degree[b] : a < b; });
    std::ofstream(folder + "/queries.txt")
        << "nodes=" << first_.back() << "\nedges=" << edges_.size() << "\nhub=" << order.front()
        << "\nmiddle=" << order[order.size() / 2] << "\n";
  }

  std::mt19937_64 random_;
  std::array<std::uint32_t, layers.size() + 1> first_{};
  std::vector<Edge> edges_;
};

}  // namespace

int main(int count, char** arguments) {
  const bool with_rules = count == 6 && std::string_view(arguments[5]) == "rules";
  if (count != 5 && !with_rules) {
    std::cerr << "usage: make_graph NODES EDGES SEED FOLDER [rules]\n";
    return 2;
  }
  const auto nodes = std::strtoul(arguments[1], nullptr, 10), edges = std::strtoul(arguments[2], nullptr, 10);
  if (nodes < 100 || edges < 1) {
    std::cerr << "make_graph: at least 100 nodes and an edge\n";
    return 2;
  }
  Graph(static_cast<std::uint32_t>(nodes), edges, std::strtoull(arguments[3], nullptr, 10))
      .write(arguments[4], with_rules);
}
