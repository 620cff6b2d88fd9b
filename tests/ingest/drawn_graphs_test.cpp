#include "chokepoint/ingest/import.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Graphs of programs that draw: which way their arrows point, and what they call their nodes.
class DrawnGraphs : public test::ForeignImport {
 protected:
  DrawnGraphs() {
    tables_.node_type = "firm";
    tables_.edge_type = "supplies";
  }
};

TEST_F(DrawnGraphs, ArrowsOfYedSayWhichWayAnEdgeGoes) {
  take(
      "a.graphml",
      R"(<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key for="edge" id="d1" yfiles.type="edgegraphics"/>)"
      R"(<graph edgedefault="directed"><node id="A"/><node id="B"/><edge source="A" target="B"><data key="d1">)"
      R"(<y:PolyLineEdge><y:Arrows source="standard" target="none"/></y:PolyLineEdge></data></edge></graph></graphml>)");
  EXPECT_EQ(only_edge().from, "B");
}

TEST_F(DrawnGraphs, ArrowsOfObsidianSayWhichWayAnEdgeGoes) {
  take("a.canvas", R"({"nodes":[{"id":"a1","type":"text","text":"ASML","x":0,"y":0,"width":1,"height":1},)"
                   R"({"id":"b2","type":"text","text":"TSMC","x":0,"y":0,"width":1,"height":1}],)"
                   R"("edges":[{"id":"e","fromNode":"b2","toNode":"a1","fromEnd":"arrow","toEnd":"none"}]})");
  EXPECT_EQ(only_edge().from, "a1");
}

TEST_F(DrawnGraphs, NamesWithinWhatAProgramPutsAroundThemAreLabels) {
  take("a.json", R"({"nodes":[{"id":"0","data":{"categories":["Firm"],"properties":{"name":"ASML"}}},)"
                 R"({"id":"1","data":{"categories":["Firm"],"properties":{"name":"TSMC"}}}],)"
                 R"("edges":[{"id":"5","source":"0","target":"1","data":{"type":"supplies"}}]})");
  EXPECT_THAT(dump(), HasSubstr(R"("en":"ASML")"));
  begin_anew();
  tables_.edge_type.clear();
  take("b.json",
       R"({"elements":[{"_id":"elem-a","attributes":{"label":"ASML"}},{"_id":"elem-b","attributes":{"label":"TSMC"}}],)"
       R"("connections":[{"_id":"c","from":"elem-a","to":"elem-b","attributes":{"connection type":"supplies"}}]})");
  EXPECT_THAT(dump(), HasSubstr(R"("en":"ASML")"));
  EXPECT_EQ(only_edge().type, "supplies");
}

TEST_F(DrawnGraphs, CommandsThatAreToldKeepKeysDatesAndLevels) {
  EXPECT_THAT(refusal("n.json", R"([{"n":{"identity":0,"labels":["Firm"],"properties":{"id":1}}}])"),
              AllOf(HasSubstr("(.properties | own) + {id: .identity"), Not(HasSubstr("+ .properties"))));
  EXPECT_THAT(refusal("s.json", R"({"type":"bundle","objects":[{"type":"identity","id":"i"}]})"),
              HasSubstr("since: .start_time, until: .stop_time"));
  EXPECT_THAT(refusal("b.csv", "Level,Part Number,Qty\n0,A,1\n1,B,4\n2,C,2\n"),
              HasSubstr("'Parent Part', 'Child Part'"));
  EXPECT_THAT(refusal("e.txt", "ASML\tTSMC\t0.5\nTSMC\tApple\t0.25\n"), HasSubstr("--from edge-list"));
  tables_.node_type.clear();
  EXPECT_THAT(refusal("o.csv", "Company,Owner 1,Owner 1 %,Owner 2,Owner 2 %\nJV,LG,50,GM,50\n"),
              HasSubstr("[('Owner 1', 'Owner 1 %'), ('Owner 2', 'Owner 2 %')]"));
}

}  // namespace
}  // namespace chokepoint
