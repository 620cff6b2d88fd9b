#include "chokepoint/export/graph_document.hpp"
#include "export/formats/spells.hpp"
#include "tests/export/large_graph.hpp"
#include "tests/export/read_back.hpp"
#include "tests/export/sample_document.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace chokepoint {
namespace {

using test::hostile_document;
using test::read_back;
using test::sample_document;

constexpr GexfVersion versions[] = {GexfVersion::v1_2, GexfVersion::v1_3};

std::string gexf(const GraphDocument& document, GexfVersion version = GexfVersion::v1_3,
                 ExportWarnings* warnings = nullptr) {
  std::ostringstream out;
  ExportWarnings said = write_gexf(document, version, out);
  if (warnings != nullptr) *warnings = std::move(said);
  return out.str();
}

bool gexf_contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Spells, EndOnTheDayBeforeTheHalfOpenEnd) {
  const auto spell = [](const std::string& since, const std::string& until) {
    const auto found = detail::spell_of(since, until);
    return found ? found->start + ".." + found->end : std::string("none");
  };
  EXPECT_EQ(spell("2024-03-01", "2024-03-05"), "2024-03-01..2024-03-04");
  EXPECT_EQ(spell("2024", "2024"), "2024-01-01..2024-12-31");
  EXPECT_EQ(spell("2024-02", "2024-02"), "2024-02-01..2024-02-29");
  EXPECT_EQ(spell("2024", ""), "2024-01-01..");
  EXPECT_EQ(spell("", "2025-01-01"), "..2024-12-31");
  EXPECT_EQ(spell("2024-03-01", "2024-03-02"), "2024-03-01..2024-03-01");
  EXPECT_EQ(spell("", ""), "none");
  EXPECT_EQ(spell("soon", ""), "none");
}

TEST(Gexf, KeepsToItsSchema) {
  for (const GexfVersion version : versions) {
    for (const GraphDocument& document :
         {sample_document(), hostile_document(), test::random_document(30, 90, 3), GraphDocument{}}) {
      const test::ScratchFile file("graph.gexf", gexf(document, version));
      const auto result = test::run_python("tests/export/check_structure.py", {"gexf", file.path()});
      if (result.status == 77) GTEST_SKIP() << "lxml is not installed";
      EXPECT_EQ(result.status, 0) << result.output;
    }
  }
}

TEST(Gexf, ReturnsEveryNodeEdgeAndLabel) {
  for (const GexfVersion version : versions) {
    for (const GraphDocument& document : {sample_document(), hostile_document()}) {
      const auto graph = read_back("lxml", "gexf", gexf(document, version));
      if (!graph) GTEST_SKIP() << "lxml is not installed";
      ASSERT_EQ(graph->nodes.size(), document.nodes.size());
      ASSERT_EQ(graph->edges.size(), document.edges.size());
      for (const Node& node : document.nodes) {
        const auto& data = graph->nodes.at(node.id);
        EXPECT_EQ(data.at("label"), test::as_xml_holds_it(std::string(label_of(node.labels, "en", node.id))));
        for (const auto& [language, label] : node.labels)
          EXPECT_EQ(data.at("label_" + language), test::as_xml_holds_it(label));
      }
      for (std::size_t row = 0; row < document.edges.size(); ++row) {
        const Edge& edge = document.edges[row];
        const auto& data = graph->edges[row];
        EXPECT_EQ(data.at("id"), edge.id);
        EXPECT_EQ(data.at("source"), edge.from);
        EXPECT_EQ(data.at("target"), edge.to);
        EXPECT_EQ(data.at("type"), edge.type);
        EXPECT_EQ(data.contains("kind"), version == GexfVersion::v1_3);
        if (version == GexfVersion::v1_3) {
          EXPECT_TRUE(data.at("kind").starts_with(edge.type)) << data.at("kind");
        }
      }
    }
  }
}

TEST(Gexf, IsReadByNetworkx) {
  // networkx 2.8 knows GEXF up to 1.2.
  for (const GraphDocument& document : {sample_document(), hostile_document()}) {
    const auto graph = read_back("networkx", "gexf", gexf(document, GexfVersion::v1_2));
    if (!graph) GTEST_SKIP() << "networkx is not installed";
    EXPECT_EQ(graph->nodes.size(), document.nodes.size());
    EXPECT_EQ(graph->edges.size(), document.edges.size());
  }
}

TEST(Gexf, SaysWhenARecordHolds) {
  const std::string text = gexf(sample_document());
  EXPECT_TRUE(gexf_contains(text, R"(mode="dynamic" timeformat="date" timerepresentation="interval")"));
  EXPECT_TRUE(gexf_contains(text, R"(<spells><spell start="2022-10-07" end="2024-11-30"/></spells>)"));
  EXPECT_TRUE(gexf_contains(text, R"(<spells><spell start="1984-01-01"/></spells>)"));
  EXPECT_TRUE(gexf_contains(text, R"(<spells><spell start="2024-03-01" end="2025-12-31"/></spells>)"));
  EXPECT_TRUE(gexf_contains(gexf(hostile_document()), R"(mode="static")"));
}

TEST(Gexf, SaysColoursByChannel) {
  EXPECT_TRUE(gexf_contains(gexf(sample_document()), R"(<viz:color r="238" g="119" b="51"/>)"));
  EXPECT_FALSE(gexf_contains(gexf(sample_document()), "hex"));
}

TEST(Gexf, WarnsOfEdgesThatGephiMerges) {
  GraphDocument document = sample_document();
  document.edges[4].type = "funds";
  test::sort_document(document);
  ExportWarnings warnings;
  gexf(document, GexfVersion::v1_3, &warnings);
  EXPECT_TRUE(warnings.empty());
  gexf(document, GexfVersion::v1_2, &warnings);  // without kinds, types do not keep edges apart
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_TRUE(gexf_contains(warnings[0], "no edge kinds")) << warnings[0];
}

TEST(Gexf, IsByteIdenticalBetweenRuns) {
  EXPECT_EQ(gexf(test::random_document(40, 99, 4)), gexf(test::random_document(40, 99, 4)));
}

TEST(Gexf, KnowsItsVersionsByName) {
  EXPECT_EQ(parse_gexf_version("1.2"), GexfVersion::v1_2);
  EXPECT_EQ(parse_gexf_version("1.3"), GexfVersion::v1_3);
  EXPECT_EQ(parse_gexf_version("1.1"), std::nullopt);
}

Observation make_figure(const std::string& subject, double value, const std::string& as_of) {
  Observation figure;
  figure.subject = subject;
  figure.indicator = "revenue";
  figure.unit = "USD";
  figure.value = Json(value);
  figure.as_of = as_of;
  figure.sources = {{"report-2025", ""}};
  figure.id = record_id(figure);
  return figure;
}

TEST(Gexf, WritesDatedFiguresAsAttributesThatChangeWithTime) {
  GraphDocument document = sample_document();
  document.observations = {make_figure("asml", 3, "2024"), make_figure("asml", 2.5, "2023-06"),
                           make_figure("asml", 4, ""), make_figure("asml", 9, "2024-05")};
  ExportWarnings warnings;
  EXPECT_FALSE(gexf_contains(gexf(document), R"(mode="dynamic">)"
                                             "\n      <attribute id=\"figure"));
  std::ostringstream out;
  warnings = write_gexf(document, GexfVersion::v1_3, out, true);
  const std::string text = out.str();
  EXPECT_TRUE(gexf_contains(text, R"(<attributes class="node" mode="dynamic">)"));
  EXPECT_TRUE(gexf_contains(text,
                            R"(<attvalue for="figure.revenue [USD]" value="2.5" start="2023-06-01" end="2023-06-30"/>)"
                            R"(<attvalue for="figure.revenue [USD]" value="3" start="2024-01-01" end="2024-12-31"/>)"));
  EXPECT_FALSE(gexf_contains(text, R"(value="9")"));  // 2024 covers its time already
  EXPECT_FALSE(gexf_contains(text, R"(value="4" start)"));
  EXPECT_TRUE(std::any_of(warnings.begin(), warnings.end(), [](const std::string& warning) {
    return gexf_contains(warning, "1 dated figures overlap");
  }));
  const test::ScratchFile file("graph.gexf", text);
  const auto result = test::run_python("tests/export/check_structure.py", {"gexf", file.path()});
  if (result.status == 77) GTEST_SKIP() << "lxml is not installed";
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST(Gexf, PlacesNoNodesOfALargeGraphUnlessAsked) {
  test::expect_large_graphs_placed_only_when_asked(
      "viz:position",
      [](const GraphDocument& document, std::ostream& out) { return write_gexf(document, GexfVersion::v1_3, out); });
}

}  // namespace
}  // namespace chokepoint
