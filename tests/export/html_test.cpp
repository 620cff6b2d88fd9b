#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/support/error.hpp"
#include "model/embedded.hpp"
#include "tests/export/sample_document.hpp"

#include <gtest/gtest.h>

#include <sstream>

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
