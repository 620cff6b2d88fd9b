// Enforcement against a slow and obvious reading: every flow that a rule bears on is written into a second graph as
// edges of its own, and the rows that the rule cuts are cut there by name.

#include "chokepoint/analysis/whatif.hpp"
#include "tests/support/graph_fixture.hpp"
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
    // Six digits would show which way a half was rounded.
    out += fmt::format(" {} {:.9f} {:.9f}", view.snapshot().id(node.subject.node), node.low, node.high);
  }
  return out;
}

TEST(Policy, AgreesWithFlowsAndCutsWrittenDownByHand) {
  std::size_t told = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    std::mt19937 random = test::seeded(seed);
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

/// Things with variants, of which some suppliers and needs are recorded of the generic only; a ban of us on one thing.
struct Families {
  std::map<std::string, std::string> seat;  ///< firm -> country
  std::vector<std::string> things;
  std::set<std::pair<std::string, std::string>> variants;  ///< (variant, generic); the generic is before it
  std::set<std::pair<std::string, std::string>> supplies;  ///< (firm, thing)
  std::map<std::pair<std::string, std::string>, std::vector<std::string>>
      needs;  ///< (who, thing) -> what else it replaces
  std::string banned;

  [[nodiscard]] std::set<std::string> above(const std::string& thing) const {
    std::set<std::string> found;
    for (const auto& [variant, generic] : variants) {
      if (variant != thing) continue;
      found.insert(generic);
      found.merge(above(generic));
    }
    return found;
  }
  [[nodiscard]] std::set<std::string> below(const std::string& thing) const {
    std::set<std::string> found;
    for (const std::string& each : things)
      if (above(each).contains(thing)) found.insert(each);
    return found;
  }
  [[nodiscard]] std::set<std::string> suppliers(const std::string& thing) const {
    std::set<std::string> found;
    for (const auto& [firm, each] : supplies)
      if (each == thing) found.insert(firm);
    return found;
  }
  /// Its own, or those of the nearest generics that have any.
  [[nodiscard]] std::vector<std::set<std::string>> lists(const std::string& thing) const {
    if (!suppliers(thing).empty()) return {suppliers(thing)};
    std::set<std::string> lenders, asked{thing};
    for (bool grows = true; grows;) {
      grows = false;
      for (const auto& [variant, generic] : variants) {
        if (!asked.contains(variant)) continue;
        grows |= (suppliers(generic).empty() ? asked : lenders).insert(generic).second;
      }
    }
    std::vector<std::set<std::string>> found;
    for (const std::string& lender : lenders) found.push_back(suppliers(lender));
    return found;
  }
  /// What a thing needs that has these generics, and itself: (thing needed).
  [[nodiscard]] std::set<std::string> inherited(const std::string& holder) const {
    std::set<std::string> found;
    for (const std::string& source : above(holder)) {
      for (const auto& [need, replaced] : needs) {
        const std::string& item = need.second;
        if (need.first == source && item != holder && !above(holder).contains(item) && comes_down(source, holder, item))
          found.insert(item);
      }
    }
    return found;
  }
  [[nodiscard]] bool replaces(const std::string& thing, const std::string& item) const {
    for (const auto& [need, replaced] : needs) {
      if (need.first != thing) continue;
      if (need.second == item || above(need.second).contains(item)) return true;
      if (std::find(replaced.begin(), replaced.end(), item) != replaced.end()) return true;
    }
    return false;
  }
  [[nodiscard]] bool comes_down(const std::string& source, const std::string& holder, const std::string& item) const {
    if (source == holder) return true;
    for (const auto& [variant, generic] : variants)
      if (generic == source && !replaces(variant, item) && comes_down(variant, holder, item)) return true;
    return false;
  }
};

Families random_families(std::mt19937& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  Families all;
  for (std::size_t i = 0; i < 5; ++i) all.seat["f" + std::to_string(i)] = below(2) == 0 ? "cn" : "us";
  for (std::size_t i = 0; i < 7; ++i) all.things.push_back("t" + std::to_string(i));
  for (std::size_t i = 0; i < 6; ++i) {
    const std::size_t variant = 1 + below(6);
    if (below(4) != 0) all.variants.emplace(all.things[variant], all.things[below(variant)]);
  }
  for (std::size_t i = 0; i < 10; ++i) all.supplies.emplace("f" + std::to_string(below(5)), all.things[below(7)]);
  for (std::size_t i = 0; i < 6; ++i) {
    const std::string who = below(2) == 0 ? "f" + std::to_string(below(5)) : all.things[below(7)];
    const std::string what = all.things[below(7)];
    if (who == what) continue;
    auto& replaced = all.needs[{who, what}];
    if (below(4) == 0) replaced.push_back(all.things[below(7)]);
  }
  all.banned = all.things[below(7)];
  return all;
}

GraphFixture graph_of(const Families& all) {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("policy", {"rule"});
  g.edge("us", "issues", "rule");
  for (const auto& [firm, country] : all.seat) {
    g.nodes("firm", {firm});
    g.edge(firm, "located-in", country);
  }
  for (const std::string& thing : all.things) g.node(thing, "product").variants = Variants::any;
  for (const auto& [variant, generic] : all.variants) g.edge(variant, "variant-of", generic);
  return g;
}

/// The same written out: each variant with its suppliers and needs, unnamed variants as things of their own, and what
/// cn is delivered of the banned thing and its relatives.
/// @param cut  gets what the ban cuts, as firm>thing
GraphFixture written_out(const Families& all, std::set<std::string>& cut) {
  GraphFixture g = graph_of(all);
  std::set<std::string> covered = all.below(all.banned);
  covered.insert(all.banned);
  // A delivered variant makes a choice of deliveries of all its generics: all of the family are delivered.
  std::set<std::string> relatives = covered;
  for (std::size_t before = 0; before != relatives.size();) {
    before = relatives.size();
    for (const std::string& each : std::set(relatives)) {
      relatives.merge(all.above(each));
      relatives.merge(all.below(each));
    }
  }
  const auto make = [&](const std::string& thing, const std::vector<std::set<std::string>>& lists, bool is_related,
                        bool is_covered) {
    for (std::size_t i = 0; i < lists.size(); ++i) {
      for (const std::string& firm : lists[i]) {
        const std::string group = "list" + std::to_string(i);
        g.edge(firm, "produces", thing).group = group;
        if (!is_related) continue;
        SnapshotEdge& delivery = g.edge(firm, "supplies", "cn");
        delivery.item = g.key(thing);
        delivery.group = group;
        if (is_covered && all.seat.at(firm) != "cn") cut.insert(firm + ">" + thing);
      }
    }
  };
  for (const std::string& thing : all.things) {
    const std::set<std::string> variants = all.below(thing);
    std::set<std::string> inherited = all.inherited(thing);
    if (variants.empty()) {
      make(thing, all.lists(thing), relatives.contains(thing), covered.contains(thing));
      for (const std::string& item : inherited) g.edge(thing, "requires", item);
      continue;
    }
    std::set<std::string> left = all.suppliers(thing);
    for (const std::string& variant : variants)
      for (const std::string& firm : all.suppliers(variant)) left.erase(firm);
    if (left.empty()) continue;
    const std::string other = "other-" + thing;
    g.nodes("product", {other});
    g.edge(other, "variant-of", thing);
    make(other, {left}, relatives.contains(thing), covered.contains(thing));
    for (const auto& [need, replaced] : all.needs) {
      const bool is_met = need.second == thing || all.above(thing).contains(need.second);
      if (need.first == thing && !is_met) inherited.insert(need.second);
    }
    for (const std::string& item : inherited) g.edge(other, "requires", item);
  }
  for (const auto& [need, replaced] : all.needs)
    if (all.seat.contains(need.first) || all.below(need.first).empty()) g.edge(need.first, "requires", need.second);
  return g;
}

TEST(Policy, OnGenericsAgreesWithVariantsWrittenOut) {
  std::size_t stopped = 0, cutting = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random = test::seeded(seed);
    const Families all = random_families(random);
    // What nobody makes is there without a supplier, which no delivery could be written down for.
    if (std::ranges::any_of(all.things, [&](const auto& t) { return all.below(t).empty() && all.lists(t).empty(); }))
      continue;
    GraphFixture g = graph_of(all);
    for (const auto& [firm, thing] : all.supplies) g.edge(firm, "produces", thing);
    for (const auto& [need, replaced] : all.needs) g.edge(need.first, "requires", need.second).replaces = replaced;
    g.edge("rule", "restricts", all.banned).market = g.key("cn");
    const View view = g.view();
    Scenario scenario;
    scenario.layer = Layer::actor;
    scenario.in_force = {view.snapshot().find("rule").value()};
    const std::string firm = "f" + std::to_string(random() % 5);
    scenario.removed = {view.snapshot().find(firm).value()};
    const WhatIf answer = what_if(view, scenario);

    std::set<std::string> cut;
    const View other = written_out(all, cut).view();
    const Snapshot& snapshot = other.snapshot();
    const Requirements requirements = build_requirements(other, {});
    Disruption disruption;
    for (MemberIndex m = 0; m < requirements.member_count(); ++m) {
      const Arc e = requirements.member(m).arc;
      if (e == no_arc || snapshot.columns().item[e] == no_vertex) continue;
      const std::string from(snapshot.id(snapshot.columns().from[e])), item(snapshot.id(snapshot.columns().item[e]));
      if (cut.contains(from + ">" + item)) disruption.cuts.push_back({m, 0, 0});
    }
    const Situation before{&requirements, disruption, {Variants::any, Cycles::hold, std::nullopt}};
    const Assessment baseline = assess(before);
    Situation after = before;
    after.disruption.removed = {snapshot.find(firm).value()};
    const Assessment expected = assess(after);
    const auto text = [&](const auto& fails) {
      std::string out;
      for (const std::string& thing : all.things) out += thing + (fails(thing) ? "- " : "+ ");
      for (const auto& [each, country] : all.seat) out += each + (fails(each) ? "- " : "+ ");
      return out;
    };
    const WhatIfBound& bound = answer.state.bounds[0];
    const std::string found = text([&](const std::string& id) {
      return std::ranges::binary_search(bound.impossible, view.snapshot().find(id).value());
    });
    const std::string by_hand = text([&](const std::string& id) {
      const Vertex v = snapshot.find(id).value();
      return id == firm || (expected.failed[v] != 0 && baseline.failed[v] == 0);
    });
    ASSERT_EQ(found, by_hand) << "seed " << seed << " without " << firm << ", ban on " << all.banned;
    for (const NodeCapacity& node : bound.capacity) {
      if (node.subject.customer != no_vertex) continue;
      const Vertex v = snapshot.find(view.snapshot().id(node.subject.node)).value();
      ASSERT_NEAR(node.high, expected.high[v], 1e-9) << "seed " << seed << ' ' << view.snapshot().id(node.subject.node);
    }
    stopped += static_cast<std::size_t>(std::ranges::count(by_hand, '-')) - 1;
    cutting += cut.empty() ? 0U : 1U;
  }
  EXPECT_GT(stopped, 300U);
  EXPECT_GT(cutting, 500U);
}

}  // namespace
}  // namespace chokepoint
