#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "tests/support/support.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {
namespace {

struct SuiteFile {
  std::string name;
  std::string text;
};

/// The files of one folder of the JSON test suite whose names begin with `prefix`, sorted; empty where it is absent.
std::vector<SuiteFile> suite(const char* folder, std::string_view prefix) {
  std::vector<SuiteFile> files;
  const auto path = test::shared_dir() / "json_test_suite" / folder;
  if (!std::filesystem::is_directory(path)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({name, {std::istreambuf_iterator<char>(in), {}}});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

/// Why a text was refused; nullopt when it was read. Anything but a JsonError fails the test that asks.
std::optional<std::string> refusal(std::string_view text) {
  try {
    parse_json(text);
    return std::nullopt;
  } catch (const JsonError& error) {
    EXPECT_LE(error.offset, text.size());
    return error.what();
  }
}

/// The same value as a member of an object, as a dataset holds it.
std::string embedded(const std::string& text) { return R"({"attributes":)" + text + "}"; }

/// Accepted by the suite, refused by us on purpose: other readers take the other value (threats, 3).
bool is_documented_exception(const std::string& name) { return name.starts_with("y_object_duplicated_key"); }

class JsonSuite : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(test::shared_dir() / "json_test_suite"))
      GTEST_SKIP() << "the JSON test suite does not lie in " << test::shared_dir();
  }
};

TEST_F(JsonSuite, RefusesEveryMalformedFile) {
  const auto files = suite("test_parsing", "n_");
  EXPECT_EQ(files.size(), 188U);
  for (const auto& [name, text] : files) {
    EXPECT_TRUE(refusal(text)) << name;
    EXPECT_TRUE(refusal(embedded(text))) << name << ", embedded";
  }
}

TEST_F(JsonSuite, AcceptsEveryWellFormedFileButDuplicateKeys) {
  const auto files = suite("test_parsing", "y_");
  EXPECT_EQ(files.size(), 95U);
  for (const auto& [name, text] : files) {
    EXPECT_EQ(refusal(text).has_value(), is_documented_exception(name)) << name << ": " << refusal(text).value_or("");
    EXPECT_EQ(refusal(embedded(text)).has_value(), is_documented_exception(name)) << name << ", embedded";
  }
}

TEST_F(JsonSuite, SurvivesWhatTheStandardLeavesOpen) {
  const auto files = suite("test_parsing", "i_");
  EXPECT_EQ(files.size(), 35U);
  for (const auto& [name, text] : files) {
    refusal(text);
    refusal(embedded(text));
  }
}

TEST_F(JsonSuite, ReadsBackEverythingItAccepts) {
  for (const char* folder : {"test_parsing", "test_transform"})
    for (const auto& [name, text] : suite(folder, "")) {
      if (refusal(text)) continue;
      SCOPED_TRACE(name);
      const Json value = parse_json(text);
      EXPECT_EQ(refusal(to_text(value)), std::nullopt);
      if (refusal(to_text(value))) continue;
      EXPECT_EQ(parse_json(to_text(value)), value) << name;
      EXPECT_EQ(parse_json(to_pretty(value)), value) << name;
      EXPECT_EQ(canonical(parse_json(canonical(value))), canonical(value)) << name;
    }
}

std::string repeated(std::string_view unit, std::size_t times) {
  std::string text;
  text.reserve(unit.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += unit;
  return text;
}

TEST(JsonReader, RefusesAMillionLevelsWhereTheyBecomeTooMany) {
  for (const std::string_view opening : std::to_array<std::string_view>({"[", R"({"a":)", R"([{"a":)"})) {
    try {
      parse_json(repeated(opening, 1'000'000));
      FAIL() << opening;
    } catch (const JsonError& error) {
      EXPECT_LE(error.offset, 66 * opening.size()) << "the rest is not read";
    }
  }
}

TEST(JsonReader, ReadsSixtyFourLevelsAndNoMore) {
  EXPECT_FALSE(refusal(repeated("[", 64) + repeated("]", 64)));
  EXPECT_TRUE(refusal(repeated("[", 65) + repeated("]", 65)));
  EXPECT_FALSE(refusal(repeated(R"({"a":)", 64) + "1" + repeated("}", 64)));
  EXPECT_TRUE(refusal(repeated(R"({"a":)", 65) + "1" + repeated("}", 65)));
}

TEST(JsonReader, ReadsAThousandDigitsAndNoMore) {
  EXPECT_FALSE(refusal("0." + std::string(998, '1')));
  EXPECT_TRUE(refusal("0." + std::string(999, '1')));
  EXPECT_TRUE(refusal("[" + std::string(1'000'000, '1') + "]"));
}

TEST(JsonReader, RefusesWhatHostileFilesHold) {
  for (const std::string_view text : std::to_array<std::string_view>({
           "",
           " ",
           "1e400",
           "-1e400",
           "NaN",
           "Infinity",
           "-Infinity",
           "+1",
           "01",
           "1.",
           ".5",
           "0x10",
           "\xEF\xBC\x91",
           R"({"a":1,"a":1})",
           R"({"a":{"b":1,"c":2,"b":3}})",
           R"({"a":1,"\u0061":2})",
           R"("\uD800")",
           R"("\uDC00")",
           R"("a\uDFFFb")",
           "\"\xC0\xAF\"",
           "\"\xED\xA0\x80\"",
           "\"\xF4\x90\x80\x80\"",
           "\"\x01\"",
           "[1,]",
           "{\"a\":1,}",
           "[1] 2",
           "/* */ 1",
           "'a'",
           "\xFF\xFE[\x00]",
       }))
    EXPECT_TRUE(refusal(text)) << text;
  EXPECT_TRUE(refusal(std::string_view("1\0", 2)));
  EXPECT_TRUE(refusal(std::string_view("[1]\0[2]", 7)));
}

TEST(JsonReader, SaysWhereItStopped) {
  try {
    parse_json(R"({"a": [1, 2,, 3]})");
    FAIL() << "a double comma was read";
  } catch (const JsonError& error) {
    EXPECT_EQ(error.offset, 12U);
    EXPECT_NE(std::string(error.what()).find("byte 12"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace chokepoint
