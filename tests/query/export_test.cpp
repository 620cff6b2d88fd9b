#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/present/depends.hpp"
#include "chokepoint/present/export_dataset.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/query/facts.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/support.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <utility>

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
    import_dataset(database, {(test::source_dir() / "data/curated" / dataset).string()}, {});
  return database;
}

TEST(Export, ThenImportGivesTheSameRecordsInBothForms) {
  const test::ScratchFolder scratch;
  Database database = curated();
  Session session(database, *parse_as_of("2025"), "en");
  for (const DatasetForm form : {DatasetForm::document, DatasetForm::lines}) {
    const std::string text = exported(session, "", form);
    const auto file = scratch.write("all.json", text);
    Database copy = Database::in_memory(Ontology::standard());
    EXPECT_EQ(import_datasets(copy, {file}, {}).size(), 2U);
    Session copied(copy, session.as_of(), "en");
    EXPECT_EQ(test::records_of(copy), test::records_of(database));
    EXPECT_EQ(exported(copied, "", form), text);
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

/// Ids of the nodes and edges of a document.
std::pair<std::set<std::string>, std::set<std::string>> record_ids(const GraphDocument& document) {
  std::pair<std::set<std::string>, std::set<std::string>> ids;
  for (const Node& node : document.nodes) ids.first.insert(node.id);
  for (const Edge& edge : document.edges) ids.second.insert(edge.id);
  return ids;
}

/// What is so near to a node in a document, by its records alone.
std::pair<std::set<std::string>, std::set<std::string>> near_in(const GraphDocument& whole, const std::string& start,
                                                                std::uint32_t depth) {
  std::pair<std::set<std::string>, std::set<std::string>> near;
  near.first.insert(start);
  for (std::uint32_t tier = 0; tier < depth; ++tier) {
    const std::set<std::string> row = near.first;
    for (const Edge& edge : whole.edges) {
      if (row.contains(edge.from)) near.first.insert(edge.to);
      if (row.contains(edge.to)) near.first.insert(edge.from);
    }
  }
  for (const Edge& edge : whole.edges)
    if (near.first.contains(edge.from) && near.first.contains(edge.to)) near.second.insert(edge.id);
  return near;
}

TEST(SubgraphDocument, AroundANodeIsWhatIsNearInTheWhole) {
  Database database = curated();
  Session session(database, *parse_as_of("2024-06"), "en");
  for (const bool on_day : {false, true}) {
    for (const std::vector<std::string>& types : {std::vector<std::string>{}, {"firm", "chip", "policy"}}) {
      DocumentParams params;
      params.on_day = on_day;
      params.types = types;
      const GraphDocument whole = to_document(session, params);
      ASSERT_FALSE(whole.nodes.empty());
      for (const char* start : {"nvidia", "nvidia-h100", "tw", "bis-rule-2022-10", "smic"}) {
        for (std::uint32_t depth = 0; depth <= 3; ++depth) {
          params.around = start;
          params.depth = depth;
          EXPECT_EQ(record_ids(to_document(session, params)), near_in(whole, start, depth)) << start << ' ' << depth;
        }
      }
    }
  }
}

TEST(SubgraphDocument, HoldsBothEndsOfEveryEdgeAndItsMetrics) {
  Database database = curated();
  Session session(database, *parse_as_of("2025"), "zh");
  DependsParams params;
  params.node = "nvidia-h100";
  const Answer answer = depends_answer(session, params);
  const GraphDocument document = to_document(session, answer.subgraph(), "depends");
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
  const GraphDocument document = to_document(session, DocumentParams{.dataset = "two"});
  ASSERT_EQ(document.nodes.size(), 2U);
  EXPECT_EQ(document.nodes[0].id + document.nodes[1].id, "ap");
  EXPECT_THROW(to_document(session, DocumentParams{.dataset = "three"}), NotFoundError);
}

std::set<std::string> ids_of(const GraphDocument& document) {
  std::set<std::string> ids;
  for (const Node& node : document.nodes) ids.insert(node.id);
  return ids;
}

/// a -develops-> p <-requires- q <-produces- b (until 2024), with a figure about p.
Database small_graph() {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, R"({"dataset":{"id":"one"}}
{"source":{"id":"s","title":"S"}}
{"source":{"id":"unused","title":"U"}}
{"node":{"id":"a","type":"firm","sources":[{"source":"s"}]}}
{"node":{"id":"b","type":"firm","sources":[{"source":"s"}]}}
{"node":{"id":"p","type":"product","sources":[{"source":"s"}]}}
{"node":{"id":"q","type":"product","sources":[{"source":"s"}]}}
{"edge":{"type":"develops","from":"a","to":"p","sources":[{"source":"s"}]}}
{"edge":{"type":"requires","from":"q","to":"p","sources":[{"source":"s"}]}}
{"edge":{"type":"produces","from":"b","to":"q","until":"2024","sources":[{"source":"s"}]}}
{"observation":{"subject":"p","indicator":"revenue","value":3,"market":"b","sources":[{"source":"s"}]}}
)");
  return database;
}

TEST(SubgraphDocument, KeepsWhatIsNearANode) {
  Database database = small_graph();
  Session session(database, *parse_as_of("2025"), "en");
  EXPECT_EQ(ids_of(to_document(session, DocumentParams{.around = "a"})), (std::set<std::string>{"a", "p"}));
  EXPECT_EQ(ids_of(to_document(session, DocumentParams{.around = "a", .depth = 2})),
            (std::set<std::string>{"a", "p", "q"}));
  EXPECT_EQ(ids_of(to_document(session, DocumentParams{.around = "a", .depth = 3})).size(), 4U);
  EXPECT_THROW(to_document(session, DocumentParams{.depth = 3}), UsageError);
}

TEST(SubgraphDocument, KeepsNodesOfATypeAndFactsOfADay) {
  Database database = small_graph();
  Session session(database, *parse_as_of("2025"), "en");
  const GraphDocument products = to_document(session, DocumentParams{.types = {"product"}});
  EXPECT_EQ(ids_of(products), (std::set<std::string>{"p", "q"}));
  EXPECT_EQ(products.edges.size(), 1U);
  EXPECT_EQ(to_document(session, DocumentParams{.on_day = true}).edges.size(), 2U);
  EXPECT_EQ(to_document(session, DocumentParams{}).edges.size(), 3U);
}

TEST(SubgraphDocument, BringsFiguresSourcesAndNamesOfOthers) {
  Database database = small_graph();
  Session session(database, *parse_as_of("2025"), "en");
  const GraphDocument document = to_document(session, DocumentParams{.around = "a"});
  ASSERT_EQ(document.observations.size(), 1U);
  EXPECT_EQ(document.observations[0].subject, "p");
  ASSERT_EQ(document.sources.size(), 1U);
  EXPECT_EQ(document.sources[0].id, "s");
  EXPECT_TRUE(document.names.contains("b"));
}

TEST(SubgraphDocument, IsTrimmedToWhatIsNearest) {
  Database database = small_graph();
  Session session(database, *parse_as_of("2025"), "en");
  GraphDocument document = to_document(session, DocumentParams{});
  EXPECT_EQ(trim_document(document, {"b"}, 100), 0U);
  EXPECT_EQ(trim_document(document, {"b"}, 3), 2U);
  EXPECT_EQ(ids_of(document), (std::set<std::string>{"b", "q"}));
  ASSERT_EQ(document.edges.size(), 1U);
  EXPECT_EQ(document.edges[0].type, "produces");
  EXPECT_TRUE(document.observations.empty());
}

TEST(Marks, ReadWhatASavedAnswerSays) {
  const auto marks = marks_of_answer(parse_json(
      R"({"schema":"chokepoint.whatif/1","result":{"removed":["a"],"bounds":[
          {"impossible":["a","p"],"capacity":[{"id":"q","low":0.5}]},{"impossible":["a","p","b"]}]}})"));
  EXPECT_EQ(marks, (std::map<std::string, Mark>{
                       {"a", Mark::removed}, {"p", Mark::fails}, {"q", Mark::reduced}, {"b", Mark::may_fail}}));
  EXPECT_EQ(
      marks_of_answer(parse_json(
          R"({"schema":"chokepoint.chokepoints/1","result":{"target":{"id":"q"},"bounds":[{"cut_sets":[["a"],["b","p"]]}]}})")),
      (std::map<std::string, Mark>{
          {"q", Mark::subject}, {"a", Mark::chokepoint}, {"b", Mark::chokepoint}, {"p", Mark::chokepoint}}));
  EXPECT_THROW(marks_of_answer(parse_json("[1]")), UsageError);
  EXPECT_THROW(marks_of_answer(parse_json(R"({"schema":"other/1","result":[]})")), UsageError);
}

TEST(Marks, BecomeTheColumnResult) {
  Database database = small_graph();
  Session session(database, *parse_as_of("2025"), "en");
  GraphDocument document = to_document(session, DocumentParams{});
  set_marks(document, {{"p", Mark::fails}, {"nobody", Mark::removed}});
  ASSERT_EQ(document.marks.size(), document.nodes.size());
  EXPECT_EQ(document.marks[2], Mark::fails);
  EXPECT_EQ(document.node_columns.by_name.at("result")[2], Cell(std::string("fails")));
  EXPECT_EQ(document.node_columns.by_name.at("result")[0], Cell());
}

}  // namespace
}  // namespace chokepoint
