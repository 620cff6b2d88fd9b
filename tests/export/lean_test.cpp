#include "chokepoint/export/lean.hpp"

#include "tests/support/graph_fixture.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

/// asml -produces 0.9-> scanner <-requires- chip; the scanner has a label that XML and Chinese readers stumble over.
std::shared_ptr<const Snapshot> small_graph(std::string_view label = "扫描 <仪> & \"co\"") {
  const auto ontology = test::standard_ontology();
  const auto number = [](const auto& types, std::string_view id) {
    std::uint16_t at = 0;
    while (types[at].id != id) ++at;
    return at;
  };
  SnapshotBuilder builder(ontology);
  const auto node = [&](std::int64_t key, const char* id, const char* type) {
    SnapshotNode added;
    added.id = id;
    added.key = key;
    added.type = number(ontology->node_types(), type);
    builder.add(added);
  };
  node(1, "asml", "firm");
  node(2, "scanner", "equipment");
  node(3, "chip", "chip");
  const auto edge = [&](std::int64_t key, const char* type, std::int64_t from, std::int64_t to,
                        std::optional<double> share) {
    SnapshotEdge added;
    added.id = "e" + std::to_string(key);
    added.key = key;
    added.type = number(ontology->edge_types(), type);
    added.from = from;
    added.to = to;
    added.share = share;
    builder.add(added);
  };
  edge(1, "produces", 1, 2, 0.9);
  edge(2, "requires", 3, 2, std::nullopt);
  builder.add_name(2, {NodeName::Kind::label, "en", label}, "label");
  return std::move(builder).build();
}

std::string body(const std::string& text, const char* first, const char* last) {
  const auto begin = text.find(first), end = text.find(last);
  return begin == std::string::npos || end == std::string::npos ? text : text.substr(begin, end - begin);
}

TEST(LeanGraphml, HoldsIdsLabelsTypesAndShares) {
  const auto snapshot = small_graph();
  std::ostringstream out;
  EXPECT_TRUE(write_lean_graphml({.snapshot = snapshot.get()}, out).empty());
  EXPECT_EQ(body(out.str(), "    <node", "  </graph>"),
            R"(    <node id="asml"><data key="label">asml</data><data key="type">firm</data></node>
    <node id="chip"><data key="label">chip</data><data key="type">chip</data></node>
    <node id="scanner"><data key="label">扫描 &lt;仪&gt; &amp; "co"</data><data key="type">equipment</data></node>
    <edge source="asml" target="scanner" label="produces"><data key="edge_type">produces</data><data key="edge_share">0.9</data></edge>
    <edge source="chip" target="scanner" label="requires"><data key="edge_type">requires</data></edge>
)");
}

TEST(LeanGexf, HoldsTheSame) {
  const auto snapshot = small_graph();
  std::ostringstream out;
  EXPECT_TRUE(write_lean_gexf({.snapshot = snapshot.get()}, out).empty());
  EXPECT_EQ(body(out.str(), "    <nodes>", "  </graph>"),
            R"(    <nodes>
      <node id="asml" label="asml"><attvalues><attvalue for="type" value="firm"/></attvalues></node>
      <node id="chip" label="chip"><attvalues><attvalue for="type" value="chip"/></attvalues></node>
      <node id="scanner" label="扫描 &lt;仪&gt; &amp; &quot;co&quot;"><attvalues><attvalue for="type" value="equipment"/></attvalues></node>
    </nodes>
    <edges>
      <edge id="0" source="asml" target="scanner" kind="produces"><attvalues><attvalue for="share" value="0.9"/></attvalues></edge>
      <edge id="1" source="chip" target="scanner" kind="requires"></edge>
    </edges>
)");
}

TEST(LeanGraphml, LeavesOutWhatWasNotSelected) {
  const auto snapshot = small_graph();
  std::ostringstream out;
  write_lean_graphml({.snapshot = snapshot.get(), .nodes = {1, 0, 1}, .edges = {1, 0}}, out);
  EXPECT_EQ(out.str().find("chip"), std::string::npos);
  EXPECT_NE(out.str().find("target=\"scanner\" label=\"produces\""), std::string::npos);
}

TEST(LeanGraphml, ReplacesWhatXmlCannotHoldAndSaysSo) {
  const auto snapshot = small_graph(
      "a\x01"
      "b");
  std::ostringstream out;
  const auto warnings = write_lean_graphml({.snapshot = snapshot.get()}, out);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(out.str().find("a\uFFFD"
                           "b"),
            std::string::npos);
}

TEST(LeanGraphml, WritesEveryShareAsItWasStatedAndCountsParallelEdges) {
  test::GraphFixture g;
  std::mt19937 random = test::seeded(113);
  std::vector<double> shares = {0, 1, 0.5, 1e-7, 0.9999999};
  while (shares.size() < 3000) shares.push_back(static_cast<double>(random() % 10'000'001) / 1e7);
  while (shares.size() < 5000) shares.push_back(static_cast<double>(random() % 10'001) / 1e4);
  g.nodes("firm", {"a", "b"});
  for (const double share : shares) g.edge("a", "owns", "b").share = share;
  const auto snapshot = g.build();
  std::ostringstream out;
  const auto warnings = write_lean_graphml({.snapshot = snapshot.get()}, out);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("4999 edges join"), std::string::npos) << warnings[0];
  const std::string text = out.str();
  const std::string before = "<data key=\"edge_share\">";
  std::size_t at = 0;
  for (Arc e = 0; e < snapshot->edge_count(); ++e) {
    at = text.find(before, at) + before.size();
    double share = -1;
    const auto end = std::from_chars(text.data() + at, text.data() + text.size(), share).ptr;
    ASSERT_EQ(share, snapshot->share(e)) << e;
    ASSERT_EQ(*end, '<') << e;
  }
}

}  // namespace
}  // namespace chokepoint
