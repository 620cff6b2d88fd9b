// Formats of graphs and tables that are plain text. DOT is read by another program.
#include "tests/fuzz/read_tables.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint::fuzz;
  read_as(as_text(data, size), {"gml", "pajek", "edge-list", "dimacs", "metis", "tgf", "sif", "gdf", "text-table",
                                "neighbours", "maltego", "drawio-csv"});
  return 0;
}
