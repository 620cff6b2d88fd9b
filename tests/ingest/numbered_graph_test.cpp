// Graphs of a line an element: TGF, SIF, GDF, DIMACS, METIS.
#include "tests/support/table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace chokepoint::test {
namespace {

struct LineCase {
  std::string_view text, expected;
};

TEST(TrivialGraph, HasNodesAboveAndEdgesBelow) {
  EXPECT_EQ(read_as_text("g.txt", "1 First node\n2\n3 Third\n#\n1 2 supplies\n2 3\n"),
            "tgf\nnodes (nodes)\n  id=id label=label\n  line 1: id=1 label=First node\n  line 2: id=2\n  line 3: id=3 "
            "label=Third\n"
            "edges (edges)\n  from=from to=to label=label (direction)=direction\n"
            "  line 5: from=1 to=2 label=supplies (direction)=directed\n  line 6: from=2 to=3 (direction)=directed\n");
}

TEST(TrivialGraph, IsRefusedWithItsLine) {
  const LineCase cases[] = {
      {"1 a\n1 b\n#\n1 1\n", "refused, line 2: node 1 occurs twice"},
      {"1 a\n#\n1 2\n", "refused, line 3: no node above the # has the id \"2\""},
      {"1 a\n#\n1\n", "refused, line 3: an edge has two ends, and there is only \"1\""},
      {"1 a\n2 b\n", "refused, line 3: there is no line of # alone, which stands between nodes and edges"},
      {"1 a\n#\n1 1\n#\n", "refused, line 4: a second line of # alone; give each graph a file"},
      {"1 \xE9\n#\n1 1\n",
       "refused, line 1: the text is not valid UTF-8; name its encoding, --encoding windows-1252 or gb18030, say"},
  };
  for (const LineCase& one : cases) EXPECT_EQ(read_as_text("g.tgf", one.text), one.expected) << one.text;
}

TEST(SimpleInteractions, HaveOneEdgeForEachTarget) {
  EXPECT_EQ(read_without_lines("g.sif", "A pp B C\nD\n"),
            "sif\nnodes (nodes)\n  id=id\n : id=A\n : id=B\n : id=C\n : id=D\nedges (edges)\n"
            "  from=from interaction=type to=to (direction)=direction\n : from=A interaction=pp to=B "
            "(direction)=directed\n : from=A interaction=pp to=C (direction)=directed\n");
  // A tab anywhere parts the words everywhere.
  EXPECT_EQ(read_without_lines("g.sif", "Carl Zeiss\tsupplies to\tASML Holding\n"),
            "sif\nnodes (nodes)\n  id=id\n : id=Carl Zeiss\n : id=ASML Holding\nedges (edges)\n"
            "  from=from interaction=type to=to (direction)=direction\n : from=Carl Zeiss interaction=supplies to "
            "to=ASML Holding (direction)=directed\n");
  EXPECT_EQ(read_as_text("g.sif", "A pp\n"),
            "refused, line 1: \"A pp\": a line is a node, or a node, an interaction and nodes");
  EXPECT_EQ(recognised_as("g.txt", "A pp B\nB pp C\n"), "");
  EXPECT_EQ(recognised_as("g.sif", std::string_view("#!/usr/bin/run-singularity\0\0", 28)), "");
}

TEST(GuessFormat, HasNodesAndEdgesWithTheirColumns) {
  // As Gephi writes it.
  EXPECT_EQ(
      read_as_text(
          "g.gdf",
          "nodedef>name VARCHAR,label VARCHAR,width DOUBLE,color VARCHAR,revenue DOUBLE,is_eu BOOLEAN\n"
          "n0,'Carl Zeiss, Jena',10.0,'255,0,0',8.5,true\nn1,\"ASML \"\"NV\"\"\",10.0,'0,0,255',,false\n"
          "edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE,directed BOOLEAN,kind VARCHAR(32) default 'supplies'\n"
          "n0,n1,2.5,true\nn1,n0,1,false,owns\n"),
      "gdf\nnodes (nodes)\n  name=id label=label width=ignored color=ignored revenue:number is_eu:truth\n"
      "  line 2: name=n0 label=Carl Zeiss, Jena width=10.0 color=255,0,0 revenue=8.5 is_eu=true\n"
      "  line 3: name=n1 label=ASML \"NV\" width=10.0 color=0,0,255 is_eu=false\n"
      "edges (edges)\n  node1=from node2=to weight:number kind (direction)=direction\n"
      "  line 5: node1=n0 node2=n1 weight=2.5 kind=supplies (direction)=directed\n"
      "  line 6: node1=n1 node2=n0 weight=1 kind=owns (direction)=undirected\n"
      "! left out: width, color, which say how things look\n");
  // Apostrophes that enclose nothing are text; what the format does not say has no direction.
  EXPECT_EQ(read_without_lines("g.txt", "edgedef> node1,node2 , price DECIMAL(10,2)\n't Hooft,O'Brien, 1.50\n"),
            "gdf\nedges (edges)\n  node1=from node2=to price:number (direction)=direction\n"
            " : node1='t Hooft node2=O'Brien price=1.5 (direction)=undirected\n");
}

TEST(GuessFormat, IsRefusedWithItsLine) {
  const LineCase cases[] = {
      {"nodedef>name\na,b\n",
       "refused, line 2: 2 fields where 1 columns are named; one that holds a comma stands in quotes"},
      {"nodedef>\na\n", "refused, line 1: the first column of nodes is their id"},
      {"edgedef>node1\na\n", "refused, line 1: the first two columns of edges are their ends"},
      {"nodedef>name,name\na,b\n", "refused, line 1: two columns are called name"},
      {"nodedef>name\na\nnodedef>name\nb\n", "refused, line 3: a second line nodedef>; give each graph a file"},
      {"edgedef>a,b,directed\nx,y,perhaps\n",
       "refused, line 2: \"perhaps\" says nothing of the direction; it is true or false"},
      {"nodedef>name\n\xE9\n",
       "refused, line 2: the text is not valid UTF-8; name its encoding, --encoding windows-1252 or gb18030, say"},
  };
  for (const LineCase& one : cases) EXPECT_EQ(read_as_text("g.gdf", one.text), one.expected) << one.text;
}

TEST(Dimacs, HasEdgesArcsAndFlows) {
  EXPECT_EQ(read_without_lines("g.col", "c by hand\np edge 3 2\ne 1 2\ne 2 3\n"),
            "dimacs\nnodes (nodes)\n  id=id\n : id=1\n : id=2\n : id=3\nedges (edges)\n  from=from to=to "
            "(direction)=direction\n : from=1 to=2 (direction)=undirected\n : from=2 to=3 (direction)=undirected\n");
  EXPECT_EQ(read_without_lines("g.gr", "p sp 2 1\na 1 2 7\n"),
            "dimacs\nnodes (nodes)\n  id=id\n : id=1\n : id=2\nedges (edges)\n  from=from to=to (direction)=direction "
            "weight:number\n : from=1 to=2 (direction)=directed weight=7\n");
  // As igraph writes it.
  EXPECT_EQ(read_without_lines("g.dimacs", "c created by igraph\np max 3 2\nn 1 s\nn 3 t\na 1 2 1.5\na 2 3 2\n"),
            "dimacs\nnodes (nodes)\n  id=id end of the flow\n : id=1 end of the flow=source\n : id=3 end of the "
            "flow=sink\n : id=2\nedges (edges)\n  from=from to=to (direction)=direction capacity:number\n"
            " : from=1 to=2 (direction)=directed capacity=1.5\n : from=2 to=3 (direction)=directed capacity=2\n");
  EXPECT_EQ(read_without_lines("g.txt", "p min 2 2\nn 1 4\na 1 2 0 4 3\nd 1 2\n"),
            "dimacs\nnodes (nodes)\n  id=id supply:number\n : id=1 supply=4\n : id=2\nedges (edges)\n  from=from to=to "
            "(direction)=direction least flow:number capacity:number cost:number\n"
            " : from=1 to=2 (direction)=directed least flow=0 capacity=4 cost=3\n"
            "! the file says that it has 2 edges, and 1 are here\n! left out: lines that begin with d\n");
}

TEST(Dimacs, IsRefusedWithItsLine) {
  const LineCase cases[] = {
      {"p edge 2 1\ne 1 3\n", "refused, line 2: \"3\" is no number of one of 2 nodes"},
      {"p edge 2 1\ne 1\n", "refused, line 2: an edge has two ends"},
      {"p edge 2 1\ne 1 x\n", "refused, line 2: \"x\" is no number of one of 2 nodes"},
      {"p edge 2 1\np edge 2 1\n",
       "refused, line 2: a second line that begins with p; give each graph a file of its own"},
      {"p sp 2 1\na 1 2 x\n", "refused, line 2: \"x\" is no number"},
      {"p sp 2 1\na 1 2 3 4\n", "refused, line 2: 2 words behind the ends of an edge"},
      {"p col 2 1\nn 1 3\nn 1 4\n", "refused, line 3: node 1 occurs twice"},
      {"p edge 99999999999 1\n", "refused, line 1: \"99999999999\" is no number of nodes up to 100000000"},
      // A few bytes make no hundred million nodes.
      {"p edge 90000000 1\ne 1 2\n",
       "refused, line 3: 90000000 nodes where there are 1 edges; the line that begins with p is wrong, or the file is "
       "cut"},
  };
  for (const LineCase& one : cases) EXPECT_EQ(read_as_text("g.txt", one.text), one.expected) << one.text;
  EXPECT_EQ(recognised_as("g.cnf", "c a formula\np cnf 3 2\n1 -3 0\n"), "");
}

TEST(Metis, HasEachEdgeOnce) {
  EXPECT_EQ(read_without_lines("g.graph", "% a triangle and one more\n4 3\n2 3\n1 3\n1 2\n\n"),
            "metis\nnodes (nodes)\n  id=id\n : id=1\n : id=2\n : id=3\n : id=4\nedges (edges)\n  from=from to=to "
            "(direction)=direction\n : from=1 to=2 (direction)=undirected\n : from=1 to=3 (direction)=undirected\n"
            " : from=2 to=3 (direction)=undirected\n");
  EXPECT_EQ(read_without_lines("g.graph", "2 1 111 2\n9 5 6 2 7\n8 4 3 1 7\n"),
            "metis\nnodes (nodes)\n  id=id size:number weight:number weight 2:number\n : id=1 size=9 weight=5 weight "
            "2=6\n : id=2 size=8 weight=4 weight 2=3\nedges (edges)\n  from=from to=to (direction)=direction "
            "weight:number\n : from=1 to=2 (direction)=undirected weight=7\n");
  // Without its name, where every number agrees.
  EXPECT_EQ(recognised_as("g.txt", "3 3\n2 3\n1 3\n1 2\n"), "metis");
  EXPECT_EQ(recognised_as("g.txt", "3 3\n1 2\n2 3\n3 1\n"), "edge-list");
}

TEST(Metis, IsRefusedWithItsLine) {
  const LineCase cases[] = {
      {"2 1\n2\n", "refused, line 3: 1 lines of nodes where the first line says 2"},
      {"2 1\n2\n\n",
       "refused, line 4: a node lists a neighbour that does not list it; METIS has each edge in the lists of "
       "both its ends"},
      {"2 2\n2\n1\n", "refused, line 4: 1 edges where the first line says 2"},
      {"2 1\n3\n1\n", "refused, line 2: \"3\" is no number of one of 2 nodes"},
      {"2 1\n2\n1\n1\n", "refused, line 4: more lines than the 2 nodes of the first line"},
      {"2 1 1\n2\n1 4\n", "refused, line 2: a neighbour has no weight behind it"},
      {"2 1 10\n\n1 1\n", "refused, line 2: the weight of the node is missing"},
      {"2 1 1\n2 x\n1 4\n", "refused, line 2: \"x\" is no number"},
  };
  for (const LineCase& one : cases) EXPECT_EQ(read_as_text("g.graph", one.text), one.expected) << one.text;
}

}  // namespace
}  // namespace chokepoint::test
