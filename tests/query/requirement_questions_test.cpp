// What `chokepoints`, `whatif` and `diff` say, sentence by sentence of what answers mean.

#include "chokepoint/present/chokepoints.hpp"
#include "chokepoint/present/diff.hpp"
#include "chokepoint/present/whatif.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/query/facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::Facts;
using test::scanner_and_resist_facts;

const Json& at(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr) throw std::out_of_range("no member " + std::string(key));
  return *value;
}

/// The sets of one reading: `asml; jsr+tok`.
std::string sets(const Answer& answer, std::size_t reading = 0) {
  std::string out;
  for (const Json& set : at(at(answer.result, "bounds").as_array()[reading], "cut_sets").as_array()) {
    if (!out.empty()) out += "; ";
    for (const Json& member : set.as_array())
      out += (&member == &set.as_array().front() ? "" : "+") + member.as_string();
  }
  return out;
}

Answer cuts_of(Session& session, const ChokepointsParams& params, const ChokepointsStyle& style = {}) {
  return chokepoints_answer(session, find_cut_sets(session, params), style);
}

std::string chokepoints(Session& session, ChokepointsParams params) { return sets(cuts_of(session, params)); }

std::string impossible(const Answer& answer, std::size_t reading = 0, const char* state = "bounds") {
  std::string out;
  for (const Json& id : at(at(answer.result, state).as_array()[reading], "impossible").as_array())
    out += (out.empty() ? "" : " ") + id.as_string();
  return out;
}

Answer lose(Session& session, std::vector<std::string> nodes, WhatIfParams params = {}, const WhatIfStyle& style = {}) {
  params.remove = std::move(nodes);
  return whatif_answer(session, what_if(session, params), style);
}

Answer diff_of(Session& session, const DiffParams& params) { return diff_answer(session, diff_days(session, params)); }

bool says(const Answer& answer, std::string_view part) {
  for (const std::string& remark : answer.remarks)
    if (remark.find(part) != std::string::npos) return true;
  return false;
}

TEST(Chokepoints, JudgeEachCandidateInItsOwnLayerAndMixNoSet) {
  Facts facts = scanner_and_resist_facts();
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip"}), "asml; jp; nl; resist; scanner; jsr+tok");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"country"}}), "jp; nl");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"firm"}}), "asml; jsr+tok");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"firm"}, .order = 1}), "asml");
}

/// chip needs scanner (asml of nl alone), resist (two of jp), gas (of two countries) and, by way of gas, valve; what
/// else needs valve: pump, truck. lens (zeiss, which smaller makers hardly matter beside) is needed by scanner.
TEST(Chokepoints, AreRankedByHandsThenNearnessThenWhatElseStops) {
  Facts facts = scanner_and_resist_facts();
  facts.node("country", "de").node("country", "fr").node("country", "kr").node("firm", "zeiss").node("firm", "tiny");
  facts.node("firm", "air").node("firm", "gaz").node("firm", "v1").node("firm", "v2");
  facts.node("material", "gas").node("equipment", "valve").node("equipment", "pump").node("equipment", "truck");
  facts.node("equipment", "lens").node("material", "glue");
  facts.edge("zeiss", "located-in", "de").edge("air", "located-in", "fr").edge("gaz", "located-in", "de");
  facts.edge("v1", "located-in", "de").edge("v2", "located-in", "kr").edge("tiny", "located-in", "kr");
  facts.edge("chip", "requires", "gas").edge("chip", "requires", "glue").edge("gas", "requires", "valve");
  facts.edge("pump", "requires", "valve").edge("truck", "requires", "valve").edge("scanner", "requires", "lens");
  facts.edge("air", "produces", "gas").edge("gaz", "produces", "gas").edge("v1", "produces", "glue");
  facts.edge("v2", "produces", "glue").edge("v1", "produces", "valve").edge("v2", "produces", "valve");
  facts.edge("zeiss", "produces", "lens", R"("share":0.99)");
  facts.edge("tiny", "produces", "lens", R"("share":0.01,"significance":"minor")");
  Session& session = facts.on("2025");
  const CutSetsResult found = find_cut_sets(session, {.target = "chip"});
  std::string order;
  for (const RankedStop& stop : rank_stops(session, found)) {
    const Snapshot& snapshot = found.view->snapshot();
    order += fmt::format("{}{}", order.empty() ? "" : " ", snapshot.id(stop.vertex));
    if (stop.holder != no_vertex) order += fmt::format("({})", snapshot.id(stop.holder));
    if (snapshot.id(stop.vertex) == "valve") {
      EXPECT_EQ(stop.stops, 4U);  // chip, gas, pump, truck
    }
  }
  EXPECT_EQ(order, "de jp nl asml zeiss scanner(asml) lens(zeiss) resist(jp) gas glue valve");
}

TEST(Chokepoints, OfPlacesReadTheRowsOfPlacesWhereThereAreAny) {
  Facts facts = scanner_and_resist_facts();
  facts.node("country", "de").edge("nl", "produces", "scanner", R"("share":0.6)");
  facts.edge("de", "produces", "scanner", R"("share":0.4)");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"country"}}), "jp; de+nl");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"firm"}}), "asml; jsr+tok");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"country"}, .layer = "actor"}), "jp; nl");
}

/// us bans chips to cn; lab in cn needs a chip of intel of us, or of smic of cn.
Facts embargo_facts() {
  Facts facts;
  facts.node("country", "us").node("country", "cn").node("firm", "intel").node("firm", "smic").node("firm", "lab");
  facts.node("chip", "chip").node("policy", "ban").node("policy", "later-ban").node("policy", "tariff");
  facts.edge("intel", "located-in", "us").edge("smic", "located-in", "cn").edge("lab", "located-in", "cn");
  facts.edge("intel", "produces", "chip").edge("smic", "produces", "chip").edge("lab", "requires", "chip");
  for (const char* policy : {"ban", "later-ban", "tariff"}) facts.edge("us", "issues", policy);
  facts.edge("ban", "restricts", "chip", R"("market":"cn","since":"2022")");
  return facts;
}

TEST(Chokepoints, AreThoseOfTheWorldAsTheActingPoliciesLeaveIt) {
  Facts facts = embargo_facts();
  EXPECT_EQ(chokepoints(facts.on("2021"), {.target = "lab", .among = {"firm"}}), "intel+smic");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "lab", .among = {"firm"}}), "smic");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "lab", .among = {"firm"}, .without = {"ban"}}), "intel+smic");
  const Answer answer = cuts_of(facts.on("2025"), {.target = "lab"});
  EXPECT_EQ(to_text(at(answer.result, "in_force")), R"(["ban"])");
  EXPECT_THROW(cuts_of(facts.on("2025"), {.target = "lab", .without = {"nothing"}}), NotFoundError);
}

TEST(Chokepoints, OfWhatPoliciesMakeImpossibleNameTheFewestThatDo) {
  Facts facts = embargo_facts();
  facts.edge("ban", "restricts", "smic", R"("since":"2024")").edge("us", "produces", "smic-tools");
  facts.edge("tariff", "restricts", "chip", R"("market":"cn","attributes":{"mode":"quota"})");
  facts.edge("later-ban", "restricts", "chip", R"("market":"cn","since":"2023")");
  facts.node("equipment", "smic-tools").edge("smic", "requires", "smic-tools");
  const Answer answer = cuts_of(facts.on("2025"), {.target = "lab"});
  EXPECT_EQ(sets(answer), "");
  EXPECT_FALSE(answer.negative);
  for (const Json& bound : at(answer.result, "bounds").as_array())
    EXPECT_EQ(to_text(at(at(bound, "already_impossible"), "policies")), R"(["ban"])");
  EXPECT_TRUE(says(answer, "it is possible without"));
  const Answer freed = cuts_of(facts.on("2025"), {.target = "lab", .among = {"firm"}, .without = {"ban"}});
  EXPECT_EQ(sets(freed), "smic");
}

TEST(Chokepoints, OfWhatIsImpossibleWhateverPoliciesDoNameNone) {
  Facts facts = embargo_facts();
  facts.edge("lab", "requires", "permit", R"("group":"papers","k":2)").node("product", "permit");
  facts.edge("lab", "requires", "visa", R"("group":"papers","k":2,"since":"2030")").node("product", "visa");
  const Answer answer = cuts_of(facts.on("2025"), {.target = "lab"});
  EXPECT_EQ(to_text(at(at(at(answer.result, "bounds").as_array()[1], "already_impossible"), "policies")), "[]");
  EXPECT_FALSE(answer.negative);
}

TEST(Chokepoints, JudgeEveryCandidateInTheLayerThatIsAskedFor) {
  Facts facts = scanner_and_resist_facts();
  const std::string all = "asml; jp; nl; resist; scanner; jsr+tok";
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .layer = "actor"}), all);
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .layer = "place"}), all);
}

TEST(Chokepoints, SetThatIsOnlyTheTargetsSeatSaysSeat) {
  Facts facts;
  facts.node("country", "tw").node("firm", "fab").edge("fab", "located-in", "tw");
  const Answer answer = cuts_of(facts.on("2025"), {.target = "fab"});
  EXPECT_EQ(sets(answer), "tw");
  EXPECT_EQ(to_text(at(at(answer.result, "bounds").as_array()[0], "reasons")), R"(["seat"])");
  EXPECT_FALSE(answer.negative);
}

TEST(Chokepoints, NeverNameTheTargetOrADelivery) {
  Facts facts;
  facts.node("country", "cn").node("firm", "maker").node("firm", "lab").node("chip", "gpu");
  facts.edge("lab", "located-in", "cn").edge("lab", "requires", "gpu").edge("maker", "produces", "gpu");
  facts.edge("maker", "supplies", "cn", R"("item":"gpu","share":1)");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "lab"}), "cn; gpu; maker");
}

TEST(Chokepoints, OfWhatIsImpossibleAnywayAreNoneAndTheAnswerSaysSo) {
  Facts facts;
  facts.node("chip", "chip").node("material", "old").node("material", "new").node("firm", "maker");
  facts.edge("maker", "produces", "old").edge("maker", "produces", "new");
  facts.edge("chip", "requires", "old", R"("group":"fuel","k":2,"until":"2020-01-01")");
  facts.edge("chip", "requires", "new", R"("group":"fuel","k":2)");
  const Answer answer = cuts_of(facts.on("2025"), {.target = "chip"});
  EXPECT_FALSE(answer.negative);
  EXPECT_TRUE(says(answer, "is impossible without any loss"));
  EXPECT_EQ(impossible(lose(facts.on("2025"), {"maker"})), "maker new old")
      << "what the baseline lacks is not blamed on the loss";
  EXPECT_EQ(impossible(lose(facts.on("2019"), {"old"})), "chip old");
}

TEST(Chokepoints, ForecastsCountOnlyWhenIncludedAndDerivedEdgesAlways) {
  Facts facts = scanner_and_resist_facts();
  facts.node("firm", "smee").edge("smee", "produces", "scanner", R"("status":"forecast")");
  facts.node("firm", "rest").edge("rest", "produces", "resist", R"("status":"derived")");
  const ChokepointsParams params{.target = "chip", .among = {"firm"}};
  EXPECT_EQ(chokepoints(facts.on("2025"), params), "asml") << "three firms make resist";
  ChokepointsParams included = params;
  included.view.include = {"forecast"};
  EXPECT_EQ(chokepoints(facts.on("2025"), included), "asml+smee");
}

TEST(Chokepoints, SurviveWithoutASourceOrDoNot) {
  Facts facts = scanner_and_resist_facts();
  facts.source("rumour", "2025").node("firm", "smee");
  facts.edge("smee", "produces", "scanner", R"("sources":[{"source":"rumour"}])");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"firm"}}), "asml+smee; jsr+tok");
  ChokepointsParams without{.target = "chip", .among = {"firm"}};
  without.view.without_sources = {"rumour"};
  EXPECT_EQ(chokepoints(facts.on("2025"), without), "asml; jsr+tok");
}

TEST(Chokepoints, SoleSupplierOfNinetyPercentIsOneOnlyBelowAThreshold) {
  Facts facts;
  facts.node("firm", "asml").node("equipment", "scanner").edge("asml", "produces", "scanner", R"("share":0.9)");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "scanner"}), "");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "scanner", .threshold = 0.2}), "asml");
}

TEST(Chokepoints, BracketVariantsThatNobodySettledAndSayWhenNoneAreMet) {
  Facts facts;
  facts.node("firm", "asml").node("firm", "nikon").node("equipment", "euv").node("equipment", "duv");
  facts.node("equipment", "scanner").edge("euv", "variant-of", "scanner").edge("duv", "variant-of", "scanner");
  facts.edge("asml", "produces", "euv").edge("nikon", "produces", "duv");
  const Answer both = cuts_of(facts.on("2025"), {.target = "scanner", .among = {"firm"}});
  EXPECT_EQ(sets(both, 0), "asml+nikon");
  EXPECT_EQ(sets(both, 1), "asml; nikon");
  EXPECT_FALSE(says(both, "no unsettled variants"));
  EXPECT_TRUE(says(cuts_of(facts.on("2025"), {.target = "euv"}), "no unsettled variants"));
}

TEST(Chokepoints, AreSetsOfVerticesWithAProofForPrograms) {
  Facts facts = scanner_and_resist_facts();
  const CutSetsResult found = find_cut_sets(facts.on("2025"), {.target = "chip", .among = {"firm"}, .near = 1});
  const Snapshot& snapshot = found.view->snapshot();
  ASSERT_EQ(found.any.sets.size(), 2U);
  EXPECT_EQ(snapshot.id(found.any.sets[0].members.front()), "asml");
  EXPECT_TRUE(found.complete());
  EXPECT_EQ(found.order_done(), 2U);
  EXPECT_FALSE(found.variants_met);
  EXPECT_EQ(found.layers.size(), 1U);
  const NodeFate fate = prove(found, found.any.sets[1], Variants::any);
  EXPECT_TRUE(fate.is_impossible);
  EXPECT_EQ(fate.chain.size(), 4U) << "jsr and tok, resist, chip";
  for (const NearLoss& loss : found.near) {
    EXPECT_NE(snapshot.id(loss.vertex), "asml") << "its loss is fatal";
    EXPECT_LT(loss.any.high, 1);
  }
}

TEST(Chokepoints, GiveACertificateForEachSetAndNoneUnasked) {
  Facts facts = scanner_and_resist_facts();
  const ChokepointsParams params{.target = "chip", .among = {"firm"}};
  EXPECT_EQ(at(cuts_of(facts.on("2025"), params).result, "bounds").as_array()[0].find("certificates"), nullptr);
  const Answer answer = cuts_of(facts.on("2025"), params, {.why = true});
  for (const Json& bound : at(answer.result, "bounds").as_array()) {
    const auto& certificates = at(bound, "certificates").as_array();
    ASSERT_EQ(certificates.size(), 2U);
    EXPECT_EQ(test::pluck(certificates[0], "node"), "asml scanner chip");
    EXPECT_EQ(test::pluck(certificates[1], "node"), "jsr tok resist chip");
    EXPECT_EQ(to_text(at(bound, "certificates_left_out")), "0");
  }
}

TEST(WhatIf, IsNeverNegativeAndNamesWhatItIsAskedFor) {
  Facts facts = scanner_and_resist_facts();
  facts.node("firm", "idle");
  EXPECT_FALSE(lose(facts.on("2025"), {"idle"}).negative);
  EXPECT_THROW(static_cast<void>(what_if(facts.on("2025"), {})), UsageError);
  EXPECT_THROW(static_cast<void>(lose(facts.on("2025"), {"idle"}, {.threshold = 0.0})), UsageError);
}

TEST(WhatIf, ReadsPlacesWhenOnlyPlacesGoElseActors) {
  Facts facts = scanner_and_resist_facts();
  EXPECT_EQ(at(lose(facts.on("2025"), {"jp"}).result, "layer").as_string(), "place");
  EXPECT_EQ(at(lose(facts.on("2025"), {"jp", "asml"}).result, "layer").as_string(), "actor");
  EXPECT_EQ(at(lose(facts.on("2025"), {"jp"}, {.layer = "firm"}).result, "layer").as_string(), "actor");
  EXPECT_EQ(impossible(lose(facts.on("2025"), {"jp"})), "chip jp jsr resist tok");
}

TEST(WhatIf, MinorSuppliersAreNoSubstitutesUnlessKept) {
  Facts facts;
  facts.node("firm", "big").node("firm", "small").node("material", "gas");
  facts.edge("big", "produces", "gas", R"("share":0.9)");
  facts.edge("small", "produces", "gas", R"("share":0.1,"significance":"minor")");
  EXPECT_EQ(impossible(lose(facts.on("2025"), {"big"})), "big gas");
  EXPECT_EQ(impossible(lose(facts.on("2025"), {"big"}, {.keep_minor = true})), "big");
  const Answer answer = lose(facts.on("2025"), {"small"});
  EXPECT_EQ(impossible(answer), "small");
  EXPECT_EQ(test::pluck(at(at(answer.result, "bounds").as_array()[0], "capacity"), "low"), "0.9 0");
}

TEST(WhatIf, PlacesLackWhatTheyRequireAndPassNothingOn) {
  Facts facts = scanner_and_resist_facts();
  facts.node("country", "cn").node("firm", "lab").edge("lab", "located-in", "cn").edge("cn", "requires", "chip");
  const Answer answer = lose(facts.on("2025"), {"asml"});
  EXPECT_EQ(impossible(answer), "asml chip scanner");
  EXPECT_EQ(to_text(at(at(answer.result, "bounds").as_array()[0], "unmet")), R"([{"place":"cn","item":"chip"}])");
}

TEST(WhatIf, AdaptationToAThingIsCompatibilityAndClosesNothing) {
  Facts facts;
  facts.node("country", "us").node("country", "cn").node("firm", "maker").node("policy", "rule").node("chip", "gpu");
  facts.node("chip", "lite").node("model", "llm").edge("maker", "located-in", "us").edge("us", "issues", "rule");
  facts.edge("lite", "variant-of", "gpu").edge("lite", "adapts-to", "llm").edge("maker", "produces", "lite");
  facts.edge("maker", "supplies", "cn", R"("item":"lite","share":1)");
  facts.edge("rule", "restricts", "lite", R"("market":"cn")");
  WhatIfParams params;
  params.enforce = {"rule"};
  const Answer answer = whatif_answer(facts.on("2025"), what_if(facts.on("2025"), params));
  EXPECT_EQ(to_text(at(answer.result, "responses")), "[]");
  EXPECT_EQ(to_text(at(at(answer.result, "adapted").as_array()[0], "flows")),
            to_text(at(at(answer.result, "bounds").as_array()[0], "flows")));
  EXPECT_NE(to_text(at(at(answer.result, "bounds").as_array()[0], "flows")), "[]");
}

TEST(WhatIf, ListsWhatTheLimitHoldsBackAndJsonHasAll) {
  Facts facts;
  facts.node("material", "root");
  for (int i = 0; i < 30; ++i) {
    const std::string name = "thing-" + std::to_string(100 + i);
    facts.node("product", name).edge(name, "requires", "root");
  }
  const Answer answer = lose(facts.on("2025"), {"root"}, {}, {.people = true, .limit = 1});
  EXPECT_TRUE(says(answer, "30 more become impossible"));
  EXPECT_EQ(at(at(answer.result, "bounds").as_array()[0], "impossible").as_array().size(), 31U);
  ASSERT_TRUE(answer.make_data);
  EXPECT_EQ(answer.make_data().front().rows.size(), 31U);
}

TEST(Diff, TellsWhichChokepointsCameAndWentAndBecauseOfWhat) {
  Facts facts = scanner_and_resist_facts();
  facts.node("firm", "smee").edge("smee", "produces", "scanner", R"("since":"2024")");
  DiffParams params{.from = "2023", .to = "2024", .targets = {"chip"}};
  const Answer answer = diff_of(facts.on("2025"), params);
  const Json& change = at(answer.result, "chokepoints").as_array()[0];
  EXPECT_EQ(to_text(at(at(change, "vanished").as_array()[0], "members")), R"(["asml"])");
  EXPECT_EQ(test::arrows(at(at(change, "vanished").as_array()[0], "because")), "smee -produces-> scanner");
  EXPECT_EQ(to_text(at(at(change, "appeared").as_array()[0], "members")), R"(["asml","smee"])");
  EXPECT_FALSE(answer.negative);
}

TEST(Diff, ComparesOnlySizesThatBothSearchesFinished) {
  Facts facts = scanner_and_resist_facts();
  facts.node("firm", "smee").edge("smee", "produces", "scanner", R"("since":"2024")");
  DiffParams params{.from = "2023", .to = "2024", .targets = {"chip"}};
  params.keep_going = [] { return false; };
  const Answer answer = diff_of(facts.on("2025"), params);
  EXPECT_EQ(to_text(at(answer.result, "chokepoints_complete")), "false");
  EXPECT_TRUE(says(answer, "the search for chokepoints was stopped"));
  for (const Json& target : at(answer.result, "chokepoints").as_array()) {
    for (const char* change : {"appeared", "vanished"})
      for (const Json& set : at(target, change).as_array()) EXPECT_EQ(at(set, "members").as_array().size(), 1U);
  }
}

TEST(Diff, SaysWhatItsFactsRestOn) {
  Facts facts;
  facts.source("q", "2024").node("firm", "a").node("material", "gas");
  facts.edge("a", "produces", "gas", R"("since":"2024","sources":[{"source":"q"},{"source":"s"}])");
  facts.node("material", "ore").edge("gas", "requires", "ore", R"("since":"2024","status":"planned")");
  facts.figure("a", "revenue", "3", R"("as_of":"2024-03")");
  const Answer answer = diff_of(facts.on("2025"), {.from = "2023", .to = "2024"});
  EXPECT_EQ(to_text(answer.coverage),
            R"({"edges":2,"edges_on_one_source":1,"observations":1,"observations_on_one_source":1,)"
            R"("records_by_source":{"q":1,"s":3},"alone_by_source":{"s":2},"by_status":{"planned":1,"reported":2},)"
            R"("minor_rows":0,"unknown_shares":1,"records":3,"records_on_one_source":2})");
  EXPECT_TRUE(says(answer, "on one source alone: 2 of 3"));
}

/// gas is made by a (90 %) and b; chip needs gas.
Facts mostly_one_facts() {
  Facts facts;
  facts.node("chip", "chip").node("material", "gas").node("firm", "a").node("firm", "b");
  facts.edge("chip", "requires", "gas").edge("a", "produces", "gas", R"("share":0.9)");
  facts.edge("b", "produces", "gas", R"("share":0.1)");
  return facts;
}

TEST(Chokepoints, ListNearLossesOnlyWhenAskedAndAsWhatIfSays) {
  Facts facts = mostly_one_facts();
  EXPECT_EQ(at(cuts_of(facts.on("2025"), {.target = "chip"}).result, "bounds").as_array()[0].find("near"), nullptr);
  const Answer answer = cuts_of(facts.on("2025"), {.target = "chip", .near = 0.2});
  for (const Json& bound : at(answer.result, "bounds").as_array()) {
    ASSERT_EQ(at(bound, "near").as_array().size(), 1U);
    const Json& loss = at(bound, "near").as_array().front();
    EXPECT_EQ(at(loss, "id").as_string(), "a");
    EXPECT_NEAR(at(loss, "high").to_double().value(), 0.1, 1e-9);
  }
  EXPECT_TRUE(at(at(cuts_of(facts.on("2025"), {.target = "chip", .near = 0.05}).result, "bounds").as_array()[0], "near")
                  .as_array()
                  .empty());
  EXPECT_THROW(cuts_of(facts.on("2025"), {.target = "chip", .near = 0}), UsageError);
}

TEST(Chokepoints, TakeClassesOfTypes) {
  Facts facts = mostly_one_facts();
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"thing"}}), "gas");
  EXPECT_EQ(chokepoints(facts.on("2025"), {.target = "chip", .among = {"actor"}}), "a+b");
}

TEST(WhatIfForPeople, TellsTheCauseFirstAndThingsBeforeActors) {
  Facts facts = scanner_and_resist_facts();
  const Answer answer = lose(facts.on("2025"), {"asml"}, {}, {.people = true});
  ASSERT_GE(answer.tables.size(), 2U);
  EXPECT_EQ(answer.tables[0].title, "Lost, by cause");
  EXPECT_EQ(answer.tables[1].title, "Impossible");
  EXPECT_EQ(answer.tables[1].rows.back().front(), Cell(std::string("asml")));
}

TEST(WhatIfForPeople, SaysWhichUnknownShareMayTakeWhatAlong) {
  Facts facts;
  facts.node("chip", "chip").node("material", "gas").node("country", "us").node("country", "jp");
  facts.edge("chip", "requires", "gas").edge("us", "produces", "gas", R"("share":0.6)");
  const Answer answer = lose(facts.on("2025"), {"jp"}, {}, {.people = true});
  bool is_told = false;
  for (const Table& table : answer.tables)
    if (table.title == "May be lost")
      is_told = table.rows.front().front() ==
                Cell(std::string("40 % of the supply of gas is unnamed and may lie there: 1 hangs on it (chip)"));
  EXPECT_TRUE(is_told);
}

}  // namespace
}  // namespace chokepoint
