// A graph file is taken in while it is parsed only where its nodes stand before its edges.
#include "ingest/graphs/element_pipe.hpp"

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/support/error.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
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

TEST(NodesComeFirst, SeesNamesOfTwoBytesACharacter) {
  const auto two_bytes = [](std::string_view text) {
    std::string bytes = "\xFF\xFE";
    for (const char c : text) bytes += {c, '\0'};
    return bytes;
  };
  EXPECT_TRUE(in_order(two_bytes("<graph><node id='a'/><edge source='a' target='a'/></graph>")));
  EXPECT_FALSE(in_order(two_bytes("<graph><edge source='a' target='a'/><node id='a'/></graph>")));
}

TEST(NodesComeFirst, SeesNamesAcrossTheEndsOfBlocks) {
  for (std::size_t gap = (1U << 18U) - 40; gap < (1U << 18U) + 10; ++gap) {
    const std::string text = "<graph><edge/>" + std::string(gap, ' ');
    EXPECT_FALSE(in_order(text + "<node/></graph>")) << gap;
    EXPECT_TRUE(in_order(text + "<data/></graph>")) << gap;
  }
}

const GraphContext& plain_context() {
  static const Ontology ontology = Ontology::standard();
  static const TableOptions options = [] {
    TableOptions types;
    types.node_type = "firm";
    types.edge_type = "supplies";
    return types;
  }();
  static const GraphContext context{ontology, options};
  return context;
}

constexpr ElementPipe::Pieces in_one_go{std::size_t{1} << 30U, 1};

/// `node 1 a`, … of all elements, and what ended them.
std::string elements_of(const std::string& text, ElementPipe::Pieces pieces = {}, bool with_lines = false) {
  InputFile file("g.graphml", text);
  ElementPipe pipe(file, GraphFileFormat::graphml, plain_context(), pieces);
  std::string all;
  try {
    while (pipe.next()) {
      all += std::string(pipe.kind() == FlatKind::nodes ? "node " : "edge ") + std::to_string(pipe.number());
      if (with_lines) all += " in line " + std::to_string(pipe.line());
      for (std::size_t i = 0; i < pipe.values().size(); ++i) {
        if (pipe.values()[i].empty()) continue;
        all += ' ';
        if (with_lines) all += pipe.columns()[i].name + '=';
        all += pipe.values()[i];
      }
      all += '\n';
    }
    for (const std::string& line : pipe.remarks().lines())
      if (with_lines) all += line + '\n';
  } catch (const IngestError& error) {
    if (with_lines) all += error.problems.front().file + ':' + std::to_string(error.problems.front().line) + ": ";
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
  EXPECT_EQ(elements_of(text + "<edge source='n1'"),
            expected + "unclosed token (column " + std::to_string(text.size() + 1) + ")");
}

TEST(ElementPipe, MayBeLeftBeforeItsEnd) {
  std::string text = "<graphml><graph>";
  for (int i = 0; i < 200'000; ++i) text += "<node id='n'/>";
  InputFile file("g.graphml", text);
  ElementPipe pipe(file, GraphFileFormat::graphml, plain_context());
  EXPECT_TRUE(pipe.next());
}

/// A GraphML file in which much looks like an element that is none, or stands where no element would be expected.
class OddGraphml {
 public:
  explicit OddGraphml(unsigned seed) : random_(seed) {}

  std::string text(bool is_plain) {
    std::string all = pick({"", "<?xml version='1.0' encoding='UTF-8'?>\n", "<!-- <node id='x'/> -->\n"});
    all += "<graphml>\n<key id='k' for='all' attr.name='x' attr.type='string'>" +
           pick({"", "<default>usual</default>"}) + "</key>\n";
    all += pick({"<graph>", "<graph edgedefault='directed'>\n<desc>a graph</desc>"});
    for (std::size_t i = random_() % 60; i > 0; --i) all += is_plain || random_() % 8 > 0 ? element() : oddity();
    all += "</graph>" + pick({"", "<graph><node id='of another'/></graph>\n"}) + "</graphml>\n";
    if (is_plain || random_() % 3 > 0) return all;
    if (random_() % 2 == 0) return all.substr(0, random_() % all.size());
    all[random_() % all.size()] = pick({"<", ">", "&", "\"", "'", "/", " ", "\n", "e"}).front();
    return all;
  }

 private:
  std::string pick(const std::vector<std::string>& some) { return some[random_() % some.size()]; }
  std::string element() {
    const std::string id = std::to_string(random_() % 100);
    return pick({"<node id='n" + id + "'/>", "<node id='n" + id + "'><data key='k'>v&amp;" + id + "</data></node>",
                 "<edge source='n" + id + "' target='m'/>",
                 "<edge\nsource='a' target='n" + id + "'>\n<data key='k'>w</data></edge>",
                 "<edge source='a' target='b'></edge>", "<node\tid='t'/>"}) +
           pick({"", "\n", "\r\n", "  "});
  }
  std::string oddity() {
    return pick({"<!-- <edge source='no' target='no'/> -->",
                 "<!-- two\nlines <node -->",
                 "<desc><![CDATA[<node id='no'/>]]></desc>",
                 "<?later <edge ?>",
                 "<node id='outer'><graph>" + element() + element() + element() + "</graph></node>",
                 "<node id='p'><port name='q'/></node>",
                 "</graph><graph>",
                 "</graph><key id='l' for='edge' attr.name='y'/><graph>",
                 "<key id='m' for='node' attr.name='late' attr.type='int'><default>3</default></key>",
                 "<default>other</default>",
                 "<edge source='a' target='b'><data key='unknown'>x</data></edge>",
                 "<nodes/>",
                 "<edges><edge source='a' target='b'/></edges>",
                 "<hyperedge/>",
                 "<edge directed='false' source='a' target='b' label='words'><data key='new'>y</data></edge>",
                 "<node id='r' labels=':Firm'><data key='k'>a<b>c</b>d</data></node>",
                 "<graph edgedefault='undirected'>" + element() + "</graph>",
                 "<data key='k'>of the graph</data>",
                 "</graphml><graphml>",
                 "text < more",
                 "]]>"});
  }
  std::mt19937 random_;
};

TEST(ElementPipe, TellsTheSameInPiecesAsInOneGo) {
  std::size_t refused = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const std::string text = OddGraphml(seed).text(seed % 3 == 0);
    const std::string expected = elements_of(text, in_one_go, true);
    refused += expected.find("g.graphml:") != std::string::npos ? 1U : 0U;
    for (const ElementPipe::Pieces pieces : {ElementPipe::Pieces{1, 1}, {40, 3}, {200, 2}})
      ASSERT_EQ(elements_of(text, pieces, true), expected)
          << "seed " << seed << ", " << pieces.bytes << " bytes, text\n"
          << text;
  }
  EXPECT_GT(refused, 50U);
  EXPECT_LT(refused, 200U);
}

TEST(ElementPipe, ReadsPlainFilesInPieces) {
  std::string text = "<graphml><graph>\n";
  for (int i = 0; i < 100; ++i) text += "<node id='a'/>\n";
  text += "</graph></graphml>";
  InputFile file("g.graphml", text);
  GraphmlPieces pieces(file);
  ASSERT_TRUE(pieces.has_head());
  EXPECT_EQ(pieces.head(), "<graphml><graph>\n");
  FilePieces::Piece piece;
  std::size_t count = 0;
  for (; pieces.next(piece, 100); ++count) {
    EXPECT_TRUE(piece.text.starts_with("<node id='a'/>\n")) << piece.text;
    EXPECT_TRUE(piece.text.ends_with("</graph></graphml>")) << piece.text;
    GraphRemarks remarks;
    EXPECT_TRUE(read_graphml_piece(
        pieces.head(), piece.text, plain_context(), [](const GraphElement&) {}, false, remarks));
  }
  EXPECT_EQ(count, 15U) << "seven elements each";
  EXPECT_EQ(piece.end, file.size());
}

TEST(ElementPipe, ReadsNothingInPiecesWhoseHeadItCannotTell) {
  for (const std::string text : {"", "<graphml></graphml>", "<node id='a'/>", "<graphml>&x;<node id='a'/></graphml>",
                                 "<a><b></a><node id='a'/>", "<?xml version='1.0'?><node id='a'/>"}) {
    InputFile file("g.graphml", text);
    EXPECT_FALSE(GraphmlPieces(file).has_head()) << text;
  }
  const std::string long_head = "<graphml><graph>" + std::string(1U << 19U, ' ') + "<node id='a'/></graph></graphml>";
  InputFile file("g.graphml", long_head);
  EXPECT_FALSE(GraphmlPieces(file).has_head());
}

}  // namespace
}  // namespace chokepoint::detail
