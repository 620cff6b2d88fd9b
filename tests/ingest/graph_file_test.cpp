#include "chokepoint/export/exporter.hpp"
#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;

ImportOptions options_with(const std::string& source) {
  ImportOptions options;
  options.at = "2026-01-01T00:00:00Z";
  options.dataset = "d";
  options.make_sources = true;
  options.default_source = source;
  options.default_source_title = "A file";
  return options;
}

class GraphFile : public testing::Test {
 protected:
  ImportReport take(GraphFormat format, const std::string& text) {
    return import_graph_file(database_, format, {folder_.write("graph.xml", text)}, tables_, options_);
  }
  std::string problem(GraphFormat format, const std::string& text) {
    try {
      take(format, text);
      return "accepted";
    } catch (const IngestError& error) {
      const Problem& first = error.problems.at(0);
      return std::to_string(first.line) + ": " + first.record + ": " + first.message;
    }
  }
  std::string graphml(const std::string& inside) { return "<graphml>\n" + inside + "\n</graphml>\n"; }

  test::ScratchFolder folder_;
  Database database_ = Database::in_memory(Ontology::standard());
  TableOptions tables_;
  ImportOptions options_ = options_with("s");
};

/// Everything that a graph file carries: no figures, and citations without the titles of their sources.
constexpr const char* records =
    R"({"sources":[{"id":"s"},{"id":"t"}],"nodes":[
{"id":"a","type":"firm","labels":{"en":"Alpha & Sons","zh":"甲"},"aliases":["A1","Alef"],"codes":{"lei":"X"},"since":"1999","until":"2030-05","description":"A <firm>.","sources":[{"source":"s","locator":"p. 1"},{"source":"t"}]},
{"id":"b","type":"firm","sources":[{"source":"s"}]},
{"id":"c","type":"chip","attributes":{"note":"x","released":true,"size":2.5},"sources":[{"source":"s"}]}],
"edges":[{"type":"owns","from":"a","to":"b","share":0.25,"as_of":"2024","confidence":0.5,"sources":[{"source":"s","locator":"q"}]},
{"id":"given","type":"supplies","from":"a","to":"b","item":"c","since":"2020-01","until":"2021","amount":3,"unit":"USD","bound":"at-least","status":"estimated","significance":"minor","sources":[{"source":"t"}]},
{"type":"produces","from":"b","to":"c","attributes":{"note":"y"},"sources":[{"source":"s"}]}]})";

GraphDocument document_of(const Database& database) {
  GraphDocument document;
  document.ontology = &database.ontology();
  const Reader reader(database);
  reader.for_each_node({}, [&](const Node& node) { document.nodes.push_back(node); });
  reader.for_each_edge({}, [&](const Edge& edge) { document.edges.push_back(edge); });
  return document;
}

TEST_F(GraphFile, ReadsOurOwnExportsBackAsTheyWere) {
  Database original = Database::in_memory(Ontology::standard());
  test::import_lines(original, records);
  for (const std::string name : {"graphml", "gexf"}) {
    std::ostringstream file;
    find_exporter(name)->write(document_of(original), ExportOptions{}, file);
    Database again = Database::in_memory(Ontology::standard());
    try {
      import_graph_file(again, name == "gexf" ? GraphFormat::gexf : GraphFormat::graphml,
                        {folder_.write("again." + name, file.str())}, {}, options_with(""));
    } catch (const IngestError& error) {
      for (const Problem& problem : error.problems) ADD_FAILURE() << problem.record << ": " << problem.message;
    }
    EXPECT_EQ(test::records_of(again), test::records_of(original)) << name;
  }
}

TEST_F(GraphFile, ReadsEveryDialectOfOursBackAsItWas) {
  Database original = Database::in_memory(Ontology::standard());
  test::import_lines(original, records);
  for (const auto dialect :
       {GraphmlDialect::gephi, GraphmlDialect::strict, GraphmlDialect::yed, GraphmlDialect::cytoscape}) {
    std::ostringstream file;
    write_graphml(document_of(original), dialect, file);
    Database again = Database::in_memory(Ontology::standard());
    const ImportReport report = import_graph_file(again, GraphFormat::graphml,
                                                  {folder_.write("again.graphml", file.str())}, {}, options_with(""));
    EXPECT_EQ(test::records_of(again), test::records_of(original)) << static_cast<int>(dialect);
    EXPECT_TRUE(report.remarks.empty()) << report.remarks.front();
  }
}

TEST_F(GraphFile, ReadsOurOwnFiguresBackFromGexf) {
  Database original = Database::in_memory(Ontology::standard());
  test::import_lines(
      original,
      R"({"sources":[{"id":"s"}],"nodes":[{"id":"a","type":"firm","labels":{"en":"A"},"sources":[{"source":"s"}]},
{"id":"c","type":"chip","sources":[{"source":"s"}]}],"edges":[],"observations":[
{"subject":"a","indicator":"market-share","item":"c","value":61.7,"unit":"percent","as_of":"2024","sources":[{"source":"s"}]},
{"subject":"a","indicator":"rank","value":3,"since":"2019-02-01","until":"2020-03-05","sources":[{"source":"s"}]}]})");
  GraphDocument document = document_of(original);
  Reader(original).for_each_observation({},
                                        [&](const Observation& figure) { document.observations.push_back(figure); });
  for (const GexfVersion version : {GexfVersion::v1_2, GexfVersion::v1_3}) {
    std::ostringstream file;
    write_gexf(document, version, file, true);
    Database again = Database::in_memory(Ontology::standard());
    import_graph_file(again, GraphFormat::gexf, {folder_.write("again.gexf", file.str())}, {}, options_with(""));
    const auto figures_in = [](const Database& database) {
      std::vector<Observation> figures;
      Reader(database).for_each_observation({}, [&](const Observation& figure) { figures.push_back(figure); });
      return figures;
    };
    EXPECT_EQ(figures_in(again), figures_in(original));
  }
}

TEST_F(GraphFile, ReadsWhatNetworkxAndIgraphWrite) {
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  take(GraphFormat::graphml, graphml(R"(<key id="d1" for="edge" attr.name="weight" attr.type="long"/>
<key id="v_name" for="node" attr.name="name" attr.type="string"/>
<graph edgedefault="directed"><node id="n0"><data key="v_name">Alpha</data></node><node id="n1"/>
<edge source="n0" target="n1"><data key="d1">7</data></edge></graph>)"));
  EXPECT_EQ(Reader(database_).node("alpha").value().labels.at("en"), "Alpha");
  EXPECT_EQ(Reader(database_).edges_about("alpha").at(0).attributes, R"({"weight":7})");
}

TEST_F(GraphFile, TakesLabelsOutOfTheDrawingsOfYed) {
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  take(GraphFormat::graphml,
       R"(<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key for="node" id="d6" yfiles.type="nodegraphics"/>
<graph><node id="n0"><data key="d6"><y:ShapeNode><y:Fill color="#fff"/><y:NodeLabel>Alpha</y:NodeLabel></y:ShapeNode></data></node>
<node id="n1"/><edge id="e0" source="n0" target="n1"/></graph></graphml>)");
  EXPECT_EQ(Reader(database_).node("alpha").value().labels.at("en"), "Alpha");
  EXPECT_EQ(Reader(database_).edges_about("alpha").size(), 1U);
}

TEST_F(GraphFile, ReadsGraphsInsideNodes) {
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  take(GraphFormat::graphml, graphml(R"(<key id="d" for="node" attr.name="name"/><key id="g" for="graph" attr.name="x"/>
<graph><node id="group"><data key="d">The group</data><graph id="group:"><data key="g">passed over</data><node id="a"/>
<node id="b"><graph/></node><edge source="a" target="b"/></graph></node><edge source="group" target="a"/></graph>)"));
  EXPECT_EQ(Reader(database_).node("group").value().labels.at("en"), "The group");
  EXPECT_EQ(Reader(database_).edges_about("a").size(), 2U);
  EXPECT_EQ(problem(GraphFormat::graphml,
                    graphml("<key id='d' for='node' attr.name='name'/><graph><node id='n'><graph><node id='m'/>"
                            "</graph>\n<data key='d'>Late</data></node></graph>")),
            "3: : data of the key d behind the graph inside its element; put it in front");
  EXPECT_THAT(problem(GraphFormat::gexf,
                      "<gexf><graph><attributes class='node'><attribute id='0' title='x'/></attributes><nodes>"
                      "<node id='n'><nodes><node id='m'/></nodes><attvalues><attvalue for='0' value='late'/>"
                      "</attvalues></node></nodes></graph></gexf>"),
              HasSubstr("1: : a value behind the nodes inside its element"));
}

TEST_F(GraphFile, ReadsTheLifetimesOfGexf) {
  take(GraphFormat::gexf,
       R"(<gexf version="1.3"><graph><attributes class="node"><attribute id="0" title="type" type="string"/>
</attributes><nodes><node id="a" label="Alpha" start="2001-01-01" end="2002-12-31"><attvalues><attvalue for="0" value="firm"/></attvalues></node>
<node id="b" label="Beta"><attvalues><attvalue for="0" value="firm"/></attvalues></node></nodes>
<edges><edge id="0" source="a" target="b" kind="owns"/></edges></graph></gexf>)");
  EXPECT_EQ(Reader(database_).node("a").value().until, "2003-01-01");
  EXPECT_EQ(Reader(database_).edges_about("a").at(0).type, "owns");
}

TEST_F(GraphFile, RefusesEntitiesAndDeclarationsAtTheirStart) {
  EXPECT_THAT(problem(GraphFormat::graphml,
                      "<!DOCTYPE g [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<graphml>&b;</graphml>"),
              HasSubstr("1: : a document type with declarations"));
  EXPECT_THAT(
      problem(GraphFormat::graphml, "<!DOCTYPE g [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><graphml>&x;</graphml>"),
      HasSubstr("declarations"));
  EXPECT_THAT(problem(GraphFormat::graphml, "<graphml>&undefined;</graphml>"), HasSubstr("undefined entity"));
}

TEST_F(GraphFile, RefusesWhatIsNoGraphWithItsLine) {
  EXPECT_THAT(problem(GraphFormat::graphml, ""), HasSubstr("no element found"));
  EXPECT_THAT(problem(GraphFormat::graphml, "<graphml>\n<graph>"), HasSubstr("2: : no element found"));
  EXPECT_THAT(problem(GraphFormat::graphml, graphml("<graph><hyperedge/></graph>")), HasSubstr("more than two ends"));
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<graph>";
  EXPECT_THAT(problem(GraphFormat::graphml, deep), HasSubstr("nested more than 64 deep"));
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  EXPECT_THAT(
      problem(GraphFormat::graphml, graphml("<graph><node id=\"a\"/>\n<edge source=\"a\" target=\"b\"/></graph>")),
      HasSubstr("3: edge a -owns-> b: \"to\" names b, which is no node"));
  EXPECT_EQ(test::records_of(database_), "");
}

}  // namespace
}  // namespace chokepoint
