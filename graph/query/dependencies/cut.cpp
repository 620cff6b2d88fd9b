#include "chokepoint/query/cut.hpp"

#include "chokepoint/query/ground.hpp"
#include "chokepoint/store/reader.hpp"
#include "algorithms/dominators.hpp"
#include "algorithms/reachability.hpp"
#include "algorithms/vertex_cut.hpp"

#include <array>

namespace chokepoint {

CutResult find_cut(Session& session, const CutParams& params) {
  CutResult found;
  found.from = session.reader().resolve(params.from);
  found.to = session.reader().resolve(params.to);
  found.view = make_view(session, params.view);
  const Snapshot& snapshot = found.view->snapshot();
  const Vertex a = snapshot.find(found.from.id).value(), b = snapshot.find(found.to.id).value();
  const ArcGraph graph(*found.view, {.dependencies = true, .soft = params.soft, .asked = false, .edge_types = {}});
  const auto cut = find_vertex_cut(graph, a, b);
  const std::array start{a}, end{b};
  found.connected = a != b && reaches(graph, start, end).front();
  if (found.connected) found.dominators = find_dominators(graph, start).dominators_of(b);
  std::erase(found.dominators, a);
  found.adjacent = found.connected && !cut;
  found.members = cut.value_or(std::vector<Vertex>{});
  return found;
}

}  // namespace chokepoint
