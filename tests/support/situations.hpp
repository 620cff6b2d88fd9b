#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "tests/support/graph_fixture.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::test {

/// A view read as a requirement system, asked by ids. Flows are `item@customer`.
class Case {
 public:
  explicit Case(const GraphFixture& graph, RequirementOptions options = {}, ViewOptions view_options = {});
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;

  Case& remove(const std::vector<std::string>& ids);
  Case& read_variants(Variants variants);
  Case& threshold(double share);
  Case& support(Cycles cycles);

  [[nodiscard]] SystemNode node(std::string_view id) const;
  [[nodiscard]] std::string id(SystemNode n) const { return to_string(*snapshot_, requirements_.subject(n)); }
  /// Ids of what is impossible, in system order, joined by spaces.
  [[nodiscard]] std::string impossible() const;
  [[nodiscard]] Interval capacity(std::string_view id) const;
  /// Ids of the ends of the chain, joined by spaces.
  [[nodiscard]] std::string binding(std::string_view id, bool by_low = true) const;
  /// The groups a node needs, one a line: `kind k/voters: member share, member …`.
  [[nodiscard]] std::string groups(std::string_view id) const;

  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] const Requirements& requirements() const { return requirements_; }
  [[nodiscard]] Situation& situation() { return situation_; }
  [[nodiscard]] const Situation& situation() const { return situation_; }

 private:
  View view_;
  std::shared_ptr<const Snapshot> snapshot_;
  Requirements requirements_;
  Situation situation_;
};

}  // namespace chokepoint::test
