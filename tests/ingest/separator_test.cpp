#include "ingest/csv_reader.hpp"

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

TEST(CsvReader, ReadsFieldsBetweenBars) {
  InputFile file("rows.txt", "id|name\n1|A, B\n");
  CsvReader reader(file, '\0');
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.fields.at(1), "A, B");
}

}  // namespace
}  // namespace chokepoint::detail
