// JSON of other programs, as each of its formats.
#include "tests/fuzz/read_tables.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint::fuzz;
  read_as(as_text(data, size),
          {"cyclonedx", "spdx", "jgf", "gephi-lite", "cytoscape", "neo4j-json", "node-link", "json-tree", "json",
           "sparql-json", "dbt-manifest", "npm-ls", "pipdeptree", "json-columns", "bods"});
  return 0;
}
