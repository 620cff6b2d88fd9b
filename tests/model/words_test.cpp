#include "chokepoint/model/words.hpp"

#include "chokepoint/support/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace chokepoint {
namespace {

/// The places of a pattern: their numbers, or in order. Chinese has no plurals, so that a translation may leave places
/// out.
std::set<std::string> places(std::string_view pattern) {
  std::set<std::string> found;
  int in_order = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{' && pattern[at] != '}') continue;
    if (at + 1 < pattern.size() && pattern[at + 1] == pattern[at]) {
      ++at;
    } else if (const std::size_t end = pattern.find('}', at); pattern[at] == '{' && end != std::string_view::npos) {
      const std::string_view inside = pattern.substr(at + 1, end - at - 1);
      const bool is_numbered = !inside.empty() && inside.front() >= '0' && inside.front() <= '9';
      found.insert(is_numbered ? std::string(inside.substr(0, inside.find(':'))) : std::to_string(in_order++));
      at = end;
    }
  }
  return found;
}

TEST(Words, ATranslationHasNoOtherPlacesThanItsEnglish) {
  const Words& chinese = Words::of("zh");
  EXPECT_GT(chinese.all().size(), 500U);
  for (const auto& [english, other] : chinese.all())
    EXPECT_TRUE(std::ranges::includes(places(english), places(other))) << english;
}

TEST(Words, EnglishNeedsNone) {
  EXPECT_TRUE(Words::of("en").all().empty());
  EXPECT_TRUE(Words::of("fr").all().empty());
  EXPECT_EQ(Words::of("en").translated("no node is called \"x y\""), "no node is called \"x y\"");
}

const Words& sample() {
  static const Words words(
      R"({"a": {"no node is called \"{}\"": "没有名为“{}”的节点", "; did you mean {}?": "；是否指 {}？",
      "{} comes before {}": "{1} 在 {0} 之后", "it lacks a share": "缺少份额", "{}: {} problems": "{}：{} 个问题",
      "wrong: {}": "有误：{}", "the brace {{": "括号 {{", "no node is called \"{}\"{}": "没有名为“{}”的节点{}"}})");
  return words;
}

TEST(Words, FindsTheMessageByThePatternThatLeavesTheLeastOpen) {
  EXPECT_EQ(sample().translated("no node is called \"chip\""), "没有名为“chip”的节点");
  EXPECT_EQ(sample().translated("no node is called \"chip\"; did you mean ai-chip?"),
            "没有名为“chip”的节点；是否指 ai-chip？");
}

TEST(Words, TranslatesSentencesWithinMessagesAndKeepsNames) {
  EXPECT_EQ(sample().translated("wrong: it lacks a share"), "有误：缺少份额");
  EXPECT_EQ(sample().translated("wrong: share"), "有误：share");
  EXPECT_EQ(sample().translated("data.csv:3: it lacks a share"), "data.csv:3：缺少份额");
  EXPECT_EQ(sample().translated("it lacks a share\nwrong: 5"), "缺少份额\n有误：5");
}

TEST(Words, PutsPlacesInTheOrderOfTheOtherLanguage) {
  EXPECT_EQ(sample().translated("2024 comes before 2025"), "2025 在 2024 之后");
}

TEST(Words, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(sample().translated("nobody wrote this: at all"), "nobody wrote this: at all");
  EXPECT_EQ(sample().translated(""), "");
  EXPECT_EQ(sample().translated("the brace {"), "括号 {");
}

TEST(Words, RefusesWhatIsNoSectionsOfTexts) {
  EXPECT_THROW(Words("[]"), SchemaError);
  EXPECT_THROW(Words(R"({"a": "b"})"), SchemaError);
  EXPECT_THROW(Words(R"({"a": {"b": 1}})"), SchemaError);
}

}  // namespace
}  // namespace chokepoint
