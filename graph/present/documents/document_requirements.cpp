// What the requirement rules read on every day that a page can be set to, so that the page looks up what `depends` and
// `dependents` say and computes none of it: the view is made and read once a period between two days of change, and of
// what was read the runs of periods are kept.

#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/query/depends.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/documents/page_scope.hpp"
#include "present/documents/spell_book.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace chokepoint {

namespace {

constexpr Arc most_told_edges = 200'000;
/// Elements of the graph times periods: beyond, only the day of the page is told.
constexpr std::size_t most_told_work = 6'000'000;

using PageStep = RequirementGraph::Step;
using PageGate = RequirementGraph::Gate;

RequirementGraph::Kind page_kind(RequirementMap::Kind kind) {
  switch (kind) {
    case RequirementMap::Kind::soft_ahead: return RequirementGraph::Kind::soft_ahead;
    case RequirementMap::Kind::soft_back: return RequirementGraph::Kind::soft_back;
    case RequirementMap::Kind::lies_in: return RequirementGraph::Kind::lies_in;
    default: return RequirementGraph::Kind::read;
  }
}

constexpr std::uint8_t settled_world = 1, planned_world = 2;

/// The days on which something begins to count or ceases to, sorted.
std::vector<Date> days_of_change(const Snapshot& snapshot) {
  const SnapshotColumns& columns = snapshot.columns();
  std::set<std::int32_t> days;
  const auto note = [&](std::int32_t day) {
    if (day != day_open_from && day != day_open_to) days.insert(day);
  };
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) note(columns.node_from[v]), note(columns.node_to[v]);
  for (Arc e = 0; e < snapshot.edge_count(); ++e) note(columns.valid_from[e]), note(columns.valid_to[e]);
  // Of several measures of one fact the latest up to the day counts.
  for (const Arc e : columns.claim.contested()) note(columns.as_of[e]);
  std::vector<Date> out;
  for (const std::int32_t day : days) out.push_back(Date{day});
  return out;
}

/// A day of each period, the first one before every change.
std::vector<Date> periods_of(const GraphDocument& document, const Session& session, const Snapshot& snapshot) {
  std::vector<Date> days = days_of_change(snapshot);
  const std::size_t size = snapshot.vertex_count() + std::size_t{snapshot.edge_count()};
  if (document.is_one_day || days.empty() || (days.size() + 1) * size > most_told_work) return {session.as_of()};
  days.insert(days.begin(), Date{days.front().days - 1});
  return days;
}

class Gatherer {
 public:
  Gatherer(Session& session, GraphDocument& document)
      : snapshot_(session.snapshot()), periods_(periods_of(document, session, *snapshot_)) {
    std::unordered_map<std::string_view, std::uint32_t> node_rows, edge_rows;
    for (std::uint32_t row = 0; row < document.nodes.size(); ++row) node_rows.emplace(document.nodes[row].id, row);
    for (std::uint32_t row = 0; row < document.edges.size(); ++row) edge_rows.emplace(document.edges[row].id, row);
    for (Vertex v = 0; v < snapshot_->vertex_count(); ++v) {
      const auto row = node_rows.find(snapshot_->id(v));
      node_row_.push_back(row == node_rows.end() ? none : row->second);
    }
    find_edges(session, edge_rows);
    std::vector<std::uint8_t> shown;
    for (const std::uint32_t row : node_row_) shown.push_back(row == none ? 0 : 1);
    scope_ = detail::page_scope(*snapshot_, shown);
    const auto unread = std::ranges::count(scope_.nodes, std::uint8_t{0});
    if (unread == 0) scope_.nodes.clear();
  }

  RequirementGraph gather() {
    RequirementGraph graph;
    std::array<World, 2> worlds{World{settled_world}, World{planned_world}};
    for (const Date day : periods_)
      for (World& world : worlds) tell(day, world, worlds.front());
    std::vector<detail::SpellBook<PageStep>::Entry> steps;
    std::vector<detail::SpellBook<PageGate>::Entry> gates;
    for (World& world : worlds) {
      for (auto& each : world.step_book.take(world.bit)) steps.push_back(each);
      for (auto& each : world.gate_book.take(world.bit)) gates.push_back(std::move(each));
    }
    for (const auto& each : detail::unite(std::move(steps)))
      graph.steps.emplace_back(each.thing, RequirementGraph::Spell{each.first, each.last, each.worlds});
    for (auto& each : detail::unite(std::move(gates)))
      graph.gates.emplace_back(std::move(each.thing), RequirementGraph::Spell{each.first, each.last, each.worlds});
    graph.states = std::move(states_);
    for (std::size_t i = 1; i < periods_.size(); ++i) graph.changes.push_back(to_string(periods_[i]));
    graph.has_every_day = periods_.size() > 1;
    return graph;
  }

 private:
  static constexpr std::uint32_t none = RequirementGraph::none;

  static ViewOptions options(Date day, std::uint8_t world) {
    ViewOptions options;
    options.as_of = day;
    if (world == planned_world) options.include = {Status::forecast, Status::planned, Status::recommended};
    return options;
  }

  /// What was read on the last day, among what is settled or with what is planned.
  struct World {
    std::uint8_t bit;
    std::vector<bool> facts{};  ///< that it was read from
    std::vector<PageStep> steps{};
    std::vector<PageGate> gates{};
    detail::SpellBook<PageStep> step_book{};
    detail::SpellBook<PageGate> gate_book{};
  };

  /// Notes what holds in one more period. Most days change nothing that requirements are read from, and most plans
  /// lie in a few years: nothing is read anew then.
  void tell(Date day, World& world, const World& settled) {
    const View view(snapshot_, options(day, world.bit));
    std::vector<bool> facts = facts_of(view);
    if (facts == world.facts) {
      world.step_book.repeat();
      world.gate_book.repeat();
      return;
    }
    const bool is_settled = &world != &settled && facts == settled.facts;
    world.steps = is_settled ? settled.steps : steps_of(view);
    world.gates = is_settled ? settled.gates : gates_of(view);
    world.facts = std::move(facts);
    world.step_book.put(world.steps);
    world.gate_book.put(world.gates);
  }

  /// Which nodes are there and which edges count, of those that the requirements of the page's nodes are read from.
  [[nodiscard]] std::vector<bool> facts_of(const View& view) const {
    std::vector<bool> facts;
    facts.reserve(snapshot_->vertex_count() + std::size_t{snapshot_->edge_count()});
    for (Vertex v = 0; v < snapshot_->vertex_count(); ++v)
      facts.push_back(scope_.deciding_nodes[v] != 0 && view.has_node(v));
    for (Arc e = 0; e < snapshot_->edge_count(); ++e) facts.push_back(scope_.deciding_arcs[e] != 0 && view.has_edge(e));
    return facts;
  }

  /// Rows of the document's edges, by arc.
  void find_edges(Session& session, const std::unordered_map<std::string_view, std::uint32_t>& rows) {
    edge_row_.assign(snapshot_->edge_count(), none);
    std::vector<std::int64_t> keys;
    std::vector<Arc> arcs;
    for (Arc e = 0; e < snapshot_->edge_count(); ++e) {
      if (!snapshot_->type_of_edge(e).dependency) continue;
      if (node_row_[snapshot_->columns().from[e]] == none || node_row_[snapshot_->columns().to[e]] == none) continue;
      arcs.push_back(e);
      keys.push_back(snapshot_->columns().edge_key[e]);
    }
    const std::vector<Edge> edges = session.reader().edges(keys);
    for (std::size_t i = 0; i < arcs.size() && i < edges.size(); ++i)
      if (const auto row = rows.find(edges[i].id); row != rows.end()) edge_row_[arcs[i]] = row->second;
  }

  /// The number of a state on the page, from the first time that it is met.
  std::uint32_t state_number(const RequirementMap::State& state) {
    if (state.listed == no_vertex || node_row_[state.listed] == none) return none;
    const auto [at, is_new] = numbers_.emplace(state, static_cast<std::uint32_t>(states_.size()));
    if (is_new)
      states_.push_back({node_row_[state.listed], state.is_delivery,
                         !state.is_delivery && snapshot_->layer(state.listed) == Layer::place});
    return at->second;
  }

  std::vector<PageStep> steps_of(const View& view) {
    const RequirementMap map = read_requirements(view, true, scope_.nodes);
    std::vector<std::uint32_t> number;
    number.reserve(map.states.size());
    for (const RequirementMap::State& state : map.states) number.push_back(state_number(state));
    std::vector<PageStep> steps;
    for (const RequirementMap::Step& step : map.steps) {
      const std::uint32_t from = number[step.from], to = number[step.to];
      if (from == none || to == none) continue;
      const std::uint32_t edge = step.arc == no_arc ? none : edge_row_[step.arc];
      if (step.arc != no_arc && edge == none) continue;
      steps.push_back({from, to, edge, page_kind(step.kind)});
    }
    return steps;
  }

  std::vector<PageGate> gates_of(const View& view) const {
    std::vector<Arc> arcs;
    for (Arc e = 0; e < snapshot_->edge_count(); ++e)
      if (edge_row_[e] != none && view.has_edge(e)) arcs.push_back(e);
    std::vector<PageGate> gates;
    for (const DependencyGroup& group : group_arcs(view, arcs)) {
      if (group.rule == MemberRule::asked) continue;
      PageGate gate{.of = node_row_[group.dependent],
                    .item = group.item == no_vertex ? std::string() : std::string(snapshot_->id(group.item)),
                    .rule = std::string(to_string(group.rule)),
                    .k = group.k,
                    .n = group.members,
                    .edges = {}};
      for (const Arc e : group.arcs) gate.edges.push_back(edge_row_[e]);
      std::ranges::sort(gate.edges);
      gates.push_back(std::move(gate));
    }
    return gates;
  }

  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<Date> periods_;
  detail::PageScope scope_;
  std::vector<std::uint32_t> node_row_, edge_row_;  ///< rows of the document by vertex and arc; none: not there
  std::map<RequirementMap::State, std::uint32_t> numbers_;
  std::vector<RequirementGraph::State> states_;
};

}  // namespace

void add_requirements(Session& session, GraphDocument& document) {
  if (session.snapshot()->edge_count() > most_told_edges) return;
  document.requirements = Gatherer(session, document).gather();
}

}  // namespace chokepoint
