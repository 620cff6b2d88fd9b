// Where rules hand things on sideways (generics, steps, deliveries, policies), too, a part has the answers of the
// whole: of a snapshot, and of one with what changed since.
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/random_losses.hpp"
#include "tests/support/seeds.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint::ruled_parts {
namespace {

/// Records of a graph, and those of an earlier state of it.
struct Records {
  std::vector<SnapshotNode> nodes;
  std::vector<SnapshotEdge> edges, earlier;
  std::set<std::tuple<std::int64_t, std::uint16_t, std::int64_t>> changed;  ///< all parallel edges of which are touched
};

class RandomRecords {
 public:
  explicit RandomRecords(std::mt19937& random) : random_(random), ontology_(test::standard_ontology()) {}

  Records draw() {
    add_nodes();
    add_places();
    add_needs_and_supplies();
    add_kin();
    add_policies();
    change();
    return std::move(records_);
  }

 private:
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }
  std::int64_t pick(const std::vector<std::int64_t>& some) { return some[below(static_cast<unsigned>(some.size()))]; }
  std::int64_t any_of(std::initializer_list<const std::vector<std::int64_t>*> kinds) {
    return pick(**(kinds.begin() + below(static_cast<unsigned>(kinds.size()))));
  }
  SnapshotNode& node(const char* type, const std::string& name, std::vector<std::int64_t>& kind) {
    SnapshotNode& made = records_.nodes.emplace_back();
    made.key = static_cast<std::int64_t>(records_.nodes.size());
    // So that nodes of all kinds are mixed in the order of their ids.
    made.id = fmt::format("{:02}-{}", below(90), name);
    made.type = ontology_->node_type(type).value();
    kind.push_back(made.key);
    return made;
  }
  SnapshotEdge& edge(std::int64_t from, const char* type, std::int64_t to) {
    SnapshotEdge& made = records_.edges.emplace_back();
    made.key = static_cast<std::int64_t>(records_.edges.size());
    made.id = fmt::format("e{:03}", made.key);
    made.from = from;
    made.to = to;
    made.type = ontology_->edge_type(type).value();
    if (chance(6))
      made.until = "2020";
    else if (chance(4))
      made.since = "2026";
    else if (chance(4))
      made.until = "2026-06";
    if (chance(4)) made.status = Status::planned;
    return made;
  }
  template <class Body>
  void times(unsigned most, const Body& body) {
    for (unsigned i = below(most + 1); i > 0; --i) body();
  }

  void add_nodes() {
    for (unsigned i = 0; i < 3; ++i) node("country", fmt::format("country{}", i), places_);
    node("bloc", "bloc", places_);
    node("region", "region", places_);
    for (unsigned i = 0; i < 6; ++i) node("firm", fmt::format("firm{}", i), firms_);
    const unsigned count = 6 + below(14);
    for (unsigned i = 0; i < count; ++i) {
      SnapshotNode& thing = node(chance(30) ? "process" : "product", fmt::format("thing{}", i), things_);
      thing.variants = static_cast<Variants>(below(3));
      thing.released = chance(15);
      thing.variants_complete = chance(20);
    }
    for (unsigned i = 0; i < 2; ++i) node("policy", fmt::format("policy{}", i), policies_);
  }
  void add_places() {
    for (std::size_t i = 0; i < 3; ++i)
      if (chance(40)) edge(places_[i], "part-of", places_[3]);
    if (chance(60)) edge(places_[4], "located-in", places_[below(3)]);
    for (const std::int64_t firm : firms_) {
      times(2, [&] { edge(firm, "located-in", places_[below(5)]).mode = chance(25) ? 1 : 0; });
      if (chance(15)) edge(firm, "part-of", pick(firms_));
    }
  }
  void supply(SnapshotEdge& made) {
    if (chance(50)) made.share = 0.1 * (1 + below(6));
    if (chance(15)) made.significance = Significance::minor;
    if (chance(10)) alternatives(made);
  }
  void alternatives(SnapshotEdge& made) {
    const bool wants_two = chance(30);
    made.group = wants_two ? "two" : "one";
    made.k = wants_two ? 2 : 0;
  }
  void add_needs_and_supplies() {
    times(14, [&] { supply(edge(any_of({&firms_, &firms_, &places_}), "produces", pick(things_))); });
    times(5, [&] { edge(any_of({&firms_, &places_}), "develops", pick(things_)); });
    times(16, [&] {
      SnapshotEdge& made = edge(any_of({&firms_, &things_, &things_, &places_}), "requires", pick(things_));
      if (chance(25)) alternatives(made);
    });
    times(has_deliveries_ ? 6 : 0, [&] {
      SnapshotEdge& made = edge(any_of({&firms_, &places_}), "supplies", any_of({&firms_, &places_}));
      if (chance(90)) made.item = pick(things_);
      supply(made);
    });
  }
  void add_kin() {
    times(has_kin_ ? 8 : 0, [&] { edge(pick(things_), "variant-of", pick(things_)); });
    times(has_kin_ ? 4 : 0, [&] {
      SnapshotEdge& made = edge(pick(things_), "step-of", pick(things_));
      if (chance(25)) alternatives(made);
    });
  }
  void add_policies() {
    if (!has_policies_) return;
    for (const std::int64_t policy : policies_) {
      if (chance(90)) edge(any_of({&places_, &firms_}), "issues", policy);
      times(3, [&] {
        SnapshotEdge& made = edge(policy, "restricts", any_of({&things_, &things_, &things_, &firms_, &places_}));
        if (chance(50)) made.market = pick(places_);
        if (chance(25)) made.item = pick(things_);
        if (chance(10)) made.origin = pick(places_);
        made.mode = chance(70) ? 0 : 1;
      });
    }
  }

  /// An earlier state that lacks some of the edges, or has others between the same ends.
  void change() {
    for (const SnapshotEdge& each : records_.edges)
      if (chance(5)) records_.changed.emplace(each.from, each.type, each.to);
    for (const SnapshotEdge& each : records_.edges)
      if (!records_.changed.contains({each.from, each.type, each.to})) records_.earlier.push_back(each);
    for (const auto& [from, type, to] : records_.changed) {
      if (chance(50)) continue;
      SnapshotEdge& other = records_.earlier.emplace_back();
      other.key = 1000 + static_cast<std::int64_t>(records_.earlier.size());
      other.id = fmt::format("o{:03}", other.key);
      other.from = from;
      other.type = type;
      other.to = to;
      other.share = 0.3;
    }
    if (!chance(50) || records_.earlier.empty()) return;
    // One that is no longer.
    const SnapshotEdge gone = records_.earlier[below(static_cast<unsigned>(records_.earlier.size()))];
    records_.changed.emplace(gone.from, gone.type, gone.to);
    std::erase_if(records_.edges, [&](const SnapshotEdge& each) {
      return std::tuple(each.from, each.type, each.to) == std::tuple(gone.from, gone.type, gone.to);
    });
  }

  std::mt19937& random_;
  std::shared_ptr<const Ontology> ontology_;
  Records records_;
  std::vector<std::int64_t> places_, firms_, things_, policies_;
  bool has_deliveries_ = chance(70), has_kin_ = chance(75), has_policies_ = chance(50);
};

std::shared_ptr<const Snapshot> snapshot_of(const std::vector<SnapshotNode>& nodes,
                                            const std::vector<SnapshotEdge>& edges) {
  SnapshotBuilder builder(test::standard_ontology());
  for (const SnapshotNode& each : nodes) builder.add(each);
  for (const SnapshotEdge& each : edges) builder.add(each);
  return std::move(builder).build();
}

DeltaSnapshot delta_of(const Records& records) {
  const auto base = snapshot_of(records.nodes, records.earlier);
  std::vector<SnapshotEdge> edges;
  std::set<std::int64_t> named;
  for (const SnapshotEdge& each : records.edges) {
    if (!records.changed.contains({each.from, each.type, each.to})) continue;
    edges.push_back(each);
    named.insert({each.from, each.to, each.item, each.market, each.origin});
  }
  std::vector<SnapshotNode> nodes;
  for (const SnapshotNode& each : records.nodes)
    if (named.contains(each.key)) nodes.push_back(each);
  SnapshotDelta delta;
  delta.rows = snapshot_of(nodes, edges);
  const SnapshotColumns& columns = base->columns();
  for (Arc e = 0; e < base->edge_count(); ++e)
    if (records.changed.contains(
            {columns.node_key[columns.from[e]], columns.edge_type[e], columns.node_key[columns.to[e]]}))
      delta.old_edges.emplace_back(e, e + 1);
  return {base, std::move(delta)};
}

/// A graph in one piece and in two.
struct World {
  explicit World(std::mt19937& random)
      : records(RandomRecords(random).draw()),
        whole(snapshot_of(records.nodes, records.edges), options()),
        delta(delta_of(records)),
        base(delta.base(), options()),
        counts(counts_of(whole.snapshot())) {}
  static ViewOptions options() {
    ViewOptions options;
    options.as_of = Date::from_ymd(2025, 6, 1);
    options.include_derived = true;
    return options;
  }
  Records records;
  View whole;
  DeltaSnapshot delta;
  View base;
  RecordCounts counts;
};

std::string ids_of(const Snapshot& snapshot, const std::vector<Vertex>& nodes) {
  std::string text;
  for (const Vertex v : nodes) text.append(snapshot.id(v)).append(" ");
  return text;
}

/// An answer with ids instead of numbers.
std::string told(const Snapshot& snapshot, const WhatIf& answer) {
  std::string text = "in force " + ids_of(snapshot, answer.enforced);
  for (const WhatIfBound& bound : answer.state.bounds) {
    text += "| impossible " + ids_of(snapshot, bound.impossible) + "flows ";
    for (const Flow& flow : bound.flows) text += to_string(snapshot, {flow.item, flow.customer, flow.is_unnamed}) + " ";
    text += "unmet ";
    for (const UnmetNeed& need : bound.unmet)
      text += fmt::format("{} {} {} ", snapshot.id(need.place), snapshot.id(need.item),
                          snapshot.columns().edge_key[need.arc]);
    for (const NodeCapacity& node : bound.capacity) {
      text += fmt::format("{} {}..{} {} by ", to_string(snapshot, node.subject), node.low, node.high, node.is_less());
      for (const auto* ends : {&bound.ends(node.binding), &bound.ends(node.binding_high)})
        for (const Subject& end : *ends) text += to_string(snapshot, end) + ",";
    }
  }
  const RequirementCoverage& coverage = answer.coverage;
  text += fmt::format("| {} {} {} {} {} without supplier {}", coverage.nodes, coverage.supplier_groups,
                      coverage.groups_of_unknown_share, coverage.rows_of_unknown_share, coverage.groups_with_rest,
                      ids_of(snapshot, coverage.without_supplier));
  for (const auto* some : {&coverage.rescaled, &coverage.short_groups, &coverage.unsettled})
    for (const Subject& subject : *some) text += to_string(snapshot, subject) + " ";
  text += "evidence";
  for (const Arc e : answer.evidence) text += fmt::format(" {}", snapshot.columns().edge_key[e]);
  return text;
}

TEST(RuledPartOfLoss, AnswersAsTheWhole) {
  std::mt19937 random = test::seeded(1132);
  std::size_t found_some = 0, smaller = 0, losing = 0;
  for (int round = 0; round < 3000; ++round) {
    const World world(random);
    const Snapshot& snapshot = world.whole.snapshot();
    Scenario scenario = test::random_losses(random, snapshot);
    scenario.keep_minor = random() % 4 == 0;
    if (random() % 4 == 0) scenario.threshold = 0.5;
    const auto part = part_of_loss(world.delta, world.base, scenario, world.counts);
    if (part == nullptr) continue;
    ++found_some;
    const View view(part, World::options());
    Scenario same = test::losses_in(*part, snapshot, scenario);
    scenario.in_force = acting_policies(world.whole, {});
    same.in_force = acting_policies(view, {});
    const WhatIf expected = what_if(world.whole, scenario);
    ASSERT_EQ(told(*part, what_if(view, same)), told(snapshot, expected)) << "round " << round;
    smaller += part->edge_count() < snapshot.edge_count() ? 1U : 0U;
    losing += expected.state.bounds.front().capacity.size() > 2 ? 1U : 0U;
  }
  EXPECT_GT(found_some, 2500U);
  EXPECT_GT(smaller, 1500U) << "else nothing was tried";
  EXPECT_GT(losing, 500U) << "else nothing was tried";
}

/// What fails, what is left and which sets are minimal, with ids instead of numbers.
std::string told_of(const View& view, const std::string& id, Layer layer, bool keep_minor) {
  const Snapshot& snapshot = view.snapshot();
  const Vertex target = snapshot.find(id).value();
  RequirementOptions options;
  options.layer = layer;
  options.keep_minor = keep_minor;
  options.targets = {target};
  Enforcement enforcement;
  enforcement.policies = acting_policies(view, {});
  const EnforcedRequirements world = enforce(view, enforcement, options, false);
  std::string text = "in force " + ids_of(snapshot, enforcement.policies);
  for (const Variants variants : {Variants::any, Variants::all}) {
    Situation situation{&world.requirements, {{}, {}, world.cuts}, {variants, Cycles::hold, {}}};
    const Assessment assessment = assess(situation);
    text += fmt::format("| {} {} {}", assessment.failed[target], assessment.low[target], assessment.high[target]);
    const CutSets sets = minimal_cut_sets(situation, target, cut_candidates(view, {}), {});
    for (const CutSet& set : sets.sets) text += " + " + ids_of(snapshot, set.members);
  }
  const std::vector<std::uint8_t> scope = upstream_of(world.requirements, {&target, 1});
  const RequirementCoverage coverage = coverage_of(world.requirements, view, scope);
  text += fmt::format("| {} {} without supplier {} evidence", coverage.nodes, coverage.supplier_groups,
                      ids_of(snapshot, coverage.without_supplier));
  for (const Arc e : evidence_of(world.requirements, scope)) text += fmt::format(" {}", snapshot.columns().edge_key[e]);
  return text;
}

TEST(RuledPartOfTargets, AnswersAsTheWhole) {
  std::mt19937 random = test::seeded(1133);
  std::size_t smaller = 0, cut = 0, differ = 0;
  for (int round = 0; round < 3000; ++round) {
    const World world(random);
    const Snapshot& snapshot = world.whole.snapshot();
    const std::string target(snapshot.id(static_cast<Vertex>(random() % snapshot.vertex_count())));
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const bool keep_minor = random() % 4 == 0;
    const auto number = world.delta.find(target);
    ASSERT_TRUE(number);
    ViewOptions later = World::options();
    later.as_of = Date::from_ymd(2025 + static_cast<int>(random() % 4), 1 + static_cast<unsigned>(random() % 12), 1);
    const std::vector<View> days{world.base, {world.delta.base(), later}};
    const auto part = part_of_targets(world.delta, std::span(days).first(1 + random() % 2), {*number}, world.counts);
    const auto of_both = part_of_targets(world.delta, days, {*number}, world.counts);
    ASSERT_NE(part, nullptr);
    ASSERT_NE(of_both, nullptr);
    const std::string expected = told_of(world.whole, target, layer, keep_minor);
    ASSERT_EQ(told_of(View(part, World::options()), target, layer, keep_minor), expected)
        << "round " << round << " " << target;
    ASSERT_EQ(told_of(View(of_both, later), target, layer, keep_minor),
              told_of(View(world.whole.shared_snapshot(), later), target, layer, keep_minor))
        << "round " << round << " " << target << " later";
    if (told_of(View(of_both, later), target, layer, keep_minor) != expected) ++differ;
    smaller += part->edge_count() < snapshot.edge_count() ? 1U : 0U;
    cut += expected.find('+') != std::string::npos ? 1U : 0U;
  }
  EXPECT_GT(smaller, 1500U) << "else nothing was tried";
  EXPECT_GT(differ, 100U) << "else the days were the same";
  EXPECT_GT(cut, 500U) << "else nothing was tried";
}

std::string told_walk(const Snapshot& snapshot, const DependencyReport& report) {
  std::string text;
  for (const DependencyNode& node : report.nodes)
    text += fmt::format("{} {} {} ", snapshot.id(node.vertex), node.tier, node.soft);
  for (const Arc e : report.arcs) text += fmt::format("{} ", snapshot.columns().edge_key[e]);
  for (const DependencyHop& hop : report.hops)
    text += fmt::format("{}>{} ", snapshot.id(hop.source), snapshot.id(hop.target));
  return text + fmt::format("hidden {} {} {} {} {}", report.hidden.edges_of_other_days,
                            report.hidden.edges_of_other_status, report.hidden.edges_below_confidence,
                            report.hidden.superseded.size(), report.hidden.rivals.size());
}

TEST(RuledPartOfWalk, AnswersAsTheWhole) {
  std::mt19937 random = test::seeded(1134);
  std::size_t smaller = 0, reaching = 0;
  for (int round = 0; round < 3000; ++round) {
    const World world(random);
    const Snapshot& snapshot = world.whole.snapshot();
    const std::string start(snapshot.id(static_cast<Vertex>(random() % snapshot.vertex_count())));
    const bool dependents = random() % 2 == 0;
    ReachOptions options;
    if (random() % 3 == 0) options.depth = 1 + static_cast<std::uint32_t>(random() % 3);
    ViewOptions plain = World::options();
    plain.include_derived = false;
    const auto part =
        part_of_walk(world.delta, plain, world.delta.find(start).value(), dependents, options, world.counts);
    ASSERT_NE(part, nullptr);
    const View in_part = View::local(part, plain), in_whole(world.whole.shared_snapshot(), plain);
    const auto walk = [&](const View& view) {
      const Vertex node = view.snapshot().find(start).value();
      return dependents ? find_dependents(view, node, options) : find_dependencies(view, node, options);
    };
    const DependencyReport expected = walk(in_whole);
    ASSERT_EQ(told_walk(*part, walk(in_part)), told_walk(snapshot, expected))
        << "round " << round << " " << start << (dependents ? " back" : " ahead");
    smaller += part->edge_count() < snapshot.edge_count() ? 1U : 0U;
    reaching += expected.nodes.size() > 2 ? 1U : 0U;
  }
  EXPECT_GT(smaller, 1500U) << "else nothing was tried";
  EXPECT_GT(reaching, 500U) << "else nothing was tried";
}

}  // namespace
}  // namespace chokepoint::ruled_parts
