#include "ingest/tables/csv_reader.hpp"
#include "ingest/tables/csv_start.hpp"

#include <gtest/gtest.h>

#include <string_view>

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

TEST(CsvReader, ReadsFieldsBetweenBars) {
  InputFile file("rows.txt", "id|name\n1|A, B\n");
  CsvReader reader(file, '\0');
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.fields.at(1), "A, B");
}

}  // namespace
}  // namespace chokepoint::detail
