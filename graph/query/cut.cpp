#include "chokepoint/query/cut.hpp"

#include "chokepoint/algorithms/dominators.hpp"
#include "chokepoint/algorithms/reachability.hpp"
#include "chokepoint/algorithms/vertex_cut.hpp"
#include "query/names.hpp"
#include "query/subgraphs.hpp"
#include "query/wording.hpp"

#include <algorithm>
#include <array>

namespace chokepoint {

namespace {

Json ids_of_cut(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  Json list = Json::array();
  for (const Vertex v : vertices) list.push(snapshot.id(v));
  return list;
}

}  // namespace

Answer find_cut(Session& session, const CutParams& params) {
  const NodeRef from = session.reader().resolve(params.from), to = session.reader().resolve(params.to);
  const auto view = make_view(session, params.view);
  const Snapshot& snapshot = view->snapshot();
  const Vertex a = snapshot.find(from.id).value(), b = snapshot.find(to.id).value();
  const ArcGraph graph(*view, {.dependencies = true, .soft = params.soft, .asked = false, .edge_types = {}});
  const auto cut = find_vertex_cut(graph, a, b);
  const std::array start{a}, end{b};
  const bool connected = a != b && reaches(graph, start, end).front();
  std::vector<Vertex> dominators;
  if (connected) dominators = find_dominators(graph, start).dominators_of(b);
  std::erase(dominators, a);

  Answer answer{.command = "cut", .result = Json::object(), .coverage = Json::object()};
  const std::vector<Vertex> members = cut.value_or(std::vector<Vertex>{});
  answer.result.set("from", session.ref(from));
  answer.result.set("to", session.ref(to));
  answer.result.set("size", members.size());
  answer.result.set("members", ids_of_cut(snapshot, members));
  answer.result.set("dominators", ids_of_cut(snapshot, dominators));
  answer.result.set("connected", connected);
  answer.result.set("adjacent", connected && !cut);
  answer.negative = members.empty();

  detail::Names names(session);
  Table table;
  table.columns = {detail::column(session, "id", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "dominates", "Alone")};
  for (const Vertex v : members) {
    const std::string id(snapshot.id(v));
    table.rows.push_back({names.named(id), names.type_label(id), std::ranges::find(dominators, v) != dominators.end()});
  }
  if (!members.empty()) answer.tables.push_back(std::move(table));
  const std::string ends[] = {detail::named(session, from), detail::named(session, to)};
  if (a == b)
    answer.remarks.push_back(detail::say(session, "both ends are {}", ends[0]));
  else if (!connected)
    answer.remarks.push_back(
        detail::say(session, "{} does not depend on {}: there is nothing to cut", ends[0], ends[1]));
  else if (!cut)
    answer.remarks.push_back(
        detail::say(session, "{} depends on {} directly: no set of other nodes cuts them", ends[0], ends[1]));
  else
    answer.remarks.push_back(
        detail::say(session, "a path is not a recipe: what a loss really stops, `chokepoints` tells"));
  std::vector<Vertex> touched = members;
  touched.push_back(b);
  Subgraph subgraph = detail::subgraph_between(view, a, touched);
  for (const Vertex v : subgraph.vertices) {
    const bool is_member = std::ranges::find(members, v) != members.end();
    subgraph.marks.push_back(v == a || v == b ? Mark::subject : is_member ? Mark::chokepoint : Mark::none);
  }
  if (a != b) touched.push_back(a);
  std::ranges::sort(touched);
  answer.coverage = coverage_of(session, *view, touched);
  answer.subgraph = std::move(subgraph);
  return answer;
}

}  // namespace chokepoint
