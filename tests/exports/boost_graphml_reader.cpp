// usage: boost_graphml_reader FILE: prints what Boost's GraphML reader makes of a file as lines `nodes N`, `edges M`,
// `node LABEL` and `edge TYPE`, for readers_test.py.
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/property_map/dynamic_property_map.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <fstream>
#include <iostream>
#include <map>
#include <string>

namespace {

struct Vertex {
  std::string label;
};
struct Edge {
  std::string type;
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Vertex, Edge>;

/// Takes every key that nobody asked for, and forgets it.
struct Forget : boost::dynamic_property_map {
  boost::any get(const boost::any&) override { return {}; }
  std::string get_string(const boost::any&) override { return {}; }
  void put(const boost::any&, const boost::any&) override {}
  const std::type_info& key() const override { return *key_; }
  const std::type_info& value() const override { return typeid(std::string); }
  explicit Forget(const std::type_info& key) : key_(&key) {}

 private:
  const std::type_info* key_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  std::ifstream file(words[1]);
  Graph graph;
  boost::dynamic_properties properties([](const std::string&, const boost::any& key, const boost::any&) {
    return boost::shared_ptr<boost::dynamic_property_map>(new Forget(key.type()));
  });
  properties.property("label", get(&Vertex::label, graph));
  properties.property("type", get(&Edge::type, graph));
  try {
    boost::read_graphml(file, graph, properties);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  std::cout << "nodes " << num_vertices(graph) << "\nedges " << num_edges(graph) << '\n';
  for (const auto v : boost::make_iterator_range(vertices(graph))) std::cout << "node " << graph[v].label << '\n';
  for (const auto e : boost::make_iterator_range(edges(graph))) std::cout << "edge " << graph[e].type << '\n';
}
