#include "ingest/identity/made_id_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace chokepoint::detail {
namespace {

TEST(MadeIdTable, FindsCountersAndTextsInAnyCase) {
  MadeIdTable table;
  table.expect(10);
  const char* const ids[] = {"17", "n17", "0", "x17", "Müller & Co", "007", "4294967296", "999999999", "e-1"};
  std::int64_t key = 0;
  for (const char* id : ids) table.add(id, KnownNode{++key, std::string("node-") + id, 0});
  key = 0;
  for (const char* id : ids) {
    const KnownNode* found = table.find(id);
    ASSERT_NE(found, nullptr) << id;
    EXPECT_EQ(found->key, ++key);
  }
  EXPECT_EQ(table.find("N17"), table.find("n17"));
  EXPECT_EQ(table.find("MÜLLER & CO"), table.find("Müller & Co"));
  for (const char* other : {"1", "18", "n18", "y17", "7", "07", "", "n", "17 ", "99999999"})
    EXPECT_EQ(table.find(other), nullptr) << other;
}

TEST(MadeIdTable, ManyCountersAreThereInAnyOrder) {
  constexpr int nodes = 20000;
  MadeIdTable table;
  for (int i = nodes; i > 0; --i) table.add(std::to_string(i * 7), KnownNode{i, "", 0});
  for (int i = 1; i <= nodes; ++i) {
    const KnownNode* found = table.find(std::to_string(i * 7));
    ASSERT_NE(found, nullptr);
    ASSERT_EQ(found->key, i);
    ASSERT_EQ(table.find(std::to_string(i * 7 + 1)), nullptr);
  }
}

}  // namespace
}  // namespace chokepoint::detail
