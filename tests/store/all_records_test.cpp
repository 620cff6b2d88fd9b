// The readers of whole tables beside the one that looks every name up: equal records in equal order.
#include "store/all_records.hpp"

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/support.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

void expect_the_readers_records(const Database& database) {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  const Reader reader(database);
  reader.for_each_node({}, [&](const Node& node) { nodes.push_back(node); });
  reader.for_each_edge({}, [&](const Edge& edge) { edges.push_back(edge); });
  EXPECT_EQ(read_all_nodes(database), nodes);
  EXPECT_EQ(read_all_edges(database), edges);
}

TEST(AllRecords, AreThoseOfTheReaderInItsOrder) {
  Database database = Database::in_memory(Ontology::standard());
  for (const char* dataset : {"ai-hardware", "ai-race"})
    import_dataset(database, {(test::source_dir() / "data/curated" / dataset).string()}, {});
  EXPECT_GT(read_all_edges(database).size(), 500U);
  expect_the_readers_records(database);
}

TEST(AllRecords, OfAnEmptyDatabaseAreNone) {
  const Database database = Database::in_memory(Ontology::standard());
  EXPECT_TRUE(read_all_nodes(database).empty());
  EXPECT_TRUE(read_all_edges(database).empty());
}

/// Parallel edges, further citations, qualifiers and given ids, in no order.
std::string random_facts(std::mt19937& random, int round) {
  const auto below = [&](unsigned end) { return random() % end; };
  const auto name = [](std::size_t i) { return "n" + std::to_string(i); };
  const auto sources = [&] {
    std::string list = R"("sources":[{"source":"s0","locator":"p. )" + std::to_string(below(5)) + "\"}";
    if (below(3) == 0) list.insert(list.size() - 1, R"(,"read":"62 %; 2026-01-05")");
    return list + (below(3) == 0 ? R"(,{"source":"s1","read":"r"},{"source":"s0","locator":"z"}])" : "]");
  };
  std::string text = R"({"dataset":{"id":"d)" + std::to_string(round) + "\"}}\n" +
                     R"({"source":{"id":"s0","title":"T"}})" + "\n" + R"({"source":{"id":"s1","title":"T"}})" + "\n";
  const std::size_t nodes = 2 + below(12);
  for (std::size_t i = 0; i < nodes; ++i)
    text += R"({"node":{"id":")" + name(i) + R"(","type":"firm","labels":{"en":"L"},"aliases":["b)" +
            std::to_string(i) + R"(","a)" + std::to_string(i) + "\"]," + sources() + "}}\n";
  for (std::size_t i = below(40); i-- > 0;) {
    const std::size_t from = below(static_cast<unsigned>(nodes)), to = (from + 1) % nodes;
    text += R"({"edge":{"type":")" + std::string(below(2) == 0 ? "supplies" : "owns") + R"(","from":")" + name(from) +
            R"(","to":")" + name(to) + R"(","since":")" + std::to_string(1900 + i) + "\"";
    if (below(2) == 0) text += R"(,"share":0.25,"bound":"about","status":"estimated","as_of":"2024")";
    if (below(3) == 0)
      text += R"(,"market":")" + name(below(static_cast<unsigned>(nodes))) + R"(","significance":"minor")";
    if (below(3) == 0) text += R"(,"id":"e)" + std::to_string(round) + "." + std::to_string(i) + "\"";
    text += "," + sources() + "}}\n";
  }
  return text;
}

TEST(AllRecords, AreThoseOfTheReaderForRandomFacts) {
  std::mt19937 random = test::seeded(109);
  for (int round = 0; round < 100; ++round) {
    Database database = Database::in_memory(Ontology::standard());
    test::import_lines(database, random_facts(random, round));
    expect_the_readers_records(database);
  }
}

}  // namespace
}  // namespace chokepoint
