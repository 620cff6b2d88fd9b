#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "tests/export/sample_document.hpp"
#include "tests/support/python.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <sstream>
#include <string>

namespace chokepoint {
namespace {

using Writer = ExportWarnings (*)(const GraphDocument&, std::ostream&);

std::string table(Writer write, const GraphDocument& document, ExportWarnings* warnings = nullptr) {
  std::ostringstream out;
  ExportWarnings said = write(document, out);
  if (warnings != nullptr) *warnings = std::move(said);
  return out.str();
}

std::string header(Writer write) {
  const std::string text = table(write, test::sample_document());
  return text.substr(0, text.find('\n'));
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(GephiTables, BeginWithTheColumnsThatGephiKnows) {
  EXPECT_EQ(header(write_gephi_nodes).substr(0, 33), "Id,Label,label_en,label_zh,type,a");
  EXPECT_EQ(header(write_gephi_edges).substr(0, 54), "Source,Target,Type,Kind,Id,Label,edge_type,item,market");
  const std::string edges = table(write_gephi_edges, test::sample_document());
  EXPECT_TRUE(contains(edges, "\ntsmc-5nm,euv,Directed,requires,"));
  EXPECT_TRUE(contains(edges, "\nasml,rival,Undirected,competes-with,"));
}

TEST(GephiTables, TellEdgesOfOneTypeOnOnePairApart) {
  const GraphDocument document = test::sample_document();
  ExportWarnings warnings;
  const std::string edges = table(write_gephi_edges, document, &warnings);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_TRUE(contains(warnings[0], "finer kind")) << warnings[0];
  EXPECT_TRUE(contains(edges, "Source,Target,Type,Kind,Id,Label,edge_type,"));
  std::set<std::string> kinds;
  std::istringstream lines(edges.substr(edges.find('\n') + 1));
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::string head = line.substr(0, line.find(',', line.find("ected,") + 6));
    if (!contains(head, "ected,")) continue;  // the rest of a text with a line break
    ++rows;
    kinds.insert(head);
  }
  EXPECT_EQ(rows, document.edges.size());
  EXPECT_EQ(kinds.size(), document.edges.size());
}

TEST(Neo4jTables, TypeTheirHeaders) {
  const std::string nodes = header(write_neo4j_nodes), edges = header(write_neo4j_edges);
  EXPECT_EQ(nodes.substr(0, 45), "id:ID,:LABEL,label,label_en,label_zh,type,ali");
  EXPECT_TRUE(contains(nodes, ",attributes_employees:long,"));
  EXPECT_TRUE(contains(nodes, ",betweenness:double,"));
  EXPECT_EQ(edges.substr(0, 45), ":START_ID,:END_ID,:TYPE,id,symmetric:boolean,");
  EXPECT_TRUE(contains(edges, ",share:double,"));
  EXPECT_TRUE(contains(table(write_neo4j_edges, test::sample_document()), "\nasml,euv,produces,"));
}

TEST(Neo4jTables, AskForMultilineFieldsOnlyWhenThereAreSome) {
  ExportWarnings warnings;
  table(write_neo4j_nodes, test::sample_document(), &warnings);
  EXPECT_TRUE(warnings.empty());
  table(write_neo4j_nodes, test::hostile_document(), &warnings);
  EXPECT_EQ(warnings.size(), 1U);
}

/// Every row of a CSV file, read by Python's csv module, as lists of texts.
std::optional<Json> read_csv(const std::string& text) {
  const test::ScratchFile file("table.csv", text);
  const auto result = test::run_python("tests/export/read_csv.py", {file.path()});
  if (result.status == 77) return std::nullopt;
  EXPECT_EQ(result.status, 0) << result.output;
  return parse_json(result.output);
}

TEST(CsvTables, ComeBackWithEveryLabel) {
  GraphDocument document = test::hostile_document();
  for (const Writer write : {Writer(write_gephi_nodes), Writer(write_neo4j_nodes)}) {
    const auto rows = read_csv(table(write, document));
    if (!rows) GTEST_SKIP() << "Python is not installed";
    ASSERT_EQ(rows->as_array().size(), document.nodes.size() + 1);
    const auto& names = rows->as_array()[0].as_array();
    for (std::size_t row = 0; row < document.nodes.size(); ++row) {
      const auto& cells = rows->as_array()[row + 1].as_array();
      ASSERT_EQ(cells.size(), names.size());
      for (std::size_t column = 0; column < names.size(); ++column) {
        if (names[column].as_string() == "label_zh" || names[column].as_string() == "description") {
          EXPECT_EQ(cells[column].as_string(), document.nodes[row].description);
        }
      }
    }
  }
  for (const Writer write : {Writer(write_gephi_edges), Writer(write_neo4j_edges)}) {
    const auto rows = read_csv(table(write, document));
    if (!rows) GTEST_SKIP() << "Python is not installed";
    EXPECT_EQ(rows->as_array().size(), document.edges.size() + 1);
  }
}

}  // namespace
}  // namespace chokepoint
