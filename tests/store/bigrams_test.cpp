#include "store/rows/bigrams.hpp"

#include "chokepoint/model/text.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace chokepoint::detail {
namespace {

std::string joined(std::string_view folded) {
  std::string text;
  for (const std::string& token : bigrams(folded)) text += token + ' ';
  return text;
}

TEST(Bigrams, AreTheSameAppendedAndInAList) {
  std::mt19937 random = test::seeded(1);
  constexpr std::string_view plain = "abz09-_ ./";
  for (int i = 0; i < 2000; ++i) {
    std::string name;
    for (auto left = random() % 12; left > 0; --left) name += plain[random() % plain.size()];
    if (i % 5 == 0) name += "芯片é";
    std::string appended;
    append_bigrams(appended, fold(name));
    ASSERT_EQ(appended, joined(fold(name))) << name;
  }
}

TEST(Bigrams, ReachOverWhatStandsBetweenWordsAndEndEachWordAlone) {
  std::string tokens;
  append_bigrams(tokens, "gpt-4 a");
  EXPECT_EQ(tokens, "gp pt t t4 4 4a a ");
}

}  // namespace
}  // namespace chokepoint::detail
