// `--update`: rows as changes to a dataset that is known.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace chokepoint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class Update : public test::ForeignImport {
 protected:
  Update() { options_.dataset = "list"; }
  ImportReport update(const std::string& name, std::string_view text) {
    options_.update = true;
    return take(name, text);
  }
  /// Edges alone, whose ends are firms.
  void take_deals(std::string_view text) {
    tables_.node_type = "firm";
    take("deals.csv", text);
  }
  std::string refused_update(const std::string& name, std::string_view text) {
    options_.update = true;
    return refusal(name, text);
  }
  Node node(const std::string& id) const { return Reader(database_).node(id).value_or(Node()); }
};

constexpr std::string_view firms =
    "id,name,type,country,since\n"
    "1,Acme,firm,US,1990\n"
    "2,Beta GmbH,firm,DE,\n";
constexpr std::string_view deals =
    "source,target,type,share,as_of\nAcme,Gamma,supplies,0.4,2024\nBeta,Gamma,supplies,0.6,2024\n";

TEST_F(Update, ARowChangesTheFieldsThatItStatesAndLeavesTheOthers) {
  take("firms.csv", firms);
  const ImportReport report = update("changes.csv", "id,country,since\n1,FR,\n2,DE,2001\n");
  EXPECT_EQ(report.nodes.changed, 2);
  EXPECT_EQ(report.nodes.added + report.nodes.removed, 0);
  EXPECT_THAT(report.nodes.fields, testing::IsSupersetOf({Pair("attributes.country", 1), Pair("since", 1)}));
  const Node acme = node("acme");
  EXPECT_EQ(acme.labels.at("en"), "Acme");
  EXPECT_EQ(acme.since, "1990");
  EXPECT_EQ(acme.attributes, R"({"country":"FR"})");
  EXPECT_EQ(node("beta-gmbh").since, "2001");
}

TEST_F(Update, ARowThatSaysNothingNewChangesNothingAndCitesNothing) {
  take("firms.csv", firms);
  const std::string before = dump();
  const ImportReport report = update("changes.csv", "id,country\n1,US\n2,\n");
  EXPECT_EQ(report.nodes.unchanged, 2);
  EXPECT_THAT(report.nodes.fields, IsEmpty());
  EXPECT_FALSE(report.changed);
  EXPECT_EQ(dump(), before);
}

TEST_F(Update, ARowOfAnUnknownNodeIsAddedAndThenNeedsAType) {
  take("firms.csv", firms);
  EXPECT_THAT(refused_update("more.csv", "id,name\n3,Gamma\n"), HasSubstr("--node-type TYPE"));
  tables_.node_type = "firm";
  const ImportReport report = update("more.csv", "id,name\n1,Acme Inc\n3,Gamma\n");
  EXPECT_EQ(report.nodes.added, 1);
  EXPECT_EQ(report.nodes.changed, 1);
  EXPECT_EQ(node("gamma").type, "firm");
  EXPECT_EQ(node("acme").labels.at("en"), "Acme Inc");
  EXPECT_EQ(node("acme").type, "firm");
}

TEST_F(Update, ANodeIsKnownByANameThatOnlyItHas) {
  take("firms.csv", firms);
  const ImportReport report = update("changes.csv", "name,country\nbeta gmbh,AT\n");
  EXPECT_EQ(report.nodes.changed, 1);
  EXPECT_EQ(node("beta-gmbh").attributes, R"({"country":"AT"})");
  EXPECT_EQ(node("beta-gmbh").labels.at("en"), "Beta GmbH");
  take("two.csv", "id,name,type\n4,Twin,firm\n5,Twin,firm\n");
  EXPECT_THAT(refused_update("changes.csv", "name,country\nTwin,AT\n"),
              HasSubstr("several nodes of the dataset have this name"));
}

TEST_F(Update, NoTypeIsChanged) {
  take("firms.csv", firms);
  EXPECT_THAT(refused_update("changes.csv", "id,type\n1,agency\n"), HasSubstr("an update changes no types"));
}

TEST_F(Update, TheDatasetMustBeKnown) {
  take("firms.csv", firms);
  options_.dataset = "lst";
  EXPECT_THAT(refused_update("changes.csv", "id,country\n1,FR\n"),
              HasSubstr("there is no dataset lst; --dataset ID says which one is changed: list"));
}

TEST_F(Update, AnEdgeIsTheOneClaimThatFits) {
  take_deals(deals);
  const ImportReport report =
      update("changes.csv", "source,target,type,share,until\nAcme,Gamma,supplies,0.5,\nBeta,Gamma,supplies,,2027\n");
  EXPECT_EQ(report.edges.changed, 2);
  EXPECT_THAT(report.edges.fields, ElementsAre(Pair("share", 1), Pair("sources", 2), Pair("until", 1)));
  const auto all = edges();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].share, 0.5);
  EXPECT_EQ(all[0].as_of, "2024");
  EXPECT_EQ(all[1].share, 0.6);
  EXPECT_EQ(all[1].until, "2027");
}

TEST_F(Update, AMeasureOfAnotherDayIsAnotherClaim) {
  take_deals(deals);
  const ImportReport report = update("changes.csv", "source,target,type,share,as_of\nAcme,Gamma,supplies,0.5,2025\n");
  EXPECT_EQ(report.edges.added, 1);
  EXPECT_EQ(report.edges.changed, 0);
  EXPECT_THAT(refused_update("more.csv", "source,target,type,share\nAcme,Gamma,supplies,0.7\n"),
              HasSubstr("2 of this kind are in the dataset list"));
}

TEST_F(Update, AnEdgeWithoutAMeasureTakesAnAmountAndItsUnit) {
  take_deals("source,target,type\nAcme,Gamma,supplies\n");
  const ImportReport report =
      update("changes.csv", "source,target,type,amount,unit,as_of\nAcme,Gamma,supplies,12,USD,2024\n");
  EXPECT_EQ(report.edges.changed, 1);
  EXPECT_EQ(only_edge().amount, 12);
  EXPECT_EQ(only_edge().unit, "USD");
}

TEST_F(Update, TwoRowsForOneEdgeAreRefused) {
  take_deals(deals);
  EXPECT_THAT(
      refused_update("changes.csv", "source,target,type,share\nAcme,Gamma,supplies,0.5\nAcme,Gamma,supplies,0.3\n"),
      HasSubstr("another row of this update changes the same one already"));
  EXPECT_EQ(edges()[0].share, 0.4);
}

TEST_F(Update, AnEdgeThatEndedAndBeganAgainIsAnother) {
  take_deals("source,target,type,since,until\nAcme,Gamma,supplies,2015,2018\n");
  EXPECT_EQ(update("changes.csv", "source,target,type,since\nAcme,Gamma,supplies,2021\n").edges.added, 1);
  EXPECT_EQ(edges().size(), 2U);
}

TEST_F(Update, WordsThatSayWhatAnAbsentOneMeansAreStated) {
  take("deals.json", R"({"dataset":{"id":"list"},"sources":[{"id":"s"}],
    "nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]},{"id":"b","type":"firm","sources":[{"source":"s"}]}],
    "edges":[{"type":"supplies","from":"a","to":"b","status":"planned","bound":"about","share":0.5,"sources":[{"source":"s"}]}]})");
  update("changes.json", R"({"dataset":{"id":"list"},"edges":[{"type":"supplies","from":"a","to":"b","share":0.6}]})");
  EXPECT_EQ(only_edge().status, Status::planned);
  EXPECT_EQ(only_edge().bound, Bound::about);
  const ImportReport report = update("changes.json", R"({"dataset":{"id":"list"},
    "edges":[{"type":"supplies","from":"a","to":"b","status":"reported","bound":"exact"}]})");
  EXPECT_THAT(report.edges.fields, ElementsAre(Pair("bound", 1), Pair("status", 1)));
  EXPECT_EQ(only_edge().status, Status::reported);
  EXPECT_EQ(only_edge().bound, Bound::exact);
  EXPECT_EQ(only_edge().share, 0.6);
}

TEST_F(Update, AFigureOfThePeriodIsChanged) {
  take("f.json",
       R"({"dataset":{"id":"list"},"sources":[{"id":"s"}],"nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]}],
    "observations":[{"subject":"a","indicator":"revenue","value":5,"as_of":"2024","sources":[{"source":"s"}]}]})");
  const ImportReport report = update("g.json", R"({"dataset":{"id":"list"},"observations":[
    {"subject":"a","indicator":"revenue","value":6,"as_of":"2024"},
    {"subject":"a","indicator":"revenue","value":7,"as_of":"2025","sources":[{"source":"s"}]}]})");
  EXPECT_EQ(report.observations.changed, 1);
  EXPECT_EQ(report.observations.added, 1);
}

TEST_F(Update, NoRecordEndsBeforeItBegins) {
  take("f.json", R"({"dataset":{"id":"list"},"sources":[{"id":"s"}],
    "nodes":[{"id":"a","type":"firm","since":"2024","sources":[{"source":"s"}]},{"id":"b","type":"firm","sources":[{"source":"s"}]}],
    "edges":[{"id":"e","type":"supplies","from":"a","to":"b","since":"2024","sources":[{"source":"s"}]}],
    "observations":[{"id":"o","subject":"a","indicator":"revenue","value":5,"since":"2024","sources":[{"source":"s"}]}]})");
  for (const char* changes :
       {R"("nodes":[{"id":"a","until":"2020"}])",
        R"("edges":[{"id":"e","type":"supplies","from":"a","to":"b","until":"2020"}])",
        R"("observations":[{"id":"o","subject":"a","indicator":"revenue","value":5,"until":"2020"}])"})
    EXPECT_NE(refused_update("g.json", std::string(R"({"dataset":{"id":"list"},)") + changes + "}")
                  .find("it would begin on 2024 and end on 2020"),
              std::string::npos)
        << changes;
}

TEST_F(Update, WhatAnotherDatasetSaysStays) {
  take_deals(deals);
  options_.dataset = "other";
  take_deals(deals);
  const ImportReport report = update("changes.csv", "source,target,type,share\nAcme,Gamma,supplies,0.5\n");
  EXPECT_EQ(report.edges.changed, 1);
  EXPECT_EQ(edges().size(), 3U);
  options_.update = false;
  remove_dataset(database_, "other", options_.at);
  ASSERT_EQ(edges().size(), 2U);
  EXPECT_EQ(edges()[0].share, 0.4);
}

TEST_F(Update, AGraphFileChangesItsNodes) {
  const auto graph = [](std::string_view nodes, std::string_view links) {
    return R"({"directed":true,"nodes":[)" + std::string(nodes) + R"(],"links":[)" + std::string(links) + "]}";
  };
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("g.json", graph(R"({"id":"n0","label":"Acme","city":"Bonn"},{"id":"n1","label":"Beta"})",
                       R"({"source":"n0","target":"n1","note":"x"})"));
  const ImportReport report =
      update("h.json", graph(R"({"id":"n0","city":"Köln"},{"id":"n2","label":"Gamma"})",
                             R"({"source":"n0","target":"n1","note":"y"},{"source":"n2","target":"n1"})"));
  EXPECT_EQ(report.nodes.changed, 1);
  EXPECT_EQ(report.nodes.added, 1);
  EXPECT_EQ(report.edges.changed, 1);
  EXPECT_EQ(report.edges.added, 1);
  EXPECT_EQ(node("acme").attributes, R"({"city":"Köln"})");
}

TEST_F(Update, EdgesTomorrowFindTheIdsOfNodesToday) {
  take("firms.csv", firms);
  const ImportReport report = update("edges.csv", "source,target,type\n1,2,supplies\n");
  EXPECT_EQ(report.edges.added, 1);
  EXPECT_EQ(report.nodes.added + report.nodes.changed, 0);
  EXPECT_EQ(only_edge().from, "acme");
  EXPECT_EQ(only_edge().to, "beta-gmbh");
}

TEST_F(Update, TitleAndVersionOfTheDatasetStay) {
  take("d.json", R"({"dataset":{"id":"list","title":"Our list","version":"3"},"sources":[{"id":"s"}],
    "nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]}]})");
  update("changes.csv", "id,country\na,FR\n");
  EXPECT_EQ(Reader(database_).datasets().front().info.title, "Our list");
  EXPECT_EQ(Reader(database_).datasets().front().info.version, "3");
}

}  // namespace
}  // namespace chokepoint
