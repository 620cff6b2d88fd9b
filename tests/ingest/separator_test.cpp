#include "chokepoint/support/error.hpp"
#include "ingest/tables/csv_reader.hpp"
#include "ingest/tables/csv_start.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {
namespace {

struct SeparatorCase {
  std::string_view text;
  char separator;
};

TEST(LikelySeparator, IsWhatTheRowsHaveEquallyManyOf) {
  const SeparatorCase cases[] = {
      {"a,b,c\n1,2,3\n", ','},
      {"a;b;c\n1,5;2,5;3,5\n", ';'},
      {"a|b\n1|2\n", '|'},
      {"a\tb, c\n1\t2\n", '\t'},
      {"name|notes, if any|x\nA|one, two|3\nB|none|4\n", '|'},
      {"\"a;b;c;d\",e\n\"1;2;3;4\",5\n", ','},
      {"a,b;c,d\n1;2\n3;4\n", ';'},
      {"one\ntwo\n", ','},
      {"", ','},
      {"a;b", ';'},
      {"a;b\r\n\r\n1;2\r\n", ';'},
  };
  for (const SeparatorCase& one : cases) EXPECT_EQ(likely_separator(one.text, true), one.separator) << one.text;
}

TEST(LikelySeparator, JudgesNoRowThatIsCut) {
  EXPECT_EQ(likely_separator("a;b\n1,2,3;", false), ';');
  EXPECT_EQ(likely_separator("a|b|c", false), '|');
}

TEST(CsvStart, PassesOverTitlesAboveTheHeader) {
  struct StartCase {
    std::string text;
    std::size_t rows, lines;
    char separator;
  };
  const StartCase cases[] = {
      {"List of deals\n\nfrom,to\na,b\nc,d\n", 1, 2, ','},
      {"\xEF\xBB\xBFList of deals, May 2024,,,\n,,,\nVendor,Client,Stake (%),From\na,b,1,2\nc,d,3,4\n", 2, 2, ','},
      {"Deals, all of them\nfrom;to;share;since\na;b;1;2\nc;d;3;4\n", 1, 1, ';'},
      {"\"Deals\nof 2024\"\nfrom,to\na,b\nc,d\n", 1, 2, ','},
      {"\"Data Source\",\"World Development\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\nCountry "
       "Name,Code,1960,1961,\n"
       "Aruba,ABW,1,2,\nB,BB,3,4,\n",
       2, 4, ','},
      {"A title of words\na,b,2019\nc,d,2020\n", 0, 0, ','},
      // What may be a header is one.
      {"from,to\na,b\nc,d\n", 0, 0, ','},
      {"a,b\n1,2,3\n4,5,6\n", 0, 0, ','},
      {"a,b\nx,y,z\nx,y,z\n", 0, 0, ','},
      {"name\nAcme\nBeta\n", 0, 0, ','},
      {",0\na,1\nb,2\n", 0, 0, ','},
      {"title\n1,2\n3,4\n", 0, 0, ','},
      // A line that begins with # is the header where it alone names columns.
      {"# made by hand, 2024\n# again\nfrom;to;share\na;b;1\nc;d;1\n", 2, 2, ';'},
      {"List of deals\nfrom;to;share\na;b;1\nc;d;1\n", 1, 1, ';'},
      {"", 0, 0, ','},
  };
  for (const StartCase& one : cases) {
    const CsvStart start = csv_start(one.text, true);
    EXPECT_EQ(start.rows, one.rows) << one.text;
    EXPECT_EQ(start.lines, one.lines) << one.text;
    EXPECT_EQ(start.separator, one.separator) << one.text;
    EXPECT_EQ(start.titles.empty(), one.rows == 0) << one.text;
  }
}

TEST(CsvReader, CountsTitlesAsRowsAndTellsColumnsOfOneNameApart) {
  const std::string text = "Deals of the year\n\nfrom,to,note,note\na,b,1,2\nc,d,3,4\n";
  InputFile file("rows.csv", text);
  CsvReader reader(file, '\0');
  EXPECT_EQ(reader.header(), (std::vector<std::string>{"from", "to", "note", "note (column 4)"}));
  EXPECT_EQ(reader.titles(), std::vector<std::string>{"Deals of the year"});
  EXPECT_EQ(reader.renamed(), std::vector<std::string>{"note (column 4)"});
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.line, 4U);
  EXPECT_EQ(row.number, 3U);
  EXPECT_EQ(row.fields.at(3), "2");
}

TEST(CsvStart, LeavesAColumnThatIsCalledByTheMark) {
  for (const char* text : {"#,supplier,customer\n7,a,b\n9,c,d\n", "#,supplier,customer\nx,a,b\ny,c,d\n"}) {
    const CsvStart start = csv_start(text, true);
    EXPECT_FALSE(start.is_marked) << text;
    EXPECT_EQ(start.rows, 0U) << text;
  }
}

TEST(CsvStart, TakesAHeaderBehindAMark) {
  const CsvStart start = csv_start("# by hand\n#source,target\na,b\nc,d\n", true);
  EXPECT_TRUE(start.is_marked);
  EXPECT_EQ(start.rows, 1U);
  InputFile file("rows.csv", "# by hand\n# source,target\na,b\nc,d\n");
  EXPECT_EQ(CsvReader(file, '\0').header(), (std::vector<std::string>{"source", "target"}));
}

/// All rows of a text, cells apart by `|` and rows by line breaks; a row that cannot be read as its fault.
std::string rows_as_text(std::string_view text, CsvNotes& notes, CsvRules rules = {}) {
  InputFile file("rows.csv", text);
  CsvReader reader(file, '\0', {}, std::move(rules));
  std::string all, fault;
  for (CsvRow row; reader.next(row, fault);) {
    for (std::size_t i = 0; i < row.fields.size() && fault.empty(); ++i)
      all += (i == 0 ? "" : "|") + std::string(row.fields[i]);
    all += fault + "\n";
  }
  notes = reader.notes();
  return all;
}

TEST(CsvReader, PassesOverLinesThatAreNoRows) {
  CsvNotes notes;
  EXPECT_EQ(rows_as_text("from,to,n\na,b,1\n# from here on, a guess\n#\n#tag,b,2\n## x, y, \"z\nc,d,3\n# end", notes),
            "a|b|1\n#tag|b|2\nc|d|3\n");
  EXPECT_EQ(notes.comments, 4U);
  EXPECT_EQ(notes.first_comment, 3U);
  EXPECT_EQ(notes.marked_rows, 1U);
  EXPECT_EQ(notes.first_marked_row, 5U);
  EXPECT_EQ(rows_as_text("from,to\n# a,b\n#c,d\n", notes, {Quotes::as_found, "none"}), "# a|b\n#c|d\n");
  EXPECT_EQ(rows_as_text("from,to\n#c,d\na,b\n", notes, {Quotes::as_found, "#"}), "a|b\n");
  EXPECT_EQ(rows_as_text("from,to\n//c,d\na,b\n", notes, {Quotes::as_found, "//"}), "a|b\n");
}

TEST(CsvReader, TakesQuotesBetweenTabsThatEncloseNothingForText) {
  CsvNotes notes;
  EXPECT_EQ(rows_as_text("from\tto\tsize\nA\tB\t5\" pipe\nC\t\"D\" and E\t1\n\"F\tG\t2\n", notes),
            "A|B|5\" pipe\nC|\"D\" and E|1\n\"F|G|2\n");
  EXPECT_EQ(notes.stray_quotes, 3U);
  EXPECT_EQ(notes.first_stray_quote, 2U);
  // Fields in quotes stay such, also over several lines.
  EXPECT_EQ(rows_as_text("from\tto\tnote\n\"A\"\t\"B \"\"b\"\"\"\t\"one\ntwo\"\nC\tD\tx\n", notes),
            "A|B \"b\"|one\ntwo\nC|D|x\n");
  EXPECT_EQ(notes.stray_quotes, 0U);
  EXPECT_EQ(rows_as_text("from\tto\n\"A\"\tB\n", notes, {Quotes::text, ""}), "\"A\"|B\n");
  EXPECT_THROW(rows_as_text("from\tto\nA\tB\"b\n", notes, {Quotes::csv, ""}), IngestError);
  EXPECT_THROW(rows_as_text("from,to\nA,B\"b\n", notes), IngestError);
  EXPECT_EQ(rows_as_text("from,to\nA,B\"b\n", notes, {Quotes::text, ""}), "A|B\"b\n");
}

TEST(CsvReader, LeavesOutBlankFieldsBehindTheLastColumn) {
  CsvNotes notes;
  EXPECT_EQ(rows_as_text("from,to\na,b,\nc,d,,\n\"e\",f,\ng,h,x\n", notes),
            "a|b\nc|d\ne|f\n3 fields where the header has 2\n");
}

TEST(CsvReader, NamesNoFirstColumnWhereRNumbersRows) {
  InputFile file("rows.csv", "from,to\n1,a,b\n2,c,d\n");
  CsvReader reader(file, '\0');
  EXPECT_TRUE(reader.lacks_first());
  EXPECT_EQ(reader.header(), (std::vector<std::string>{"", "from", "to"}));
  InputFile other("rows.csv", "from,to\na,b,note\nc,d,note\n");
  EXPECT_FALSE(CsvReader(other, '\0').lacks_first());
}

TEST(CsvReader, ReadsFieldsBetweenBars) {
  InputFile file("rows.txt", "id|name\n1|A, B\n");
  CsvReader reader(file, '\0');
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.fields.at(1), "A, B");
}

}  // namespace
}  // namespace chokepoint::detail
