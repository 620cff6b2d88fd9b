#include "chokepoint/present/page_opening.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/support/error.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace chokepoint {

namespace {

/// How far up a mark stands when several fall on one node.
int weight(Mark mark) {
  switch (mark) {
    case Mark::subject: return 10;
    case Mark::removed: return 9;
    case Mark::enforced: return 8;
    case Mark::response: return 7;
    case Mark::chokepoint: return 6;
    case Mark::fails: return 5;
    case Mark::may_fail: return 4;
    case Mark::cut: return 3;
    case Mark::reduced: return 2;
    case Mark::found: return 1;
    case Mark::none: break;
  }
  return 0;
}

class Marks {
 public:
  void put(const Json& id, Mark mark) {
    if (!id.is_string()) return;
    Mark& at = marks_[id.as_string()];
    if (weight(mark) > weight(at)) at = mark;
  }
  /// A ref, or an id alone.
  void put_ref(const Json& ref, Mark mark) {
    if (ref.is_string()) put(ref, mark);
    if (!ref.is_object()) return;
    if (const Json* id = ref.find("id")) put(*id, mark);
  }
  void put_all(const Json* list, Mark mark) {
    if (list != nullptr && list->is_array())
      for (const Json& each : list->as_array()) put_ref(each, mark);
  }
  std::map<std::string, Mark> take() && { return std::move(marks_); }

 private:
  std::map<std::string, Mark> marks_;
};

const Json* member(const Json& object, std::string_view key) { return object.is_object() ? object.find(key) : nullptr; }

/// One reading of the variants: what stops, what is left, which cut sets there are.
void read_bound(Marks& marks, const Json& bound, bool every_reading_fails, const std::map<std::string, int>& failing) {
  if (const Json* impossible = member(bound, "impossible"); impossible != nullptr && impossible->is_array())
    for (const Json& id : impossible->as_array())
      if (id.is_string())
        marks.put(id, every_reading_fails && failing.at(id.as_string()) > 1 ? Mark::fails : Mark::may_fail);
  if (const Json* capacity = member(bound, "capacity"); capacity != nullptr && capacity->is_array())
    for (const Json& each : capacity->as_array()) marks.put_ref(each, Mark::reduced);
  if (const Json* sets = member(bound, "cut_sets"); sets != nullptr && sets->is_array())
    for (const Json& set : sets->as_array()) marks.put_all(&set, Mark::chokepoint);
}

void read_bounds(Marks& marks, const Json* bounds) {
  if (bounds == nullptr || !bounds->is_array()) return;
  std::map<std::string, int> failing;
  for (const Json& bound : bounds->as_array())
    if (const Json* impossible = member(bound, "impossible"); impossible != nullptr && impossible->is_array())
      for (const Json& id : impossible->as_array())
        if (id.is_string()) ++failing[id.as_string()];
  for (const Json& bound : bounds->as_array()) read_bound(marks, bound, bounds->as_array().size() > 1, failing);
}

/// What stops the node of `depends`, and what stops without that of `dependents`.
void read_stops(Marks& marks, const Json& stops, std::string_view schema) {
  if (!schema.starts_with("chokepoint.depend")) return;
  const bool of_dependents = schema.starts_with("chokepoint.dependents");
  marks.put_all(member(stops, "alone_if_all"), Mark::may_fail);
  std::set<std::string> in_all;
  if (const Json* all = member(stops, "alone_if_all"); all != nullptr && all->is_array())
    for (const Json& id : all->as_array())
      if (id.is_string()) in_all.insert(id.as_string());
  const Json* alone = member(stops, "alone");
  if (alone == nullptr || !alone->is_array()) return;
  for (const Json& id : alone->as_array()) {
    if (!id.is_string()) continue;
    const bool is_certain = !of_dependents || in_all.contains(id.as_string());
    marks.put(id, !is_certain ? Mark::may_fail : of_dependents ? Mark::fails : Mark::chokepoint);
  }
}

template <typename Value>
void keep_rows(std::vector<Value>& values, const std::vector<char>& kept) {
  std::size_t to = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (kept[row] == 0) continue;
    if (to != row) values[to] = std::move(values[row]);
    ++to;
  }
  values.resize(to);
}

}  // namespace

std::map<std::string, Mark> marks_of_answer(const Json& envelope) {
  const Json* schema = member(envelope, "schema");
  const Json* result = member(envelope, "result");
  if (schema == nullptr || !schema->is_string() || !schema->as_string().starts_with("chokepoint.") || result == nullptr)
    throw UsageError("this is no saved answer; save one with --json, such as `chokepoints NODE --json -o cut.json`");
  Marks marks;
  marks.put_all(result, Mark::found);  // a list of nodes: rank, search
  for (const char* key : {"target", "node", "from", "to"})
    if (const Json* ref = member(*result, key)) marks.put_ref(*ref, Mark::subject);
  marks.put_all(member(*result, "removed"), Mark::removed);
  marks.put_all(member(*result, "enforced"), Mark::enforced);
  if (const Json* responses = member(*result, "responses"); responses != nullptr && responses->is_array())
    for (const Json& each : responses->as_array())
      if (const Json* response = member(each, "response")) marks.put_ref(*response, Mark::response);
  if (const Json* rows = member(*result, "cut"); rows != nullptr && rows->is_array())
    for (const Json& row : rows->as_array())
      if (const Json* flow = member(row, "flow"); flow != nullptr && flow->is_string())
        marks.put(Json(flow->as_string().substr(0, flow->as_string().find('@'))), Mark::cut);
  marks.put_all(member(*result, "members"), Mark::chokepoint);
  marks.put_all(member(*result, "nodes"), Mark::found);
  if (const Json* paths = member(*result, "paths"); paths != nullptr && paths->is_array())
    for (const Json& path : paths->as_array()) marks.put_all(member(path, "nodes"), Mark::found);
  read_bounds(marks, member(*result, "bounds"));
  if (const Json* stops = member(*result, "stops")) read_stops(marks, *stops, schema->as_string());
  return std::move(marks).take();
}

void set_marks(GraphDocument& document, const std::map<std::string, Mark>& marks) {
  document.marks.clear();
  std::vector<Cell>& column = document.node_columns.by_name["result"];
  column.clear();
  for (const Node& node : document.nodes) {
    const auto found = marks.find(node.id);
    document.marks.push_back(found == marks.end() ? Mark::none : found->second);
    column.push_back(document.marks.back() == Mark::none ? Cell()
                                                         : Cell(std::string(to_string(document.marks.back()))));
  }
}

std::vector<std::uint32_t> rows_by_importance(const GraphDocument& document) {
  const std::size_t n = document.nodes.size();
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t i = 0; i < n; ++i) row_of.emplace(document.nodes[i].id, i);
  std::vector<std::size_t> place(n, n), links(n, 0);
  std::size_t named = 0;
  if (document.opening)
    for (const OpeningList& list : document.opening->lists)
      for (const OpeningLine& line : list.lines)
        for (const std::string& id : line.nodes)
          if (const auto row = row_of.find(id); row != row_of.end() && place[row->second] == n)
            place[row->second] = named++;
  for (const Edge& edge : document.edges) ++links[row_of.at(edge.from)], ++links[row_of.at(edge.to)];
  std::vector<std::uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0U);
  const auto key = [&](std::uint32_t row) {
    const int mark = document.marks.empty() ? 0 : weight(document.marks[row]);
    return std::tuple(place[row], -mark, -static_cast<std::ptrdiff_t>(links[row]));
  };
  std::ranges::stable_sort(rows, {}, key);
  return rows;
}

std::size_t trim_document(GraphDocument& document, const std::vector<std::string>& starts, std::size_t limit) {
  const std::size_t n = document.nodes.size();
  if (n + document.edges.size() <= limit) return 0;
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t i = 0; i < n; ++i) row_of.emplace(document.nodes[i].id, i);
  std::vector<std::vector<std::size_t>> near(n);
  for (const Edge& edge : document.edges) {
    const std::size_t a = row_of.at(edge.from), b = row_of.at(edge.to);
    near[a].push_back(b);
    if (a != b) near[b].push_back(a);
  }
  std::vector<std::size_t> seeds(n);
  std::iota(seeds.begin(), seeds.end(), std::size_t{0});
  const auto rank = [&](std::size_t v) {
    const bool start = std::ranges::find(starts, document.nodes[v].id) != starts.end();
    const int mark = document.marks.empty() ? 0 : weight(document.marks[v]);
    return std::tuple(start, mark, near[v].size());
  };
  std::ranges::stable_sort(seeds, [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
  // Breadth first from the starts and the marked nodes together; what they do not reach follows by its links.
  std::vector<char> seen(n, 0), kept(n, 0);
  std::vector<std::size_t> order;
  const auto add = [&](std::size_t v) {
    if (seen[v] == 0) order.push_back(v);
    seen[v] = 1;
  };
  for (const std::size_t v : seeds)
    if (std::get<0>(rank(v)) || std::get<1>(rank(v)) > 0) add(v);
  for (std::size_t next = 0, seed = 0; next < n; ++next) {
    while (next == order.size()) add(seeds[seed++]);
    for (const std::size_t other : near[order[next]]) add(other);
  }
  std::size_t elements = 0;
  for (const std::size_t v : order) {
    std::size_t edges = 0;
    for (const std::size_t other : near[v])
      if (kept[other] != 0 || other == v) ++edges;
    if (elements + 1 + edges > limit) break;
    elements += 1 + edges;
    kept[v] = 1;
  }
  std::vector<char> kept_edges;
  for (const Edge& edge : document.edges)
    kept_edges.push_back(kept[row_of.at(edge.from)] != 0 && kept[row_of.at(edge.to)] != 0);
  std::erase_if(document.observations, [&](const Observation& o) {
    const auto found = row_of.find(o.subject);
    return found == row_of.end() || kept[found->second] == 0;
  });
  for (std::size_t row = 0; row < n; ++row)
    if (kept[row] == 0) document.names.emplace(document.nodes[row].id, document.nodes[row].labels);
  row_of.clear();
  keep_rows(document.edges, kept_edges);
  for (auto& [name, values] : document.edge_columns.by_name) keep_rows(values, kept_edges);
  if (!document.marks.empty()) keep_rows(document.marks, kept);
  for (auto& [name, values] : document.node_columns.by_name) keep_rows(values, kept);
  keep_rows(document.nodes, kept);
  document.is_part = true;
  return n - document.nodes.size();
}

}  // namespace chokepoint
