#include "ingest/tables/csv_reader.hpp"

#include "chokepoint/support/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint::detail {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read(const std::string& text) {
  InputFile file("rows.csv", text);
  CsvReader reader(file);
  Rows rows{reader.header()};
  for (CsvRow row; reader.next(row);) rows.emplace_back(row.fields.begin(), row.fields.end());
  return rows;
}

Problem refusal(const std::string& text) {
  try {
    read(text);
  } catch (const IngestError& error) {
    return error.problems.at(0);
  }
  return {"", 0, "", "accepted"};
}

TEST(CsvReader, ReadsPlainAndQuotedFields) {
  EXPECT_EQ(read("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a,b\r\n\"x, y\",\"he said \"\"no\"\"\"\r\n"), (Rows{{"a", "b"}, {"x, y", "he said \"no\""}}));
  EXPECT_EQ(read("a\n\"line one\nline two\"\n"), (Rows{{"a"}, {"line one\nline two"}}));
  EXPECT_EQ(read("a,b\n,\n"), (Rows{{"a", "b"}, {"", ""}}));
  EXPECT_EQ(read("a,b\n1,2"), (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(CsvReader, PassesOverAByteOrderMarkAndBlankLines) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a,b\n\n1,2\n\n"),
            (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("\xEF\xBB\xBF\"a\",b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(CsvReader, CountsRowsApartFromLines) {
  const Problem problem = refusal("a,b\n\"x\ny\",1\n1,2,3\n");
  EXPECT_EQ(problem.line, 4U);
  EXPECT_EQ(problem.record, "row 3");
  EXPECT_THAT(problem.message, testing::HasSubstr("3 fields where the header has 2"));
}

TEST(CsvReader, RefusesWhatIsNotCsv) {
  EXPECT_THAT(refusal("").message, testing::HasSubstr("empty"));
  EXPECT_THAT(refusal("a,b\n1\n").message, testing::HasSubstr("1 fields"));
  EXPECT_THAT(refusal("a,b\n\"1,2\n").message, testing::HasSubstr("never closed"));
  EXPECT_THAT(refusal("a,b\n\"1\"2,3\n").message, testing::HasSubstr("behind a closing quote"));
  EXPECT_THAT(refusal("a,b\n1\"2,3\n").message, testing::HasSubstr("inside an unquoted field"));
  EXPECT_THAT(refusal(std::string("a,b\n1,\0\n", 8)).message, testing::HasSubstr("NUL"));
  EXPECT_THAT(refusal("a,b\n1,\xFF\n").message, testing::HasSubstr("UTF-8"));
  EXPECT_THAT(refusal("a\n" + std::string(CsvReader::field_limit + 2, 'x') + "\n").message, testing::HasSubstr("over"));
}

TEST(CsvReader, NamesTheColumnsThereAreWhenOneIsMissing) {
  const std::string text = "a,b\n";
  InputFile file("rows.csv", text);
  const CsvReader reader(file);
  EXPECT_EQ(reader.column("b"), 1U);
  EXPECT_THROW(static_cast<void>(reader.column("c")), IngestError);
}

TEST(CsvReader, ReadsFieldsAcrossBufferEnds) {
  for (const std::size_t length : {65530U, 65534U, 65535U, 65536U, 65537U}) {
    const std::string field(length, 'x');
    EXPECT_EQ(read("a,b\n" + field + ",\"y\"\"z\"\n"), (Rows{{"a", "b"}, {field, "y\"z"}})) << length;
  }
}

}  // namespace
}  // namespace chokepoint::detail
