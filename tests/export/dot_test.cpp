#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/support/error.hpp"
#include "export/formats/dot_quote.hpp"
#include "support/child_process.hpp"
#include "tests/export/sample_document.hpp"
#include "tests/support/python.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace chokepoint {
namespace {

bool dot_contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string dot(const GraphDocument& document) {
  std::ostringstream out;
  write_dot(document, out);
  return out.str();
}

bool has_graphviz() {
  try {
    return detail::run_program("dot", {"-V"}, "").status == 0;
  } catch (const NotFoundError&) {
    return false;
  }
}

/// PATH for the time of a test.
class Path {
 public:
  explicit Path(const std::string& value) : before_(std::getenv("PATH")) { setenv("PATH", value.c_str(), 1); }
  ~Path() { setenv("PATH", before_.c_str(), 1); }
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

 private:
  std::string before_;
};

TEST(DotQuote, EscapesQuotesBackslashesAndLineBreaks) {
  std::uint64_t replaced = 0;
  EXPECT_EQ(detail::dot_label("a \"b\" \\N\nc", replaced), "\"a \\\"b\\\" \\\\N\\nc\"");
  EXPECT_EQ(detail::dot_label("<b>bold</b>", replaced), "\"<b>bold</b>\"");
  EXPECT_EQ(detail::dot_label("R&D &amp; &#65; & x;", replaced), "\"R&D &amp;amp; &amp;#65; & x;\"");
  EXPECT_EQ(replaced, 0U);
  EXPECT_EQ(detail::dot_label("\x01", replaced), "\"\uFFFD\"");
  EXPECT_EQ(replaced, 1U);
}

TEST(DotQuote, LeavesNoBackslashAtTheEndOfAnId) {
  EXPECT_EQ(detail::dot_id("a/b:c"), "\"a/b:c\"");
  EXPECT_EQ(detail::dot_id("x\\"), "\"x/\"");
  EXPECT_EQ(detail::dot_id("\""), "\"\\\"\"");
}

TEST(Dot, QuotesIdsAndNamesAFontThatHasChinese) {
  const std::string text = dot(test::sample_document());
  EXPECT_TRUE(dot_contains(text, "  \"rule/2022\" -> \"euv\" ["));
  EXPECT_TRUE(dot_contains(text, "Noto Sans CJK SC"));
  EXPECT_TRUE(dot_contains(text, "\"asml\" [label=\"ASML\", class=\"firm\", fillcolor=\"#ee7733\""));
  EXPECT_FALSE(dot_contains(text, "=<"));
}

TEST(Dot, IsByteIdenticalBetweenRuns) {
  EXPECT_EQ(dot(test::random_document(30, 60, 1)), dot(test::random_document(30, 60, 1)));
}

/// Text between `>` and `</text>`, in file order.
std::vector<std::string> svg_texts(const std::string& svg) {
  const test::ScratchFile file("graph.svg", svg);
  const auto result = test::run_python("tests/export/svg_texts.py", {file.path()});
  std::vector<std::string> texts;
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) texts.push_back(line);
  if (result.status != 0) texts = {"status " + std::to_string(result.status) + ": " + result.output};
  return texts;
}

TEST(Picture, ShowsEveryLabelAsItIs) {
  if (!has_graphviz()) GTEST_SKIP() << "Graphviz is not installed";
  std::ostringstream out;
  write_picture(test::hostile_document(), PictureFormat::svg, out);
  const std::vector<std::string> texts = svg_texts(out.str());
  if (!texts.empty() && dot_contains(texts[0], "status 77")) GTEST_SKIP() << "lxml is not installed";
  // Long ones are broken into lines.
  const auto without_blanks = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' '; });
    return text;
  };
  std::string shown;
  for (const std::string& text : texts) shown += without_blanks(text);
  for (const char* label :
       {"光刻机 (EUV)", "a & b && c &amp; d &#65; &lt;", "<script>alert(1)</script>", "]]>", "<b>HTML-like</b><br/>",
        "\\ backslash \\\" \\n \\N \\G \\", "\"double\" 'single' `back`", "=cmd|' /C calc'!A0"})
    EXPECT_TRUE(dot_contains(shown, without_blanks(label))) << label << "\n" << shown;
  EXPECT_FALSE(dot_contains(out.str(), "<script"));
}

/// Marks on a large graph: two chokepoints with few relations among hundreds of nodes.
GraphDocument marked_document() {
  GraphDocument document = test::random_document(300, 900, 1);
  for (const char* id : {"choke-1", "choke-2"})
    document.nodes.push_back(test::make_node(id, "firm", {{"en", std::string("Chokepoint ") + id}}));
  document.edges.push_back(test::make_edge("owns", "choke-1", "firm-0"));
  document.edges.push_back(test::make_edge("owns", "choke-2", "firm-0"));
  test::sort_document(document);
  for (const Node& node : document.nodes)
    document.marks.push_back(node.id.starts_with("choke") ? Mark::chokepoint : Mark::none);
  document.title = "Two nodes stand on every path";
  document.frame.date = "as of 2025-06-30";
  document.frame.sources_title = "Source";
  document.frame.sources = {"computed from a sample"};
  return document;
}

std::string graph_svg(const GraphDocument& document) {
  std::ostringstream svg;
  write_picture(document, PictureFormat::svg, svg);
  return svg.str();
}

/// Outer width and height of an SVG.
PictureSize outer_size(const std::string& svg) {
  const auto number = [&](const std::string& key) {
    return std::strtod(svg.c_str() + svg.find(key) + key.size(), nullptr);
  };
  return {number(" width=\""), number(" height=\"")};
}

TEST(Picture, LargeGraphsLabelWhatIsMarkedAndNameDayAndSource) {
  const std::string svg = graph_svg(marked_document());
  for (const char* text :
       {">Chokepoint choke-1</text>", ">Chokepoint choke-2</text>", ">Two nodes stand on every path</text>",
        ">as of 2025-06-30</text>", ">Source: computed from a sample</text>", ">chokepoint (2)</text>"})
    EXPECT_TRUE(dot_contains(svg, text)) << text;
}

TEST(Picture, SmallGraphsHaveTheSameFrame) {
  if (!has_graphviz()) GTEST_SKIP() << "Graphviz is not installed";
  GraphDocument document = test::sample_document();
  document.frame.date = "as of 2025-06-30";
  document.frame.sources_title = "Source";
  document.frame.sources = {"computed from a sample"};
  const std::string svg = graph_svg(document);
  for (const char* text : {">Sample &lt;&amp;&gt; 样本</text>", ">as of 2025-06-30</text>",
                           ">Source: computed from a sample</text>", ">Firm</text>"})
    EXPECT_TRUE(dot_contains(svg, text)) << text;
}

TEST(Picture, FitsAnA4SheetHoweverManyNodesThereAre) {
  if (!has_graphviz()) GTEST_SKIP() << "Graphviz is not installed";
  for (const auto& document : {test::sample_document(), marked_document(), test::random_document(60, 300, 2),
                               test::random_document(1500, 4000, 3)}) {
    const PictureSize size = outer_size(graph_svg(document));
    EXPECT_GT(size.width, 100);
    EXPECT_LE(std::max(size.width, size.height), page_height_px + 0.1);
    EXPECT_LE(std::min(size.width, size.height), page_width_px + 0.1);
  }
}

TEST(Picture, DrawsPng) {
  if (!has_graphviz()) GTEST_SKIP() << "Graphviz is not installed";
  try {
    detail::run_program("rsvg-convert", {"--version"}, "");
  } catch (const NotFoundError&) {
    GTEST_SKIP() << "librsvg is not installed";
  }
  std::ostringstream png;
  write_picture(test::sample_document(), PictureFormat::png, png);
  EXPECT_EQ(png.str().substr(0, 4), "\x89PNG");
}

TEST(Picture, SaysHowToInstallGraphviz) {
  const Path none("/nonexistent");
  std::ostringstream out;
  try {
    write_picture(test::sample_document(), PictureFormat::svg, out);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_TRUE(dot_contains(error.what(), "apt install graphviz")) << error.what();
  }
}

TEST(Program, PassesInputAndReturnsOutputErrorsAndStatus) {
  const std::string input(1'000'000, 'x');
  EXPECT_EQ(detail::run_program("cat", {}, input).output, input);
  const auto failed = detail::run_program("sh", {"-c", "echo no >&2; exit 3"}, "");
  EXPECT_EQ(failed.status, 3);
  EXPECT_EQ(failed.errors, "no\n");
  EXPECT_EQ(detail::run_program("sh", {"-c", "kill -9 $$"}, "").status, 137);
  EXPECT_EQ(detail::run_program("true", {}, input).status, 0);  // ends without reading
  EXPECT_THROW(detail::run_program("no-such-program-here", {}, ""), NotFoundError);
}

}  // namespace
}  // namespace chokepoint
