#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "tests/support/andor_fixture.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::andor_fixture;
using test::vertex;

/// The worked example in one layer, with the questions its tables ask.
class Andor : public testing::TestWithParam<Layer> {
 protected:
  Andor() : view_(andor_fixture().view()), requirements_(build_requirements(view_, {GetParam(), false, {}, {}, {}})) {}

  [[nodiscard]] Situation situation(const std::vector<std::string>& removed, Variants variants,
                                    std::optional<double> threshold = {}) const {
    Situation s{&requirements_, {}, {variants, Cycles::hold, threshold}};
    for (const auto& id : removed) s.disruption.removed.push_back(vertex(view_.snapshot(), id));
    return s;
  }
  [[nodiscard]] std::string impossible(const Assessment& assessment) const {
    std::vector<Vertex> failed;
    for (Vertex v = 0; v < view_.snapshot().vertex_count(); ++v) {
      if (assessment.failed[v] != 0) failed.push_back(v);
    }
    return test::ids(view_.snapshot(), failed);
  }
  [[nodiscard]] std::string removal(const std::string& id, Variants variants) const {
    return impossible(assess_possible(situation({id}, variants)));
  }
  /// Failed nodes other than countries and firms.
  [[nodiscard]] std::string below(double threshold, const std::string& id, Variants variants) const {
    const Assessment assessment = assess(situation({id}, variants, threshold));
    std::vector<Vertex> failed;
    for (Vertex v = 0; v < view_.snapshot().vertex_count(); ++v) {
      if (assessment.failed[v] != 0 && view_.snapshot().layer(v) == Layer::none) failed.push_back(v);
    }
    return test::ids(view_.snapshot(), failed);
  }
  void expect_capacity(const Situation& s, const std::map<std::string, double>& expected, const std::string& binding) {
    const Assessment assessment = assess(s);
    for (const auto& [id, capacity] : expected) {
      const Vertex v = vertex(view_.snapshot(), id);
      EXPECT_NEAR(assessment.low[v], capacity, 1e-9) << id;
      EXPECT_NEAR(assessment.high[v], capacity, 1e-9) << id;
    }
    const Binding chain = binding_of(s, assessment, vertex(view_.snapshot(), "x"));
    EXPECT_EQ(test::ids(view_.snapshot(), chain.ends), binding);
  }

  View view_;
  Requirements requirements_;
};

INSTANTIATE_TEST_SUITE_P(BothLayers, Andor, testing::Values(Layer::place, Layer::actor),
                         [](const auto& layer) { return std::string(to_string(layer.param)); });

TEST_P(Andor, RemovalStopsWhatTheTableSaysWhenVariantsSubstitute) {
  const std::map<std::string, std::string> table = {
      {"a", "a f1 t1"},     {"b", "b f2 f3"},  {"c", "c f4"},     {"f1", "f1 t1"}, {"f2", "f2"},
      {"f3", "f3"},         {"f4", "f4"},      {"t1", "t1"},      {"t2", "t2"},    {"k", "k p1 p2 x"},
      {"m1", "m1 p1 p2 x"}, {"m2", "m2 p2 x"}, {"p1", "p1 p2 x"}, {"p2", "p2 x"}};
  for (const auto& [removed, stopped] : table) EXPECT_EQ(removal(removed, Variants::any), stopped) << removed;
}

TEST_P(Andor, RemovalStopsWhatTheTableSaysWhenAllVariantsAreNeeded) {
  const std::map<std::string, std::string> table = {{"a", "a f1 k p1 p2 t1 x"},
                                                    {"b", "b f2 f3"},
                                                    {"c", "c f4"},
                                                    {"f1", "f1 k p1 p2 t1 x"},
                                                    {"f2", "f2"},
                                                    {"f3", "f3"},
                                                    {"f4", "f4"},
                                                    {"t1", "k p1 p2 t1 x"},
                                                    {"t2", "k p1 p2 t2 x"},
                                                    {"k", "k p1 p2 x"},
                                                    {"m1", "m1 p1 p2 x"},
                                                    {"m2", "m2 p2 x"},
                                                    {"p1", "p1 p2 x"},
                                                    {"p2", "p2 x"}};
  for (const auto& [removed, stopped] : table) EXPECT_EQ(removal(removed, Variants::all), stopped) << removed;
}

TEST_P(Andor, CapacityFallsAsTheTableSays) {
  const auto any = Variants::any;
  const auto all = Variants::all;
  const auto rest = [](double k, double p1, double x) {
    return std::map<std::string, double>{{"k", k}, {"p1", p1}, {"p2", x}, {"x", x}};
  };
  expect_capacity(situation({"a"}, any), rest(1, 0.8, 0.8), "m1");
  expect_capacity(situation({"a"}, any), {{"t1", 0}, {"t2", 1}, {"m1", 0.8}, {"m2", 1}}, "m1");
  expect_capacity(situation({"a"}, all), rest(0, 0, 0), "t1");
  expect_capacity(situation({"b"}, any), rest(1, 0.2, 0.2), "m1");
  expect_capacity(situation({"b"}, all), rest(0.4, 0.2, 0.2), "m1");
  expect_capacity(situation({"b"}, any), {{"t1", 1}, {"t2", 0.4}, {"m1", 0.2}, {"m2", 0.3}}, "m1");
  expect_capacity(situation({"c"}, any), rest(1, 1, 0.7), "m2");
  expect_capacity(situation({"c"}, all), rest(0.6, 0.6, 0.6), "t2");
  expect_capacity(situation({"f2"}, any), rest(1, 0.5, 0.5), "m1");
  expect_capacity(situation({"f2"}, all), rest(0.4, 0.4, 0.4), "t2");
}

TEST_P(Andor, HalfOfACountrysOutputIsHalfOfItsShares) {
  for (const Variants variants : {Variants::any, Variants::all}) {
    Situation half = situation({}, variants);
    half.disruption.limits.push_back({vertex(view_.snapshot(), "b"), 0.5});
    expect_capacity(half, {{"t1", 1}, {"t2", 0.7}, {"m1", 0.6}, {"m2", 0.65}, {"p1", 0.6}, {"x", 0.6}}, "m1");
    EXPECT_EQ(impossible(assess(half)), "");
  }
}

TEST_P(Andor, ThresholdsFailInputsOfWhichTooLittleIsLeft) {
  for (const double threshold : {0.10, 0.25, 0.50}) {
    EXPECT_EQ(below(threshold, "a", Variants::any), "t1") << threshold;
    EXPECT_EQ(below(threshold, "a", Variants::all), "k p1 p2 t1 x") << threshold;
    EXPECT_EQ(below(threshold, "c", Variants::any), "") << threshold;
    EXPECT_EQ(below(threshold, "c", Variants::all), "") << threshold;
  }
  EXPECT_EQ(below(0.10, "b", Variants::any), "");
  EXPECT_EQ(below(0.10, "b", Variants::all), "");
  EXPECT_EQ(below(0.25, "b", Variants::any), "m1 p1 p2 x");
  EXPECT_EQ(below(0.25, "b", Variants::all), "m1 p1 p2 x");
  EXPECT_EQ(below(0.50, "b", Variants::any), "m1 m2 p1 p2 t2 x");
  EXPECT_EQ(below(0.50, "b", Variants::all), "k m1 m2 p1 p2 t2 x");
}

TEST_P(Andor, CutEdgesTakeTheirSharesAndStopNothing) {
  for (const Variants variants : {Variants::any, Variants::all}) {
    Situation ban = situation({}, variants);
    for (MemberIndex m = 0; m < requirements_.member_count(); ++m) {
      const SystemNode thing = requirements_.group(requirements_.group_of_member(m)).owner;
      const SystemNode firm = requirements_.member(m).node;
      const bool is_forbidden = firm == vertex(view_.snapshot(), "f2") || firm == vertex(view_.snapshot(), "f3");
      if (thing == vertex(view_.snapshot(), "m1") && is_forbidden) ban.disruption.cuts.push_back({m, 0, 0});
    }
    ASSERT_EQ(ban.disruption.cuts.size(), 2U);
    EXPECT_EQ(impossible(assess(ban)), "");
    expect_capacity(ban, {{"m1", 0.2}, {"p1", 0.2}, {"p2", 0.2}, {"x", 0.2}, {"t2", 1}, {"m2", 1}}, "m1");
  }
}

}  // namespace
}  // namespace chokepoint
