#include "chokepoint/export/wrap.hpp"

#include "chokepoint/model/text.hpp"

#include <gtest/gtest.h>

namespace chokepoint {
namespace {

using Lines = std::vector<std::string>;

TEST(WrapText, BreaksAtSpacesAndKeepsPercentWithItsNumber) {
  EXPECT_EQ(wrap_text("one two three", 8), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap_text("leaves 20 %", 10), (Lines{"leaves", "20 %"}));
  EXPECT_EQ(wrap_text("", 5), (Lines{""}));
  EXPECT_EQ(wrap_text("as long as it likes", 0), (Lines{"as long as it likes"}));
}

TEST(WrapText, BreaksAWordThatIsLongerThanALine) {
  EXPECT_EQ(wrap_text("abcdefgh ij", 3), (Lines{"abc", "def", "gh", "ij"}));
}

TEST(WrapText, BreaksBetweenWideCharactersButNotBeforeAComma) {
  EXPECT_EQ(wrap_text("台积电，三星", 6), (Lines{"台积", "电，三", "星"}));
  EXPECT_EQ(wrap_text("先进芯片", 5), (Lines{"先进", "芯片"}));
  EXPECT_EQ(wrap_text("台积电, 三星", 6), (Lines{"台积", "电, 三", "星"}));
  EXPECT_EQ(wrap_text("称为“芯片”", 5), (Lines{"称为", "“芯", "片”"}));
}

TEST(WrapText, LosesNothingAtAnyWidth) {
  const std::string text = "Contract manufacturing of AI chips (先进芯片代工), 92 % of it é́ in one place";
  const auto bare = [](std::string all) {
    std::erase(all, ' ');
    return all;
  };
  for (std::size_t width = 2; width < 80; ++width) {
    std::string all;
    for (const std::string& line : wrap_text(text, width)) {
      EXPECT_LE(display_width(line), width);
      all += line;
    }
    EXPECT_EQ(bare(all), bare(text)) << width;
  }
}

TEST(WrapDrawing, DrawsTheBranchesOn) {
  EXPECT_EQ(wrap_drawing("│  ├─ produced by any of several makers", 26),
            (Lines{"│  ├─ produced by any of", "│  │    several makers"}));
  EXPECT_EQ(wrap_drawing("└─ produced by any of several makers", 24),
            (Lines{"└─ produced by any of", "     several makers"}));
  EXPECT_EQ(wrap_drawing("│  │  │  └─ made by several makers", 20),
            (Lines{"│  │  │  └─ made by several", "│  │  │       makers"}));
}

TEST(WrapDrawing, CutsBranchesThatLeaveTheTextNoRoom) {
  std::string branches;
  for (int i = 0; i < 14; ++i) branches += "│  ";
  EXPECT_EQ(wrap_drawing(branches + "└─ made by several makers of many countries", 60),
            (Lines{"⋯4 " + branches.substr(0, 10 * 5) + "└─ made by several makers",
                   "   " + branches.substr(0, 10 * 5) + "     of many countries"}));
  EXPECT_EQ(wrap_drawing(branches + "└─ short", 60), (Lines{"⋯4 " + branches.substr(0, 10 * 5) + "└─ short"}));
  EXPECT_EQ(wrap_drawing(branches + "└─ short", 0), (Lines{branches + "└─ short"}));
}

}  // namespace
}  // namespace chokepoint
