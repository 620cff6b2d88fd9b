#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "tests/support/graph_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;

/// The answer to a scenario, asked by ids.
class Question {
 public:
  explicit Question(const GraphFixture& graph, const std::string& day = "2024-01-01") : view_(graph.view(on(day))) {}

  Question& enforce(const std::string& id) { return scenario_.enforced.push_back(find(id)), *this; }
  Question& without(const std::string& id) { return scenario_.without.push_back(find(id)), *this; }
  Question& remove(const std::string& id) { return scenario_.removed.push_back(find(id)), *this; }
  Question& in_force() {
    scenario_.in_force = acting_policies(view_, scenario_.terms);
    return *this;
  }
  Question& terms(const std::string& id, const std::string& effective, const std::vector<Validity>& suspended = {}) {
    PolicyTerms terms;
    terms.policy = find(id);
    if (!effective.empty()) terms.effective = parse_partial_date(effective)->first;
    terms.suspended = suspended;
    scenario_.terms.push_back(terms);
    return *this;
  }
  [[nodiscard]] WhatIf ask() const { return what_if(view_, scenario_); }

  /// `item@customer` and ids of what fails, optimistic reading.
  [[nodiscard]] std::string failed(const WhatIfState& state) const {
    std::string text;
    for (const Vertex v : state.bounds[0].impossible) text += (text.empty() ? "" : " ") + id(v);
    for (const Flow& flow : state.bounds[0].flows)
      text += (text.empty() ? "" : " ") + id(flow.item) + "@" + id(flow.customer);
    return text;
  }
  [[nodiscard]] static Interval left(const WhatIfState& state, const Subject& subject) {
    for (const NodeCapacity& node : state.bounds[0].capacity)
      if (node.subject == subject) return {node.low, node.high};
    return {};
  }
  [[nodiscard]] Subject node(const std::string& name) const {
    const std::size_t at = name.find('@');
    if (at == std::string::npos) return {find(name)};
    return {find(name.substr(0, at)), find(name.substr(at + 1))};
  }
  [[nodiscard]] Vertex find(const std::string& id) const { return view_.snapshot().find(id).value(); }
  [[nodiscard]] std::string id(Vertex v) const { return std::string(view_.snapshot().id(v)); }

 private:
  static ViewOptions on(const std::string& day) {
    ViewOptions options;
    options.as_of = parse_as_of(day).value();
    return options;
  }

  View view_;
  Scenario scenario_;
};

/// us issues rule, which restricts chip in cn; maker sits in us, local in cn; both produce chips; plant in cn needs
/// one.
GraphFixture chips() {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("firm", {"local", "maker", "plant"}).nodes("policy", {"rule", "rule2"});
  g.nodes("chip", {"chip"});
  for (const std::string policy : {"rule", "rule2"}) g.edge("us", "issues", policy);
  g.edge("maker", "located-in", "us");
  g.edge("local", "located-in", "cn");
  g.edge("plant", "located-in", "cn");
  g.edge("plant", "requires", "chip");
  return g;
}

SnapshotEdge& restrict_in_cn(GraphFixture& g, const std::string& policy, const std::string& target) {
  SnapshotEdge& edge = g.edge(policy, "restricts", target);
  edge.market = g.key("cn");
  return edge;
}

TEST(Policy, OnAThingCutsTheForeignSuppliersOfItsRecordedFlow) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip");
  for (const std::string supplier : {"maker", "local"}) {
    SnapshotEdge& edge = g.edge(supplier, "supplies", "cn");
    edge.item = g.key("chip");
    edge.share = supplier == "maker" ? 0.6 : 0.4;
  }
  Question q(g);
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.failed(answer.state), "");
  EXPECT_EQ(q.left(answer.state, q.node("chip@cn")), (Interval{0.4, 0.4}));
  EXPECT_EQ(q.left(answer.state, q.node("plant")), (Interval{0.4, 0.4}));
  EXPECT_EQ(q.left(*answer.baseline, q.node("plant")), (Interval{1, 1}));
  ASSERT_EQ(answer.cut_rows.size(), 1U);
  EXPECT_EQ(q.id(answer.cut_rows[0].supplier.node), "maker");
  EXPECT_TRUE(answer.cut_rows[0].is_whole);
}

TEST(Policy, DerivesTheFlowFromProducersWhereNoneIsRecorded) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip");
  g.edge("maker", "produces", "chip");
  Question q(g);
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.failed(answer.state), "plant chip@cn");
  EXPECT_EQ(q.failed(*answer.baseline), "");
}

TEST(Policy, DerivesTheFlowFromDevelopersWhereNobodyProduces) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip");
  g.edge("maker", "develops", "chip");
  Question q(g);
  EXPECT_EQ(q.failed(q.enforce("rule").ask().state), "plant chip@cn");
}

TEST(Policy, LeavesSuppliersInTheMarketAlone) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip");
  g.edge("local", "produces", "chip");
  Question q(g);
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.failed(answer.state), "");
  ASSERT_EQ(answer.policy_notes.size(), 1U);
  EXPECT_EQ(answer.policy_notes[0].gap, PolicyGap::no_supplier);
}

TEST(Policy, OfAnotherModeLeavesAnythingBetweenNothingAndAll) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip").mode = 1;  // licence
  g.edge("maker", "produces", "chip");
  Question q(g);
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.failed(answer.state), "");
  EXPECT_EQ(q.left(answer.state, q.node("plant")), (Interval{0, 1}));
}

TEST(Policy, ReachesVariantsAndOnlyMayReachTheFlowOfTheirGeneric) {
  GraphFixture g = chips();
  g.nodes("chip", {"big"});
  g.edge("big", "variant-of", "chip");
  restrict_in_cn(g, "rule", "big");
  SnapshotEdge& flow = g.edge("maker", "supplies", "cn");
  flow.item = g.key("chip");
  flow.share = 1.0;
  Question q(g);
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.left(answer.state, q.node("chip@cn")), (Interval{0, 1}));
  GraphFixture h = chips();
  h.nodes("chip", {"big"});
  h.edge("big", "variant-of", "chip");
  h.edge("maker", "produces", "big");
  restrict_in_cn(h, "rule", "chip");
  Question p(h);
  EXPECT_EQ(p.failed(p.enforce("rule").ask().state), "plant big@cn chip@cn");
}

TEST(Policy, OnAnActorOutsideCutsWhatItDelivers) {
  GraphFixture g = chips();
  g.nodes("firm", {"other"});
  g.edge("other", "located-in", "us");
  g.edge("maker", "produces", "chip").share = 0.7;
  g.edge("other", "produces", "chip").share = 0.3;
  restrict_in_cn(g, "rule", "maker");
  Question q(g);
  EXPECT_EQ(q.left(q.enforce("rule").ask().state, q.node("plant")), (Interval{0.3, 0.3}));
}

TEST(Policy, OnAnActorInsideCutsWhatItRequiresFromTheIssuersJurisdiction) {
  GraphFixture g = chips();
  g.nodes("firm", {"listed"}).nodes("country", {"nl"}).nodes("firm", {"dutch"});
  g.edge("listed", "located-in", "cn");
  g.edge("listed", "requires", "chip");
  g.edge("dutch", "located-in", "nl");
  g.edge("maker", "produces", "chip").share = 0.7;
  g.edge("dutch", "produces", "chip").share = 0.3;
  restrict_in_cn(g, "rule", "listed");
  Question q(g);
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.left(answer.state, q.node("listed")), (Interval{0.3, 0.3}));
  EXPECT_EQ(q.left(answer.state, q.node("plant")), (Interval{1, 1}));
}

TEST(Policy, WithoutMarketHoldsEverywhereOutsideTheIssuersJurisdiction) {
  GraphFixture g = chips();
  g.nodes("firm", {"home"}).nodes("agency", {"bureau"}).nodes("policy", {"order"});
  g.edge("home", "located-in", "us");
  g.edge("home", "requires", "chip");
  g.edge("bureau", "located-in", "us");
  g.edge("bureau", "issues", "order");
  g.edge("maker", "produces", "chip");
  g.edge("order", "restricts", "chip");
  Question q(g);
  EXPECT_EQ(q.failed(q.enforce("order").ask().state), "plant chip@cn");
  GraphFixture h = chips();
  h.nodes("policy", {"orphan"});
  h.edge("maker", "produces", "chip");
  h.edge("orphan", "restricts", "chip");
  Question p(h);
  const WhatIf nobody = p.enforce("orphan").ask();
  ASSERT_EQ(nobody.policy_notes.size(), 1U);
  EXPECT_EQ(nobody.policy_notes[0].gap, PolicyGap::no_issuer);
}

TEST(Policy, LimitedByOriginReachesOnlySuppliersThere) {
  GraphFixture g = chips();
  g.nodes("country", {"nl"}).nodes("firm", {"dutch"});
  g.edge("dutch", "located-in", "nl");
  g.edge("maker", "produces", "chip").share = 0.7;
  g.edge("dutch", "produces", "chip").share = 0.3;
  restrict_in_cn(g, "rule", "chip").origin = g.key("nl");
  Question q(g);
  EXPECT_EQ(q.left(q.enforce("rule").ask().state, q.node("plant")), (Interval{0.7, 0.7}));
}

TEST(Policy, LimitedByItemLeavesOtherDeliveriesOfTheActorAlone) {
  GraphFixture g = chips();
  g.nodes("chip", {"memory"});
  g.edge("plant", "requires", "memory");
  g.edge("maker", "produces", "chip");
  g.edge("maker", "produces", "memory");
  restrict_in_cn(g, "rule", "maker").item = g.key("memory");
  Question q(g);
  EXPECT_EQ(q.failed(q.enforce("rule").ask().state), "plant memory@cn");
}

TEST(Policy, ActsFromItsEffectiveDayOutsideSuspensions) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip").since = "2020";
  g.edge("maker", "produces", "chip");
  const auto acting = [&](const std::string& day, const std::string& effective, const std::vector<Validity>& pauses) {
    Question q(g, day);
    q.terms("rule", effective, pauses).in_force();
    return q.ask().enforced.size();
  };
  EXPECT_EQ(acting("2019-06-01", "", {}), 0U);
  EXPECT_EQ(acting("2020-06-01", "", {}), 1U);
  EXPECT_EQ(acting("2020-06-01", "2021", {}), 0U);
  EXPECT_EQ(acting("2021-01-01", "2021", {}), 1U);
  const std::vector<Validity> pause{*parse_validity("2022", "2022")};
  EXPECT_EQ(acting("2022-12-31", "2021", pause), 0U);
  EXPECT_EQ(acting("2023-01-01", "2021", pause), 1U);
}

TEST(Policy, EnforcingActsWhateverTheDatesAndWithoutSwitchesOff) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip").since = "2030";
  g.edge("maker", "produces", "chip");
  Question later(g);
  EXPECT_EQ(later.failed(later.enforce("rule").ask().state), "plant chip@cn");
  GraphFixture h = chips();
  restrict_in_cn(h, "rule", "chip").since = "2020";
  h.edge("maker", "produces", "chip");
  Question off(h);
  const WhatIf answer = off.in_force().without("rule").ask();
  EXPECT_EQ(off.failed(*answer.baseline), "plant chip@cn");
  EXPECT_EQ(off.failed(answer.state), "");
  EXPECT_EQ(answer.freed_rows.size(), 1U);
  Question both(h);
  EXPECT_THROW(both.enforce("rule").without("rule").ask(), std::exception);
}

/// maker's big chip is banned; its small one, a variant of the same generic, answers the ban.
GraphFixture answered() {
  GraphFixture g = chips();
  g.nodes("chip", {"big", "small"});
  g.edge("big", "variant-of", "chip");
  g.edge("small", "variant-of", "chip");
  g.edge("maker", "produces", "big");
  g.edge("maker", "produces", "small");
  restrict_in_cn(g, "rule", "chip");
  g.edge("small", "adapts-to", "rule").since = "2022-11";
  return g;
}

/// rule bans chip in cn until 2023, memory without an end, and disk from 2030.
GraphFixture restrictions_of_three_times() {
  GraphFixture g = chips();
  g.nodes("chip", {"memory", "disk"});
  for (const std::string thing : {"chip", "memory", "disk"}) {
    g.edge("maker", "produces", thing);
    g.nodes("firm", {thing + "-plant"});
    g.edge(thing + "-plant", "located-in", "cn");
    g.edge(thing + "-plant", "requires", thing);
  }
  restrict_in_cn(g, "rule", "chip").until = "2022";
  restrict_in_cn(g, "rule", "memory");
  restrict_in_cn(g, "rule", "disk").since = "2030";
  return g;
}

TEST(Policy, InForceRestrictsOnlyByTheEdgesThatHoldOnTheDay) {
  const auto fails = [](const std::string& day) {
    Question q(restrictions_of_three_times(), day);
    const WhatIf answer = q.in_force().without("rule").ask();
    return q.failed(*answer.baseline);
  };
  EXPECT_EQ(fails("2022-06-01"), "chip-plant memory-plant plant chip@cn memory@cn");
  EXPECT_EQ(fails("2024-01-01"), "memory-plant memory@cn");
  EXPECT_EQ(fails("2031-01-01"), "disk-plant memory-plant disk@cn memory@cn");
}

TEST(Policy, EnforcedRestrictsByAllItsEdges) {
  Question q(restrictions_of_three_times(), "2024-01-01");
  const WhatIf answer = q.in_force().enforce("rule").ask();
  EXPECT_EQ(q.failed(*answer.baseline), "");
  EXPECT_EQ(q.failed(answer.state), "chip-plant disk-plant memory-plant plant chip@cn disk@cn memory@cn");
}

TEST(Policy, EndedRestrictionClosesNoResponseUnlessItsPolicyIsEnforced) {
  GraphFixture g = answered();
  SnapshotEdge& closing = restrict_in_cn(g, "rule2", "small");
  closing.since = "2022-12";
  closing.until = "2022-12";
  g.nodes("chip", {"other"});
  restrict_in_cn(g, "rule2", "other");  // rule2 acts, but not on the response
  Question q(g, "2024-01-01");
  const WhatIf open = q.in_force().enforce("rule").ask();
  ASSERT_EQ(open.responses.size(), 1U);
  EXPECT_EQ(open.responses[0].closed_by, no_vertex);
  EXPECT_EQ(q.failed(*open.adapted), "big@cn");
  const WhatIf closed = q.enforce("rule2").ask();
  ASSERT_EQ(closed.responses.size(), 1U);
  EXPECT_EQ(q.id(closed.responses[0].closed_by), "rule2");
}

TEST(Policy, IsCombinedWithRemovals) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip");
  g.edge("maker", "produces", "chip");
  g.edge("local", "produces", "chip");
  Question rule(g), loss(g), both(g);
  EXPECT_EQ(rule.failed(rule.enforce("rule").ask().state), "");
  EXPECT_EQ(loss.failed(loss.remove("local").ask().state), "local");
  EXPECT_EQ(both.failed(both.enforce("rule").remove("local").ask().state), "local plant chip@cn");
}

TEST(Policy, ResponseIsExemptAndRefillsTheFlowOfItsGeneric) {
  Question q(answered());
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.failed(answer.state), "plant big@cn chip@cn small@cn");
  EXPECT_EQ(q.failed(*answer.adapted), "big@cn");
  EXPECT_EQ(q.left(*answer.adapted, q.node("plant")), (Interval{0, 1}));
  ASSERT_EQ(answer.responses.size(), 1U);
  EXPECT_EQ(q.id(answer.responses[0].response), "small");
  EXPECT_EQ(to_string(*answer.responses[0].since), "2022-11-01");
  EXPECT_EQ(answer.responses[0].closed_by, no_vertex);
}

TEST(Policy, LaterPolicyOnTheResponseClosesIt) {
  GraphFixture g = answered();
  restrict_in_cn(g, "rule2", "small").since = "2023-10-17";
  Question closed(g, "2024-01-01");
  const WhatIf answer = closed.in_force().enforce("rule").ask();
  ASSERT_EQ(answer.responses.size(), 1U);
  EXPECT_EQ(closed.id(answer.responses[0].closed_by), "rule2");
  EXPECT_EQ(to_string(*answer.responses[0].closed_since), "2023-10-17");
  EXPECT_EQ(closed.failed(*answer.adapted), "plant big@cn chip@cn");  // small@cn fails at the baseline already
  Question open(g, "2023-01-01");
  const WhatIf earlier = open.in_force().enforce("rule").ask();
  EXPECT_EQ(earlier.responses[0].closed_by, no_vertex);
  EXPECT_EQ(open.failed(*earlier.adapted), "big@cn");
  ASSERT_EQ(earlier.response_history.size(), 1U);
  EXPECT_EQ(open.id(earlier.response_history[0].closed_by), "rule2");
  Question reopened(g, "2024-01-01");
  const WhatIf without = reopened.in_force().enforce("rule").without("rule2").ask();
  EXPECT_EQ(without.responses[0].closed_by, no_vertex);
}

TEST(Policy, ResponseThatComesLaterDoesNotCountYet) {
  Question q(answered(), "2022-01-01");
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_TRUE(answer.responses.empty());
  EXPECT_EQ(q.failed(*answer.adapted), "plant big@cn chip@cn small@cn");
  ASSERT_EQ(answer.response_history.size(), 1U);
}

TEST(Policy, SubstituteRefillsUpToItsPerformanceWhereItIsOnOffer) {
  GraphFixture g = chips();
  g.nodes("chip", {"own"});
  g.edge("maker", "produces", "chip");
  g.edge("local", "produces", "own");
  restrict_in_cn(g, "rule", "chip");
  SnapshotEdge& substitute = g.edge("own", "substitutes", "chip");
  substitute.performance = 0.8;
  Question q(g);
  const WhatIf answer = q.enforce("rule").ask();
  EXPECT_EQ(q.failed(answer.state), "plant chip@cn");
  EXPECT_EQ(q.failed(*answer.adapted), "");
  EXPECT_EQ(q.left(*answer.adapted, q.node("plant")).low, 0);
  EXPECT_NEAR(q.left(*answer.adapted, q.node("plant")).high, 0.8, 1e-6);
  substitute.market = g.key("us");
  Question elsewhere(g);
  EXPECT_EQ(elsewhere.failed(*elsewhere.enforce("rule").ask().adapted), "plant chip@cn");
  substitute.market = g.key("cn");
  substitute.share = 0.25;  // a volume that is recorded
  Question volume(g);
  const WhatIf recorded = volume.enforce("rule").ask();
  EXPECT_NEAR(volume.left(*recorded.adapted, volume.node("plant")).low, 0.25, 1e-6);
  EXPECT_NEAR(volume.left(*recorded.adapted, volume.node("plant")).high, 0.25, 1e-6);
}

TEST(Policy, ExplainsItsCutWithTheRowThatItCuts) {
  GraphFixture g = chips();
  restrict_in_cn(g, "rule", "chip");
  g.edge("maker", "produces", "chip");
  const View view = g.view();
  Scenario scenario;
  scenario.enforced = {view.snapshot().find("rule").value()};
  scenario.target = Subject{view.snapshot().find("plant").value()};
  const WhatIf answer = what_if(view, scenario);
  const NodeFate& fate = answer.state.bounds[0].target.value();
  EXPECT_TRUE(fate.is_impossible);
  ASSERT_EQ(fate.chain.size(), 2U);
  EXPECT_EQ(to_string(view.snapshot(), fate.chain[0].subject), "chip@cn");
  ASSERT_EQ(fate.chain[0].members.size(), 1U);
  EXPECT_TRUE(fate.chain[0].members[0].is_cut);
  EXPECT_EQ(to_string(view.snapshot(), fate.chain[1].subject), "plant");
}

}  // namespace
}  // namespace chokepoint
