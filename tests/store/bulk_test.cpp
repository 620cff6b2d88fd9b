// A fresh database is filled in bulk, any other record by record; both must come to the same.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::HasSubstr;

/// Random records of one dataset: definitions in several places, equal claims with other sources, given ids, groups.
class RandomDataset {
 public:
  explicit RandomDataset(unsigned seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) text_ += R"({"source":{"id":"s)" + std::to_string(i) + R"(","title":"T"}})" + "\n";
    const int nodes = 2 + below(20);
    for (int i = 0; i < nodes; ++i) node(i);
    for (int i = below(4); i > 0; --i) node(below(nodes));
    const int edges = below(60);
    for (int i = 0; i < edges; ++i) edge(nodes);
    for (int i = below(10); i > 0; --i) observation(nodes, below(2));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  bool maybe() { return below(2) == 0; }
  /// One id in upper and lower case.
  std::string id(int i) { return (maybe() ? "n" : "N") + std::to_string(i); }
  std::string sources() {
    std::string list = R"("sources":[{"source":"s)" + std::to_string(below(3)) + "\"}";
    if (maybe())
      list += R"(,{"source":"s)" + std::to_string(below(3)) + R"(","locator":"p. )" + std::to_string(below(3)) + "\"}";
    if (maybe()) list.insert(list.size() - 1, R"(,"read":"r)" + std::to_string(below(2)) + "\"");
    return list + "]";
  }
  void node(int i) {
    text_ += R"({"node":{"id":"n)" + std::to_string(i) + R"(","type":"firm")";
    if (maybe())
      text_ += R"(,"labels":{"en":"Label )" + std::to_string(i) + R"(","zh":"名)" + std::to_string(i) + "\"}";
    if (maybe()) text_ += R"(,"aliases":["Alias","Ａlias )" + std::to_string(i) + "\"]";
    if (maybe()) text_ += R"(,"codes":{"lei":"L)" + std::to_string(i) + "\"}";
    if (maybe()) text_ += R"(,"since":"1999","attributes":{"z":1,"a":[]})";
    text_ += "," + sources() + "}}\n";
  }
  void edge(int nodes) {
    const int from = below(nodes), to = (from + 1 + below(nodes - 1)) % nodes;
    const std::string key = std::to_string(from) + "." + std::to_string(to);
    text_ += R"({"edge":{"type":")" + std::string(maybe() ? "supplies" : "owns") + R"(","from":")" + id(from) +
             R"(","to":")" + id(to) + "\"";
    // The id names the claim, so that it is given once or to equal claims.
    const int kind = below(4);
    if (kind == 1) text_ += R"(,"share":0.25,"since":"2020","bound":"about")";
    if (kind == 2) text_ += R"(,"amount":5,"unit":"usd","as_of":"2024-05","status":"estimated","significance":"minor")";
    if (kind == 3) text_ += R"(,"attributes":{"note":"x"},"until":"2030-01-01")";
    if (maybe()) text_ += R"(,"confidence":0.)" + std::to_string(1 + below(2));
    text_ += "," + sources() + "}}\n";
  }
  void observation(int nodes, int value) {
    text_ += R"({"observation":{"subject":")" + id(below(nodes)) + R"(","indicator":"i)" + std::to_string(below(3)) +
             R"(","value":)" + std::to_string(value) + "," + sources() + "}}\n";
  }

  std::mt19937 random_;
  std::string text_;
};

Database after_another_dataset() {
  Database database = Database::in_memory(Ontology::standard());
  ImportOptions options;
  options.dataset = "other";
  test::import_lines(
      database,
      R"({"sources":[{"id":"o","title":"O"}],"nodes":[{"id":"apart","type":"region","sources":[{"source":"o"}]}]})",
      options);
  return database;
}

std::string single_value(const Database& database, const char* sql) {
  std::string all;
  for (const auto& row : Reader(database).sql(sql).rows) all += to_text(row.front()) + "\n";
  return all;
}

TEST(Bulk, ComesToTheSameAsRecordByRecord) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const RandomDataset dataset(seed);
    Database fresh = Database::in_memory(Ontology::standard());
    Database other = after_another_dataset();
    const std::string problems = test::problems_of(fresh, dataset.text());
    ASSERT_EQ(problems, test::problems_of(other, dataset.text())) << seed;
    ASSERT_EQ(test::records_of(fresh, "d"), test::records_of(other, "d")) << seed << dataset.text();
    if (problems.empty()) {
      EXPECT_EQ(single_value(fresh, "PRAGMA integrity_check"), "\"ok\"\n") << seed;
      EXPECT_EQ(single_value(fresh, "PRAGMA foreign_key_check"), "") << seed;
    }
    EXPECT_FALSE(test::import_lines(fresh, dataset.text()).changed) << seed << ": importing again changes nothing";
  }
}

TEST(Bulk, FindsNamesAsOtherImportsDo) {
  const RandomDataset dataset(4);
  Database fresh = Database::in_memory(Ontology::standard());
  Database other = after_another_dataset();
  test::import_lines(fresh, dataset.text());
  test::import_lines(other, dataset.text());
  for (const char* text : {"label", "名1", "ali", "n1", "L2", "nothing"}) {
    const auto a = Reader(fresh).search(text, 100), b = Reader(other).search(text, 100);
    ASSERT_EQ(a.size(), b.size()) << text;
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].node.id, b[i].node.id);
      EXPECT_EQ(a[i].matched, b[i].matched);
    }
  }
}

TEST(Bulk, UnitesEqualClaimsAndCountsThemOnce) {
  Database database = Database::in_memory(Ontology::standard());
  const auto report = test::import_lines(database, R"({"sources":[{"id":"s","title":"T"},{"id":"t","title":"T"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]},{"id":"b","type":"firm","sources":[{"source":"s"}]}],
"edges":[{"type":"owns","from":"a","to":"b","sources":[{"source":"t"}]},
{"id":"own","type":"owns","from":"a","to":"b","sources":[{"source":"t"}]},
{"type":"owns","from":"A","to":"B","sources":[{"source":"s","locator":"1"}]}]})");
  EXPECT_EQ(report.edges.added, 2);
  EXPECT_EQ(single_value(database, "SELECT source || ' ' || coalesce(locator, '') FROM edges WHERE id <> 'own'"),
            "\"s 1\"\n");
  EXPECT_EQ(single_value(database, "SELECT count(*) FROM citation"), "1\n");
}

/// A dataset of one observation, said once for each of the sources.
std::string said_by(const std::string& sources) {
  std::string text = R"({"sources":[{"id":"s","title":"S"},{"id":"q","title":"Q"},{"id":"r","title":"R"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]}],"observations":[)";
  for (const char source : sources)
    text += std::string(text.back() == '[' ? "" : ",") +
            R"({"subject":"a","indicator":"i","value":5,"sources":[{"source":")" + source + "\"}]}";
  return text + "]}";
}

TEST(Bulk, CountsAnObservationSaidSeveralTimesByWhatItIsInTheEnd) {
  for (const bool beside_another : {false, true}) {
    Database database = beside_another ? after_another_dataset() : Database::in_memory(Ontology::standard());
    const auto counts = [&](const std::string& sources) {
      const ImportReport report = test::import_lines(database, said_by(sources));
      const Counts& c = report.observations;
      EXPECT_EQ(report.changed, c.added + c.changed + c.removed > 0) << sources;
      return std::vector<std::int64_t>{c.added, c.changed, c.removed, c.unchanged};
    };
    const std::vector<std::int64_t> added{1, 0, 0, 0}, changed{0, 1, 0, 0}, unchanged{0, 0, 0, 1};
    EXPECT_EQ(counts("sq"), added);
    EXPECT_EQ(counts("sq"), unchanged);
    EXPECT_EQ(counts("qs"), unchanged) << "in another order";
    EXPECT_EQ(counts("sqsq"), unchanged);
    EXPECT_EQ(counts("s"), changed);
    EXPECT_EQ(counts("sq"), changed) << "left alone by the first, changed by the second";
    EXPECT_EQ(counts("sqr"), changed);
    EXPECT_EQ(counts("rqs"), unchanged);
    EXPECT_EQ(single_value(database, "SELECT count(*) FROM citation WHERE kind = 'observation'"), "2\n");
  }
}

TEST(Bulk, RefusesAnIdThatTwoRecordsClaimAtTheLaterOne) {
  Database database = Database::in_memory(Ontology::standard());
  const std::string problems = test::problems_of(database, R"({"sources":[{"id":"s","title":"T"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]},{"id":"b","type":"firm","sources":[{"source":"s"}]}],
"edges":[{"id":"x","type":"owns","from":"b","to":"a","sources":[{"source":"s"}]},
{"id":"x","type":"owns","from":"a","to":"b","sources":[{"source":"s"}]}]})");
  EXPECT_EQ(problems, "4: edge x: the id x was given to another record before: edge b -owns-> a\n");
  EXPECT_EQ(test::records_of(database), "");
}

TEST(Bulk, LeavesNothingBehindWhenItIsStopped) {
  const test::ScratchFolder folder;
  Database database = Database::create(folder / "d.db", Ontology::standard());
  const std::string before = test::rows_of(database);
  std::string text = R"({"source":{"id":"s","title":"T"}})"
                     "\n";
  for (int i = 0; i < 20'000; ++i)
    text += R"({"node":{"id":"n)" + std::to_string(i) +
            R"(","type":"firm","sources":[{"source":"s"}]}})"
            "\n";
  for (int i = 1; i < 5'000; ++i)
    text += R"({"edge":{"type":"owns","from":"n0","to":"n)" + std::to_string(i) +
            R"(","sources":[{"source":"s"}]}})"
            "\n";
  // At each of the moments at which it can be stopped, until there is none any more.
  int stopped = 0;
  for (bool done = false; !done;) {
    ImportOptions options;
    int calls = 0;
    options.tick = [&] {
      if (++calls > stopped) throw std::runtime_error("stopped");
    };
    try {
      test::import_lines(database, text, options);
      done = true;
    } catch (const std::runtime_error& error) {
      ASSERT_STREQ(error.what(), "stopped");
      ASSERT_TRUE(test::rows_of(database) == before) << stopped;
      ++stopped;
    }
  }
  EXPECT_GT(stopped, 6);
  EXPECT_EQ(single_value(database, "PRAGMA integrity_check"), "\"ok\"\n");
  EXPECT_EQ(single_value(database, "SELECT count(*) FROM node"), "20000\n");
}

TEST(Bulk, EnforcesForeignKeysAgainAfterwards) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, RandomDataset(1).text());
  EXPECT_EQ(single_value(database, "PRAGMA foreign_keys"), "1\n");
}

}  // namespace
}  // namespace chokepoint
