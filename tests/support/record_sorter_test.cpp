#include "support/record_sorter.hpp"

#include "store/bulk/node_index.hpp"
#include "support/packed.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {
namespace {

using Record = std::pair<SortKey, std::string>;

std::vector<Record> random_records(unsigned seed, std::size_t count) {
  std::mt19937 random = test::seeded(seed);
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 3);
    records.push_back({{random() % 5, random() % 5}, std::move(bytes)});
  }
  return records;
}

std::vector<Record> sorted_by(RecordSorter& sorter, const std::vector<Record>& records) {
  for (const auto& [key, bytes] : records) sorter.add(key, bytes);
  std::vector<Record> sorted;
  while (sorter.next()) sorted.emplace_back(sorter.key(), std::string(sorter.record()));
  return sorted;
}

TEST(RecordSorter, SortsByKeyAndThenByBytesWhateverTheMemory) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const auto records = random_records(seed, seed * 7);
    auto expected = records;
    std::sort(expected.begin(), expected.end());
    for (const std::size_t memory : {std::size_t{1}, std::size_t{200}, std::size_t{5000}, std::size_t{1} << 30U}) {
      RecordSorter sorter(memory);
      EXPECT_EQ(sorted_by(sorter, records), expected) << seed << " " << memory;
    }
  }
}

TEST(RecordSorter, KeepsToItsMemoryByWritingRuns) {
  const auto records = random_records(1, 2000);
  RecordSorter small(10'000), large(std::size_t{1} << 30U);
  for (const auto& [key, bytes] : records) {
    small.add(key, bytes);
    large.add(key, bytes);
  }
  EXPECT_GT(small.runs(), 5U);
  EXPECT_EQ(large.runs(), 0U);
  EXPECT_EQ(small.size(), 2000U);
}

TEST(RecordSorter, LetsGoOfItsMemoryAndItsRunsAtTheEnd) {
  for (const std::size_t memory : {std::size_t{10'000}, std::size_t{1} << 30U}) {
    RecordSorter sorter(memory);
    for (const auto& [key, bytes] : random_records(2, 2000)) sorter.add(key, bytes);
    EXPECT_GT(sorter.held(), 0U);
    for (int i = 0; i < 2000; ++i) ASSERT_TRUE(sorter.next());
    for (int again = 0; again < 2; ++again) {
      EXPECT_FALSE(sorter.next());
      EXPECT_EQ(sorter.held(), 0U);
      EXPECT_EQ(sorter.runs(), 0U);
    }
    EXPECT_EQ(sorter.size(), 2000U);
  }
}

TEST(RecordSorter, TakesARecordThatIsLargerThanItsMemory) {
  RecordSorter sorter(100);
  const std::string large(100'000, 'x');
  sorter.add({2, 0}, large);
  sorter.add({1, 0}, "small");
  ASSERT_TRUE(sorter.next());
  EXPECT_EQ(sorter.record(), "small");
  ASSERT_TRUE(sorter.next());
  EXPECT_EQ(sorter.record(), large);
  EXPECT_FALSE(sorter.next());
}

TEST(RecordSorter, PrefixKeysCompareAsTheirTextsDo) {
  const std::vector<std::string> texts = {
      "", "a", "a b", "ab", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq", "b", "é", "华为"};
  for (const auto& a : texts)
    for (const auto& b : texts) {
      if (prefix_key(a) != prefix_key(b)) {
        EXPECT_EQ(prefix_key(a) < prefix_key(b), a < b) << a << " " << b;
      }
    }
}

TEST(Packed, ReadsBackWhatWasWritten) {
  Packer out;
  const std::vector<std::uint64_t> numbers = {
      0, 1, 127, 128, 300, 1U << 20U, std::numeric_limits<std::uint64_t>::max()};
  for (const auto number : numbers) {
    out.number(number);
    out.fixed(number);
  }
  out.real(-0.5);
  out.text(std::string("a\0b", 3));
  out.ended_text("end");
  out.text("");
  Unpacker in(out.bytes());
  for (const auto number : numbers) {
    EXPECT_EQ(in.number(), number);
    EXPECT_EQ(in.fixed(), number);
  }
  EXPECT_EQ(in.real(), -0.5);
  EXPECT_EQ(in.text(), std::string_view("a\0b", 3));
  EXPECT_EQ(in.ended_text(), "end");
  EXPECT_EQ(in.text(), "");
  EXPECT_TRUE(in.at_end());
}

TEST(NodeIndex, FindsIdsInAnyCaseAndKeepsThemAsGiven) {
  NodeIndex index;
  EXPECT_FALSE(index.find("a"));
  std::mt19937 random = test::seeded(7);
  std::vector<std::string> ids;
  for (int i = 0; i < 5000; ++i) ids.push_back("Node-" + std::to_string(i) + std::string(random() % 30, 'X'));
  for (std::size_t i = 0; i < ids.size(); ++i)
    EXPECT_EQ(index.add(ids[i], static_cast<std::uint16_t>(i % 7)), static_cast<std::int64_t>(i + 1));
  EXPECT_EQ(index.size(), ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::string lower = ids[i];
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto known = index.find(lower);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->key, static_cast<std::int64_t>(i + 1));
    EXPECT_EQ(known->id, ids[i]);
    EXPECT_EQ(known->type, i % 7);
  }
  EXPECT_FALSE(index.find("node-5000"));
  EXPECT_FALSE(index.find(""));
}

}  // namespace
}  // namespace chokepoint::detail
