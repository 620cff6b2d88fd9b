// The least that a process must do for an answer: bench_cold SNAPSHOT NODE DEPTH DAY maps the file, walks from the node
// along its dependencies and prints how many it came to (DEPTH 0: to the end). No name is looked up beside the id, no
// database is looked at. compare.py puts it beside peers that do no more either.
#include "chokepoint/model/date.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/snapshot/snapshot_file.hpp"
#include "chokepoint/snapshot/view.hpp"
#include "algorithms/tiers.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>

namespace {

using namespace chokepoint;

std::size_t reached(const char* path, const char* node, std::uint32_t depth, Date day) {
  const auto file = SnapshotFile::open(path);
  if (!file) throw Error(ErrorKind::not_found, "no snapshot is there");
  ViewOptions options;
  options.as_of = day;
  const View view = View::local(file->snapshot(), options);
  const ArcGraph graph(view, {.dependencies = true}, Walk::forward);
  const std::array start{file->snapshot()->find(node).value()};
  return find_tiers(graph, start, depth == 0 ? std::nullopt : std::optional(depth)).vertices.size();
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int arguments = 5;
  const auto day = argc == arguments ? parse_as_of(argv[4]) : std::nullopt;
  if (!day) {
    std::fputs("bench_cold SNAPSHOT NODE DEPTH DAY\n", stderr);
    return 2;
  }
  try {
    std::printf("%zu\n", reached(argv[1], argv[2], static_cast<std::uint32_t>(std::atoi(argv[3])), *day));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
