#include "chokepoint/export/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>

namespace chokepoint {
namespace {

std::string text_of(const Table& table, const TextStyle& style = {}) {
  std::ostringstream out;
  write_text(table, style, out);
  return out.str();
}

std::string csv_of(const Table& table, char separator = ',', bool spreadsheet_safe = false) {
  std::ostringstream out;
  write_csv(table, separator, spreadsheet_safe, out);
  return out.str();
}

std::string markdown_of(const Table& table) {
  std::ostringstream out;
  write_markdown(table, out);
  return out.str();
}

std::string jsonl_of(const Table& table) {
  std::ostringstream out;
  write_jsonl(table, out);
  return out.str();
}

std::string cell(const char* text) { return text; }

/// Two columns, the second numeric, with Chinese in the first.
Table suppliers() {
  Table table;
  table.columns = {{"label", "Supplier", true}, {"share", "Share"}};
  table.rows = {{cell("台积电"), 0.62}, {cell("Samsung"), 0.105}, {cell("others"), Cell{}}};
  return table;
}

Table one_cell(Cell value) {
  Table table;
  table.columns = {{"a", "A"}, {"b", "B"}};
  table.rows = {{std::move(value), cell("x")}};
  return table;
}

TEST(MarkdownSentence, KeepsCommandsAsCode) {
  EXPECT_EQ(markdown_sentence("all in all: 3; `depends a_b --tree` | more"),
            "all in all: 3; `depends a_b --tree` \\| more");
  EXPECT_EQ(markdown_sentence("a ` alone, `` and ` x` are text"), "a \\` alone, \\`\\` and \\` x\\` are text");
  EXPECT_EQ(markdown_sentence("`a` `b"), "`a` \\`b");
}

TEST(RenderText, AlignsWideCharactersAndNumbers) {
  EXPECT_EQ(text_of(suppliers()),
            "Supplier  Share\n"
            "────────  ─────\n"
            "台积电     0.62\n"
            "Samsung   0.105\n"
            "others\n");
}

TEST(RenderText, PrintsTheTitleAboveAndStylesOnlyWhenAsked) {
  Table table = suppliers();
  table.title = "Who supplies";
  EXPECT_EQ(text_of(table).substr(0, 13), "Who supplies\n");
  EXPECT_EQ(text_of(table).find('\x1b'), std::string::npos);
  TextStyle style;
  style.colour = true;
  EXPECT_NE(text_of(table, style).find("\x1b[1mWho supplies\x1b[0m\n"), std::string::npos);
}

TEST(RenderText, WrapsColumnsThatMayTakeSeveralLines) {
  Table table;
  table.columns = {{"id", "Id"}, {"text", "Text", true}};
  table.rows = {{cell("a-rather-long-identifier"), cell("a sentence that is far too long: 9 % of it")}};
  TextStyle style;
  style.width = 42;
  EXPECT_EQ(text_of(table, style).substr(text_of(table, style).find("a-rather")),
            "a-rather-long-identifier  a sentence that\n"
            "                          is far too long:\n"
            "                          9 % of it\n");
  // Ids stay whole on the narrowest terminal, and no text is lost.
  style.width = 10;
  EXPECT_EQ(text_of(table, style).substr(0, 66),
            "Id\n"
            "  Text\n"
            "  ────────\n"
            "a-rather-long-identifier\n"
            "  a\n");
  EXPECT_NE(text_of(table, style).find("  sentence\n"), std::string::npos) << text_of(table, style);
}

TEST(RenderText, WrapsHeadingsBeforeCellsAndPutsNamesOnLinesOfTheirOwn) {
  Table table;
  table.columns = {{"id", "Node"}, {"stops", "Stops, all variants needed"}, {"when", "When"}, {"note", "Note", true}};
  table.rows = {{cell("united-states"), std::int64_t{309}, cell("2025-06-30"), cell("unknown shares")},
                {cell("cn"), std::int64_t{2}, Cell{}, Cell{}}};
  TextStyle style;
  style.width = 52;
  EXPECT_EQ(text_of(table, style),
            "Node              Stops,  When        Note\n"
            "                     all\n"
            "                variants\n"
            "                  needed\n"
            "─────────────  ─────────  ──────────  ──────────────\n"
            "united-states        309  2025-06-30  unknown shares\n"
            "cn                     2\n");
  style.width = 32;
  EXPECT_EQ(text_of(table, style),
            "Node\n"
            "    Stops,  When        Note\n"
            "       all\n"
            "  variants\n"
            "    needed\n"
            "  ────────  ──────────  ────────\n"
            "united-states\n"
            "       309  2025-06-30  unknown\n"
            "                        shares\n"
            "cn\n"
            "         2\n");
}

TEST(RenderText, PutsATextBelowItsRowWhereElseWordsWouldBreak) {
  Table table;
  table.columns = {{"node", "Node", true}, {"stops", "Stops"}, {"rests_on", "Rests on", true}};
  table.rows = {{cell("Mass flow controller (mass-flow-controller)"), std::int64_t{213}, cell("one source: semi-2021")},
                {cell("China (cn)"), std::int64_t{218}, Cell{}}};
  TextStyle style;
  style.width = 36;
  EXPECT_EQ(text_of(table, style),
            "Node                           Stops\n"
            "    Rests on\n"
            "─────────────────────────────  ─────\n"
            "Mass flow controller             213\n"
            "(mass-flow-controller)\n"
            "    one source: semi-2021\n"
            "China (cn)                       218\n");
}

/// A table of more columns than the screen has room for says each row line by line; what is unknown is left out.
TEST(RenderText, ListsTheCellsOfATableThatCannotFit) {
  Table table;
  std::vector<Cell> row;
  for (int i = 0; i < 9; ++i) {
    table.columns.push_back({"key" + std::to_string(i), "key" + std::to_string(i), true});
    row.emplace_back(i == 4 ? Cell{} : Cell{"nvidia-h100-" + std::to_string(i)});
  }
  row.back() = std::string("one two three four five six seven eight");
  table.rows = {row, row};
  table.rows[1][4] = std::string("here");
  std::ostringstream out;
  write_text(table, {.width = 40}, out);
  EXPECT_THAT(out.str(), testing::StartsWith("key0  nvidia-h100-0\nkey1  nvidia-h100-1\n"));
  EXPECT_THAT(out.str(), testing::HasSubstr("key3  nvidia-h100-3\nkey5  nvidia-h100-5\n"));
  EXPECT_THAT(out.str(), testing::HasSubstr("key8  one two three four five six seven\n      eight\n\nkey0  "));
  EXPECT_THAT(out.str(), testing::HasSubstr("key4  here\n"));
}

/// Ids stay whole where any other way to lay the table out allows it.
TEST(RenderText, PutsANameOnALineOfItsOwnRatherThanBreakAnId) {
  Table table;
  table.columns = {{"record", "Record", true}, {"locator", "Locator", true}, {"only", "Only source"}};
  for (int i = 0; i < 30; ++i)
    table.rows.push_back({std::string("edge advanced-semiconductor-equipment"), std::string("section 12"), true});
  table.rows.push_back(
      {std::string("edge advanced-semiconductor-equipment-of-the-sort -requires-> lithography-equipment"),
       std::string("section 3"), false});
  std::ostringstream out;
  write_text(table, {.width = 56}, out);
  EXPECT_THAT(out.str(), testing::HasSubstr("advanced-semiconductor-equipment-of-the-sort"));
}

TEST(RenderText, KeepsThreeCharactersOfAChineseHeadingTogether) {
  Table table;
  table.columns = {{"node", "节点", true}, {"stops", "停摆数"}, {"rests_on", "依据强度", true}};
  table.rows = {{cell("美国"), std::int64_t{325}, cell("次要供应方：4；份额未知：19")}};
  TextStyle style;
  style.width = 30;
  EXPECT_NE(text_of(table, style).find("停摆数"), std::string::npos) << text_of(table, style);
}

TEST(RenderText, WrapsTitlesAndKeepsNumbersWhole) {
  Table table;
  table.columns = {{"what", "What is produced", true}, {"value", "United States (us)", true}, {"gap", "Gap"}};
  table.rows = {{cell("Refined copper; in World"), cell("12,000,000 tonnes"), cell("-11,110,000")}};
  TextStyle style;
  style.width = 36;
  EXPECT_EQ(text_of(table, style),
            "What is     United       Gap\n"
            "produced    States (us)\n"
            "──────────  ───────────  ───────────\n"
            "Refined     12,000,000   -11,110,000\n"
            "copper; in  tonnes\n"
            "World\n");
}

TEST(RenderText, EscapesWhatATerminalWouldObey) {
  const std::string text = text_of(one_cell(cell("\x1b[2J\ttab\nline\u202e\u009b")));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\t'), std::string::npos);
  EXPECT_EQ(text.find("\u202e"), std::string::npos);
  EXPECT_EQ(text.find("\u009b"), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST(RenderText, LeavesOutColumnsOfWhichNothingIsKnown) {
  Table table;
  table.columns = {{"a", "A"}, {"b", "B"}, {"c", "C"}};
  table.rows = {{std::int64_t{1}, Cell{}, true}, {std::int64_t{22}, std::numeric_limits<double>::quiet_NaN(), false}};
  EXPECT_EQ(text_of(table), " A  C\n──  ───\n 1  yes\n22  no\n");
  table.rows.clear();
  EXPECT_EQ(text_of(table), "A  B  C\n─  ─  ─\n");
}

TEST(RenderText, ShowsNumbersAsPeopleWriteThem) {
  const auto shown = [](double value) {
    const std::string text = text_of(one_cell(value));
    const auto line = text.substr(text.rfind('\n', text.size() - 2) + 1);
    return line.substr(0, line.find("  x"));
  };
  EXPECT_EQ(shown(0), "0");
  EXPECT_EQ(shown(0.1 + 0.2), "0.3");
  EXPECT_EQ(shown(2500000000.0), "2500000000");
  EXPECT_EQ(shown(1234.5), "1234.5");
  EXPECT_EQ(shown(-0.25), "-0.25");
  EXPECT_EQ(shown(0.00000012), "1.2e-07");
  EXPECT_EQ(shown(1.0 / 3), "0.333333");
  EXPECT_EQ(shown(123456789.123), "123456789");
  EXPECT_EQ(shown(999999.9999), "1000000");
}

TEST(RenderCsv, QuotesWhatTheStandardSays) {
  EXPECT_EQ(csv_of(one_cell(cell("plain, no"))), "a,b\n\"plain, no\",x\n");
  EXPECT_EQ(csv_of(one_cell(cell("say \"hi\""))), "a,b\n\"say \"\"hi\"\"\",x\n");
  EXPECT_EQ(csv_of(one_cell(cell("two\nlines"))), "a,b\n\"two\nlines\",x\n");
  EXPECT_EQ(csv_of(one_cell(cell("semi;colon"))), "a,b\nsemi;colon,x\n");
  EXPECT_EQ(csv_of(one_cell(cell(" kept "))), "a,b\n\" kept \",x\n");
  EXPECT_EQ(csv_of(one_cell(Cell{})), "a,b\n,x\n");
}

TEST(RenderCsv, KeepsTabsInTabSeparatedCellsByQuoting) {
  EXPECT_EQ(csv_of(one_cell(cell("a\tb")), '\t'), "a\tb\n\"a\tb\"\tx\n");
  EXPECT_EQ(csv_of(one_cell(cell("a,b")), '\t'), "a\tb\na,b\tx\n");
}

TEST(RenderCsv, WritesNumbersExactly) {
  EXPECT_EQ(csv_of(one_cell(0.1)), "a,b\n0.1,x\n");
  EXPECT_EQ(csv_of(one_cell(1.0 / 3)), "a,b\n0.3333333333333333,x\n");
  EXPECT_EQ(csv_of(one_cell(std::int64_t{-5}), ',', true), "a,b\n-5,x\n");
  EXPECT_EQ(csv_of(one_cell(true)), "a,b\ntrue,x\n");
  EXPECT_EQ(csv_of(one_cell(std::numeric_limits<double>::infinity())), "a,b\n,x\n");
}

TEST(RenderCsv, DefusesFormulasOnlyWhenAsked) {
  for (const char* formula : {"=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"}) {
    EXPECT_NE(csv_of(one_cell(cell(formula)), ',', true).find('\''), std::string::npos) << formula;
    EXPECT_EQ(csv_of(one_cell(cell(formula)), ',', false).find('\''), std::string::npos) << formula;
  }
  for (const char* harmless : {"-5", "+1.5e3", "a=b", "", "5-2"})
    EXPECT_EQ(csv_of(one_cell(cell(harmless)), ',', true).find('\''), std::string::npos) << harmless;
}

TEST(RenderCsv, DoesNotWriteAnEmptyLineForALoneEmptyCell) {
  Table table;
  table.columns = {{"a", "A"}};
  table.rows = {{Cell{}}, {cell("x")}};
  EXPECT_EQ(csv_of(table), "a\n\"\"\nx\n");
}

TEST(RenderMarkdown, AlignsNumbersAndEscapesMarkup) {
  Table table = suppliers();
  table.title = "A|B";
  table.rows.push_back({cell("<b>|*x* a_b _c_"), 0.5});
  EXPECT_EQ(markdown_of(table),
            "**A\\|B**\n\n"
            "| Supplier | Share |\n"
            "| --- | ---: |\n"
            "| 台积电 | 0.62 |\n"
            "| Samsung | 0.105 |\n"
            "| others |  |\n"
            "| \\<b\\>\\|\\*x\\* a_b \\_c\\_ | 0.5 |\n");
}

TEST(RenderMarkdown, KeepsARowOnOneLine) {
  const std::string text = markdown_of(one_cell(cell("two\nlines")));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST(RenderJsonLines, WritesOneObjectARowAndLeavesOutTheUnknown) {
  Table table = suppliers();
  table.rows.push_back({cell("a \"b\"\n"), std::numeric_limits<double>::quiet_NaN()});
  EXPECT_EQ(jsonl_of(table),
            "{\"label\":\"台积电\",\"share\":0.62}\n"
            "{\"label\":\"Samsung\",\"share\":0.105}\n"
            "{\"label\":\"others\"}\n"
            "{\"label\":\"a \\\"b\\\"\\n\"}\n");
}

}  // namespace
}  // namespace chokepoint
