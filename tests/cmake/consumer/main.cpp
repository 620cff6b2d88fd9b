// Touches every library that the installed one stands on: a dataset is imported into memory and read back.
#include <chokepoint/ingest/import.hpp>
#include <chokepoint/query/session.hpp>
#include <chokepoint/query/show.hpp>

#include <cstdio>

int main(int argc, char** argv) {
  using namespace chokepoint;
  if (argc != 2) return 2;
  Database database = Database::in_memory(Ontology::standard());
  ImportOptions options;
  options.at = "2026-01-01T00:00:00Z";
  import_dataset(database, {argv[1]}, options);
  Session session(database, parse_as_of("2026-01-01").value(), "en");
  const auto snapshot = session.snapshot();
  std::printf("%s: %u nodes, %u edges\n", show_node(session, {.node = "ＬＥＮＳ"}).node.id.c_str(),
              snapshot->vertex_count(), snapshot->edge_count());
  return snapshot->vertex_count() == 5 && snapshot->edge_count() == 2 ? 0 : 1;
}
