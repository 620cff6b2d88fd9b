// A graph file is taken in while it is parsed only where its nodes stand before its edges.
#include "ingest/element_pipe.hpp"

#include "chokepoint/model/error.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint::detail {
namespace {

bool in_order(const std::string& text) {
  InputFile file("g.graphml", text);
  return nodes_come_first(file);
}

TEST(NodesComeFirst, TellsTheOrderOfElements) {
  EXPECT_TRUE(in_order(""));
  EXPECT_TRUE(in_order("<graph><node id='a'/><edge source='a' target='a'/></graph>"));
  EXPECT_TRUE(in_order("<g:graph><g:node id='a'></g:node><g:edge source='node' target='a'/></g:graph>"));
  EXPECT_FALSE(in_order("<graph><edge source='a' target='a'/><node id='a'/></graph>"));
  EXPECT_FALSE(in_order("<g:graph><g:edge source='a' target='a'/><g:node id='a'/></g:graph>"));
  EXPECT_FALSE(in_order("<graph><node id='a'/><!-- <edge> --><node id='b'/></graph>")) << "what is not sure";
}

TEST(NodesComeFirst, IsNotSureOfTwoBytesACharacter) {
  EXPECT_FALSE(in_order(std::string("<\0e\0d\0g\0e\0/\0>\0", 14)));
  EXPECT_FALSE(in_order("\xFE\xFF"));
  EXPECT_FALSE(in_order("\xFF\xFE"));
}

TEST(NodesComeFirst, SeesNamesAcrossTheEndsOfBlocks) {
  for (std::size_t gap = (1U << 18U) - 40; gap < (1U << 18U) + 10; ++gap) {
    const std::string text = "<graph><edge/>" + std::string(gap, ' ');
    EXPECT_FALSE(in_order(text + "<node/></graph>")) << gap;
    EXPECT_TRUE(in_order(text + "<data/></graph>")) << gap;
  }
}

/// `node 1 a`, … of all elements, and what ended them.
std::string elements_of(const std::string& text) {
  InputFile file("g.graphml", text);
  const ColumnMap map;
  ElementPipe pipe(file, GraphFileFormat::graphml, map);
  std::string all;
  try {
    while (pipe.next()) {
      all += std::string(pipe.kind() == FlatKind::nodes ? "node " : "edge ") + std::to_string(pipe.number());
      for (const std::string_view value : pipe.values())
        if (!value.empty()) all += ' ' + std::string(value);
      all += '\n';
    }
  } catch (const IngestError& error) {
    all += error.problems.front().message;
  }
  return all;
}

TEST(ElementPipe, HandsOverElementsInOrderAndThenWhatWentWrong) {
  std::string text = "<graphml><key id='d' for='node' attr.name='x' attr.type='string'/><graph>", expected;
  for (int i = 1; i <= 10'000; ++i) {
    text += "<node id='n" + std::to_string(i) + "'><data key='d'>v" + std::to_string(i % 7) + "</data></node>";
    expected += "node " + std::to_string(i) + " n" + std::to_string(i) + " v" + std::to_string(i % 7) + "\n";
  }
  EXPECT_EQ(elements_of(text + "<edge source='n1' target='n2'/></graph></graphml>"), expected + "edge 1 n1 n2\n");
  EXPECT_EQ(elements_of(text + "<edge source='n1'"), expected + "unclosed token (column " +
                                                         std::to_string(text.size() + 1) + ")");
}

TEST(ElementPipe, MayBeLeftBeforeItsEnd) {
  std::string text = "<graphml><graph>";
  for (int i = 0; i < 200'000; ++i) text += "<node id='n'/>";
  InputFile file("g.graphml", text);
  const ColumnMap map;
  ElementPipe pipe(file, GraphFileFormat::graphml, map);
  EXPECT_TRUE(pipe.next());
}

}  // namespace
}  // namespace chokepoint::detail
