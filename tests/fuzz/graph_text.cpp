// GML, Pajek and lists of edges. DOT is read by another program.
#include "tests/fuzz/read_tables.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint::fuzz;
  read_as(as_text(data, size), {"gml", "pajek", "edge-list"});
  return 0;
}
