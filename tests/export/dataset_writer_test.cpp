#include "chokepoint/export/dataset_writer.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "tests/export/sample_document.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace chokepoint {
namespace {

Source sample_source() {
  Source source;
  source.id = "report-2025";
  source.title = "A report";
  return source;
}

Observation sample_observation() {
  Observation observation;
  observation.id = "o1";
  observation.subject = "cn";
  observation.indicator = "power";
  observation.value = Json(12.5);
  observation.unit = "GW";
  observation.sources = {{"report-2025", ""}};
  return observation;
}

std::string written(DatasetForm form, const std::optional<DatasetInfo>& info, const std::vector<Node>& nodes,
                    const std::vector<Edge>& edges) {
  std::ostringstream out;
  DatasetWriter writer(out, form);
  writer.begin(info);
  writer.write(sample_source());
  for (const Node& node : nodes) writer.write(node);
  for (const Edge& edge : edges) writer.write(edge);
  writer.write(sample_observation());
  writer.end();
  return out.str();
}

const DatasetInfo sample_info = {"sample", "Sample 样本", "1", "CC-BY-4.0"};

TEST(DatasetWriter, WritesOneRecordALine) {
  const std::vector<Node> nodes = {test::make_node("a", "firm"), test::make_node("b", "firm", {{"zh", "乙"}})};
  Edge edge = test::make_edge("owns", "a", "b");
  edge.id = "e";
  EXPECT_EQ(written(DatasetForm::document, sample_info, nodes, {edge}),
            "{\n"
            "\"dataset\": {\"id\":\"sample\",\"title\":\"Sample 样本\",\"version\":\"1\",\"license\":\"CC-BY-4.0\"},\n"
            "\"sources\": [\n" +
                to_text(to_json(sample_source())) + "\n],\n\"nodes\": [\n" + to_text(to_json(nodes[0])) + ",\n" +
                to_text(to_json(nodes[1])) + "\n],\n\"edges\": [\n" + to_text(to_json(edge)) +
                "\n],\n\"observations\": [\n" + to_text(to_json(sample_observation())) + "\n]\n}\n");
}

TEST(DatasetWriter, WritesEmptyListsAndMayLeaveTheDatasetOut) {
  std::ostringstream out;
  DatasetWriter writer(out, DatasetForm::document);
  writer.begin(std::nullopt);
  writer.end();
  EXPECT_EQ(out.str(), "{\n\"sources\": [],\n\"nodes\": [],\n\"edges\": [],\n\"observations\": []\n}\n");
  std::ostringstream lines;
  DatasetWriter line_writer(lines, DatasetForm::lines);
  line_writer.begin(std::nullopt);
  line_writer.end();
  EXPECT_EQ(lines.str(), "");
}

TEST(DatasetWriter, SkipsListsWithoutRecords) {
  std::ostringstream out;
  DatasetWriter writer(out, DatasetForm::document);
  writer.begin(sample_info);
  writer.write(sample_observation());
  writer.end();
  const Json read = parse_json(out.str());
  EXPECT_TRUE(read.find("nodes")->as_array().empty());
  EXPECT_EQ(read.find("observations")->as_array().size(), 1U);
}

TEST(DatasetWriter, TagsEveryLineOfJsonLines) {
  const std::string text =
      written(DatasetForm::lines, sample_info, {test::make_node("a", "firm")}, {test::make_edge("owns", "a", "a")});
  std::istringstream lines(text);
  std::vector<std::string> tags;
  for (std::string line; std::getline(lines, line);) {
    const Json read = parse_json(line);
    ASSERT_EQ(read.as_object().size(), 1U);
    tags.push_back(read.as_object()[0].first);
  }
  EXPECT_EQ(tags, (std::vector<std::string>{"dataset", "source", "node", "edge", "observation"}));
}

TEST(DatasetWriter, SaysTheSameInBothForms) {
  const GraphDocument document = test::sample_document();
  const Json whole = parse_json(written(DatasetForm::document, sample_info, document.nodes, document.edges));
  std::istringstream lines(written(DatasetForm::lines, sample_info, document.nodes, document.edges));
  Json nodes = Json::array(), edges = Json::array();
  for (std::string line; std::getline(lines, line);) {
    const Json read = parse_json(line);
    if (const Json* node = read.find("node")) nodes.push(*node);
    if (const Json* edge = read.find("edge")) edges.push(*edge);
  }
  EXPECT_EQ(*whole.find("nodes"), nodes);
  EXPECT_EQ(*whole.find("edges"), edges);
  EXPECT_EQ(nodes.as_array().size(), document.nodes.size());
}

TEST(DatasetWriter, KeepsHostileTextExactly) {
  const GraphDocument document = test::hostile_document();
  const Json read = parse_json(written(DatasetForm::document, sample_info, document.nodes, document.edges));
  const std::vector<std::string> labels = test::hostile_labels();
  const auto& nodes = read.find("nodes")->as_array();
  ASSERT_EQ(nodes.size(), labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    EXPECT_EQ(nodes[i].find("labels")->find("en")->as_string(), labels[i]);
    EXPECT_EQ(nodes[i].find("description")->as_string(), labels[i]);
  }
}

TEST(DatasetWriter, RefusesRecordsOutOfOrder) {
  std::ostringstream out;
  DatasetWriter writer(out, DatasetForm::lines);
  EXPECT_THROW(writer.write(test::make_node("a", "firm")), std::logic_error);
  writer.begin(sample_info);
  EXPECT_THROW(writer.begin(sample_info), std::logic_error);
  writer.write(test::make_node("a", "firm"));
  EXPECT_THROW(writer.write(sample_source()), std::logic_error);
  writer.end();
  EXPECT_THROW(writer.write(test::make_node("b", "firm")), std::logic_error);
  EXPECT_THROW(writer.end(), std::logic_error);
}

}  // namespace
}  // namespace chokepoint
