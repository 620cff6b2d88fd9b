#include "chokepoint/model/cell_list.hpp"

#include <gtest/gtest.h>

#include <random>

namespace chokepoint {
namespace {

std::string written(const std::vector<Citation>& citations) {
  std::string text;
  append_citations(text, citations);
  return text;
}

TEST(CellList, CitationsAreReadable) {
  EXPECT_EQ(written({{"atlas", "p. 12, table 3", "ca. 90 %; read 2025-06-01"}, {"b", "", ""}, {"c", "", "7"}}),
            "atlas: p. 12, table 3 [read: ca. 90 %; read 2025-06-01]; b; c [read: 7]");
  EXPECT_EQ(written({{"a", "§1; Figure 7: Wind"}}), "a: §1\\; Figure 7: Wind");
  EXPECT_EQ(written({}), "");
}

TEST(CellList, CitationsComeBackWhateverTheyHold) {
  const std::vector<Citation> odd{
      {"a", "b; FAQ: c", "x]"}, {"b", " blanks ", ";"}, {"c", "back\\slash\\", "\\"}, {"d", "[read: no]", "[read: no]"},
      {"e", ";", " "},          {"f", " ", "]; g: h"},  {"g:", "x: y", ""},           {"h", "\\; x", "\\]"}};
  EXPECT_EQ(parse_citations(written(odd)), odd);
  std::mt19937 random(7);
  constexpr std::string_view letters = "\\;: []reada\n";
  for (int round = 0; round < 2000; ++round) {
    const auto text = [&] {
      std::string made;
      for (auto left = random() % 9; left > 0; --left) made += letters[random() % letters.size()];
      return random() % 4 == 0 ? "[read: " + made : made;
    };
    std::vector<Citation> citations;
    for (auto left = 1 + random() % 3; left > 0; --left)
      citations.push_back({"s" + std::to_string(left), text(), text()});
    EXPECT_EQ(parse_citations(written(citations)), citations) << written(citations);
  }
}

TEST(CellList, CitationsOfEarlierVersionsAreRead) {
  const std::vector<Citation> expected{{"atlas", "p. 3; §4 para 1 [Korean]"}, {"b"}, {"c", "C:\\x"}};
  EXPECT_EQ(parse_citations("atlas: p. 3; §4 para 1 [Korean]; b; c: C:\\x"), expected);
  EXPECT_EQ(parse_citations("a;b"), (std::vector<Citation>{{"a"}, {"b"}}));
  EXPECT_EQ(parse_citations("a: x [read: never closed; b"),
            (std::vector<Citation>{{"a", "x [read: never closed"}, {"b"}}));
  EXPECT_EQ(parse_citations(" ; "), std::vector<Citation>());
}

TEST(CellList, ListsComeBackWhateverTheyHold) {
  const std::vector<std::string> odd{"a; b", " blanks ", "\\", "\\;", ";", "[read: x]", "plain"};
  std::string text;
  append_list(text, odd);
  EXPECT_EQ(parse_list(text), odd);
  EXPECT_EQ(parse_list("ASML;  艾司摩爾 ;"), (std::vector<std::string>{"ASML", "艾司摩爾"}));
}

TEST(CellList, TextsAmongNumbersAreNoNumbers) {
  for (const std::string text : {"7", "-1e400", "inf", "\"x\"", "\"", "63,000 people", "", "plain"}) {
    const std::string cell = text_among_numbers(text);
    EXPECT_EQ(quoted_text(cell).value_or(cell), text) << cell;
  }
  EXPECT_EQ(text_among_numbers("63,000 people"), "63,000 people");
  EXPECT_EQ(text_among_numbers("2024"), "\"2024\"");
}

}  // namespace
}  // namespace chokepoint
