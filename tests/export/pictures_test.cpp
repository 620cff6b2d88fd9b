#include "chokepoint/export/drawn_picture.hpp"
#include "chokepoint/support/error.hpp"
#include "export/pictures/text_extent.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>

namespace chokepoint {
namespace {

/// chip needs scanner and any of two resists; scanner stops it alone.
FaultTreePicture small_tree() {
  FaultTreePicture tree;
  tree.frame = {.title = "What stops <chip>",
                .date = "as of 2025-06-30",
                .legend = {{LegendSign::all_gate, "#6b6b67", "all are needed"}},
                .sources_title = "Sources",
                .sources = {"Atlas & Co"},
                .sources_are_numbered = true};
  tree.events = {{.id = "chip", .label = "Chip", .mark = Mark::subject},
                 {.id = "scanner", .label = "Scanner", .mark = Mark::chokepoint, .stops_alone = true},
                 {.id = "resist", .label = "Resist"},
                 {.id = "a", .label = "Maker A"},
                 {.id = "b", .label = "Maker B"}};
  tree.events[0].gates = {{.rule = GateRule::all,
                           .k = 2,
                           .n = 3,
                           .relation = "requires",
                           .text = "all of 3",
                           .has_failed = true,
                           .inputs = {{.event = 1, .notes = {1}}, {.event = 2, .is_cut = true}},
                           .left_out = "+1 not drawn"}};
  tree.events[2].gates = {{.rule = GateRule::any,
                           .n = 2,
                           .relation = "is produced by",
                           .text = "any of 2",
                           .inputs = {{.event = 3, .share = "62 %", .notes = {1}}, {.event = 4, .share = "38 %"}}}};
  return tree;
}

std::string svg_of(const DrawnPicture& picture) {
  std::ostringstream out;
  write_svg(picture, out);
  return out.str();
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

TEST(FaultTreePicture, SaysEveryEventGateShareAndSource) {
  const std::string svg = svg_of(small_tree());
  EXPECT_EQ(svg, svg_of(small_tree()));
  EXPECT_EQ(count_of(svg, "class=\"box event\""), 5U);
  EXPECT_EQ(count_of(svg, "class=\"box gate\""), 2U);
  for (const char* text : {"What stops &lt;chip&gt;", "as of 2025-06-30", "62 % [1]", ">38 %<", "all of 3", "any of 2",
                           "+1 not drawn", "✗ Scanner", "Atlas &amp; Co"})
    EXPECT_NE(svg.find(text), std::string::npos) << text;
}

TEST(FaultTreePicture, DrawsASharedEventOnceInFull) {
  FaultTreePicture tree = small_tree();
  tree.events[1].gates = {{.rule = GateRule::any, .text = "any of 1", .inputs = {{.event = 2}}}};
  const std::string svg = svg_of(tree);
  EXPECT_EQ(count_of(svg, "data-id=\"resist\""), 3U);  // the event, its gate, and the event again
  EXPECT_EQ(count_of(svg, "class=\"box event repeat\""), 1U);
}

TEST(FaultTreePicture, ACycleEnds) {
  FaultTreePicture tree = small_tree();
  tree.events[3].gates = {{.rule = GateRule::all, .text = "needed", .inputs = {{.event = 0}}}};
  EXPECT_EQ(count_of(svg_of(tree), "class=\"box event repeat\""), 1U);
}

TEST(FaultTreePicture, IsFittedToAnA4Sheet) {
  FaultTreePicture tree = small_tree();
  EXPECT_EQ(page_scale(fault_tree_size(tree)), 1.0);
  for (int i = 0; i < 200; ++i) {
    tree.events[2].gates.front().inputs.push_back({.event = tree.events.size()});
    tree.events.push_back({.id = "m" + std::to_string(i), .label = "Another maker"});
  }
  const PictureSize size = fault_tree_size(tree);
  const double scale = page_scale(size);
  EXPECT_LT(scale, 0.5);
  EXPECT_LE(size.height * scale, page_height_px + 0.1);
  EXPECT_LE(size.width * scale, page_height_px);
}

TEST(TextExtent, LinesAreAsWideAsAsked) {
  const std::string text = "Extreme ultraviolet lithography 极紫外光刻机（EUV）， Donaudampfschifffahrtsgesellschaft";
  for (const double width : {60.0, 90.0, 200.0})
    for (const std::string& line : detail::break_lines(text, 11, width))
      EXPECT_LE(detail::text_extent(line, 11), width + 12) << line;  // what closes a bracket may hang over
  EXPECT_EQ(detail::break_lines("", 11, 100).size(), 1U);
  const auto cut = detail::break_lines(text, 11, 90, 2);
  ASSERT_EQ(cut.size(), 2U);
  EXPECT_TRUE(cut.back().ends_with("…"));
  EXPECT_LE(detail::text_extent(cut.back(), 11), 90);
}

TEST(TextExtent, NoLineBeginsWithWhatClosesTheOneBefore) {
  for (const std::string& line : detail::break_lines("来源一；来源二；来源三；来源四", 10, 42))
    EXPECT_FALSE(line.starts_with("；")) << line;
}

TEST(ShareFlowPicture, ASupplierIsAsHighAsItsBandsTogether) {
  ShareFlow flow;
  flow.frame.title = "t";
  flow.nodes = {{"thing", "Thing", 0}, {"a", "A", 1}, {"b", "B", 1}, {"land", "Land", 2}};
  flow.bands = {{1, 0, 0.75, true, "75 %"}, {2, 0, 0.25, true, "25 %"}, {3, 1, 1, true, ""}, {3, 2, 1, true, ""}};
  const std::string svg = svg_of(flow);
  EXPECT_NE(svg.find("height=\"230\" fill=\"#0072b2\""), std::string::npos);    // the thing
  EXPECT_NE(svg.find("height=\"172.5\" fill=\"#0072b2\""), std::string::npos);  // A
  EXPECT_EQ(count_of(svg, "height=\"230\" fill"), 2U);                          // the land has all of it
}

/// Where texts of a picture stand: of those with this content, the first one's `x`.
double text_x(const std::string& svg, const std::string& content) {
  const std::size_t end = svg.find(">" + content + "</text>"), start = svg.rfind("<text x=\"", end);
  return std::strtod(svg.c_str() + start + 9, nullptr);
}

TEST(ShareFlowPicture, WhatIsWrittenAtABandDoesNotReachTheNextLabel) {
  ShareFlow flow;
  flow.frame.title = "t";
  const std::string band = "share unknown [10, 11, 12]", label = "CoWoS-like packaging";
  flow.nodes = {{"thing", "Thing", 0}, {"packaging", label, 1}, {"maker", "Maker", 2}};
  flow.bands = {{1, 0, 1, true, "needed"}, {2, 1, 1, false, band}};
  const std::string svg = svg_of(flow);
  ASSERT_NE(svg.find(">" + label + "</text>"), std::string::npos);
  const double label_begins = text_x(svg, label) - detail::text_extent(label, 10.5);
  EXPECT_LT(text_x(svg, band) + detail::text_extent(band, 9.8), label_begins);
}

TEST(StateComparisonPicture, TellsImpossibleFromNothingKnown) {
  StateComparison states;
  states.frame.title = "t";
  states.states = {"before", "with"};
  states.rows = {{"x", "X", {{.low = 0.25, .high = 0.75}, {.low = 0, .high = 0, .is_impossible = true}}}};
  const std::string svg = svg_of(states);
  EXPECT_NE(svg.find(">25–75 %<"), std::string::npos);
  EXPECT_EQ(count_of(svg, "class=\"left impossible\""), 1U);
}

TEST(CutMatrixPicture, SaysEveryEffectInWords) {
  CutMatrix matrix;
  matrix.frame.title = "t";
  matrix.column_ids = {"a", "b", "c"};
  matrix.columns = {"A", "B", "C"};
  matrix.rows = {
      {"x", "X", {{CutEffect::alone, "alone"}, {CutEffect::pair, "with Y"}, {CutEffect::near, "leaves 2 %"}}}};
  const std::string svg = svg_of(matrix);
  for (const char* text : {">alone<", ">with Y<", ">leaves 2 %<", "box cell pair", "data-id=\"x b\""})
    EXPECT_NE(svg.find(text), std::string::npos) << text;
}

/// A cell takes as many lines as its text needs, and its row grows with it; so do headings and labels.
TEST(CutMatrixPicture, CutsNoText) {
  CutMatrix matrix;
  matrix.frame.title = "t";
  std::string words;
  for (int i = 0; i < 30; ++i) words += (i > 0 ? " word" : "word") + std::to_string(i);
  matrix.column_ids = {"a"};
  matrix.columns = {"column " + words};
  matrix.rows = {{"x", "row " + words, {{CutEffect::pair, "with " + words}}}};
  const std::string svg = svg_of(matrix);
  EXPECT_EQ(svg.find("…"), std::string::npos);
  EXPECT_EQ(count_of(svg, "word29"), 3U);
}

TEST(EventLinePicture, DrawsSpansPointsArcsAndTheDay) {
  EventLine line;
  line.frame.title = "t";
  line.low = 18'993, line.high = 20'454;  // 2022 to 2026
  line.today = 20'269;
  line.today_text = "2025-06-30";
  line.rows = {{.id = "p",
                .label = "P",
                .date = "2022-10",
                .kind = EventKind::restriction,
                .from = 19'266,
                .to = 20'269,
                .is_open = true},
               {.id = "r", .label = "R", .date = "2023", .kind = EventKind::response, .from = 19'358}};
  line.arcs = {{1, 0, ArcKind::answers, "R answers P"}};
  const std::string svg = svg_of(line);
  EXPECT_EQ(count_of(svg, "<circle"), 1U);
  EXPECT_EQ(count_of(svg, "class=\"arc answers\""), 1U);
  EXPECT_NE(svg.find(">2025-06-30<"), std::string::npos);
  EXPECT_NE(svg.find(">2024<"), std::string::npos);
}

TEST(PicturePageHtml, HasNoScriptAndNoRequest) {
  std::ostringstream out;
  write_picture_page(small_tree(), "en", out);
  const std::string page = out.str();
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.find("<title>What stops &lt;chip&gt;</title>"), std::string::npos);
  EXPECT_EQ(page.find("<?xml"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

TEST(PicturePng, SaysWhatToInstallWhereItCannotBeMade) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nonexistent", 1);
  std::ostringstream out;
  try {
    write_png(small_tree(), out);
    ADD_FAILURE() << "no error";
  } catch (const IoError& error) {
    EXPECT_NE(std::string(error.what()).find("apt install librsvg2-bin"), std::string::npos);
  }
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_TRUE(out.str().empty());
}

}  // namespace
}  // namespace chokepoint
