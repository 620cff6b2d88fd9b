// Graph files in the shapes in which other programs write them: nothing is dropped or bent without a word.
#include "chokepoint/ingest/import.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ForeignGraph : public testing::Test {
 protected:
  ForeignGraph() {
    options_.at = "2026-01-01T00:00:00Z";
    options_.dataset = "d";
    options_.make_sources = true;
    options_.default_source = "s";
    options_.default_source_title = "A file";
    tables_.node_type = "firm";
    tables_.edge_type = "supplies";
  }
  /// The records that a file becomes; what is told lies in `told_`.
  std::string records(GraphFormat format, const std::string& text) {
    Database database = Database::in_memory(Ontology::standard());
    told_ = import_graph_file(database, format, {folder_.write("graph.xml", text)}, tables_, options_).remarks;
    return test::records_of(database);
  }
  /// @param keys  declarations
  std::string graphml(const std::string& keys, const std::string& inside, const std::string& direction = "directed") {
    return records(GraphFormat::graphml,
                   "<graphml xmlns:y='http://www.yworks.com/xml/graphml' xmlns:mtg='http://maltego.paterva.com'>\n" +
                       keys + "<graph edgedefault='" + direction + "'>" + inside + "</graph></graphml>");
  }
  std::string gexf(const std::string& attributes, const std::string& nodes, const std::string& edges,
                   const std::string& graph = "defaultedgetype='directed'") {
    return records(GraphFormat::gexf, "<gexf><graph " + graph + ">" + attributes + "<nodes>" + nodes +
                                          "</nodes><edges>" + edges + "</edges></graph></gexf>");
  }
  /// What stands in an edge from a to b that has these attributes and elements.
  std::string gexf_edge(const std::string& attributes, const std::string& inside = "") {
    return gexf(
        "<attributes class='edge'><attribute id='v' title='volume' type='double'/><attribute id='s' "
        "title='share' type='double'/></attributes>",
        "<node id='a'/><node id='b'/>", "<edge source='a' target='b' " + attributes + ">" + inside + "</edge>");
  }
  std::string refusal(GraphFormat format, const std::string& text) {
    try {
      records(format, text);
    } catch (const IngestError& error) {
      return error.problems.at(0).message;
    }
    return "accepted";
  }

  test::ScratchFolder folder_;
  TableOptions tables_;
  ImportOptions options_;
  std::vector<std::string> told_;
};

constexpr const char* two_plain_nodes = "<node id='a'/><node id='b'/>";

TEST_F(ForeignGraph, KeepsEveryLabelOfYed) {
  const std::string all = graphml(
      "<key for='node' id='d6' yfiles.type='nodegraphics'/><key for='edge' id='d10' yfiles.type='edgegraphics'/>",
      "<node id='k0' yfiles.foldertype='group'><data key='d6'><y:ProxyAutoBoundsNode><y:Realizers active='0'>"
      "<y:GroupNode><y:NodeLabel>Miners</y:NodeLabel></y:GroupNode><y:GroupNode><y:NodeLabel>Folder 1</y:NodeLabel>"
      "</y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data><graph edgedefault='directed'><node id='k1'>"
      "<data key='d6'><y:ShapeNode><y:NodeLabel>\n  Mine A\n<y:LabelModel>no</y:LabelModel></y:NodeLabel></y:ShapeNode>"
      "</data></node></graph></node><node id='k2'/><edge source='k1' target='k2'><data key='d10'><y:PolyLineEdge>"
      "<y:EdgeLabel>60 % of it<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data></edge><edge source='k0' "
      "target='k2'><data key='d10'><y:PolyLineEdge><y:EdgeLabel>owns</y:EdgeLabel></y:PolyLineEdge></data></edge>");
  EXPECT_THAT(all, HasSubstr(R"("labels":{"en":"Miners"},"attributes":{"further_labels":["Folder 1"]})"));
  EXPECT_THAT(all, HasSubstr(R"("labels":{"en":"Mine A"},"attributes":{"group":"Miners"})"));
  EXPECT_THAT(all, HasSubstr(R"("attributes":{"label":"60 % of it"})"));
  EXPECT_THAT(all, HasSubstr(R"("type":"owns","from":"k0","to":"k2")"));
  EXPECT_THAT(told_, Contains(HasSubstr("1 node lies inside another; the attribute group names that one")));
  EXPECT_THAT(told_, Contains(HasSubstr("no type here (60 % of it)")));
}

TEST_F(ForeignGraph, ReadsTextOnArrowsAsTypesWhereTheyAreMapped) {
  tables_.types["feeds"] = "supplies";
  tables_.edge_type.clear();
  EXPECT_THAT(graphml("<key id='l' for='edge' attr.name='label'/>",
                      std::string(two_plain_nodes) + "<edge source='a' target='b'><data key='l'>feeds</data></edge>"),
              HasSubstr(R"("type":"supplies","from":"a")"));
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(ForeignGraph, KeepsThePropertiesOfMaltegoApart) {
  const std::string all = graphml(
      "<key attr.name='MaltegoEntity' for='node' id='d4'/><key attr.name='MaltegoLink' for='edge' id='d9'/>",
      "<node id='k0'><data key='d4'><mtg:MaltegoEntity type='maltego.Company'><mtg:Properties><mtg:Property "
      "name='country'><mtg:Value>DE</mtg:Value></mtg:Property><mtg:Property name='title'><mtg:Value>Acme</mtg:Value>"
      "</mtg:Property></mtg:Properties></mtg:MaltegoEntity></data></node><node id='k1'><data key='d4'>"
      "<mtg:MaltegoEntity type='maltego.Person'><mtg:Properties><mtg:Property name='fullname'><mtg:Value>Jo</mtg:Value>"
      "</mtg:Property></mtg:Properties></mtg:MaltegoEntity></data></node><edge source='k1' target='k0'><data key='d9'>"
      "<mtg:MaltegoLink type='maltego.link'><mtg:Properties><mtg:Property name='maltego.link.label'><mtg:Value>owns"
      "</mtg:Value></mtg:Property></mtg:Properties></mtg:MaltegoLink></data></edge>");
  EXPECT_THAT(all,
              HasSubstr(R"("labels":{"en":"Acme"},"attributes":{"country":"DE","maltego_type":"maltego.Company"})"));
  EXPECT_THAT(all, HasSubstr(R"("labels":{"en":"Jo"},"attributes":{"fullname":"Jo","maltego_type":"maltego.Person"})"));
  EXPECT_THAT(all, HasSubstr(R"("type":"owns","from":"k1","to":"k0")"));
}

TEST_F(ForeignGraph, LeavesOutOtherElementsInsideDataAndSaysSo) {
  EXPECT_THAT(graphml("<key id='d' for='node' attr.name='note'/>",
                      "<node id='a'><data key='d'>plain <b>bold</b></data></node>"),
              AllOf(HasSubstr(R"("note":"plain")"), Not(HasSubstr("bold"))));
  EXPECT_THAT(told_, ElementsAre("1 value holds XML elements (note), which are left out"));
}

TEST_F(ForeignGraph, TakesTypesFromTinkerpopNeo4jAndCytoscape) {
  const std::string all = graphml(
      "<key id='labelV' for='node' attr.name='labelV'/><key id='labels' for='node' attr.name='labels'/>"
      "<key id='labelE' for='edge' attr.name='labelE'/><key id='label' for='edge' attr.name='label'/>"
      "<key id='i' for='edge' attr.name='interaction'/><key id='si' for='edge' attr.name='shared interaction'/>",
      "<node id='a'><data key='labelV'>firm</data></node><node id='b' labels=':Chip:Gpu'><data key='labels'>:Chip:Gpu"
      "</data></node><node id='c'/><edge id='1' source='a' target='b' label='PRODUCES'><data key='label'>PRODUCES"
      "</data></edge><edge source='a' target='c'><data key='labelE'>owns</data></edge><edge source='c' target='a'>"
      "<data key='i'>pp</data><data key='si'>pp</data></edge>");
  EXPECT_THAT(all, HasSubstr(R"("id":"b","type":"chip","attributes":{"labels":":Chip:Gpu"})"));
  EXPECT_THAT(all, HasSubstr(R"("type":"produces","from":"a","to":"b","sources")"));
  EXPECT_THAT(all, HasSubstr(R"("type":"owns","from":"a","to":"c")"));
  EXPECT_THAT(all, HasSubstr(R"("type":"supplies","from":"c","to":"a","attributes":{"interaction":"pp"})"));
}

TEST_F(ForeignGraph, ReadsNamesAndIdsOfIgraphAndKeysOfNetworkx) {
  const std::string all = graphml(
      "<key id='v_name' for='node' attr.name='name'/><key id='v_id' for='node' attr.name='id'/>"
      "<key id='k' for='all' attr.name='registration' attr.type='long'/><key id='t' for='node' attr.name='ok' "
      "attr.type='boolean'/>",
      "<node id='k0'><data key='v_name'>Acme</data><data key='v_id'>x1</data><data key='k'>9007199254740993</data>"
      "<data key='t'>True</data></node><node id='k1'><data key='t'>0</data></node><edge id='owns' source='k0' "
      "target='k1'/><edge id='supplies' source='k0' target='k1'/>");
  EXPECT_THAT(
      all, HasSubstr(R"("labels":{"en":"Acme"},"attributes":{"id":"x1","ok":true,"registration":9007199254740993})"));
  EXPECT_THAT(all, HasSubstr(R"("attributes":{"ok":false})"));
  EXPECT_THAT(all, AllOf(HasSubstr(R"("type":"owns")"), HasSubstr(R"("type":"supplies")")));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("2 edges have ids that are types here (owns, supplies)")));
}

TEST_F(ForeignGraph, TakesWhiteSpaceAroundValuesAsLayout) {
  EXPECT_THAT(graphml("<key id='s' for='edge' attr.name='share' attr.type='double'/><key id='n' for='node' "
                      "attr.name='name'/>",
                      "<node id='a'><data key='n'>\n  Acme\n</data></node><node id='b'/><edge source='a' target='b'>"
                      "<data key='s'>\n 0.5\n</data></edge>"),
              AllOf(HasSubstr(R"("en":"Acme")"), HasSubstr(R"("share":0.5)")));
}

TEST_F(ForeignGraph, KeepsWhatNobodyDeclared) {
  EXPECT_THAT(graphml("", "<node id='a' rank='7'><data key='size_class'>big</data></node>"),
              HasSubstr(R"("attributes":{"rank":"7","size_class":"big"})"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("1 value has a key that the file does not declare (size_class)")));
  std::string many;
  for (int i = 0; i < 300; ++i) many += "<data key='k" + std::to_string(i) + "'>x</data>";
  EXPECT_THAT(refusal(GraphFormat::graphml, "<graphml><graph><node id='a'>" + many + "</node></graph></graphml>"),
              HasSubstr("k256 is one of over 256 different properties"));
}

TEST_F(ForeignGraph, TellsOfEdgesWithoutDirection) {
  EXPECT_THAT(graphml("",
                      std::string(two_plain_nodes) + "<edge source='a' target='b'/><edge directed='true' source='b' "
                                                     "target='a'/>",
                      "undirected"),
              HasSubstr(R"("from":"a","to":"b")"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("1 edge has no direction in the file; read as written")));
  gexf("", two_plain_nodes,
       "<edge source='a' target='b' type='mutual'/><edge source='b' target='a' type='undirected'/>");
  EXPECT_THAT(told_,
              ElementsAre(AllOf(HasSubstr("1 edge has no direction"), HasSubstr("1 mutual edge was read as two"))));
}

TEST_F(ForeignGraph, SaysWhichDataOfTheGraphAndWhichPortsAreLeftOut) {
  graphml("<key id='g' for='graph' attr.name='title'/><key id='d' for='node' attr.name='note'/>",
          "<data key='g'>A graph</data><node id='a'><port name='p'><data key='d'>of the port</data></port></node>");
  EXPECT_THAT(told_, ElementsAre(HasSubstr("1 port"), "1 value about the graph as a whole (title) is left out"));
}

TEST_F(ForeignGraph, KeepsLabelsAndUnknownKindsOfEdges) {
  EXPECT_THAT(gexf_edge("kind='sells' label='owns 60 %' weight='0.6'"),
              HasSubstr(R"("attributes":{"kind":"sells","label":"owns 60 %","weight":0.6})"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("1 edge has a type that is none here (sells)"),
                                 HasSubstr("1 edge has a label that is no type here (owns 60 %)")));
  EXPECT_THAT(gexf_edge("kind='Supplies' label='owns'"), HasSubstr(R"("type":"supplies","from":"a","to":"b")"));
}

TEST_F(ForeignGraph, ReadsSpellsAsDays) {
  EXPECT_THAT(gexf_edge("", "<spells><spell start='2010-01-01' end='2015-12-31'/></spells>"),
              HasSubstr(R"("since":"2010-01-01","until":"2016-01-01")"));
  EXPECT_THAT(told_, IsEmpty());
  const std::string both =
      gexf_edge("id='e'", "<slices><slice start='2013-01-01'/><slice start='2010' end='2011'/></slices>");
  EXPECT_THAT(both,
              AllOf(HasSubstr(R"("since":"2010","until":"2011")"), HasSubstr(R"("since":"2013-01-01","sources")")));
  EXPECT_THAT(told_, ElementsAre("1 edge holds in several spells; it became an edge for each"));
  EXPECT_THAT(
      gexf("", "<node id='a'><spells><spell start='2012' end='2013'/><spell end='2010-05-31'/></spells></node>", ""),
      HasSubstr(R"("id":"a","type":"firm","until":"2013")"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("1 node is there in several spells")));
}

TEST_F(ForeignGraph, ReadsBoundsInEveryForm) {
  EXPECT_THAT(gexf_edge("startopen='2009-03-01' endopen='2012-01-01'"),
              HasSubstr(R"("since":"2009-03-02","until":"2012-01-01")"));
  EXPECT_THAT(gexf_edge("start='2009.0' end='INF'"), HasSubstr(R"("since":"2009","sources")"));
  EXPECT_THAT(gexf_edge("start='-Infinity' endopen='2012'"), HasSubstr(R"("to":"b","until":"2012-01-01")"));
  EXPECT_THAT(gexf_edge("start='2019-05-01T00:00:00' end='2020-01-31T23:59:59+02:00'"),
              HasSubstr(R"("since":"2019-05-01","until":"2020-02-01")"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("1 time of day was left out")));
  EXPECT_THAT(gexf_edge("start='1.5' end='20'"), HasSubstr(R"("attributes":{"end":"20","start":"1.5"})"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("times that are no dates or years (1.5)")));
  gexf("", "<node id='a' start='yesterday'/>", "");
  EXPECT_THAT(told_, ElementsAre(HasSubstr("\"yesterday\" is no date; kept as an attribute")));
}

TEST_F(ForeignGraph, ReadsMomentsAsDatesOfClaims) {
  EXPECT_THAT(gexf_edge("timestamp='2019-05-01T10:00:00Z'"), HasSubstr(R"("as_of":"2019-05-01","sources")"));
  EXPECT_THAT(gexf_edge("timestamps='&lt;[2019, 2021, 2020]&gt;'"),
              HasSubstr(R"("as_of":"2021","attributes":{"timestamps":["2019","2021","2020"]})"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("1 edge is there at moments (timestamps)")));
}

TEST_F(ForeignGraph, KeepsEveryValueThatChangesWithTime) {
  EXPECT_THAT(gexf_edge("",
                        "<attvalues><attvalue for='v' value='222' start='2005-01-01' end='2005-12-31'/><attvalue "
                        "for='v' value='111' start='2004-01-01' end='2004-12-31'/></attvalues>"),
              HasSubstr(R"("volume":[{"since":"2004-01-01","until":"2005-01-01","value":111},{"since":"2005-01-01")"));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("2 values that change with time (volume) are kept with their dates")));
  const std::string claims =
      gexf_edge("start='2000'",
                "<attvalues><attvalue for='s' value='0.5' start='2005-01-01' end='2005-12-31'/>"
                "<attvalue for='s' value='0.25' start='2006-02-01' end='2006-03-31'/></attvalues>");
  EXPECT_THAT(claims, HasSubstr(R"("share":0.5,"as_of":"2005","since":"2000","sources")"));
  EXPECT_THAT(claims, HasSubstr(R"("share":0.25,"since":"2006-02-01","until":"2006-04-01")"));
}

TEST_F(ForeignGraph, MakesFiguresOfTheNumbersOfNodesThatChange) {
  const std::string all = gexf(
      "<attributes class='node' mode='dynamic'><attribute id='p' title='Price (USD)' type='double'/><attribute "
      "id='g' title='grade' type='string'/></attributes>",
      "<node id='a'><attvalues><attvalue for='p' value='1.5' start='2019-01-01' end='2019-12-31'/><attvalue "
      "for='p' value='2' timestamp='2020-05-01'/><attvalue for='g' value='A' end='2019'/></attvalues></node>",
      "");
  EXPECT_THAT(all, HasSubstr(R"("indicator":"price-usd","value":1.5,"as_of":"2019")"));
  EXPECT_THAT(all, HasSubstr(R"("indicator":"price-usd","value":2,"as_of":"2020-05-01")"));
  EXPECT_THAT(all, HasSubstr(R"("grade":[{"until":"2019","value":"A"}])"));
}

TEST_F(ForeignGraph, NamesTheParentsOfGexf) {
  EXPECT_THAT(
      gexf("", "<node id='a'/><node id='b' pid='a'/><node id='c' label='C'><nodes><node id='d'/></nodes></node>", ""),
      AllOf(HasSubstr(R"("id":"b","type":"firm","attributes":{"parent":"a"})"),
            HasSubstr(R"("id":"d","type":"firm","attributes":{"parent":"C"})")));
}

TEST_F(ForeignGraph, LetsTheUserSayWhatAnElementHolds) {
  tables_.columns["weight"] = "share";
  tables_.columns["label"] = "-";
  EXPECT_THAT(gexf_edge("label='x' weight='0.25'"), HasSubstr(R"("to":"b","share":0.25,"sources")"));
}

TEST_F(ForeignGraph, RefusesLabelsInNoLanguageWithWhatToDo) {
  EXPECT_THAT(
      refusal(GraphFormat::gexf,
              "<gexf><graph><attributes class='node'><attribute id='0' title='label_xx yy'/></attributes><nodes>"
              "<node id='a'><attvalues><attvalue for='0' value='x'/></attvalues></node></nodes></graph></gexf>"),
      HasSubstr("\"xx yy\" is no language tag such as en or zh; --map"));
}

TEST_F(ForeignGraph, RefusesHyperedgesWithWhatToDo) {
  EXPECT_THAT(refusal(GraphFormat::graphml, "<graphml><graph><hyperedge/></graph></graphml>"),
              HasSubstr("write an edge for each pair of ends, or a node with an edge to each of them"));
}

}  // namespace
}  // namespace chokepoint
