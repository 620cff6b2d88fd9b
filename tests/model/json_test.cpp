#include "chokepoint/model/json.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "tests/support/hostile_labels.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace chokepoint {
namespace {

using namespace std::string_literals;

std::string number(const std::string& token) {
  const auto canonical = canonical_number(token);
  return canonical ? canonical->token : "refused";
}

TEST(JsonNumber, EqualNumbersAreWrittenAlike) {
  EXPECT_EQ(number("1.0"), "1");
  EXPECT_EQ(number("1e0"), "1");
  EXPECT_EQ(number("0.10"), "0.1");
  EXPECT_EQ(number("1E2"), "100");
  EXPECT_EQ(number("100"), "100");
  EXPECT_EQ(number("-0"), "0");
  EXPECT_EQ(number("-0.0"), "0");
  EXPECT_EQ(number("0e9"), "0");
  EXPECT_EQ(number("2.5e-3"), "0.0025");
  EXPECT_EQ(number("1e21"), "1e+21");
}

TEST(JsonNumber, NothingIsLost) {
  EXPECT_EQ(number("123456789012345678901234567890"), "123456789012345678901234567890");
  EXPECT_EQ(number("9007199254740993"), "9007199254740993");
  EXPECT_EQ(number("0.1000000000000000055511151231257827"), "0.1000000000000000055511151231257827");
  EXPECT_EQ(number("3.141592653589793238"), "3.141592653589793238");
}

TEST(JsonNumber, HugeOnesAreRefusedAndTinyOnesAreKept) {
  EXPECT_EQ(number("1e400"), "refused");
  EXPECT_EQ(number("-1e400"), "refused");
  EXPECT_EQ(number("1.5E+309"), "refused");
  EXPECT_EQ(number(std::string(400, '9') + ".5"), "refused");
  EXPECT_EQ(number(std::string(400, '9')), "refused");
  EXPECT_EQ(number("1e99999999999999999999"), "refused");
  EXPECT_NE(number("1e-99999999999999999999"), "refused");
  EXPECT_EQ(number("0e99999999999999999999"), "0");
  EXPECT_EQ(number("1" + std::string(400, '0') + "e-390"), "10000000000");
  EXPECT_NE(number("1e-400"), "refused");
  EXPECT_NE(number("0." + std::string(400, '0') + "1"), "refused") << "tiny without an exponent";
  EXPECT_NE(number("0." + std::string(400, '0') + "1e+3"), "refused") << "tiny with a positive exponent";
  EXPECT_EQ(Json(JsonNumber{"1e-400"}).to_double(), 0.0);
  EXPECT_EQ(Json(JsonNumber{"0." + std::string(400, '0') + "1"}).to_double(), 0.0);
  EXPECT_EQ(Json(JsonNumber{std::string(400, '9')}).to_double(), std::nullopt);
}

TEST(JsonNumber, IsCanonicalAfterOneStep) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = format_number(value);
    const auto token = canonical_number(text);
    ASSERT_TRUE(token) << text;
    EXPECT_EQ(token->token, text);
    EXPECT_EQ(Json(*token).to_double(), value == 0 ? 0.0 : value);
  }
}

TEST(JsonNumber, IntegersAreReadFromEveryForm) {
  EXPECT_EQ(Json(JsonNumber{"12"}).to_integer(), 12);
  EXPECT_EQ(Json(JsonNumber{"1e+15"}).to_integer(), 1000000000000000);
  EXPECT_EQ(Json(JsonNumber{"1e+18"}).to_integer(), 1000000000000000000);
  EXPECT_EQ(Json(JsonNumber{"9.3e+18"}).to_integer(), std::nullopt);
  EXPECT_EQ(Json(JsonNumber{"-9223372036854775808.0"}).to_integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Json(JsonNumber{"9223372036854775807"}).to_integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Json(JsonNumber{"-9223372036854775808"}).to_integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Json(JsonNumber{"9223372036854775808"}).to_integer(), std::nullopt);
  EXPECT_EQ(Json(JsonNumber{"1.5"}).to_integer(), std::nullopt);
  EXPECT_EQ(Json(JsonNumber{"1e+300"}).to_integer(), std::nullopt);
  EXPECT_EQ(Json("12").to_integer(), std::nullopt);
}

TEST(FormatNumber, IsTheShortestThatReadsBack) {
  EXPECT_EQ(format_number(0.1), "0.1");
  EXPECT_EQ(format_number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(format_number(1e15), "1e+15");
  EXPECT_EQ(format_number(999999999999999), "999999999999999");
  EXPECT_EQ(format_number(-1234567), "-1234567");
  EXPECT_EQ(format_number(5e-324), "5e-324");
  EXPECT_EQ(format_number(-0.0), "0");
}

TEST(Json, WhatHasNoJsonFormIsNull) {
  EXPECT_TRUE(Json(std::nan("")).is_null());
  EXPECT_TRUE(Json(HUGE_VAL).is_null());
}

TEST(Json, TextEscapesOnlyWhatItMust) {
  const std::string text = "a\"b\\c/d\b\f\n\r\t\x01\x1f\x7f\0é华"s;
  std::string out;
  append_json_string(out, text);
  EXPECT_EQ(out, R"("a\"b\\c/d\b\f\n\r\t\u0001\u001F)"
                 "\x7f"
                 R"(\u0000é华")");
  EXPECT_EQ(parse_json(out).as_string(), text);
  for (const std::string& label : test::hostile_labels())
    EXPECT_EQ(parse_json(to_text(Json(label))).as_string(), label);
}

TEST(Json, CanonicalSortsKeysAtEveryLevel) {
  const Json value = parse_json(R"({"b":[{"z":1,"a":2}],"a":{"y":null,"x":true},"é":1,"Z":0})");
  EXPECT_EQ(canonical(value), R"({"Z":0,"a":{"x":true,"y":null},"b":[{"a":2,"z":1}],"é":1})");
  EXPECT_EQ(to_text(value), R"({"b":[{"z":1,"a":2}],"a":{"y":null,"x":true},"é":1,"Z":0})");
  EXPECT_EQ(canonical(parse_json(canonical(value))), canonical(value));
}

/// A random value and nothing that JSON cannot hold.
Json random_value(std::mt19937_64& random, int depth) {
  switch (random() % (depth > 0 ? 7 : 5)) {
    case 0: return Json(nullptr);
    case 1: return Json(random() % 2 == 0);
    case 2: return Json(static_cast<std::int64_t>(random()));
    case 3: return Json(static_cast<double>(random() % 100000) / 1000);
    case 4:
      return Json(std::string(random() % 4, static_cast<char>('a' + random() % 26)) + (random() % 3 ? "" : "\"\\\n"));
    case 5: {
      Json list = Json::array();
      for (auto n = random() % 4; n > 0; --n) list.push(random_value(random, depth - 1));
      return list;
    }
    default: {
      Json object = Json::object();
      for (auto n = random() % 4; n > 0; --n) {
        std::string key(1 + n, static_cast<char>('a' + random() % 26));
        if (object.find(key) == nullptr) object.set(std::move(key), random_value(random, depth - 1));
      }
      return object;
    }
  }
}

TEST(Json, WhatIsWrittenIsReadBack) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 500; ++i) {
    const Json value = random_value(random, 5);
    EXPECT_EQ(parse_json(to_text(value)), value);
    EXPECT_EQ(parse_json(to_pretty(value)), value);
    EXPECT_EQ(canonical(parse_json(canonical(value))), canonical(value));
  }
}

TEST(ParseJson, BoundsNestingAndNumbers) {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  EXPECT_NO_THROW(parse_json(nested(64)));
  EXPECT_THROW(parse_json(nested(65)), JsonError);
  const auto digits = [](std::size_t count) { return "0." + std::string(count - 2, '7'); };
  EXPECT_NO_THROW(parse_json(digits(1000)));
  EXPECT_THROW(parse_json(digits(1001)), JsonError);
  EXPECT_NO_THROW(parse_json(std::string(308, '7')));
  EXPECT_THROW(parse_json(std::string(310, '7')), JsonError) << "too large for a double";
}

TEST(ParseJson, NamesTheByteWhereReadingStopped) {
  try {
    parse_json(R"({"a":1,"a":2})");
    FAIL();
  } catch (const JsonError& error) {
    EXPECT_GE(error.offset, 7U);
    EXPECT_LE(error.offset, 11U);
    EXPECT_NE(std::string(error.what()).find("\"a\" occurs twice"), std::string::npos) << error.what();
  }
}

TEST(ParseJson, FindsRepeatedKeysAmongMany) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_THROW(parse_json(text + "\"k0\":1}"), JsonError);
  EXPECT_THROW(parse_json(text + "\"k4999\":1}"), JsonError);
  EXPECT_THROW(parse_json(text + "\"\\u006b7\":1}"), JsonError) << "escaped, but the same key";
  EXPECT_NO_THROW(parse_json(text + "\"k5000\":1}"));
}

TEST(ParseJson, ANulByteIsNoEnd) {
  EXPECT_THROW(parse_json(std::string("{}\0", 3)), JsonError);
  EXPECT_THROW(parse_json(std::string("{}\0{}", 5)), JsonError);
  EXPECT_THROW(parse_json(std::string("\0", 1)), JsonError);
  EXPECT_THROW(parse_json(std::string("\"a\0b\"", 5)), JsonError);
  EXPECT_EQ(parse_json(R"("a\u0000b")").as_string(), std::string("a\0b", 3));
}

}  // namespace
}  // namespace chokepoint
