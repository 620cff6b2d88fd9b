#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "ingest/identity/counter_id.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ForeignIds : public test::ForeignImport {};

TEST_F(ForeignIds, EqualIdsOfTwoFilesWithOtherNamesAreTwoNodes) {
  take("k1.csv", "id,name,type\nC001,Airbus SE,firm\nC002,Thales,firm\n");
  const ImportReport report = take("k2.csv", "id,name,type\nC001,Boeing Co,firm\nC002,Thales,firm\n");
  EXPECT_EQ(Reader(database_).node("C001")->labels.at("en"), "Airbus SE");
  EXPECT_EQ(Reader(database_).node("boeing-co")->codes.at("k2"), "C001");
  ASSERT_EQ(report.merged.size(), 1U) << "the two called Thales are one";
  EXPECT_EQ(report.merged[0].why, "both are called \"Thales\"");
  ASSERT_EQ(report.doubtful.size(), 1U);
  EXPECT_THAT(report.doubtful[0].why, HasSubstr("1 id of this file is in another dataset, too, with another name"));
  EXPECT_THAT(report.doubtful[0].why, HasSubstr("it is \"Boeing Co\" here and \"Airbus SE\" there"));
}

TEST_F(ForeignIds, EqualIdsMeanTheSameWhereTheyAreGlobal) {
  take("k1.csv", "id,name,type\nC001,Airbus SE,firm\n");
  tables_.global_ids = true;
  options_.foreign_ids = false;
  take("k2.csv", "id,name,type\nC001,Airbus Group,firm\n");
  EXPECT_EQ(Reader(database_).node("C001")->labels.at("en"), "Airbus SE");
}

TEST_F(ForeignIds, EqualIdsAreOneWhereACodeSaysSo) {
  tables_.columns["LEI"] = "codes.lei";
  take("k1.csv", "id,name,type,LEI\nC001,Airbus SE,firm,L1\n");
  const ImportReport report = take("k2.csv", "id,name,type,LEI\nC001,Airbus Group,firm,L1\n");
  EXPECT_EQ(report.merged.size(), 1U);
}

TEST_F(ForeignIds, EndsThatAreNamesAreKnownNodes) {
  take("k1.csv", "id,name,type\nasml,ASML Holding,firm\n");
  tables_.node_type = "firm";
  const ImportReport report = take("e.csv", "supplier,customer\nASML,TSMC\n");
  EXPECT_EQ(report.found_nodes, 1);
  EXPECT_EQ(only_edge().from, "asml");
}

TEST_F(ForeignIds, EndsWithLabelsAreKnownByThemAlone) {
  take("k1.csv", "id,name,type\nx1,Airbus SE,firm\n");
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("e.csv", "source,source label,target,target label\nx1,Boeing Co,x2,Airbus SE\n");
  EXPECT_EQ(only_edge().from, "boeing-co");
  EXPECT_EQ(only_edge().to, "x1");
}

TEST_F(ForeignIds, OneDatasetKeepsItsIdsWhateverOthersCallThem) {
  take("k1.csv", "id,name,type\nC001,Airbus SE,firm\n");
  const std::string rows = "id,name,type\nC001,Boeing Co,firm\nC002,Thales,firm\n";
  take("k2.csv", rows);
  EXPECT_FALSE(take("k2.csv", rows).changed);
  options_.dataset = "k2";
  options_.keep_old = true;
  tables_.edge_type = "supplies";
  take("e.csv", "source,target\nC001,C002\n");
  EXPECT_EQ(only_edge().from, "boeing-co");
}

TEST_F(ForeignIds, CountersAreNoNamesHoweverTheyAreWritten) {
  for (const char* id : {"17", "n17", "node-17", "Node_12", "v_1", "id_7", "N 1", "n1::n0", "n0::n1::n2", "1.0"})
    EXPECT_TRUE(detail::is_counter(id)) << id;
  for (const char* id : {"a", "C001", "10.0.0.1", "n1::asml", "vitamin-1", "-1", "A1", "8541.10"})
    EXPECT_FALSE(detail::is_counter(id)) << id;
}

TEST_F(ForeignIds, TreesWithoutIdsShareNone) {
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  const auto tree = [](const std::string& child) {
    return R"({"name":"Root","children":[{"name":")" + child + R"("},{"name":"Leaf"}]})";
  };
  take("a.json", tree("Alpha"));
  take("b.json", tree("Beta"));
  EXPECT_THAT(dump(), HasSubstr("\"Beta\""));
  EXPECT_EQ(edges().size(), 3U);
}

TEST_F(ForeignIds, EdgesOfAnotherFilesNodesAreToldWhereTheyBelong) {
  take("n.csv", "id,name,type\n1,Acme,firm\n2,Beta,firm\n");
  tables_.edge_type = "supplies";
  tables_.node_type = "firm";
  const std::string rows = "source,target\n1,2\n";
  EXPECT_THAT(refusal("e.csv", rows), HasSubstr("--dataset n --keep-old takes the edges into that"));
  options_.dataset = "n";
  options_.keep_old = true;
  take("e.csv", rows);
  EXPECT_EQ(only_edge().from, "acme");
}

TEST_F(ForeignIds, NumbersWithAPointAreTheWholeOnes) {
  tables_.edge_type = "supplies";
  take({folder_.write("n.csv", "id,name,type\n1,Acme,firm\n2,Beta,firm\n"),
        folder_.write("e.csv", "source,target\n1.0,2.0\n")});
  EXPECT_EQ(only_edge().from, "acme");
}

}  // namespace
}  // namespace chokepoint
