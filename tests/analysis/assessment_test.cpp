#include "chokepoint/analysis/assessment.hpp"

#include "tests/support/naive_requirements.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
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
  std::mt19937 random = test::seeded(20240601);
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

/// Every capacity is what the definition says. @return how many nodes have less than all
std::size_t compare_capacities(const Requirements& requirements, const Assessment& assessment,
                               const NaiveRequirements::Capacities& expected) {
  EXPECT_EQ(failed_ids(requirements, assessment), expected.impossible);
  std::size_t less = 0;
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (requirements.is_unnamed(n) && requirements.groups_of(n).empty()) continue;
    const std::string id = to_string(requirements.snapshot(), requirements.subject(n));
    EXPECT_NEAR(assessment.high[n], expected.high.at(id), 1e-6) << id;
    EXPECT_NEAR(assessment.low[n], expected.low.at(id), 1e-6) << id;
    EXPECT_LE(assessment.low[n], assessment.high[n] + 1e-9) << id;
    less += assessment.low[n] < 1 ? 1U : 0U;
  }
  return less;
}

TEST(Capacity, AgreesWithTheDefinitionOnRandomGraphs) {
  std::mt19937 random = test::seeded(77);
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
      compare_capacities(requirements, assess(situation), naive.capacities(removal.removed_ids, threshold));
      ASSERT_FALSE(HasFailure()) << "round " << round;
    }
  }
}

/// Shares add up while as many suppliers work as are needed; the same is in every graph above, but seldom.
TEST(Capacity, OfSuppliesThatNeedSeveralAgreesWithTheDefinition) {
  std::mt19937 random = test::seeded(79);
  std::size_t weighed = 0, less = 0;
  for (int round = 0; round < 1000; ++round) {
    const View view = random_requirements(random, {.wholes = round % 2 == 0, .several = true});
    const RandomCase removal = random_removal(random, view.snapshot());
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const Requirements requirements = build_requirements(view, {layer, false, {}, {}, {}});
    for (GroupIndex g = 0; g < requirements.group_count(); ++g)
      weighed += requirements.group(g).weighs_shares && requirements.group(g).k_any > 1 ? 1U : 0U;
    for (const Variants variants : {Variants::any, Variants::all}) {
      const NaiveRequirements naive(view, layer, false, variants);
      const Situation situation{&requirements, {removal.removed, {}, {}}, {variants, Cycles::hold, {}}};
      less += compare_capacities(requirements, assess(situation), naive.capacities(removal.removed_ids, {}));
      ASSERT_FALSE(HasFailure()) << "round " << round;
    }
  }
  EXPECT_GT(weighed, 500U);
  EXPECT_GT(less, 1000U);
}

/// The k-th best of the members that have a vote.
double kth_best(const Requirements& requirements, const Assessment& assessment, GroupIndex g, Variants variants) {
  std::vector<double> votes;
  for (const RequirementMember& member : requirements.members(g))
    if (!member.is_minor) votes.push_back(assessment.low[member.node]);
  std::sort(votes.rbegin(), votes.rend());
  const std::size_t k = requirements.needed(g, variants);
  if (k == 0) return 1;
  return k > votes.size() ? 0 : votes[k - 1];
}

/// Without supplies nothing has a part, which is judged without a look at what rests on what.
TEST(Capacity, IsAllOrNothingWhereNobodySupplies) {
  std::mt19937 random = test::seeded(78);
  std::size_t less = 0;
  for (int round = 0; round < 1000; ++round) {
    const View view = random_requirements(random, {.no_supplies = true});
    const RandomCase removal = random_removal(random, view.snapshot());
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const Requirements requirements = build_requirements(view, {layer, false, {}, {}, {}});
    ASSERT_FALSE(requirements.has_parts());
    for (const Variants variants : {Variants::any, Variants::all}) {
      const NaiveRequirements naive(view, layer, false, variants);
      const Situation situation{&requirements, {removal.removed, {}, {}}, {variants, Cycles::hold, {}}};
      const Assessment assessment = assess(situation);
      less += compare_capacities(requirements, assessment, naive.capacities(removal.removed_ids, {}));
      const EndsOfBothSides ends = ends_of_both_sides(situation, assessment);
      const BindingEnds high(situation, assessment, false);
      for (SystemNode n = 0; n < requirements.node_count(); ++n) {
        ASSERT_TRUE(std::ranges::equal(ends.low->of(n), binding_of(situation, assessment, n).ends)) << round;
        ASSERT_TRUE(std::ranges::equal(ends.high->of(n), high.of(n))) << round;
      }
      for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
        const double expected = kth_best(requirements, assessment, g, variants);
        ASSERT_EQ(group_capacity(situation, assessment, g), (Interval{expected, expected})) << round;
      }
      ASSERT_FALSE(HasFailure()) << "round " << round;
    }
  }
  EXPECT_GT(less, 5000U);
}

/// A supply as it is read: who has how much (`?` unknown, `-` minor), what is open, and whether a rest has it.
std::string supply_text(std::vector<std::string> members, double open, bool rest) {
  std::sort(members.begin(), members.end());
  std::string text;
  for (const std::string& member : members) text += member + ' ';
  return text + (rest ? "rest " : "") + std::to_string(std::lround(open * 1e6));
}

std::string share_text(const std::string& node, bool is_known, double share, bool is_minor) {
  return node + ':' + (is_known ? std::to_string(std::lround(share * 1e6)) : "?") + (is_minor ? "-" : "");
}

std::set<std::string> supplies_of(const Requirements& requirements, SystemNode n) {
  std::set<std::string> texts;
  for (const GroupIndex g : requirements.groups_of(n)) {
    const RequirementGroup& group = requirements.group(g);
    if (!group.weighs_shares) continue;
    std::vector<std::string> members;
    for (const RequirementMember& m : requirements.members(g))
      members.push_back(share_text(to_string(requirements.snapshot(), requirements.subject(m.node)), !m.is_unknown,
                                   m.share_low, m.is_minor));
    texts.insert(supply_text(std::move(members), group.open_share, group.has_rest));
  }
  return texts;
}

std::set<std::string> supplies_of(const NaiveRequirements& naive, const std::string& node) {
  std::set<std::string> texts;
  const auto found = naive.groups().find(node);
  if (found == naive.groups().end()) return texts;
  for (const NaiveRequirements::Group& group : found->second) {
    if (!group.weighs) continue;
    std::vector<std::string> members;
    for (const NaiveRequirements::Member& m : group.members)
      members.push_back(share_text(m.node, m.share.has_value(), m.share.value_or(0), m.is_minor));
    texts.insert(supply_text(std::move(members), group.open, group.rest));
  }
  return texts;
}

TEST(Wholes, AddToTheirPartsWhatTheDefinitionSaysOnRandomGraphs) {
  std::mt19937 random = test::seeded(31);
  std::size_t compared = 0;
  for (int round = 0; round < 1500; ++round) {
    const View view = random_requirements(random, {.wholes = true});
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const bool keep_minor = random() % 4 == 0;
    const Requirements requirements = build_requirements(view, {layer, keep_minor, {}, {}, {}});
    const NaiveRequirements naive(view, layer, keep_minor, Variants::any);
    for (SystemNode n = 0; n < requirements.node_count(); ++n) {
      if (requirements.is_unnamed(n)) continue;
      const std::string id = to_string(requirements.snapshot(), requirements.subject(n));
      const auto found = supplies_of(requirements, n);
      ASSERT_EQ(found, supplies_of(naive, id)) << "round " << round << ' ' << id;
      compared += found.size();
    }
  }
  EXPECT_GT(compared, 3000U);
}

}  // namespace
}  // namespace chokepoint
