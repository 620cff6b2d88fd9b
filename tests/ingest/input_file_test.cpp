#include "ingest/files/input_file.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/tables/csv_reader.hpp"
#include "tests/support/zip_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace chokepoint::test {
namespace {

using detail::InputFile;
using detail::TextEncoding;
using testing::HasSubstr;
using namespace std::string_literals;

std::string whole_text(InputFile& file) {
  std::string text(file.size() + 10, '\0');
  std::size_t size = 0;
  for (std::size_t got = 1; got > 0; size += got) got = file.read(text.data() + size, text.size() - size);
  text.resize(size);
  return text;
}

std::string read_text(const std::string& bytes, const std::string& encoding = {}) {
  InputFile file("f.csv", bytes, TextEncoding{encoding});
  return whole_text(file);
}

std::string refusal_of(const std::string& bytes, const std::string& encoding = {}) {
  try {
    return read_text(bytes, encoding);
  } catch (const IngestError& error) {
    return error.problems.at(0).message;
  } catch (const Error& error) {
    return error.what();
  }
}

std::string utf16(std::string_view ascii, bool big, bool with_mark) {
  std::string text = !with_mark ? "" : big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) text += big ? "\0"s + c : c + "\0"s;
  return text;
}

TEST(InputFile, ConvertsUtf16WithAMarkAndWithout) {
  for (const bool big : {false, true})
    for (const bool with_mark : {false, true})
      EXPECT_EQ(read_text(utf16("id\tname\n1\tx\n", big, with_mark)), "id\tname\n1\tx\n");
  EXPECT_EQ(read_text("\xFF\xFE\x4E\x53\x3D\xD8\x00\xDE"s), "\u534e\U0001F600");
  EXPECT_THAT(refusal_of("\xFF\xFE\x41"s), HasSubstr("ends in the middle of a character"));
  EXPECT_THAT(refusal_of("\xFF\xFE\x00\xDE"s), HasSubstr("half of a surrogate pair"));
}

TEST(InputFile, ConvertsAnEncodingThatIsNamed) {
  EXPECT_EQ(read_text("caf\xE9 \x80", "windows-1252"), "café €");
  EXPECT_EQ(read_text("caf\xE9", "latin1"), "café");
  EXPECT_EQ(read_text("\xD6\xD0\xCE\xC4", "gb18030"), "中文");
  EXPECT_EQ(read_text("\x93\xFA\x96\x7B", "shift_jis"), "日本");
  EXPECT_EQ(read_text("plain é", "UTF-8"), "plain é");
  EXPECT_THAT(refusal_of("\xFF\xFF", "gb18030"), HasSubstr("it is no gb18030"));
  EXPECT_THAT(refusal_of("x", "klingon"), HasSubstr("iconv does not know it"));
  EXPECT_THAT(refusal_of("x", "-f; rm"), HasSubstr("no name of an encoding"));
}

TEST(InputFile, TakesTheEncodingOutOfAnXmlDeclaration) {
  EXPECT_EQ(read_text("<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\xE9</a>"),
            "<?xml version=\"1.0\"                        ?><a>é</a>");
  EXPECT_EQ(read_text("<?xml version='1.0' encoding='UTF-8'?><a/>"), "<?xml version='1.0' encoding='UTF-8'?><a/>");
}

TEST(InputFile, UnpacksGzip) {
  const std::string long_text(300000, 'x');
  InputFile file("graph.json.gz", gzip_of(long_text));
  EXPECT_EQ(file.size(), long_text.size());
  EXPECT_EQ(file.extension(), ".json");
  EXPECT_TRUE(file.was_packed());
  EXPECT_EQ(whole_text(file), long_text);
  EXPECT_EQ(read_text(gzip_of("a") + gzip_of("b") + "\0\0\0"s), "ab");
  EXPECT_EQ(read_text(gzip_of(utf16("x,y\n1,2\n", false, true))), "x,y\n1,2\n");
  EXPECT_EQ(read_text(gzip_of("")), "");
}

TEST(InputFile, RefusesDamagedGzip) {
  const std::string packed = gzip_of("some text that is long enough");
  for (std::size_t size = 3; size < packed.size(); ++size)
    EXPECT_THAT(refusal_of(packed.substr(0, size)), HasSubstr("cut short")) << size;
  std::string changed = packed;
  changed[20] = 'X';
  EXPECT_THAT(refusal_of(changed), HasSubstr("damaged"));
  EXPECT_THAT(refusal_of(packed + "more"), HasSubstr("damaged"));
}

TEST(InputFile, SaysLinesBehindGzip) {
  EXPECT_TRUE(InputFile("a.ndjson.gz", "{}").says_lines());
  EXPECT_FALSE(InputFile("a.json.gz", "{}").says_lines());
}

TEST(CsvReader, NamesTheEncodingToTry) {
  InputFile file("rows.csv", "a,b\ncaf\xE9,1\n");
  detail::CsvReader reader(file);
  detail::CsvRow row;
  try {
    reader.next(row);
    FAIL() << "accepted";
  } catch (const IngestError& error) {
    EXPECT_THAT(error.problems.at(0).message, HasSubstr("--encoding windows-1252"));
  }
}

}  // namespace
}  // namespace chokepoint::test
