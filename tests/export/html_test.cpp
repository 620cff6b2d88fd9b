#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/support/error.hpp"
#include "model/embedded.hpp"
#include "tests/export/sample_document.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <sstream>
#include <utility>

namespace chokepoint {
namespace {

bool built_in() { return detail::embedded("explorer.html").has_value(); }

std::string page_of(const GraphDocument& document) {
  std::ostringstream out;
  write_html(document, out);
  return out.str();
}

/// The text of the data element, up to the next end tag of a script.
std::string data_of(const std::string& page) {
  const std::string start = "<script type=\"application/json\" id=\"data\">";
  const std::size_t from = page.find(start) + start.size();
  return page.substr(from, page.find("</script", from) - from);
}

TEST(Html, IsThePageOrSaysHowToGetIt) {
  if (built_in()) {
    EXPECT_EQ(page_of(test::sample_document()).rfind("<!DOCTYPE html>", 0), 0U);
    return;
  }
  try {
    page_of(test::sample_document());
    FAIL();
  } catch (const IoError& error) {
    EXPECT_NE(std::string(error.what()).find("npm ci"), std::string::npos);
  }
}

TEST(Html, HoldsEveryRecordAsData) {
  if (!built_in()) GTEST_SKIP() << "built without Cytoscape.js";
  GraphDocument document = test::sample_document();
  document.marks.assign(document.nodes.size(), Mark::none);
  document.marks[1] = Mark::fails;
  document.as_of = "2025-01-01";
  const Json data = parse_json(data_of(page_of(document)));
  EXPECT_EQ(data.find("nodes")->as_array().size(), document.nodes.size());
  EXPECT_EQ(data.find("edges")->as_array().size(), document.edges.size());
  EXPECT_EQ(data.find("title")->as_string(), document.title);
  EXPECT_EQ(data.find("nodes")->as_array()[1].find("mark")->as_string(), "fails");
  EXPECT_EQ(data.find("marks")->as_array().size(), 1U);
  for (const Json& node : data.find("nodes")->as_array()) EXPECT_TRUE(node.find("x")->is_number());
}

TEST(Html, BeginsWithTheMostImportantPartInItsOrder) {
  if (!built_in()) GTEST_SKIP() << "built without Cytoscape.js";
  GraphDocument document;
  for (int i = 0; i < 1000; ++i) {
    Node node;
    node.id = "n" + std::to_string(1000 + i);
    node.type = "firm";
    document.nodes.push_back(std::move(node));
  }
  for (std::size_t i = 1; i < 1000; ++i) {
    Edge edge;
    edge.id = "e" + std::to_string(i);
    edge.type = "owns";
    edge.from = document.nodes[i - 1].id;
    edge.to = document.nodes[i].id;
    document.edges.push_back(std::move(edge));
  }
  for (std::uint32_t row = 0; row < 1000; ++row) document.importance.push_back(999 - row);
  document.titles = {{"en", "A chain"}, {"zh", "链"}};
  document.metric_labels = {{"tier", {{"en", "Tier"}, {"zh", "层级"}}}};
  document.opening =
      PageOpening{.headline = {{"en", "A </script> sentence"}},
                  .lists = {{.title = {{"en", "List"}},
                             .lines = {{.nodes = {"n1000", "n1001"}, .date = "2024", .reason = {{"en", "since"}}}},
                             .more = {}}}};
  const Json data = parse_json(data_of(page_of(document)));
  const Json& part = *data.find("part");
  const auto& rows = part.find("rows")->as_array();
  ASSERT_EQ(rows.size(), 1000U);
  EXPECT_EQ(rows.front().as_number().token, "999");
  // Of a chain a node and an edge come at a time.
  EXPECT_EQ(part.find("drawn")->as_number().token, std::to_string((most_opened_elements + 1) / 2));
  EXPECT_EQ(part.find("places")->as_array().size(), (most_opened_elements + 1) / 2);
  EXPECT_EQ(data.find("titles")->find("zh")->as_string(), "链");
  EXPECT_EQ(data.find("metrics")->find("tier")->find("zh")->as_string(), "层级");
  const Json& opening = *data.find("opening");
  EXPECT_EQ(opening.find("headline")->find("en")->as_string(), "A </script> sentence");
  const Json& line = opening.find("lists")->as_array().front().find("lines")->as_array().front();
  EXPECT_EQ(line.find("nodes")->as_array().size(), 2U);
  EXPECT_EQ(line.find("date")->as_string(), "2024");
}

TEST(Html, NoTextEndsTheDataElement) {
  if (!built_in()) GTEST_SKIP() << "built without Cytoscape.js";
  const GraphDocument document = test::hostile_document();
  const std::string page = page_of(document), data = data_of(page);
  EXPECT_EQ(data.find_first_of("<>&"), std::string::npos);
  const Json read = parse_json(data);
  ASSERT_EQ(read.find("nodes")->as_array().size(), document.nodes.size());
  for (std::size_t i = 0; i < document.nodes.size(); ++i)
    EXPECT_EQ(read.find("nodes")->as_array()[i].find("description")->as_string(), document.nodes[i].description);
}

TEST(Html, AsksNothingOfTheNetworkAndRunsOwnScriptsOnly) {
  if (!built_in()) GTEST_SKIP() << "built without Cytoscape.js";
  const std::string page = page_of(test::sample_document());
  EXPECT_NE(page.find("default-src 'none'; script-src 'sha256-"), std::string::npos);
  const std::string markup = page.substr(0, page.find("<script"));
  EXPECT_EQ(markup.find("unsafe"), std::string::npos);
  EXPECT_EQ(markup.find("http://"), std::string::npos);
  EXPECT_EQ(markup.find("https://"), std::string::npos);
  EXPECT_EQ(page.find("@DATA@"), std::string::npos);
}

}  // namespace
}  // namespace chokepoint
