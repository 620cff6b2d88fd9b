// What one reading of variants says, the other may not; what is impossible already has no chokepoints; a delivery that
// nobody recorded has what its customer relies on.
#include "chokepoint/present/chokepoints.hpp"
#include "chokepoint/present/cut_comparison.hpp"
#include "chokepoint/present/diff.hpp"
#include "chokepoint/present/whatif.hpp"
#include "tests/query/facts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace chokepoint {
namespace {

using test::Facts;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Of one generic, one variant is made in `jp`, the other in `kr`; nobody settled whether one will do. A ban keeps the
/// laboratory from its chip since 2024, of which only `us` has a maker.
Facts two_readings() {
  Facts facts;
  for (const char* country : {"jp", "kr", "us", "cn"}) facts.node("country", country);
  facts.node("chip", "chip").node("chip", "one").node("chip", "two").node("product", "server");
  facts.edge("one", "variant-of", "chip").edge("two", "variant-of", "chip").edge("server", "requires", "chip");
  facts.edge("jp", "produces", "one").edge("kr", "produces", "two");
  facts.node("firm", "maker").node("firm", "lab").node("product", "tool").node("policy", "rule");
  facts.edge("maker", "located-in", "us").edge("maker", "produces", "tool").edge("lab", "located-in", "cn");
  facts.edge("lab", "requires", "tool").edge("us", "issues", "rule");
  facts.edge("rule", "restricts", "tool", R"("market":"cn","since":"2024")");
  return facts;
}

/// The row of a node as `node: cell; cell`.
std::string row_of(const Table& table, const std::string& node) {
  for (const auto& row : table.rows) {
    if (row.front() != Cell(node)) continue;
    std::string text;
    for (std::size_t i = 1; i < row.size(); ++i) text += (i > 1 ? "; " : "") + std::get<std::string>(row[i]);
    return text;
  }
  return "(no such row)";
}

TEST(CutComparison, SaysInWhichReadingALossStopsAThing) {
  Facts facts = two_readings();
  Session& session = facts.on("2025");
  const CutComparisonResult found = compare_cut_sets(session, {}, {"server", "one"});
  const Answer answer = comparison_answer(session, found, {.people = true});
  EXPECT_EQ(row_of(answer.tables.front(), "jp"), "with kr / alone; alone");
  EXPECT_THAT(answer.remarks, Contains(HasSubstr("behind it: if all are needed")));
  EXPECT_EQ(row_of(answer.data.front(), "jp"), "pair; alone; alone");
  const Json& cell = answer.result.find("rows")->as_array().front().find("cells")->as_array().front();
  EXPECT_EQ(cell.find("effect")->as_string(), "pair");
  EXPECT_EQ(cell.find("if_all_needed")->find("effect")->as_string(), "alone");
}

TEST(CutComparison, SaysWhatIsImpossibleWhateverIsLost) {
  Facts facts = two_readings();
  Session& session = facts.on("2025");
  const CutComparisonResult found = compare_cut_sets(session, {}, {"lab", "tool"});
  const Answer answer = comparison_answer(session, found, {.people = true});
  EXPECT_EQ(row_of(answer.tables.front(), "us"), "already impossible; alone");
  EXPECT_EQ(row_of(answer.data.front(), "us"), "impossible; alone");
  EXPECT_THAT(answer.remarks, Contains(HasSubstr("possible without rule")));
  const Answer alone = comparison_answer(session, compare_cut_sets(session, {}, {"lab", "cn"}), {.people = true});
  EXPECT_THAT(alone.remarks, Not(Contains(HasSubstr("nothing stops any of them"))));
}

TEST(DiffOfChokepoints, DoesNotTakeABanForRelief) {
  Facts facts = two_readings();
  for (const auto& [from, to, told] : {std::tuple("2023", "2025", "lab became impossible: on 2025-12-31"),
                                       std::tuple("2022", "2023", "no chokepoint appeared or vanished")}) {
    Session& session = facts.on("2025");
    const Answer answer = diff_answer(session, diff_days(session, {.from = from, .to = to, .targets = {"lab"}}), {});
    EXPECT_THAT(answer.heading, Contains(HasSubstr(told))) << from;
    for (const Json& changed : answer.result.find("chokepoints")->as_array())
      EXPECT_THAT(changed.find("vanished")->as_array(), IsEmpty());
  }
}

TEST(WhatIfTarget, OfNoDeliveryIsWhatTheCustomerReliesOn) {
  Facts facts = two_readings();
  Session& session = facts.on("2023");
  const WhatIfResult lost = what_if(session, {.remove = {"maker"}, .target = "tool@jp"});
  ASSERT_TRUE(lost.found.state.bounds.front().target);
  EXPECT_EQ(lost.found.state.bounds.front().target->high, 0);
  const Answer answer = whatif_answer(session, lost, {.people = true});
  EXPECT_THAT(answer.remarks, Contains("no delivery of tool to jp is recorded; what is told is of tool"));
}

TEST(WhatIfTarget, OfNoDeliveryIsThatToWhereTheCustomerIs) {
  Facts facts = two_readings();
  facts.edge("maker", "supplies", "cn", R"("item":"tool")");
  const WhatIfResult lost = what_if(facts.on("2023"), {.remove = {"us"}, .target = "tool@lab"});
  EXPECT_EQ(lost.scenario.target->customer, lost.view->snapshot().find("cn").value());
}

}  // namespace
}  // namespace chokepoint
