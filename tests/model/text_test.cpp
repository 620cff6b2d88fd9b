#include "chokepoint/model/text.hpp"

#include "tests/support/hostile_labels.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using namespace std::string_literals;

/// UTF-8 of a code point, surrogates too.
std::string encode(char32_t code) {
  const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | (code >> 6)), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) return {byte(0xE0 | (code >> 12)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F))};
  return {byte(0xF0 | (code >> 18)), byte(0x80 | ((code >> 12) & 0x3F)), byte(0x80 | ((code >> 6) & 0x3F)),
          byte(0x80 | (code & 0x3F))};
}

TEST(Utf8, EveryScalarValueIsValidAndNoSurrogateIs) {
  for (char32_t code = 0; code <= 0x10FFFF; code += code < 0x12000 ? 1 : 17)
    EXPECT_EQ(is_valid_utf8(encode(code)), code < 0xD800 || code > 0xDFFF) << static_cast<std::uint32_t>(code);
  EXPECT_FALSE(is_valid_utf8(encode(0x110000)));
}

TEST(Utf8, RefusesMalformedBytes) {
  for (const std::string& text :
       {"\x80"s, "\xBF"s, "\xC0\x80"s, "\xC1\xBF"s, "\xE0\x80\x80"s, "\xE0\x9F\xBF"s, "\xF0\x80\x80\x80"s,
        "\xF0\x8F\xBF\xBF"s, "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s, "\xFE"s, "\xFF"s, "\xC3"s, "\xE4\xB8"s,
        "\xF0\x9F\x98"s, "a\xC3(b"s, "\xED\xA0\x80"s, "\xED\xB0\x80"s, "ok\xE4"s})
    EXPECT_FALSE(is_valid_utf8(text)) << testing::PrintToString(text);
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("nul\0inside"s));
}

TEST(Fold, NamesThatPeopleTakeForOneAreEqual) {
  const std::vector<std::vector<std::string>> same = {
      {"nvidia", "NVIDIA", "Nvidia", "ｎｖｉｄｉａ", "ＮＶＩＤＩＡ", " Nvidia ", "\tnvidia\n"},
      {"e", "É", "é", "e\xCC\x81", "Ê", "ë"},
      {"h 100", "H 100", "H  100", "h\t100",
       "H\xC2\xA0"
       "100",
       "Ｈ　１００"},
      {"strasse", "Straße", "STRASSE", "ſtraße"},
      {"fi", "ﬁ"},
      {"アイウ", "ｱｲｳ"},
      {"σ", "Σ", "ς"},
      {"cafe noir", "Café Noir", "CAFÉ  NOIR"},
      {"½", "1⁄2"},
      {"华为", " 华为 "},
  };
  for (const auto& names : same)
    for (const auto& name : names) EXPECT_EQ(fold(name), fold(names.front())) << name;
  EXPECT_EQ(fold("Ｎｖｉｄｉａ"), "nvidia");
  EXPECT_EQ(fold("É"), "e");
}

TEST(Fold, DifferentNamesStayDifferent) {
  EXPECT_NE(fold("华为"), fold("華為"));
  EXPECT_NE(fold("H100"), fold("H 100"));
  EXPECT_NE(fold("A100"), fold("A1000"));
  EXPECT_NE(fold("tsmc"), fold("smic"));
}

TEST(Fold, FoldingTwiceChangesNothing) {
  for (const std::string& label : test::hostile_labels()) EXPECT_EQ(fold(fold(label)), fold(label)) << label;
  std::mt19937 random = test::seeded(7);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int n = 0; n < 6; ++n) {
      auto code = static_cast<char32_t>(random() % (random() % 4 == 0 ? 0x11000 : 0x600));
      if (code >= 0xD800 && code <= 0xDFFF) code = U'x';
      text += encode(code);
    }
    const std::string once = fold(text);
    EXPECT_EQ(fold(once), once) << testing::PrintToString(text);
    EXPECT_TRUE(is_valid_utf8(once));
  }
}

TEST(Fold, LeavesInvalidTextAlone) {
  EXPECT_EQ(fold("a\xFF"
                 "B"),
            "a\xFF"
            "B");
}

TEST(Width, WideCharactersTakeTwoColumnsAndMarksNone) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("华为"), 4U);
  EXPECT_EQ(display_width("é"), 1U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);
  EXPECT_EQ(display_width("ｱ"), 1U);
  EXPECT_EQ(display_width("Ａ"), 2U);
}

TEST(Truncate, NeverPassesTheWidthNorCutsACharacter) {
  const std::vector<std::string> texts = {"abcdef", "华为技术有限公司", "a华b为c",
                                          "e\xCC\x81"
                                          "e\xCC\x81"
                                          "e\xCC\x81",
                                          ""};
  for (const std::string& text : texts)
    for (std::size_t columns = 0; columns < 20; ++columns) {
      const std::string cut = truncate_to_width(text, columns);
      EXPECT_LE(display_width(cut), columns) << text << " to " << columns;
      EXPECT_TRUE(is_valid_utf8(cut));
      if (display_width(text) <= columns) {
        EXPECT_EQ(cut, text);
      } else if (columns > 0) {
        EXPECT_TRUE(cut.ends_with("…")) << cut;
      }
    }
}

TEST(Escape, ControlAndFormatCharactersCannotReachATerminal) {
  EXPECT_EQ(escape_for_terminal("plain 华为"), "plain 华为");
  EXPECT_EQ(escape_for_terminal("a\x1b[31m"), "a\\u{001B}[31m");
  EXPECT_EQ(escape_for_terminal("a\tb\nc"), "a\\u{0009}b\\u{000A}c");
  EXPECT_EQ(escape_for_terminal("\x7f"), "\\u{007F}");
  EXPECT_EQ(escape_for_terminal("\xC2\x9B"), "\\u{009B}");
  EXPECT_EQ(escape_for_terminal("\xE2\x80\xAE"), "\\u{202E}");
  EXPECT_EQ(escape_for_terminal("\xE2\x80\x8B"), "\\u{200B}");
  EXPECT_EQ(escape_for_terminal("\xE2\x80\xA8"), "\\u{2028}");
  EXPECT_EQ(escape_for_terminal("\xFF"), "\\xFF");
  EXPECT_EQ(escape_for_terminal("\0"s), "\\u{0000}");
  EXPECT_EQ(escape_for_terminal("\xEF\xBB\xBF"), "\\u{FEFF}");
  for (const std::string& label : test::hostile_labels()) {
    const std::string safe = escape_for_terminal(label);
    EXPECT_TRUE(is_valid_utf8(safe));
    for (const char c : safe) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
    EXPECT_EQ(escape_for_terminal(safe), safe) << "escaping is done once";
  }
}

TEST(Suggest, OrdersByDistanceThenByText) {
  const std::vector<std::string> names = {"nvidia", "nvida", "invidia", "amd", "navidia", "tsmc"};
  EXPECT_EQ(suggest("nvidai", names), (std::vector<std::string>{"nvida", "nvidia", "invidia", "navidia"}));
  EXPECT_EQ(suggest("nvidia", names).front(), "nvidia");
  EXPECT_TRUE(suggest("qqqqqqq", names).empty());
  EXPECT_TRUE(suggest("", names).empty());
  EXPECT_EQ(suggest("nv", names), (std::vector<std::string>{"nvida", "nvidia"}));
}

TEST(Suggest, TranspositionsCountOnce) {
  EXPECT_EQ(suggest("tscm", std::vector<std::string>{"tsmc", "tsxx"}), (std::vector<std::string>{"tsmc"}));
}

TEST(Suggest, FoldsAndKeepsTheLimit) {
  EXPECT_EQ(suggest("ＮＶＩＤＩＡ", std::vector<std::string>{"Nvidia"}), (std::vector<std::string>{"Nvidia"}));
  const std::vector<std::string> many = {"aaaa1", "aaaa2", "aaaa3", "aaaa4", "aaaa5", "aaaa6"};
  EXPECT_EQ(suggest("aaaa0", many, 3), (std::vector<std::string>{"aaaa1", "aaaa2", "aaaa3"}));
}

TEST(Suggest, ComparesCharactersAndNotBytes) {
  // 华 and 化 share two of three bytes; one character of two differs, so it is one change.
  EXPECT_EQ(suggest("化为", std::vector<std::string>{"华为"}), (std::vector<std::string>{"华为"}));
  EXPECT_EQ(suggest("中芯国际", std::vector<std::string>{"中芯國際", "中芯国家"}),
            (std::vector<std::string>{"中芯国家"}));
}

TEST(Suggest, IsCheapOnLongTexts) {
  const std::string long_text(100000, 'a');
  EXPECT_TRUE(suggest(long_text, std::vector<std::string>{long_text, "aaa"}).empty());
}

TEST(WordCharacter, IsALetterOrDigitOfAnyScript) {
  for (const char* character : {"a", "Z", "0", "华", "é", "٣", "ア", "Ⅷ", "²"})
    EXPECT_TRUE(is_word_character(character));
  for (const char* character : {" ", "-", ".", "_", "/", "「", "·", "\"", "*", "\xCC\x81", "", "ab", "\xFF"})
    EXPECT_FALSE(is_word_character(character)) << character;
}

TEST(Hash, IsXxh3WithSixtyFourBits) {
  EXPECT_EQ(hash_hex(""), "2d06800538d394c2");
  EXPECT_EQ(hash_bytes(""), 0x2d06800538d394c2ULL);
  EXPECT_EQ(hash_hex("a").size(), 16U);
}

}  // namespace
}  // namespace chokepoint
