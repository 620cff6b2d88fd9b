#include "chokepoint/support/error.hpp"
#include "support/child_process.hpp"
#include "tests/support/table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace chokepoint::test {
namespace {

using testing::HasSubstr;

struct TextCase {
  std::string_view text, expected;
};

TEST(Gml, IsReadAsNetworkxIgraphAndYedWriteIt) {
  const TextCase cases[] = {
      {"Creator \"networkx\"\ngraph [\n  node [\n    id 0\n    label \"&#233;&amp;\"\n  ]\n  node [ id 1 label \"b\" "
       "]\n"
       "  edge [\n    source 0\n    target 1\n    weight 1.50\n  ]\n]\n",
       "gml\nnodes (nodes)\n  id=id:number label=label\n  line 3: id=0 label=é&\n  line 7: id=1 label=b\nedges "
       "(edges)\n"
       "  source=from:number target=to:number weight:number (direction)=direction\n"
       "  line 8: source=0 target=1 weight=1.5 (direction)=undirected\n"},
      {"# comment\ngraph [ directed 1 name \"g\" node [ id 1 graphics [ x 1.0 fill \"#fff\" ] data [ k \"v\" l 2 ] tag "
       "\"a\" tag \"b\" ]\n"
       "edge [ source 1 target 1 LabelGraphics [ text \"t\" ] ] ]",
       "gml\nnodes (nodes)\n  id=id:number graphics.x=ignored:number graphics.fill=ignored data.k data.l:number tag\n"
       "  line 2: id=1 graphics.x=1 graphics.fill=#fff data.k=v data.l=2 tag=a|b\nedges (edges)\n"
       "  source=from:number target=to:number LabelGraphics.text=ignored (direction)=direction\n"
       "  line 3: source=1 target=1 LabelGraphics.text=t (direction)=directed\n! left out: name of the graph\n"},
  };
  for (const TextCase& one : cases) EXPECT_EQ(read_as_text("g.gml", one.text), one.expected);
}

TEST(Gml, IsRefusedWithItsLine) {
  const TextCase cases[] = {
      {"graph [\n node [ label \"x\" ]\n]", "refused, line 2: a node has no id"},
      {"graph [\n edge [ source 1 ]\n]", "refused, line 2: an edge has no source or no target"},
      {"graph [\n node [ id 1 id 2 ]\n]", "refused, line 2: id occurs twice"},
      {"graph [\n node [ id \"x\n\n", "refused, line 2: a text is opened and never closed"},
      {"graph [\n node [ id 1 ]\n", "refused, line 3: a [ is opened and never closed"},
      {"graph [ node [ id ] ]", "refused, line 1: id has no value"},
      {"graph [ 5 6 ]", "refused, line 1: a key stands in front of each value"},
      {"graph [ node [ id 1 label \"\xE9\" ] ]",
       "refused, line 1: the text is not valid UTF-8; name its encoding, --encoding windows-1252 or gb18030, say"},
  };
  for (const TextCase& one : cases) EXPECT_EQ(read_as_text("g.gml", one.text), one.expected) << one.text;
  std::string deep = "graph [ node [ id 1 ";
  for (int i = 0; i < 100000; ++i) deep += "a [ ";
  EXPECT_EQ(read_as_text("g.gml", deep), "refused, line 1: lists are nested more than 64 deep");
}

TEST(Gml, QuotesInsideATextAreToldByWhatFollowsThem) {
  const TextCase cases[] = {
      {R"(graph [
  node [
    id 0
    label "Foo \"Bar\" Inc"
  ]
])",
       "label=Foo \"Bar\" Inc\n"},
      {R"(graph [
  node [
    id 0
    label "Foo "Bar" Inc"
  ]
])",
       "label=Foo \"Bar\" Inc\n! 1 text holds quotes that nothing marks as part of it, the first of them in line 4; a "
       "quote was taken for the end where the line goes on as the format has it\n"},
      {R"(graph [ node [ id 0 label "The "Big" firm" kind "C:\" size 3 ] ])",
       "label=The \"Big\" firm kind=C:\\ size=3\n! 1 text holds quotes"},
      {"graph [ node [ id 0 label \"x\\\"\" ] ]", "label=x\"\n"},
      {"graph [ node [ id 0 label \"back\\\\slash\" ] ]", "label=back\\\\slash\n"},
  };
  for (const TextCase& one : cases) EXPECT_THAT(read_as_text("g.gml", one.text), HasSubstr(one.expected)) << one.text;
  EXPECT_EQ(read_as_text("g.gml", "graph [\n node [\n  id 1\n  label \"ab\"c\n ]\n node [ id 2 label \"x\" ]\n]"),
            "refused, line 4: text stands behind a closing quote: \"ab\"; a quote inside a text is written &quot;");
}

TEST(Pajek, QuotesInsideANameAreReadAsIgraphAndNetworkxWriteThem) {
  const TextCase cases[] = {
      {R"(1 "Foo \"Bar\" Inc")", "label=Foo \"Bar\" Inc\n"},
      {R"(1 "back\\slash")", "label=back\\slash\n"},
      {R"(1 back\slash 0.0 0.0 ellipse)", "label=back\\slash x=0.0 y=0.0 shape=ellipse\n"},
      {R"(1 "end\"")", "label=end\"\n"},
      {R"(1 "q\\\"uote")", "label=q\\\"uote\n"},
      {R"(1 "x\" \"y" 0.5 0.5)", "label=x\" \"y x=0.5 y=0.5\n"},
      {R"(1 "Foo &quot;Bar&quot;")", "label=Foo \"Bar\"\n"},
      {R"(1 "Foo "Bar" Inc" 0.0 0.0 ellipse)",
       "label=Foo \"Bar\" Inc x=0.0 y=0.0 shape=ellipse\n! 1 text holds quotes"},
      {R"(1 end" 0.0 0.0 ellipse)", "label=end\" x=0.0 y=0.0 shape=ellipse\n"},
      {R"(1 "start 0.0 0.0 ellipse)", "label=\"start x=0.0 y=0.0 shape=ellipse\n"},
  };
  for (const TextCase& one : cases)
    EXPECT_THAT(read_as_text("g.net", "*Vertices 1\n" + std::string(one.text) + "\n"), HasSubstr(one.expected))
        << one.text;
  EXPECT_THAT(read_as_text("g.net", "*Vertices 1\n1 a\n*Arcs\n1 1 0.5 kind \"sup \"plies\"\"\n"),
              HasSubstr("kind=sup \"plies\""));
  const std::string many = "1 \"" + std::string(500, '"') + "x y\"z";
  EXPECT_THAT(read_as_text("g.net", "*Vertices 1\n" + many + "\n"), HasSubstr("refused, line 2"));
}

TEST(Pajek, IsReadWithAllItsSections) {
  EXPECT_EQ(
      read_as_text(
          "g.net",
          "% comment\n*Network t\n*Vertices 4\n1 \"A b\" 0.1 0.2 0.5 ellipse ic Red size 3 [1-5]\n"
          "2 caf\\u00e9\n3 \"&#233;\"\n*Arcs :2 \"supplies\"\n1 2 1.5 c Blue l \"x\"\n*Edges\n2 3\n*Arcslist\n1 3 4\n"
          "*Partition p\n1\n"),
      "pajek\nnodes (nodes)\n  id=id label=label x=ignored:number y=ignored:number z=ignored:number shape=ignored "
      "ic=ignored size:number time\n"
      "  line 4: id=1 label=A b x=0.1 y=0.2 z=0.5 shape=ellipse ic=Red size=3 time=[1-5]\n  line 5: id=2 label=café\n"
      "  line 6: id=3 label=é\n  line 7: id=4\nedges (edges)\n"
      "  from=from to=to (direction)=direction relation=type weight:number c=ignored l=label\n"
      "  line 8: from=1 to=2 (direction)=directed relation=supplies weight=1.5 c=Blue l=x\n"
      "  line 10: from=2 to=3 (direction)=undirected\n  line 12: from=1 to=3 (direction)=directed\n"
      "  line 12: from=1 to=4 (direction)=directed\n"
      "! 1 times such as [1-5] are kept as the attribute time; they count steps and are no dates\n"
      "! left out: *partition\n");
}

TEST(Pajek, ReadsMatricesAndTwoModes) {
  EXPECT_EQ(read_without_lines("g.net", "*Vertices 3 1\n1 \"p\"\n2 \"q\"\n3 \"r\"\n*Matrix\n0 2\n"),
            "pajek\nnodes (nodes)\n  id=id mode:number label=label\n : id=1 mode=1 label=p\n : id=2 mode=2 label=q\n"
            " : id=3 mode=2 label=r\nedges (edges)\n  from=from to=to (direction)=direction weight:number\n"
            " : from=1 to=3 (direction)=directed weight=2\n"
            "! a network of two modes: the attribute mode says which a vertex is of\n");
}

TEST(Pajek, GivesVerticesTheValuesOfPartitionsAndVectors) {
  EXPECT_EQ(
      read_without_lines("g.paj",
                         "*Network n\n*Vertices 2\n1 \"p\"\n2 \"q\"\n*Arcs\n1 2\n\n*Partition country\n*Vertices 2\n"
                         "7\n8\n*Vector sales of 2022\n*Vertices 2\n1.5\n2.5\n"),
      "pajek\nnodes (nodes)\n  id=id label=label country:number sales of 2022:number\n"
      " : id=1 label=p country=7 sales of 2022=1.5\n : id=2 label=q country=8 sales of 2022=2.5\n"
      "edges (edges)\n  from=from to=to (direction)=direction\n : from=1 to=2 (direction)=directed\n");
  EXPECT_EQ(read_as_text("g.paj", "*Vertices 2\n*Partition c\n*Vertices 3\n1\n"),
            "refused, line 3: c has values for other vertices than those of the network");
  EXPECT_EQ(read_as_text("g.paj", "*Vertices 1\n*Partition c\n*Vertices 1\n1\n2\n"),
            "refused, line 5: more values than there are vertices, 1");
  EXPECT_EQ(read_as_text("g.paj", "*Vertices 1\n*Vertices 1\n"),
            "refused, line 2: a second *Vertices; give each network a file of its own");
}
TEST(Pajek, IsRefusedWithItsLine) {
  const TextCase cases[] = {
      {"*Vertices x\n", "refused, line 1: *Vertices is followed by their number"},
      {"*Vertices 2\n3 \"x\"\n", "refused, line 2: \"3\" is no number of one of 2 vertices"},
      {"*Vertices 2\n1 a\n1 b\n", "refused, line 3: vertex 1 occurs twice"},
      {"*Vertices 2\n*Arcs\n1 5\n", "refused, line 3: vertex 5; there are 2"},
      {"*Vertices 2\n*Arcs\n1\n", "refused, line 3: a line joins two vertices"},
      {"*Vertices 2\n1 \"x\n", "refused, line 2: a quote is opened and never closed"},
      {"*Vertices 999999999999\n", "refused, line 1: more than 100000000 vertices"},
  };
  for (const TextCase& one : cases) EXPECT_EQ(read_as_text("g.net", one.text), one.expected) << one.text;
}

bool has_graphviz() {
  try {
    return detail::run_program("gvpr", {"-V"}, "").status == 0;
  } catch (const NotFoundError&) {
    return false;
  }
}

TEST(Dot, IsKnownWithoutANameWhereAttributesOfTheGraphComeFirst) {
  if (!has_graphviz()) GTEST_SKIP() << "gvpr is not here";
  for (const char* name : {"g.dot", "g.txt"})
    EXPECT_THAT(
        read_without_lines(name, "digraph {\n\tgraph [bb=\"0,0,1,1\"];\n\tnode [label=\"\\N\"];\n\ta -> b;\n}\n"),
        testing::StartsWith("dot\n"));
}

TEST(Dot, IsReadByGraphviz) {
  if (!has_graphviz()) GTEST_SKIP() << "gvpr is not here";
  EXPECT_EQ(read_without_lines(
                "g.gv",
                "/* c */ digraph G { node [shape=box]; label=\"whole\";\n"
                "subgraph cluster_eu { label=\"EU firms\"; a; subgraph cluster_in { b } }\n"
                "subgraph cluster_us { label=\"US\"; c }\n"
                "a -> b [label=\"sup\\nplies\", dir=back, kind=x]; a:p -> c [dir=both, color=red]; b -> c [dir=none];\n"
                "r [shape=record, label=\"{<f0> left|right}\"]; h [label=<<b>Bold</b> &amp; x>];\n"
                "\"t%09\" [note=\"tab\there\"] }"),
            "dot\nnodes (nodes)\n  (node)=id shape=ignored (cluster)=attribute label=label note\n"
            " : (node)=a shape=box (cluster)=EU firms\n : (node)=b shape=box (cluster)=EU firms|in\n"
            " : (node)=c shape=box (cluster)=US\n : (node)=r shape=record label=left | right\n"
            " : (node)=h shape=box label=Bold & x\n : (node)=t%09 shape=box note=tab\there\nedges (edges)\n"
            "  (tail)=from (head)=to kind label=label (direction)=direction color=ignored tailport=ignored\n"
            " : (tail)=b (head)=a kind=x label=sup plies (direction)=directed\n"
            " : (tail)=a (head)=c (direction)=mutual color=red tailport=p\n"
            " : (tail)=b (head)=c (direction)=undirected\n"
            "! 3 clusters are kept as the attribute cluster of their nodes\n");
  EXPECT_THAT(read_without_lines("g.gv", "strict graph { a -- b }"),
              HasSubstr("(tail)=a (head)=b (direction)=undirected"));
  EXPECT_EQ(read_as_text("g.gv", "digraph {\n a -> \n"),
            "refused, line 3: Graphviz cannot read it: syntax error in line 3");
}

TEST(GraphTextFormats, AreKnownByTheirBeginning) {
  const TextCase cases[] = {
      {"graph [ ]", "gml"},         {"# c\nCreator \"x\"\nVersion 1\ngraph\n[", "gml"},
      {"*vertices 3", "pajek"},     {"% c\n*Network x\n", "pajek"},
      {"graph {", "dot"},           {"// c\nstrict digraph \"a b\" {", "dot"},
      {"# c\nDIGRAPH x\n{", "dot"}, {"graph,node\n1,2\n", ""},
      {"graphs are {", ""},         {"id [x]\n", ""},
  };
  for (const TextCase& one : cases) EXPECT_EQ(recognised_as("f.txt", one.text), one.expected) << one.text;
}

}  // namespace
}  // namespace chokepoint::test
