#include "tests/support/table_text.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(EdgeList, IsKnownByItsLines) {
  EXPECT_EQ(recognised_as("a.edgelist", "Acme Beta {}\n"), "edge-list");
  EXPECT_EQ(recognised_as("a.txt", "1 2\n2 3\n"), "edge-list");
  EXPECT_EQ(recognised_as("a.txt", "a b {'weight': 3}\n"), "edge-list");
  EXPECT_EQ(recognised_as("a.txt", "# Undirected graph: ../x.txt\n# FromNodeId\tToNodeId\n0\t1\n0\t2\n"), "edge-list");
  EXPECT_EQ(recognised_as("a.ncol", "Acme Beta 0.5\n"), "edge-list");
  for (const char* other :
       {"from\tto\na\tb\n", "name value\n", "1,2\n3,4\n", "one line of text\n", "# Title\n\nSome text here\n", "1 2\n"})
    EXPECT_NE(recognised_as("a.txt", other), "edge-list") << other;
}

TEST(EdgeList, HasEndsWeightsAndData) {
  EXPECT_EQ(
      read_as_text("a.edgelist",
                   "# made by hand\n% sym\n\na b\nb c 2.5 7\nc d {'weight': 3, \"note\": 'it\\'s', 'ok': True, 'none': "
                   "None}\r\n"),
      "edge-list\nedges (edges)\n  from=from to=to (direction)=direction weight:number column 4:number note ok:truth\n"
      "  line 4: from=a to=b (direction)=undirected\n  line 5: from=b to=c (direction)=undirected weight=2.5 column "
      "4=7\n"
      "  line 6: from=c to=d (direction)=undirected weight=3 note=it's ok=true\n! 2 lines of comments are passed "
      "over\n");
  EXPECT_THAT(read_as_text("a.edgelist", "Acme Corp\tBeta & Co\t1\n"),
              HasSubstr("from=Acme Corp to=Beta & Co weight=1"));
  std::string long_list;
  for (int i = 0; i < 60; ++i) long_list += "a b\n";
  EXPECT_THAT(read_as_text("a.edgelist", long_list + "c\n"), HasSubstr("refused, line 61: an edge has two ends"));
  EXPECT_THAT(read_as_text("a.edgelist", "a b {'x': [1, 2]}\n"), HasSubstr("is no dictionary of texts and numbers"));
}

TEST(EdgeList, MayBeginWithTheNumbersOfNodesAndEdges) {
  std::string ring = "12 12\n";
  for (int i = 1; i <= 12; ++i) ring += fmt::format("{} {}\n", i, i % 12 + 1);
  EXPECT_THAT(read_as_text("a.txt", ring),
              AllOf(Not(HasSubstr("from=12 to=12")), HasSubstr("from=12 to=1\n"), HasSubstr("12 nodes and 12 edges")));
  EXPECT_THAT(read_as_text("a.txt", ring + "1 3\n"), HasSubstr("from=12 to=12"));
  EXPECT_THAT(read_as_text("a.txt", ring.replace(0, 2, "13")), HasSubstr("13 nodes and 12 edges"));  // counted from 0
  EXPECT_THAT(read_as_text("a.txt", "4 4\n1 2\n2 3\n3 4\n4 1\n"), HasSubstr("refused, line 1: \"4 4\" may be an edge"));
  EXPECT_THAT(read_as_text("a.edgelist", "2 3\n1 2\na b\nc d\n"), HasSubstr("from=2 to=3"));
}

TEST(EdgeList, OfNeighboursMayTakeALineForEach) {
  EXPECT_EQ(
      read_without_lines("a.adjlist", "# c\na 2\nb {'weight': 2}\nc {}\nb 0\nc 0\n"),
      "edge-list\nnodes (nodes)\n  id=id\n : id=a\n : id=b\n : id=c\nedges (edges)\n  from=from to=to weight:number\n"
      " : from=a to=b weight=2\n : from=a to=c\n! 1 lines of comments are passed over\n");
  EXPECT_THAT(read_as_text("a.adjlist", "1 2\n2 3\n3\n"), HasSubstr("from=1 to=2"));
  EXPECT_THAT(read_as_text("a.adjlist", "a 1\nb {'w': 1}\nb 0\n" + std::string(70000, '#') + "\nc d\n"),
              HasSubstr("a node stands here with the number of its neighbours"));
}

TEST(EdgeList, OfMatrixMarketHasNoEdgeOfItsSizes) {
  EXPECT_EQ(
      read_without_lines("m.mtx", "%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 2\n2 1 0.5\n3 1 4\n"),
      "edge-list\nedges (edges)\n  from=from to=to weight:number (direction)=direction\n"
      " : from=2 to=1 weight=0.5 (direction)=undirected\n : from=3 to=1 weight=4 (direction)=undirected\n"
      "! read as a matrix of nodes by nodes: an entry in row 1 and column 2 is an edge from 1 to 2\n"
      "! 1 lines of comments are passed over\n");
  EXPECT_THAT(read_as_text("m.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 4 1\n1 2\n"),
              HasSubstr("refused, line 2: its rows and columns are not as many"));
  EXPECT_THAT(read_as_text("m.mtx", "%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n"),
              HasSubstr("a matrix of Matrix Market that lists all of its cells"));
}

TEST(EdgeList, OfNeighboursKeepsNodesWithoutEdges) {
  EXPECT_EQ(
      read_without_lines("a.adjlist", "# c\na b c\nlone\n"),
      "edge-list\nnodes (nodes)\n  id=id\n : id=a\n : id=b\n : id=c\n : id=lone\nedges (edges)\n  from=from to=to\n"
      " : from=a to=b\n : from=a to=c\n! 1 lines of comments are passed over\n");
  EXPECT_EQ(read_without_lines("a.lgl", "# Acme\nBeta 0.5\n# Gamma\n"),
            "edge-list\nnodes (nodes)\n  id=id\n : id=Acme\n : id=Beta\n : id=Gamma\nedges (edges)\n  from=from to=to "
            "weight:number\n"
            " : from=Acme to=Beta weight=0.5\n");
  EXPECT_THAT(read_as_text("a.lgl", "#\nBeta\n"), HasSubstr("stands below no node"));
}

}  // namespace
}  // namespace chokepoint::test
