// Boost's algorithms over a day of a database, without a copy of the graph: who depends on whom in rings, and how many
// hops it is from each thing to the others.
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>
#include <chokepoint/ingest/import.hpp>
#include <chokepoint/query/session.hpp>
#include <chokepoint/snapshot/boost.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

int main(int argc, char** argv) {
  using namespace chokepoint;
  if (argc != 2) return 2;
  Database database = Database::in_memory(Ontology::standard());
  ImportOptions import;
  import.at = "2026-01-01T00:00:00Z";
  import_dataset(database, {argv[1]}, import);

  ViewOptions options;
  options.as_of = parse_as_of("2026-01-01").value();
  Session session(database, options.as_of, "en");
  const View view(session.snapshot(), options);  // the day, and which edges count
  const ArcGraph arcs(view);                     // who depends on whom
  const DirectedGraph graph(arcs);
  const auto index = get(boost::vertex_index, graph);

  std::vector<std::uint32_t> component(num_vertices(graph));
  const std::uint32_t count =
      boost::strong_components(graph, boost::make_iterator_property_map(component.begin(), index));

  std::uint32_t hops = 0;
  for (Vertex v = 0; v < num_vertices(graph); ++v) {
    std::vector<std::uint32_t> distance(num_vertices(graph));
    boost::breadth_first_search(
        graph, v,
        boost::visitor(boost::make_bfs_visitor(boost::record_distances(
            boost::make_iterator_property_map(distance.begin(), index), boost::on_tree_edge()))));
    for (const std::uint32_t d : distance) hops += d;
  }
  std::printf("%llu nodes, %llu dependencies, %u components, %u hops in all\n",
              static_cast<unsigned long long>(num_vertices(graph)), static_cast<unsigned long long>(num_edges(graph)),
              count, hops);
  return count == num_vertices(graph) && hops > 0 ? 0 : 1;
}
