#include "export/text/xml_writer.hpp"

#include "tests/support/hostile_labels.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <sstream>

namespace chokepoint::detail {
namespace {

std::string written(const std::string& text, std::uint64_t* replaced = nullptr) {
  std::ostringstream out;
  XmlWriter xml(out);
  xml.open("a");
  xml.attribute("b", text);
  xml.text(text);
  xml.finish();
  if (replaced != nullptr) *replaced = xml.replaced();
  return out.str();
}

TEST(XmlWriter, EscapesMarkupInTextAndAttributes) {
  EXPECT_EQ(written("<&>\"'"), "<a b=\"&lt;&amp;&gt;&quot;'\">&lt;&amp;&gt;\"'</a>\n");
  EXPECT_EQ(written("]]>"), "<a b=\"]]&gt;\">]]&gt;</a>\n");
}

TEST(XmlWriter, KeepsTabsAndLineBreaks) { EXPECT_EQ(written("\t\n\r"), "<a b=\"&#9;&#10;&#13;\">\t\n&#13;</a>\n"); }

TEST(XmlWriter, ReplacesAndCountsWhatXmlCannotHold) {
  std::uint64_t replaced = 0;
  EXPECT_EQ(written(std::string("\0\x01", 2), &replaced), "<a b=\"\uFFFD\uFFFD\">\uFFFD\uFFFD</a>\n");
  EXPECT_EQ(replaced, 4);
  EXPECT_EQ(written("\xef\xbf\xbe\xef\xbf\xbf", &replaced), "<a b=\"\uFFFD\uFFFD\">\uFFFD\uFFFD</a>\n");
  EXPECT_EQ(replaced, 4);
  EXPECT_EQ(written("\x7f\xc2\x80 \u202e\u2028", &replaced),
            "<a b=\"\x7f\xc2\x80 \u202e\u2028\">\x7f\xc2\x80 \u202e\u2028</a>\n");
  EXPECT_EQ(replaced, 0);
}

TEST(XmlWriter, ReplacesBytesThatAreNoUtf8) {
  for (const char* bytes : {"\xff", "\x80", "\xc3", "\xc0\xaf", "\xe2\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xf8\x88\x80\x80\x80", "\xc3(", "\xe0\x80\xaf"}) {
    std::uint64_t replaced = 0;
    const std::string text = written(bytes, &replaced);
    EXPECT_GT(replaced, 0U) << text;
    EXPECT_NE(text.find("\uFFFD"), std::string::npos);
    EXPECT_EQ(text.find('\xff'), std::string::npos);
  }
}

/// Slow and obvious: decodes by the table of RFC 3629 and escapes one character after another.
std::string expected_text(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) -> unsigned {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
    };
    const auto tail = [&](std::size_t k, unsigned low = 0x80, unsigned high = 0xBF) {
      return byte(k) >= low && byte(k) <= high;
    };
    std::size_t size = 0;
    const unsigned lead = byte(0);
    if (lead < 0x80) size = 1;
    if (lead >= 0xC2 && lead <= 0xDF && tail(1)) size = 2;
    if (lead == 0xE0 && tail(1, 0xA0) && tail(2)) size = 3;
    if (lead >= 0xE1 && lead <= 0xEF && lead != 0xED && tail(1) && tail(2)) size = 3;
    if (lead == 0xED && tail(1, 0x80, 0x9F) && tail(2)) size = 3;
    if (lead == 0xF0 && tail(1, 0x90) && tail(2) && tail(3)) size = 4;
    if (lead >= 0xF1 && lead <= 0xF3 && tail(1) && tail(2) && tail(3)) size = 4;
    if (lead == 0xF4 && tail(1, 0x80, 0x8F) && tail(2) && tail(3)) size = 4;
    const std::string character = text.substr(i, size == 0 ? 1 : size);
    i += character.size();
    if (size == 0 || (lead < 0x20 && lead != '\t' && lead != '\n' && lead != '\r') || character == "\xef\xbf\xbe" ||
        character == "\xef\xbf\xbf")
      result += "\uFFFD";
    else if (character == "<")
      result += "&lt;";
    else if (character == ">")
      result += "&gt;";
    else if (character == "&")
      result += "&amp;";
    else if (character == "\r")
      result += "&#13;";
    else
      result += character;
  }
  return result;
}

TEST(XmlWriter, AgreesWithASlowWriterOnRandomBytes) {
  std::mt19937 random = test::seeded(7);
  const std::string alphabet = "ab<>&\r\n\t\x01\xe2\x80\xa8\xef\xbf\xbe\xbf\xc3\xa9\xf0\x90\x8d\x88\xed\xa0\xff";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 12; i > 0; --i) text += alphabet[random() % alphabet.size()];
    std::ostringstream out;
    XmlWriter xml(out);
    xml.open("a");
    xml.text(text);
    xml.text("");
    xml.finish();
    EXPECT_EQ(out.str(), "<a>" + expected_text(text) + "</a>\n");
  }
}

TEST(XmlWriter, IndentsLinesAndClosesWhatIsOpen) {
  std::ostringstream out;
  XmlWriter xml(out);
  xml.declaration();
  xml.open("a", XmlWriter::Place::line);
  xml.open("b", XmlWriter::Place::line);
  xml.attribute("n", 3);
  xml.attribute("x", 0.5);
  xml.close();
  xml.open("c", XmlWriter::Place::line);
  xml.leaf("<d>", 1e300, "</d>");
  xml.leaf("<e>", std::int64_t{-7}, "</e>");
  xml.leaf(XmlWriter::start_tag("f", "k", "<"), "&", "</f>");
  xml.finish();
  EXPECT_EQ(out.str(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b n=\"3\" x=\"0.5\"/>\n  <c><d>1e+300</d><e>-7</e><f "
            "k=\"&lt;\">&amp;</f></c>\n</a>\n");
}

TEST(XmlWriter, SurvivesTextLongerThanItsBuffer) {
  const std::string text(1'000'000, 'x');
  EXPECT_EQ(written(text).size(), 2 * text.size() + std::string("<a b=\"\"></a>\n").size());
}

TEST(XmlWriter, SaysHowManyCharactersWereReplaced) {
  EXPECT_EQ(replaced_warning(0), "");
  EXPECT_EQ(replaced_warning(1), "1 character that XML cannot hold was replaced by U+FFFD");
  EXPECT_EQ(replaced_warning(2), "2 characters that XML cannot hold were replaced by U+FFFD");
}

}  // namespace
}  // namespace chokepoint::detail
