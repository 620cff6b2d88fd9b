#include "chokepoint/analysis/assessment.hpp"

#include "tests/support/naive_requirements.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

using test::NaiveRequirements;
using test::random_requirements;

std::set<std::string> failed_ids(const Requirements& requirements, const Assessment& assessment) {
  std::set<std::string> ids;
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    // In a layer in which nobody makes it, an unnamed variant stands for nothing.
    if (requirements.is_unnamed(n) && requirements.groups_of(n).empty()) continue;
    if (assessment.failed[n] != 0) ids.insert(to_string(requirements.snapshot(), requirements.subject(n)));
  }
  return ids;
}

struct RandomCase {
  std::vector<Vertex> removed;
  std::set<std::string> removed_ids;
};

RandomCase random_removal(std::mt19937& random, const Snapshot& snapshot) {
  RandomCase result;
  for (unsigned i = static_cast<unsigned>(random() % 4); i > 0; --i) {
    const auto v = static_cast<Vertex>(random() % snapshot.vertex_count());
    if (result.removed_ids.insert(std::string(snapshot.id(v))).second) result.removed.push_back(v);
  }
  return result;
}

TEST(Possible, AgreesWithTheDefinitionOnRandomGraphs) {
  std::mt19937 random(20240601);
  for (int round = 0; round < 1500; ++round) {
    const View view = random_requirements(random);
    const RandomCase removal = random_removal(random, view.snapshot());
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const bool keep_minor = random() % 2 == 0;
    const Requirements requirements = build_requirements(view, {layer, keep_minor, {}, {}, {}});
    for (const Variants variants : {Variants::any, Variants::all}) {
      const NaiveRequirements naive(view, layer, keep_minor, variants);
      for (const Cycles cycles : {Cycles::hold, Cycles::unsupported}) {
        const Situation situation{&requirements, {removal.removed, {}, {}}, {variants, cycles, {}}};
        ASSERT_EQ(failed_ids(requirements, assess_possible(situation)), naive.impossible(removal.removed_ids, cycles))
            << "round " << round << " variants " << static_cast<int>(variants) << " cycles "
            << static_cast<int>(cycles);
      }
    }
  }
}

TEST(Capacity, AgreesWithTheDefinitionOnRandomGraphs) {
  std::mt19937 random(77);
  for (int round = 0; round < 1000; ++round) {
    const View view = random_requirements(random);
    const RandomCase removal = random_removal(random, view.snapshot());
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const Requirements requirements = build_requirements(view, {layer, false, {}, {}, {}});
    std::optional<double> threshold;
    if (random() % 2 == 0) threshold = 0.1 * static_cast<double>(random() % 10) + 0.05;
    for (const Variants variants : {Variants::any, Variants::all}) {
      const NaiveRequirements naive(view, layer, false, variants);
      const Situation situation{&requirements, {removal.removed, {}, {}}, {variants, Cycles::hold, threshold}};
      const Assessment assessment = assess(situation);
      const NaiveRequirements::Capacities expected = naive.capacities(removal.removed_ids, threshold);
      ASSERT_EQ(failed_ids(requirements, assessment), expected.impossible) << "round " << round;
      for (SystemNode n = 0; n < requirements.node_count(); ++n) {
        if (requirements.is_unnamed(n) && requirements.groups_of(n).empty()) continue;
        const std::string id = to_string(requirements.snapshot(), requirements.subject(n));
        ASSERT_NEAR(assessment.high[n], expected.high.at(id), 1e-6) << "round " << round << ' ' << id;
        ASSERT_NEAR(assessment.low[n], expected.low.at(id), 1e-6) << "round " << round << ' ' << id;
        ASSERT_LE(assessment.low[n], assessment.high[n] + 1e-9);
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
