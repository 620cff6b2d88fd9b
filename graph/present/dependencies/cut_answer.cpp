#include "chokepoint/present/cut.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "present/words/headlines.hpp"
#include "present/words/names.hpp"
#include "present/words/subgraphs.hpp"
#include "present/words/wording.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

Json ids_of_cut(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  Json list = Json::array();
  for (const Vertex v : vertices) list.push(snapshot.id(v));
  return list;
}

Table cut_table(detail::Names& names, const CutResult& found) {
  const Session& session = names.session();
  Table table;
  table.columns = {detail::column(session, "id", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "dominates", "Alone")};
  for (const Vertex v : found.members) {
    const std::string id(found.view->snapshot().id(v));
    table.rows.push_back(
        {names.named(id), names.type_label(id), std::ranges::find(found.dominators, v) != found.dominators.end()});
  }
  return table;
}

}  // namespace

Answer cut_answer(Session& session, const CutResult& found) {
  const Snapshot& snapshot = found.view->snapshot();
  const Vertex a = snapshot.find(found.from.id).value(), b = snapshot.find(found.to.id).value();
  Answer answer{.command = "cut", .result = Json::object(), .coverage = Json::object()};
  answer.result.set("from", detail::ref_json(session, found.from));
  answer.result.set("to", detail::ref_json(session, found.to));
  answer.result.set("size", found.members.size());
  answer.result.set("members", ids_of_cut(snapshot, found.members));
  answer.result.set("dominators", ids_of_cut(snapshot, found.dominators));
  answer.result.set("connected", found.connected);
  answer.result.set("adjacent", found.adjacent);
  answer.negative = found.members.empty();

  detail::Names names(session);
  answer.heading.push_back(detail::headline(names, answer.command, answer.result));
  if (!found.members.empty()) answer.tables.push_back(cut_table(names, found));
  if (!found.members.empty())
    answer.remarks.push_back(
        detail::say(session, "a path is not a recipe: what a loss really stops, `chokepoints` tells"));
  std::vector<Vertex> touched = found.members;
  touched.push_back(b);
  Subgraph subgraph = detail::subgraph_between(found.view, a, touched);
  for (const Vertex v : subgraph.vertices) {
    const bool is_member = std::ranges::find(found.members, v) != found.members.end();
    subgraph.marks.push_back(v == a || v == b ? Mark::subject : is_member ? Mark::chokepoint : Mark::none);
  }
  if (a != b) touched.push_back(a);
  std::ranges::sort(touched);
  answer.coverage = coverage_of(session, *found.view, touched);
  answer.subgraph = [subgraph = std::move(subgraph)] { return subgraph; };
  return answer;
}

}  // namespace chokepoint
