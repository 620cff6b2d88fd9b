#pragma once

#include <string>
#include <vector>

namespace chokepoint::test {

/// Labels that break careless writers of XML, DOT, CSV, HTML, JSON and terminals; all of them valid UTF-8.
inline std::vector<std::string> hostile_labels() {
  using namespace std::string_literals;
  return {
      "plain",
      "光刻机 (EUV)",
      "日本語テキスト と ﾊﾝｶｸ",
      "emoji 🏭➡️🇨🇳 and 👩‍🔬",
      "a & b && c &amp; d &#65; &lt;",
      "<script>alert(1)</script>",
      "</script><!-- x -->",
      "</data></node></graph></graphml>",
      "<![CDATA[ x ]]> ]]>",
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
      "\"double\" 'single' `back`",
      "\\ backslash \\\" \\n \\N \\G \\",
      "<b>HTML-like</b><br/>",
      "]]>",
      "-->",
      "=cmd|' /C calc'!A0",
      "+1+1",
      "-2+3",
      "@SUM(A1:A9)",
      "comma, semicolon; tab\tend",
      "two\nlines",
      "carriage\rreturn",
      "crlf\r\nend",
      " leading and trailing ",
      "control \x01\x02\x08\x0b\x0c\x0e\x1f end",
      "escape \x1b[2J\x1b]0;title\x07",
      "nul \0 inside"s,
      "del \x7f c1 \xc2\x85 \xc2\x9b",
      "nonchar \xef\xbf\xbe \xef\xbf\xbf",
      "bidi \xe2\x80\xae reversed \xe2\x80\xac isolate \xe2\x81\xa6",
      "zero width \xe2\x80\x8b joiner \xe2\x80\x8d bom \xef\xbb\xbf",
      "separators \xe2\x80\xa8 \xe2\x80\xa9",
      "combining e\xcc\x81 n\xcc\x83\xcc\x83",
      "astral \xf0\x90\x8d\x88 \xf4\x8f\xbf\xbd",
      "%s %n %d {0} ${HOME} $(id) `id`",
      "{\"json\": [1, null]}",
  };
}

/// `text` as XML can hold it: control characters other than tab and line breaks, U+FFFE and U+FFFF become U+FFFD.
inline std::string as_xml_holds_it(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    const std::string three = text.substr(i, 3);
    const bool noncharacter = three == "\xef\xbf\xbe" || three == "\xef\xbf\xbf";
    if (!control && !noncharacter) {
      result += text[i];
      continue;
    }
    result += "\xef\xbf\xbd";
    if (noncharacter) i += 2;
  }
  return result;
}

}  // namespace chokepoint::test
