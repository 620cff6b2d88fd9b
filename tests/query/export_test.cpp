#include "chokepoint/model/error.hpp"
#include "chokepoint/query/depends.hpp"
#include "chokepoint/query/export_dataset.hpp"
#include "chokepoint/query/subgraph_document.hpp"
#include "tests/query/facts.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace chokepoint {
namespace {

std::string exported(Session& session, const std::string& dataset, DatasetForm form) {
  std::ostringstream out;
  write_dataset(session, dataset, form, out);
  return out.str();
}

Database curated() {
  Database database = Database::in_memory(Ontology::standard());
  for (const char* dataset : {"ai-hardware", "ai-race"})
    import_dataset(database, {std::string(CHOKEPOINT_SOURCE_DIR "/data/curated/") + dataset}, {});
  return database;
}

TEST(Export, ThenImportGivesTheSameRecordsInBothForms) {
  Database database = curated();
  Session session(database, *parse_as_of("2025"), "en");
  for (const DatasetForm form : {DatasetForm::document, DatasetForm::lines}) {
    const std::string text = exported(session, "", form);
    Database copy = Database::in_memory(Ontology::standard());
    test::import_lines(copy, text);
    Session copied(copy, session.as_of(), "en");
    EXPECT_EQ(test::records_of(copy), test::records_of(database));
    // The copy holds one dataset, which is named; the records after the name are the same bytes.
    const std::string again = exported(copied, "", form);
    const auto records = [](const std::string& all) { return all.substr(all.find("country-codes")); };
    EXPECT_EQ(records(again), records(text));
    EXPECT_EQ(exported(session, "", form), text);
  }
}

TEST(Export, OfAnUnknownDatasetNamesNearOnes) {
  Database database = curated();
  Session session(database, *parse_as_of("2025"), "en");
  try {
    exported(session, "ai-rase", DatasetForm::lines);
    FAIL();
  } catch (const NotFoundError& error) {
    EXPECT_NE(std::string(error.what()).find("ai-race"), std::string::npos) << error.what();
  }
}

TEST(SubgraphDocument, HoldsBothEndsOfEveryEdgeAndItsMetrics) {
  Database database = curated();
  Session session(database, *parse_as_of("2025"), "zh");
  DependsParams params;
  params.node = "nvidia-h100";
  const Answer answer = follow_dependencies(session, params);
  const GraphDocument document = to_document(session, *answer.subgraph, "depends");
  std::set<std::string> ids;
  for (const Node& node : document.nodes) ids.insert(node.id);
  for (const Edge& edge : document.edges) EXPECT_TRUE(ids.contains(edge.from) && ids.contains(edge.to)) << edge.id;
  EXPECT_EQ(document.node_columns.by_name.at("tier").size(), document.nodes.size());
  EXPECT_EQ(document.language, "zh");
  EXPECT_FALSE(document.edges.empty());
}

TEST(SubgraphDocument, OfADatasetAddsTheNodesItsEdgesNeed) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, R"({"dataset":{"id":"one"}}
{"source":{"id":"s","title":"S"}}
{"node":{"id":"a","type":"firm","sources":[{"source":"s"}]}}
)");
  test::import_lines(database, R"({"dataset":{"id":"two"}}
{"source":{"id":"s","title":"S"}}
{"node":{"id":"p","type":"product","sources":[{"source":"s"}]}}
{"edge":{"type":"produces","from":"a","to":"p","sources":[{"source":"s"}]}}
)");
  Session session(database, *parse_as_of("2025"), "en");
  const GraphDocument document = to_document(session, "two");
  ASSERT_EQ(document.nodes.size(), 2U);
  EXPECT_EQ(document.nodes[0].id + document.nodes[1].id, "ap");
  EXPECT_THROW(to_document(session, "three"), NotFoundError);
}

}  // namespace
}  // namespace chokepoint
