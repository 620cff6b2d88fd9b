// Tables drawn with characters, as psql, mysql, sqlite3 and Markdown have them.
#include "tests/support/table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

namespace chokepoint::test {
namespace {

struct TextTableCase {
  std::string_view text, expected;
};

constexpr std::string_view two_rows =
    "text-table\n\n  source target share\n : source=Zeiss target=ASML share=0.9\n : source=Schott "
    "target=Zeiss\n";

TEST(TextTable, IsReadInEveryDrawing) {
  const std::string_view drawings[] = {
      " source | target | share \n--------+--------+-------\n Zeiss  | ASML   |   0.9\n Schott | Zeiss  | \n(2 "
      "rows)\n\n",
      "+--------+--------+-------+\n| source | target | share |\n+--------+--------+-------+\n| Zeiss  | ASML   | 0.9  "
      " |\n"
      "| Schott | Zeiss  |       |\n+--------+--------+-------+\n2 rows in set (0.00 sec)\n",
      "| source | target | share |\n|--------|:------:|------:|\n| Zeiss  | ASML   | 0.9   |\n| Schott | Zeiss  |\n",
      "source | target | share\n---|---|---\nZeiss|ASML|0.9\nSchott|Zeiss|\n",
      "┌────────┬────────┬───────┐\n│ source │ target │ share │\n├────────┼────────┼───────┤\n│ Zeiss  │ ASML   │  0.9 "
      " │\n"
      "│ Schott │ Zeiss  │       │\n└────────┴────────┴───────┘\n",
      "┌─────────┬─────────┬────────┐\n│ source  │ target  │ share  │\n│ varchar │ varchar │ double │\n"
      "├─────────┼─────────┼────────┤\n│ Zeiss   │ ASML    │    0.9 │\n│ Schott  │ Zeiss   │        │\n"
      "└─────────┴─────────┴────────┘\n",
      "+--------+--------+-------+\n| source | target | share |\n+========+========+=======+\n| Zeiss  | ASML   | 0.9  "
      " |\n"
      "+--------+--------+-------+\n| Schott | Zeiss  |       |\n+--------+--------+-------+\n",
  };
  for (const std::string_view drawing : drawings) EXPECT_EQ(read_without_lines("t.txt", drawing), two_rows) << drawing;
}

TEST(TextTable, OfMarkdownMayStandInText) {
  EXPECT_EQ(
      read_as_text("notes.md",
                   "# Suppliers\n\nWhat we | know\n\n| source | target |\n|---|---|\n| [Zeiss](https://zeiss.com) | "
                   "**ASML** |\n| `a\\|b` | R&amp;D |\n\nThen\n\n| source | target |\n|--|--|\n| x | y |\n\n| a |"
                   " b |\n|--|--|\n| 1 | 2 |\n"),
      "text-table\n\n  source target source link\n"
      "  line 7: source=Zeiss target=ASML source link=https://zeiss.com\n  line 8: source=a|b target=R&D\n"
      "  line 14: source=x target=y\ntable 2\n  a b\n  line 18: a=1 b=2\n"
      "! 3 lines around the tables are passed over\n! signs of Markdown around the text of 3 cells are left out\n");
}

TEST(TextTable, IsRefusedWhereACellCannotBeTold) {
  constexpr std::string_view csv = "; have it written as CSV: psql --csv, mysql --batch, sqlite3 -csv -header";
  const TextTableCase cases[] = {
      // What psql writes for values of several lines.
      {" a | b \n---+---\n x+| 1\n y | \n(1 row)\n", "refused, line 3: a value goes on in the next line, or holds a |"},
      {"+---+---+\n| a | b |\n+---+---+\n| x+| y |\n| z | |\n+---+---+\n",
       "refused, line 4: a value goes on in the next line, or holds a |"},
      {" a | b  \n---+----\n x | y +\n   | z\n(1 row)\n", "refused, line 4: a value goes on in the next line"},
      {" a | b \n---+---\n x | y | z\n(1 row)\n",
       "refused, line 3: 3 cells where the header has 2; where a value holds a | or a line break, have"},
      {" a | b \n---+---\n x | y\n(2 rows)\n", "refused, line 4: the table says that it has 2 rows, and 1 are here"},
      {"+---+---+\n| a | b |\n+---+---+\n| x | y\nz |\n+---+---+\n",
       "refused, line 5: 1 cells where the header has 2; where a value holds a | or a line break, have"},
      {"+---+---+\n| a | b |\n+===+===+\n| x | y |\n| z |   |\n+---+---+\n| u | v |\n+---+---+\n",
       "refused, line 8: a row takes several lines"},
      {"+---+---+\n| a | b |\n| c |   |\n+---+---+\n| x | y |\n+---+---+\n",
       "refused, line 4: the names of the columns take several lines"},
      {"| a | b |\n|---|---|\n| x | y | z |\n",
       "refused, line 3: 3 cells where the header has 2; where a value holds a | or a line break, have"},
      {"| a | b | c |\n|---|---|\n| x | y |\n", "refused, line 2: the rule has 2 columns and the header above it 3"},
      {"┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ x │ y │\n│ · │ · │\n└───┴───┘\n",
       "refused, line 5: rows are left out of what is shown"},
      {"| a | b |\n|---|---|\n| \xE9 | y |\n",
       "refused, line 3: the text is not valid UTF-8; name its encoding, --encoding windows-1252 or gb18030, say"},
  };
  for (const TextTableCase& one : cases) {
    const std::string told = read_as_text("t.txt", one.text);
    EXPECT_TRUE(told.starts_with(one.expected)) << one.text << told;
    const bool has_remedy = one.text.find('\xE9') == std::string_view::npos;
    EXPECT_TRUE(!has_remedy || told.ends_with(csv.substr(7))) << told;
  }
}

TEST(TextTable, OfMysqlMayFollowAnother) {
  EXPECT_EQ(read_without_lines(
                "t.txt",
                "+---+---+\n| a | b |\n+---+---+\n| x | y |\n+---+---+\n+---+---+\n| c | d |\n+---+---+\n| u | v "
                "|\n+---+---+\n\n+---+---+\n| a | b |\n+---+---+\n| z | — |\n+---+---+\n"),
            "text-table\n\n  a b\n : a=x b=y\n : a=z b=—\ntable 2\n  c d\n : c=u d=v\n");
}

TEST(TextTable, IsKnownByItsRuleAlone) {
  EXPECT_EQ(recognised_as("t.txt", "a|b\nc|d\n"), "");
  EXPECT_EQ(recognised_as("t.txt", "a,b\n--,--\n"), "");
  EXPECT_EQ(recognised_as("t.txt", "Title\n-----\ntext\n"), "");
  EXPECT_EQ(recognised_as("t.txt", "+-----+-----+\n"), "");
}

}  // namespace
}  // namespace chokepoint::test
