// A node that two records describe has one life. Each of them may be sound and what both say together be none: such a
// row was written, and then no command could read it.
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string dataset(const std::string& id, const std::string& nodes) {
  return R"({"dataset":{"id":")" + id + R"("},"sources":[{"id":"s"}],"nodes":[)" + nodes + "]}";
}
std::string node(const std::string& life) {
  return R"({"id":"n","type":"firm",)" + life + R"(,"sources":[{"source":"s"}]})";
}

TEST(UnitedLives, ThatExcludeEachOtherAreTheFirstDatasets) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, dataset("a", node(R"("since":"2022")")));
  const ImportReport report = test::import_lines(database, dataset("b", node(R"("until":"2020")")));
  EXPECT_THAT(report.conflicts, ElementsAre(HasSubstr("its life would begin in 2022 and end in 2020")));
  const auto stored = Reader(database).node("n");
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->since, "2022");
  EXPECT_EQ(stored->until, "");
}

TEST(UnitedLives, ThatFitAreOne) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, dataset("a", node(R"("since":"2019")")));
  const ImportReport report = test::import_lines(database, dataset("b", node(R"("until":"2020")")));
  EXPECT_TRUE(report.conflicts.empty());
  EXPECT_EQ(Reader(database).node("n")->until, "2020");
}

TEST(UnitedLives, OfOneDatasetThatExcludeEachOtherAreRefused) {
  Database database = Database::in_memory(Ontology::standard());
  const std::string both = node(R"("since":"2022")") + "," + node(R"("until":"2020")");
  EXPECT_THAT(test::problems_of(database, dataset("a", both)),
              HasSubstr("together its life begins in 2022 and ends in 2020"));
}

}  // namespace
}  // namespace chokepoint
