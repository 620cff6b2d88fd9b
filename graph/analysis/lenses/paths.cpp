#include "analysis/lenses/paths.hpp"

namespace chokepoint {

namespace {

Walk walk_of(PathKind kind) {
  switch (kind) {
    case PathKind::depends:
    case PathKind::stored: return Walk::forward;
    case PathKind::dependents: return Walk::backward;
    case PathKind::either: return Walk::either;
  }
  return Walk::forward;
}

}  // namespace

std::vector<GraphPath> find_paths(const View& view, Vertex from, Vertex to, const PathOptions& options) {
  const bool dependencies = options.kind == PathKind::depends || options.kind == PathKind::dependents;
  const ArcChoice choice{
      .dependencies = dependencies, .soft = options.soft, .asked = options.asked, .edge_types = options.edge_types};
  return shortest_paths(ArcGraph(view, choice, walk_of(options.kind)), from, to, options.count, options.max_hops);
}

}  // namespace chokepoint
