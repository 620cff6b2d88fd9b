#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/model/cell_list.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "tests/export/large_graph.hpp"
#include "tests/export/read_back.hpp"
#include "tests/export/sample_document.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

namespace chokepoint {
namespace {

using test::hostile_document;
using test::read_back;
using test::ReadGraph;
using test::sample_document;

constexpr GraphmlDialect dialects[] = {GraphmlDialect::gephi, GraphmlDialect::strict, GraphmlDialect::yed,
                                       GraphmlDialect::cytoscape};

std::string graphml(const GraphDocument& document, GraphmlDialect dialect = GraphmlDialect::gephi,
                    ExportWarnings* warnings = nullptr) {
  std::ostringstream out;
  ExportWarnings said = write_graphml(document, dialect, out);
  if (warnings != nullptr) *warnings = std::move(said);
  return out.str();
}

bool graphml_contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class GraphmlReadBack : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Libraries, GraphmlReadBack, testing::Values("networkx", "igraph", "lxml"),
                         [](const auto& parameter) { return parameter.param; });

/// XML id -> true id: the strict dialect keeps the true one in a key.
std::map<std::string, const Node*> nodes_by_xml_id(const GraphDocument& document, GraphmlDialect dialect) {
  std::map<std::string, const Node*> result;
  for (const Node& node : document.nodes) {
    std::string id = node.id;
    if (dialect == GraphmlDialect::strict) std::replace(id.begin(), id.end(), '/', '_');
    result[id] = &node;
  }
  return result;
}

TEST_P(GraphmlReadBack, ReturnsEveryNodeEdgeAndLabel) {
  for (const GraphmlDialect dialect : dialects) {
    for (const GraphDocument& document : {sample_document(), hostile_document(), test::random_document(40, 160, 5)}) {
      const auto graph = read_back(GetParam(), "graphml", graphml(document, dialect));
      if (!graph) GTEST_SKIP() << GetParam() << " is not installed";
      ASSERT_EQ(graph->nodes.size(), document.nodes.size());
      ASSERT_EQ(graph->edges.size(), document.edges.size());
      // igraph prefers the key `id` to the XML id.
      const bool true_ids = GetParam() == "igraph" || dialect != GraphmlDialect::strict;
      for (const auto& [xml_id, node] :
           nodes_by_xml_id(document, true_ids ? GraphmlDialect::gephi : GraphmlDialect::strict)) {
        ASSERT_TRUE(graph->nodes.contains(xml_id)) << xml_id;
        const auto& data = graph->nodes.at(xml_id);
        EXPECT_EQ(data.at("type"), node->type);
        EXPECT_EQ(data.at("label"), test::as_xml_holds_it(std::string(label_of(node->labels, "en", node->id))));
        for (const auto& [language, label] : node->labels)
          EXPECT_EQ(data.at("label_" + language), test::as_xml_holds_it(label));
        if (!node->description.empty()) {
          EXPECT_EQ(data.at("description"), test::as_xml_holds_it(node->description));
        }
        if (dialect != GraphmlDialect::gephi) {
          EXPECT_EQ(data.at("id"), node->id);
        }
      }
    }
  }
}

TEST_P(GraphmlReadBack, ReturnsTheDataOfEveryEdge) {
  for (const GraphDocument& document : {sample_document(), hostile_document()}) {
    const auto graph = read_back(GetParam(), "graphml", graphml(document));
    if (!graph) GTEST_SKIP() << GetParam() << " is not installed";
    std::map<std::string, const ReadGraph::Attributes*> by_id;
    for (const auto& edge : graph->edges) EXPECT_TRUE(by_id.emplace(edge.at("id"), &edge).second);
    for (const Edge& edge : document.edges) {
      ASSERT_TRUE(by_id.contains(edge.id)) << describe(edge);
      const auto& data = *by_id.at(edge.id);
      EXPECT_EQ(data.at("source"), edge.from);
      EXPECT_EQ(data.at("target"), edge.to);
      EXPECT_EQ(data.at("type"), edge.type);
      EXPECT_EQ(data.at("status"), to_string(edge.status));
      EXPECT_EQ(data.contains("share"), edge.share.has_value());
      if (edge.share) {
        EXPECT_EQ(std::stod(data.at("share")), *edge.share);
      }
      if (edge.amount) {
        EXPECT_EQ(std::stod(data.at("amount")), *edge.amount);
      }
      if (!edge.item.empty()) {
        EXPECT_EQ(data.at("item"), edge.item);
      }
      if (!edge.unit.empty()) {
        EXPECT_EQ(data.at("unit"), test::as_xml_holds_it(edge.unit));
      }
      std::vector<Citation> cited = edge.sources;
      for (Citation& citation : cited) citation.locator = test::as_xml_holds_it(citation.locator);
      EXPECT_EQ(parse_citations(data.at("sources")), cited);
    }
  }
}

TEST(Graphml, PutsTheEdgeTypeWhereGephiReadsIt) {
  const std::string text = graphml(sample_document());
  EXPECT_TRUE(
      graphml_contains(text, R"( source="tsmc-5nm" target="euv" label="requires"><data key="edgelabel">requires<)"));
  EXPECT_FALSE(graphml_contains(graphml(sample_document(), GraphmlDialect::strict), " label=\""));
}

/// id, for, attr.name, attr.type of every key.
std::vector<std::array<std::string, 4>> keys_of(const std::string& text) {
  std::vector<std::array<std::string, 4>> keys;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!graphml_contains(line, "<key ")) continue;
    const auto attribute = [&line](const std::string& name) -> std::string {
      const auto begin = line.find(" " + name + "=\"");
      if (begin == std::string::npos) return "";
      const auto value = begin + name.size() + 3;
      return line.substr(value, line.find('"', value) - value);
    };
    keys.push_back({attribute("id"), attribute("for"), attribute("attr.name"), attribute("attr.type")});
  }
  return keys;
}

TEST(Graphml, DeclaresOnlyKeysThatGephiUnderstands) {
  const std::set<std::string> types = {"boolean", "int", "long", "float", "double", "string"};
  for (const GraphmlDialect dialect : dialects) {
    std::set<std::string> ids;
    for (const auto& [id, record, name, type] : keys_of(graphml(sample_document(), dialect))) {
      EXPECT_TRUE(ids.insert(id).second) << id;
      EXPECT_TRUE(record == "node" || record == "edge") << record;
      if (id != "nodegraphics" && id != "edgegraphics") {
        EXPECT_TRUE(types.contains(type)) << id;
      }
    }
  }
}

TEST(Graphml, KeepsVisualNamesForVisuals) {
  std::map<std::string, int> nodes, edges;
  for (const auto& [id, record, name, type] : keys_of(graphml(sample_document()))) {
    ++(record == "node" ? nodes : edges)[name];
    if (record == "edge" && id != "edgelabel") {
      EXPECT_EQ(id.substr(0, 5), "edge_");
    }
  }
  for (const char* visual : {"label", "r", "g", "b", "size", "x", "y"}) EXPECT_EQ(nodes[visual], 1) << visual;
  for (const char* visual : {"edgelabel", "r", "g", "b"}) EXPECT_EQ(edges[visual], 1) << visual;
  EXPECT_EQ(nodes["metric_size"], 1);
  EXPECT_EQ(nodes["metric_type"], 1);
  EXPECT_EQ(nodes["betweenness"], 1);
  EXPECT_EQ(nodes["attributes.x"], 1);
  EXPECT_EQ(edges["metric_weight"], 1);
  EXPECT_EQ(edges["weight"], 0);
}

TEST(Graphml, SplitsAttributesAndKeepsTheirTypes) {
  std::map<std::string, std::string> types;
  const std::string text = graphml(sample_document());
  for (const auto& [id, record, name, type] : keys_of(text)) types[id] = type;
  EXPECT_EQ(types["attributes.employees"], "long");
  EXPECT_EQ(types["attributes.listed:json"], "string");  // true in one record, "no" in another
  EXPECT_EQ(types["attributes.plants:json"], "string");
  EXPECT_EQ(types["edge_attributes.threshold"], "double");
  EXPECT_EQ(types["edge_k"], "long");
  EXPECT_EQ(types["edge_symmetric"], "boolean");
  EXPECT_TRUE(graphml_contains(text, R"(<data key="attributes.plants:json">["Veldhoven","Wilton"]</data>)"));
  EXPECT_TRUE(graphml_contains(text, R"(<data key="attributes.employees">42000</data>)"));
}

TEST(Graphml, LeavesOutWhatIsUnknown) {
  GraphDocument document = test::random_document(5, 5, 1);
  document.node_columns.by_name["nothing"] = std::vector<Cell>(document.nodes.size(), std::nan(""));
  const std::string text = graphml(document);
  for (const char* absent : {"edge_amount", "edge_item", "edge_until", "codes.", "attributes.", "nothing"})
    EXPECT_FALSE(graphml_contains(text, absent)) << absent;
  EXPECT_TRUE(graphml_contains(text, "edge_share"));
}

TEST(Graphml, ColoursNodesByTypeAndPlacesThemApart) {
  const GraphDocument document = sample_document();
  const auto graph = read_back("lxml", "graphml", graphml(document));
  if (!graph) GTEST_SKIP() << "lxml is not installed";
  std::set<std::pair<std::string, std::string>> places;
  for (const auto& [id, data] : graph->nodes) {
    EXPECT_TRUE(places.emplace(data.at("x"), data.at("y")).second);
    EXPECT_TRUE(std::isfinite(std::stod(data.at("x"))));
    if (data.at("type") == "firm") {
      EXPECT_EQ(data.at("r") + "," + data.at("g") + "," + data.at("b"), "238,119,51");
    }
  }
}

TEST(Graphml, GivesEdgesThatGephiWouldMergeFinerKinds) {
  ExportWarnings warnings;
  const std::string written = graphml(sample_document(), GraphmlDialect::gephi, &warnings);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_TRUE(graphml_contains(warnings[0], "2 edges have finer kinds")) << warnings[0];
  EXPECT_TRUE(graphml_contains(written, "label=\"supplies: gpu\"")) << written;
  EXPECT_TRUE(graphml_contains(written, "label=\"supplies: asic\""));
  GraphDocument document = sample_document();
  document.edges[4].type = "funds";  // another type on the same pair is no loss
  test::sort_document(document);
  graphml(document, GraphmlDialect::gephi, &warnings);
  EXPECT_TRUE(warnings.empty());
}

TEST(Graphml, EveryEdgeBetweenTwoNodesHasAKindOfItsOwn) {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    const GraphDocument document = test::random_document(4, 40, seed);
    const std::string written = graphml(document, GraphmlDialect::gephi, nullptr);
    std::set<std::string> seen;
    std::size_t edges = 0;
    for (std::size_t at = 0; (at = written.find("<edge id=", at)) != std::string::npos; ++at, ++edges) {
      const std::size_t from = written.find("source=", at), to = written.find('>', at);
      EXPECT_TRUE(seen.insert(written.substr(from, to - from)).second) << written.substr(from, to - from);
    }
    EXPECT_EQ(edges, document.edges.size());
  }
}

TEST(Graphml, WarnsOfReplacedCharacters) {
  ExportWarnings warnings;
  graphml(hostile_document(), GraphmlDialect::gephi, &warnings);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_TRUE(graphml_contains(warnings[0], "characters that XML cannot hold were replaced")) << warnings[0];
}

TEST(Graphml, GivesEveryEdgeAnIdOfItsOwn) {
  GraphDocument document = test::random_document(4, 6, 2);
  for (Edge& edge : document.edges) edge.id = "same";
  document.edges[0].id = "same-2";
  document.edges[1].id = "";
  for (const GraphmlDialect dialect : dialects) {
    const auto graph = read_back("lxml", "graphml", graphml(document, dialect));
    if (!graph) GTEST_SKIP() << "lxml is not installed";
    std::set<std::string> ids;
    for (const auto& edge : graph->edges) EXPECT_TRUE(ids.insert(edge.at("id")).second) << edge.at("id");
  }
}

TEST(Graphml, WritesNameTokensInTheStrictDialect) {
  GraphDocument document;
  document.nodes = {test::make_node("a/b", "firm"), test::make_node("a:b", "firm"), test::make_node("a_b", "firm")};
  document.edges = {test::make_edge("owns", "a/b", "a_b")};
  document.edges[0].id = "x/1";
  const std::string text = graphml(document, GraphmlDialect::strict);
  EXPECT_TRUE(graphml_contains(text, "<node id=\"a_b-2\"><data key=\"label\">a/b</data><data key=\"id\">a/b</data>"))
      << text;
  EXPECT_TRUE(graphml_contains(text, "<edge id=\"x_1\" source=\"a_b-2\" target=\"a_b\">")) << text;
}

TEST(Graphml, KeepsToTheSchemaInTheStrictDialect) {
  GraphDocument odd = sample_document();
  odd.nodes[0].attributes = R"({"a b":1,"a_b":2,"数":3,"":4,"A_B":5})";
  odd.edges[0].id = "odd id/1";
  for (const GraphDocument& document : {sample_document(), hostile_document(), odd, GraphDocument{}}) {
    const test::ScratchFile file("graph.graphml", graphml(document, GraphmlDialect::strict));
    const auto result = test::run_python("tests/export/check_structure.py", {"graphml", file.path()});
    if (result.status == 77) GTEST_SKIP() << "lxml is not installed";
    EXPECT_EQ(result.status, 0) << result.output;
  }
}

TEST(Graphml, LabelsTypesInTheChosenLanguage) {
  GraphDocument document = sample_document();
  document.language = "zh";
  const std::string text = graphml(document);
  EXPECT_TRUE(graphml_contains(text, "<data key=\"label\">极紫外光刻机</data>"));
  EXPECT_TRUE(graphml_contains(text, "<data key=\"edgelabel\">供应</data>"));
  EXPECT_TRUE(graphml_contains(text, "<data key=\"label_en\">EUV scanner</data>"));
}

TEST(Graphml, NeedsNoOntology) {
  GraphDocument document = sample_document();
  document.ontology = nullptr;
  const std::string text = graphml(document);
  EXPECT_TRUE(graphml_contains(text, "<data key=\"edgelabel\">supplies</data><data key=\"edge_r\">153</data>"));
}

TEST(Graphml, IsByteIdenticalBetweenRuns) {
  for (const GraphmlDialect dialect : dialects)
    EXPECT_EQ(graphml(test::random_document(60, 200, 4), dialect), graphml(test::random_document(60, 200, 4), dialect));
}

TEST(Graphml, WritesAnEmptyGraph) {
  const auto graph = read_back("networkx", "graphml", graphml(GraphDocument{}));
  if (!graph) GTEST_SKIP() << "networkx is not installed";
  EXPECT_TRUE(graph->nodes.empty());
}

TEST(Graphml, RefusesEdgesWithoutTheirEnds) {
  GraphDocument document = sample_document();
  document.nodes.erase(document.nodes.begin());
  document.edges[0].from = "nowhere";
  std::ostringstream out;
  EXPECT_THROW(write_graphml(document, out), std::invalid_argument);
}

TEST(Graphml, KnowsItsDialectsByName) {
  EXPECT_EQ(parse_graphml_dialect("gephi"), GraphmlDialect::gephi);
  EXPECT_EQ(parse_graphml_dialect("strict"), GraphmlDialect::strict);
  EXPECT_EQ(parse_graphml_dialect("yed"), GraphmlDialect::yed);
  EXPECT_EQ(parse_graphml_dialect("cytoscape"), GraphmlDialect::cytoscape);
  EXPECT_EQ(parse_graphml_dialect("Gephi"), std::nullopt);
}

TEST(Graphml, PlacesNoNodesOfALargeGraphUnlessAsked) {
  test::expect_large_graphs_placed_only_when_asked(
      "key=\"x\"", [](const GraphDocument& document, std::ostream& out) { return write_graphml(document, out); });
}

}  // namespace
}  // namespace chokepoint
