#include "ingest/files/text_index.hpp"

#include "ingest/identity/hash_set.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <unordered_map>

namespace chokepoint::detail {
namespace {

TEST(TextIndex, NumbersTextsAsAMapDoes) {
  std::mt19937 random = test::seeded(7);
  TextIndex index;
  std::unordered_map<std::string, std::uint32_t> map;
  for (int i = 0; i < 200000; ++i) {
    const std::string text(random() % 40 == 0 ? 1000 : random() % 4,
                           static_cast<char>(random() % 3 == 0 ? 0 : 'a' + random() % 20));
    const std::string whole = text + std::to_string(random() % 30000);
    const auto [at, fresh] = map.try_emplace(whole, static_cast<std::uint32_t>(map.size()));
    EXPECT_EQ(index.add(whole), std::pair(at->second, fresh));
  }
  EXPECT_EQ(index.size(), map.size());
  for (const auto& [text, number] : map) {
    EXPECT_EQ(index.find(text), number);
    EXPECT_EQ(index.text(number), text);
  }
  EXPECT_EQ(index.find("no such text"), std::nullopt);
}

TEST(TextIndex, HoldsTheEmptyTextOnce) {
  TextIndex index;
  EXPECT_EQ(index.find(""), std::nullopt);
  EXPECT_EQ(index.add(""), std::pair(0U, true));
  EXPECT_EQ(index.add(""), std::pair(0U, false));
  EXPECT_EQ(index.add("a"), std::pair(1U, true));
  EXPECT_EQ(index.text(0), "");
}

TEST(HashSet, TellsWhatIsNew) {
  std::mt19937_64 random(3);  // NOLINT: repeatable
  HashSet hashes;
  std::set<std::uint64_t> known;
  for (int i = 0; i < 50000; ++i) {
    const std::uint64_t hash = random() % 2 == 0 ? random() : random() % 1000;
    // 0 and 1 are one: it marks an empty place.
    EXPECT_EQ(hashes.insert(hash), known.insert(hash == 0 ? 1 : hash).second);
  }
}

}  // namespace
}  // namespace chokepoint::detail
