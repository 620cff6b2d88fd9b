#include "chokepoint/snapshot/view.hpp"

#include "tests/support/graph_fixture.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::arc;
using test::GraphFixture;
using test::vertex;

ViewOptions on(int year, unsigned month, unsigned day) {
  ViewOptions options;
  options.as_of = Date::from_ymd(year, month, day);
  return options;
}

/// Keys of the edges that count.
std::vector<std::int64_t> counted(const GraphFixture& g, const ViewOptions& options) {
  const View view = g.view(options);
  std::vector<std::int64_t> keys;
  for (std::int64_t key = 1; key <= view.snapshot().edge_count(); ++key) {
    if (view.has_edge(arc(view.snapshot(), key))) keys.push_back(key);
  }
  return keys;
}

using Keys = std::vector<std::int64_t>;

TEST(View, HidesEdgesBeforeTheyBeginAndOnTheDayTheyEnd) {
  GraphFixture g;
  auto& edge = g.edge("a", "requires", "b");
  edge.since = "2024-03";
  edge.until = "2025-01-01";
  g.edge("a", "requires", "c");
  EXPECT_EQ(counted(g, on(2024, 2, 29)), (Keys{2}));
  EXPECT_EQ(counted(g, on(2024, 3, 1)), (Keys{1, 2}));
  EXPECT_EQ(counted(g, on(2024, 12, 31)), (Keys{1, 2}));
  EXPECT_EQ(counted(g, on(2025, 1, 1)), (Keys{2}));
  EXPECT_EQ(g.view(on(2025, 1, 1)).coverage().edges_of_other_days, 1U);
}

TEST(View, CountsAnUntilGivenAsAYearToItsEnd) {
  GraphFixture g;
  g.edge("a", "requires", "b").until = "2025";
  EXPECT_EQ(counted(g, on(2025, 12, 31)), (Keys{1}));
  EXPECT_EQ(counted(g, on(2026, 1, 1)), (Keys{}));
}

TEST(View, HidesEdgesOfNodesThatAreNotThereYet) {
  GraphFixture g;
  g.node("b", "firm").since = "2025";
  g.node("c", "firm").until = "2024";
  g.edge("a", "requires", "b");
  g.edge("c", "supplies", "a");
  EXPECT_EQ(counted(g, on(2024, 6, 1)), (Keys{2}));
  EXPECT_EQ(counted(g, on(2025, 6, 1)), (Keys{1}));
  const View view = g.view(on(2024, 6, 1));
  EXPECT_FALSE(view.has_node(vertex(view.snapshot(), "b")));
  EXPECT_TRUE(view.has_node(vertex(view.snapshot(), "c")));
}

TEST(View, LeavesOutWhatIsNotYetSoUnlessAsked) {
  GraphFixture g;
  g.edge("a", "requires", "b").status = Status::forecast;
  g.edge("a", "requires", "c").status = Status::planned;
  g.edge("a", "requires", "d").status = Status::recommended;
  g.edge("a", "requires", "e").status = Status::derived;
  g.edge("a", "requires", "f").status = Status::estimated;
  ViewOptions options = on(2025, 1, 1);
  EXPECT_EQ(counted(g, options), (Keys{5}));
  EXPECT_EQ(g.view(options).coverage().edges_of_other_status, 4U);
  options.include = {Status::forecast, Status::recommended};
  EXPECT_EQ(counted(g, options), (Keys{1, 3, 5}));
  options.include_derived = true;
  EXPECT_EQ(counted(g, options), (Keys{1, 3, 4, 5}));
}

TEST(View, KeepsEdgesWithoutAConfidenceWhateverTheLeast) {
  GraphFixture g;
  g.edge("a", "requires", "b").confidence = 0.7;
  g.edge("a", "requires", "c").confidence = 0.69;
  g.edge("a", "requires", "d");
  ViewOptions options = on(2025, 1, 1);
  options.min_confidence = 0.7;
  EXPECT_EQ(counted(g, options), (Keys{1, 3}));
  EXPECT_EQ(g.view(options).coverage().edges_below_confidence, 1U);
}

TEST(View, LimitsItselfToEdgeTypesAndAMask) {
  GraphFixture g;
  g.edge("a", "requires", "b");
  g.edge("a", "uses", "b");
  g.edge("a", "requires", "c");
  ViewOptions options = on(2025, 1, 1);
  options.edge_types = {test::standard_ontology()->edge_type("requires").value()};
  EXPECT_EQ(counted(g, options), (Keys{1, 3}));
  const auto snapshot = g.build();
  options.edge_mask.emplace(snapshot->edge_count(), std::uint8_t{1});
  options.edge_mask->at(arc(*snapshot, 3)) = 0;
  EXPECT_EQ(counted(g, options), (Keys{1}));
}

/// a -produces-> b, measured at these dates.
GraphFixture measured(const std::vector<std::string>& dates) {
  GraphFixture g;
  for (const std::string& date : dates) g.edge("a", "produces", "b").as_of = date;
  return g;
}

TEST(View, TakesTheLatestMeasureUpToTheDay) {
  const GraphFixture g = measured({"2022", "2023", "2025"});
  EXPECT_EQ(counted(g, on(2024, 1, 1)), (Keys{2}));
  EXPECT_EQ(counted(g, on(2025, 12, 31)), (Keys{3}));
  const View view = g.view(on(2024, 1, 1));
  EXPECT_EQ(view.coverage().superseded.size(), 2U);
  EXPECT_TRUE(view.coverage().rivals.empty());
}

TEST(View, TakesTheEarliestLaterMeasureWhenNoneIsEarlier) {
  EXPECT_EQ(counted(measured({"2026", "2023", "2025"}), on(2020, 1, 1)), (Keys{2}));
}

TEST(View, PrefersADatedMeasureOfThePastToAnUndatedOneAndThatToALaterOne) {
  EXPECT_EQ(counted(measured({"", "2022"}), on(2024, 1, 1)), (Keys{2}));
  EXPECT_EQ(counted(measured({"", "2026"}), on(2024, 1, 1)), (Keys{1}));
}

TEST(View, CountsOneOfRivalClaimsByConfidenceThenStatusThenSourceThenId) {
  const auto rivals = [](auto change) {
    GraphFixture g;
    g.edge("a", "produces", "b").id = "r2";
    g.edge("a", "produces", "b").id = "r1";
    auto& third = g.edge("a", "produces", "b");
    third.id = "r3";
    change(third);
    return g;
  };
  EXPECT_EQ(counted(rivals([](auto&) {}), on(2025, 1, 1)), (Keys{2}));
  EXPECT_EQ(counted(rivals([](auto& e) { e.confidence = 0.0; }), on(2025, 1, 1)), (Keys{3}));
  EXPECT_EQ(counted(rivals([](auto& e) { e.source_date = "2020"; }), on(2025, 1, 1)), (Keys{3}));
  EXPECT_EQ(counted(rivals([](auto& e) {
                      e.status = Status::estimated;
                      e.source_date = "2020";
                    }),
                    on(2025, 1, 1)),
            (Keys{2}));
  const View view = rivals([](auto&) {}).view(on(2025, 1, 1));
  EXPECT_EQ(view.coverage().rivals, (std::vector<Arc>{1, 2}));
  EXPECT_TRUE(view.coverage().superseded.empty());
}

TEST(View, LetsClaimsOfDifferentPeriodsStandSideBySide) {
  GraphFixture g;
  g.edge("a", "produces", "b").until = "2023";
  g.edge("a", "produces", "b").since = "2024";
  EXPECT_EQ(counted(g, on(2023, 6, 1)), (Keys{1}));
  EXPECT_EQ(counted(g, on(2024, 6, 1)), (Keys{2}));
  EXPECT_TRUE(g.view(on(2024, 6, 1)).coverage().rivals.empty());
}

TEST(View, DoesNotLetAnExcludedClaimWin) {
  GraphFixture g;
  g.edge("a", "produces", "b").confidence = 0.2;
  auto& planned = g.edge("a", "produces", "b");
  planned.confidence = 1.0;
  planned.status = Status::planned;
  EXPECT_EQ(counted(g, on(2025, 1, 1)), (Keys{1}));
  EXPECT_TRUE(g.view(on(2025, 1, 1)).coverage().rivals.empty());
}

TEST(View, KeepsFactsOnDifferentItemsApart) {
  GraphFixture g;
  g.edge("a", "supplies", "b").item = g.key("x");
  g.edge("a", "supplies", "b").item = g.key("y");
  g.edge("a", "supplies", "b").item = g.key("x");
  g.edge("a", "supplies", "b").item = g.key("y");
  EXPECT_EQ(counted(g, on(2025, 1, 1)), (Keys{1, 2}));
}

TEST(View, NeverHidesAShareBehindAClaimWithoutOne) {
  GraphFixture g;
  g.edge("a", "produces", "b").confidence = 0.9;      // 1: surer, later, but without a share
  g.edge("a", "produces", "b").share = 0.3;           // 2
  g.edge("a", "produces", "b").share = 0.4;           // 3: as sure as 2, a higher id
  SnapshotEdge& late = g.edge("a", "produces", "b");  // 4: the latest measure has none either
  late.as_of = "2024";
  const View view = g.view(on(2025, 1, 1));
  EXPECT_EQ(counted(g, on(2025, 1, 1)), (Keys{2}));
  EXPECT_EQ(view.coverage().rivals.size() + view.coverage().superseded.size(), 3U);
  const View local = View::local(view.shared_snapshot(), on(2025, 1, 1));
  for (Arc e = 0; e < view.snapshot().edge_count(); ++e) EXPECT_EQ(local.has_edge(e), view.has_edge(e)) << e;
}

TEST(View, TakesEachMeasureFromTheClaimsThatStateIt) {
  GraphFixture g;
  SnapshotEdge& first = g.edge("a", "substitutes", "b");  // stands for the fact by its share
  first.share = 0.3;
  first.confidence = 0.1;
  SnapshotEdge& second = g.edge("a", "substitutes", "b");
  second.performance = 0.5;
  second.confidence = 0.5;
  SnapshotEdge& third = g.edge("a", "substitutes", "b");
  third.performance = 0.75;
  third.confidence = 0.9;
  g.edge("a", "substitutes", "b").confidence = 1.0;
  ASSERT_EQ(counted(g, on(2025, 1, 1)), (Keys{1}));
  const View view = g.view(on(2025, 1, 1));
  EXPECT_EQ(view.performance(test::arc(view.snapshot(), 1)), 0.75F);
}

/// Whether `a` counts rather than `b`, two claims on one fact, as graph/SEMANTICS.md §1.5 says it in words.
bool counts_before(const SnapshotEdge& a, const SnapshotEdge& b, Date day) {
  if (a.share.has_value() != b.share.has_value()) return a.share.has_value();
  const auto measured = [](const SnapshotEdge& e) {
    return e.as_of.empty() ? Date{day_open_from} : parse_as_of(e.as_of).value();
  };
  if (measured(a) != measured(b)) {
    const bool a_is_past = measured(a) <= day;
    const bool b_is_past = measured(b) <= day;
    if (a_is_past != b_is_past) return a_is_past;
    return a_is_past ? measured(a) > measured(b) : measured(a) < measured(b);
  }
  const double a_confidence = a.confidence.value_or(-1);
  const double b_confidence = b.confidence.value_or(-1);
  if (a_confidence != b_confidence) return a_confidence > b_confidence;
  if (a.status != b.status) return a.status < b.status;
  if (a.source_date != b.source_date) return a.source_date > b.source_date;
  return a.id < b.id;
}

TEST(View, AgreesWithComparingEveryPairOfClaims) {
  std::mt19937 random = test::seeded(3);
  const auto pick = [&](const std::vector<std::string>& choices) { return choices[random() % choices.size()]; };
  for (int round = 0; round < 300; ++round) {
    GraphFixture g;
    g.nodes("firm", {"a", "b", "c"});
    std::vector<SnapshotEdge> edges;
    for (int i = 0; i < 16; ++i) {
      SnapshotEdge& edge = g.edge(pick({"a", "b"}), pick({"supplies", "owns"}), "c");
      edge.id = "id" + std::to_string(random() % 100) + "-" + std::to_string(i);
      edge.unit = pick({"", "", "USD"});
      edge.as_of = pick({"", "2020", "2021-06", "2023"});
      edge.since = pick({"", "", "2019", "2021"});
      edge.until = pick({"", "", "2022", "2024"});
      edge.source_date = pick({"", "2018", "2019"});
      edge.status = std::vector{Status::reported, Status::reported, Status::estimated, Status::planned}[random() % 4];
      if (random() % 2 == 0) edge.confidence = static_cast<double>(random() % 3) / 2;
      if (random() % 3 == 0) edge.share = 0.5;
      edges.push_back(edge);
    }
    const Date day = Date::from_ymd(2018 + static_cast<int>(random() % 8), 3, 1);
    const auto is_admitted = [&](const SnapshotEdge& e) {
      return e.status != Status::planned && parse_validity(e.since, e.until).value().contains(day);
    };
    Keys expected;
    for (const SnapshotEdge& e : edges) {
      const bool is_beaten = std::any_of(edges.begin(), edges.end(), [&](const SnapshotEdge& other) {
        const bool is_same_fact = other.from == e.from && other.type == e.type && other.unit == e.unit;
        return is_same_fact && is_admitted(other) && counts_before(other, e, day);
      });
      if (is_admitted(e) && !is_beaten) expected.push_back(e.key);
    }
    ViewOptions options;
    options.as_of = day;
    EXPECT_EQ(counted(g, options), expected);
  }
}

/// Gates only make questions fast: on days before, in and after their span a view and a local one show what looking at
/// every edge shows. Naming all types is what makes a view look at every edge.
TEST(View, ShowsTheSameOnEveryDayWhateverDayTheSnapshotWasSettledFor) {
  std::mt19937 random = test::seeded(11);
  const auto any_day = [&](const char* first) {
    const std::int32_t begin = Date::from_ymd(2023, 1, 1).days;
    return random() % 3 != 0 ? std::string(first) : to_string(Date{begin + static_cast<std::int32_t>(random() % 1500)});
  };
  std::size_t open = 0;
  std::size_t closed = 0;
  for (int round = 0; round < 200; ++round) {
    GraphFixture g;
    for (const char* id : {"a", "b", "c", "d"}) {
      SnapshotNode& node = g.node(id, "firm");
      node.since = any_day("");
      node.until = random() % 2 == 0 ? "" : "2026-07-01";
      if (node.since >= node.until && !node.until.empty()) node.since = "";
    }
    for (int i = 0; i < 20; ++i) {
      SnapshotEdge& edge = g.edge(std::string(1, static_cast<char>('a' + random() % 4)), "supplies",
                                  std::string(1, static_cast<char>('a' + random() % 4)));
      edge.since = any_day("");
      edge.until = any_day("");
      if (!edge.until.empty() && edge.since >= edge.until) edge.until = "";
    }
    const std::int32_t settled = Date::from_ymd(2024, 1, 1).days + static_cast<std::int32_t>(random() % 700);
    const auto snapshot = g.build(settled);
    for (int i = 0; i < 8; ++i) {
      ViewOptions options;
      options.as_of = Date{settled - 300 + static_cast<std::int32_t>(random() % 1200)};
      const View quick(snapshot, options);
      const View local = View::local(snapshot, options);
      for (std::uint16_t type = 0; type < snapshot->ontology().edge_types().size(); ++type)
        options.edge_types.push_back(type);
      const View thorough(snapshot, options);
      for (Arc e = 0; e < snapshot->edge_count(); ++e) {
        EXPECT_EQ(quick.has_edge(e), thorough.has_edge(e))
            << to_string(options.as_of) << " settled " << to_string(Date{settled});
        EXPECT_EQ(local.fate(e) == Fate::counts, thorough.has_edge(e)) << to_string(options.as_of);
        const Gate gate = quick.gate(snapshot->columns().gate[e]);
        open += gate == Gate::open ? 1U : 0U;
        closed += gate == Gate::closed ? 1U : 0U;
      }
    }
  }
  EXPECT_GT(open, 500U);
  EXPECT_GT(closed, 500U);
}

}  // namespace
}  // namespace chokepoint
