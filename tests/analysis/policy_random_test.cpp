// Enforcement against a slow and obvious reading: every flow that a rule bears on is written into a second graph as
// edges of its own, and the rows that the rule cuts are cut there by name.

#include "chokepoint/analysis/whatif.hpp"
#include "tests/support/graph_fixture.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;

struct Supply {
  std::string firm, thing;
  double share;
  friend auto operator<=>(const Supply&, const Supply&) = default;
};
struct Delivery {
  std::string firm, thing, customer;
  double share;
};
struct Rule {
  std::string target;  ///< a thing or a firm
  bool is_ban = true;
};

/// Firms in two countries, things they produce, what firms and things require, deliveries into cn, one rule of us on
/// cn.
struct World {
  std::map<std::string, std::string> seat;  ///< firm -> country
  std::vector<std::string> things;
  std::vector<Supply> supplies;
  std::vector<std::pair<std::string, std::string>> needs;  ///< firm or thing -> thing
  std::vector<Delivery> deliveries;
  std::vector<Rule> rules;

  [[nodiscard]] bool is_firm(const std::string& id) const { return seat.contains(id); }
  /// A thing is in a country when all who produce it are.
  [[nodiscard]] bool is_in_cn(const std::string& id) const {
    if (is_firm(id)) return seat.at(id) == "cn";
    bool any = false;
    for (const Supply& s : supplies)
      if (s.thing == id && (any = true, seat.at(s.firm) != "cn")) return false;
    return any;
  }
};

World random_world(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  World world;
  const unsigned firms = 3 + below(4), things = 2 + below(4);
  for (unsigned i = 0; i < firms; ++i) world.seat["f" + std::to_string(i)] = below(2) == 0 ? "cn" : "us";
  for (unsigned i = 0; i < things; ++i) world.things.push_back("t" + std::to_string(i));
  const auto firm = [&] { return "f" + std::to_string(below(firms)); };
  const auto thing = [&] { return world.things[below(things)]; };
  std::set<std::pair<std::string, std::string>> seen;
  for (unsigned i = below(9); i > 0; --i) {
    const Supply s{firm(), thing(), 0.125 * (1 + below(4))};
    if (seen.emplace(s.firm, s.thing).second) world.supplies.push_back(s);
  }
  for (unsigned i = below(7); i > 0; --i) {
    const std::string from = below(2) == 0 ? firm() : thing();
    const std::string to = thing();
    if (from != to && seen.emplace("need " + from, to).second) world.needs.emplace_back(from, to);
  }
  for (unsigned i = below(4); i > 0; --i) {
    const Delivery d{firm(), thing(), "cn", 0.125 * (1 + below(4))};
    if (seen.emplace("deliver " + d.firm, d.thing).second) world.deliveries.push_back(d);
  }
  world.rules.push_back({below(2) == 0 ? thing() : firm(), below(4) != 0});
  return world;
}

GraphFixture graph_of(const World& world) {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("policy", {"rule"});
  g.edge("us", "issues", "rule");
  for (const auto& [firm, country] : world.seat) {
    g.nodes("firm", {firm});
    g.edge(firm, "located-in", country);
  }
  g.nodes("product", world.things);
  for (const Supply& s : world.supplies) g.edge(s.firm, "produces", s.thing).share = s.share;
  for (const auto& [from, to] : world.needs) g.edge(from, "requires", to);
  for (const Delivery& d : world.deliveries) {
    SnapshotEdge& edge = g.edge(d.firm, "supplies", d.customer);
    edge.item = g.key(d.thing);
    edge.share = d.share;
  }
  return g;
}

/// Writes the flows that the rule bears on into the graph, and says which deliveries it cuts.
std::set<std::pair<std::string, std::string>> apply(World& world) {
  const Rule& rule = world.rules.front();
  std::set<std::tuple<std::string, std::string, std::string>> cut;  // firm, thing, customer
  std::set<std::pair<std::string, std::string>> result;
  const auto materialise = [&](const std::string& thing, const std::string& customer) {
    for (const Delivery& d : world.deliveries)
      if (d.thing == thing && d.customer == customer) return;
    std::vector<Delivery> wider;
    for (const Delivery& d : world.deliveries)
      if (d.thing == thing && d.customer == "cn" && world.is_firm(customer) && world.seat.at(customer) == "cn")
        wider.push_back(d);
    for (Delivery d : wider) {
      d.customer = customer;
      world.deliveries.push_back(d);
    }
    if (!wider.empty()) return;
    for (const Supply& s : world.supplies)
      if (s.thing == thing) world.deliveries.push_back({s.firm, thing, customer, s.share});
  };
  const auto cut_where = [&](const std::string& thing, const std::string& customer, const auto& concerns) {
    for (const Delivery& d : world.deliveries)
      if (d.thing == thing && d.customer == customer && concerns(d.firm))
        result.emplace(d.firm + ">" + d.thing, customer);
  };
  if (!world.is_firm(rule.target)) {
    materialise(rule.target, "cn");
    cut_where(rule.target, "cn", [&](const std::string& firm) { return world.seat.at(firm) != "cn"; });
  } else if (world.seat.at(rule.target) != "cn") {
    for (const std::string& thing : world.things) {
      bool provides = false, is_needed = false;
      for (const Supply& s : world.supplies) provides |= s.firm == rule.target && s.thing == thing;
      for (const auto& [from, to] : world.needs) is_needed |= to == thing && world.is_in_cn(from);
      if (provides && is_needed) materialise(thing, "cn");
      cut_where(thing, "cn", [&](const std::string& firm) { return firm == rule.target; });
    }
  } else {
    for (const auto& [from, to] : world.needs) {
      if (from != rule.target) continue;
      materialise(to, rule.target);
      cut_where(to, rule.target, [&](const std::string& firm) { return world.seat.at(firm) == "us"; });
    }
  }
  return result;
}

std::string text(const View& view, const WhatIfBound& bound) {
  std::string out;
  for (const Vertex v : bound.impossible) out += std::string(view.snapshot().id(v)) + " ";
  out += "|";
  for (const NodeCapacity& node : bound.capacity) {
    if (node.subject.customer != no_vertex) continue;
    out += " " + std::string(view.snapshot().id(node.subject.node)) + " " + std::to_string(node.low) + " " +
           std::to_string(node.high);
  }
  return out;
}

TEST(Policy, AgreesWithFlowsAndCutsWrittenDownByHand) {
  std::size_t told = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    std::mt19937 random(seed);
    World world = random_world(random);
    GraphFixture g = graph_of(world);
    SnapshotEdge& restriction = g.edge("rule", "restricts", world.rules.front().target);
    restriction.market = g.key("cn");
    restriction.mode = world.rules.front().is_ban ? 0 : 1;
    const View view = g.view();
    Scenario scenario;
    scenario.layer = Layer::actor;
    scenario.enforced = {view.snapshot().find("rule").value()};
    const WhatIf answer = what_if(view, scenario);

    const auto cuts = apply(world);
    const GraphFixture by_hand = graph_of(world);
    const View other = by_hand.view();
    const Snapshot& snapshot = other.snapshot();
    Scenario cut;
    cut.layer = Layer::actor;
    Disruption disruption;
    const Requirements requirements = build_requirements(other, {});
    for (MemberIndex m = 0; m < requirements.member_count(); ++m) {
      const Arc e = requirements.member(m).arc;
      const Vertex item = snapshot.columns().item[e];
      if (item == no_vertex) continue;
      const std::string what =
          std::string(snapshot.id(snapshot.columns().from[e])) + ">" + std::string(snapshot.id(item));
      if (!cuts.contains({what, std::string(snapshot.id(snapshot.columns().to[e]))})) continue;
      disruption.cuts.push_back({m, 0, world.rules.front().is_ban ? 0.0 : 1.0});
    }
    const Situation situation{&requirements, disruption, {Variants::any, Cycles::hold, std::nullopt}};
    const Assessment expected = assess(situation);
    const Situation nothing{&requirements, {}, {Variants::any, Cycles::hold, std::nullopt}};
    const Assessment before = assess(nothing);
    WhatIfBound bound;
    for (SystemNode n = 0; n < requirements.vertex_count(); ++n) {
      if (expected.failed[n] != 0 && before.failed[n] == 0) bound.impossible.push_back(n);
      if (expected.low[n] < 1 - 1e-9) bound.capacity.push_back({{n}, expected.low[n], expected.high[n], {}, {}});
    }
    ASSERT_EQ(text(view, answer.state.bounds[0]), text(other, bound)) << "seed " << seed;
    told += cuts.empty() ? 0U : 1U;
  }
  EXPECT_GT(told, 150U);
}

}  // namespace
}  // namespace chokepoint
