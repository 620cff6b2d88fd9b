// The plain-graph lenses on a real supply chain, against its own definitions (mapping notes, sections 4 and 7).
#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/ingest/eto.hpp"
#include "chokepoint/store/reader.hpp"
#include "algorithms/components.hpp"
#include "algorithms/dominators.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/support.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

class EtoLenses : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::shared_dir() / "eto";
    if (!std::filesystem::exists(folder_)) GTEST_SKIP() << "the ETO tables are not beside the checkout";
    Database database = Database::in_memory(Ontology::standard());
    std::vector<std::string> quirks;
    import_eto(database, folder_, {}, {}, quirks);
    ViewOptions options;
    options.as_of = Date::from_ymd(2025, 1, 1);
    view_.emplace(Reader(database).load_snapshot(), options);
  }

  [[nodiscard]] Vertex at(std::string_view id) const { return test::vertex(view_->snapshot(), id); }

  std::filesystem::path folder_;
  std::optional<View> view_;
};

/// `provider_name,provider_id,"provided, name",provided_id,share,negligible`: the quoted name is the only difficulty.
std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> result(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      result.emplace_back();
    } else if (c != '\r') {
      result.back() += c;
    }
  }
  return result;
}

/// HHI by country as the mapping notes define it: defined where every country row that is not negligible has a number;
/// `Various` in the sum but not as a term. By the id of what is provided.
std::map<std::string, double> defined_indices(const std::filesystem::path& folder) {
  std::set<std::string> countries;
  std::ifstream providers(folder / "providers.csv");
  std::string line;
  while (std::getline(providers, line)) {
    const auto f = fields(line);
    if (f.size() > 2 && f[2] == "country") countries.insert(f[1]);
  }
  struct Market {
    double sum = 0, squares = 0;
    bool is_complete = true;
  };
  std::map<std::string, Market> markets;
  std::set<std::string> seen;  // one row stands twice
  std::ifstream provision(folder / "provision.csv");
  std::getline(provision, line);
  while (std::getline(provision, line)) {
    const auto f = fields(line);
    if (!countries.contains(f[1]) || !f[5].empty() || !seen.insert(line).second) continue;
    Market& market = markets[f[3]];
    if (f[4].empty()) {
      market.is_complete = false;
      continue;
    }
    const double share = std::stod(f[4]);
    market.sum += share;
    if (f[0] != "Various") market.squares += share * share;
  }
  std::map<std::string, double> indices;
  for (const auto& [id, market] : markets) {
    if (market.is_complete) indices[id] = 1e4 * market.squares / (market.sum * market.sum);
  }
  return indices;
}

TEST_F(EtoLenses, HaveTheConcentrationOfEveryMarketWithCompleteShares) {
  const auto expected = defined_indices(folder_);
  EXPECT_EQ(expected.size(), 43U);
  std::size_t complete = 0;
  for (const Concentration& c : find_concentration(*view_)) {
    if (c.layer != Layer::place) continue;
    EXPECT_LE(0, c.hhi_low);
    EXPECT_LE(c.hhi_low, c.hhi_high);
    EXPECT_LE(c.hhi_high, 1e4 + 1e-9);
    const std::string id(view_->snapshot().id(c.node));
    const auto index = expected.find(id.substr(id.find(':') + 1));
    if (index == expected.end()) continue;
    ++complete;
    EXPECT_TRUE(c.complete) << id;
    EXPECT_NEAR(c.hhi_low, index->second, 1e-3) << id;
    EXPECT_GE(c.hhi_high, index->second - 1e-3) << id;
  }
  EXPECT_EQ(complete, 43U);
}

TEST_F(EtoLenses, ReachTheFinishedChipFromEighteenOfTwentyCountries) {
  const auto report = find_dependencies(*view_, at("input:N99"));
  std::size_t countries = 0;
  for (const DependencyNode& node : report.nodes) {
    countries += view_->snapshot().type(node.vertex).id == "country" ? 1U : 0U;
  }
  EXPECT_EQ(countries, 18U);
}

TEST_F(EtoLenses, FindNoCycleAndNoVertexBehindTheScannersAlone) {
  const ArcGraph graph(*view_, {}, Walk::backward);
  EXPECT_EQ(find_strong_components(graph).count(), view_->snapshot().vertex_count());
  std::vector<Vertex> roots;
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    if (graph.in(v).empty()) roots.push_back(v);
  }
  EXPECT_EQ(find_dominators(graph, roots).dominated_counts()[at("input:N20")], 0U);
}

}  // namespace
}  // namespace chokepoint
