#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "analysis/capacity/group_value.hpp"
#include "analysis/capacity/limits.hpp"
#include "analysis/requirements/components.hpp"
#include "analysis/requirements/roles.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Capacities inside one strongly connected component. Reads and writes the capacities of the whole system.
class ComponentValues {
 public:
  ComponentValues(const Requirements& requirements, const Components& components, const Limits& limits,
                  Variants variants, std::size_t component, Assessment& assessment, std::vector<double>& group_low,
                  std::vector<double>& group_high);

  /// The supplier and maker groups of the component: their inner members count as whole or gone, for `high`.
  [[nodiscard]] std::span<const GroupIndex> supplier_groups() const { return suppliers_; }
  [[nodiscard]] bool is_weighed(GroupIndex g) const { return is_provision(requirements_->group(g).kind); }
  /// `high` of one of them. O(members)
  void weigh(GroupValues& values, GroupIndex g);
  /// `high` of everything else, exactly. O(size · log size)
  void settle_high();
  /// `low`: exactly where the component has no supplier edge inside, else iterated.
  void settle_low(GroupValues& values);

 private:
  [[nodiscard]] bool is_inside(SystemNode n) const { return components_->of_node(n) == component_; }
  [[nodiscard]] bool is_inside_group(GroupIndex g) const { return components_->of_group(g) == component_; }
  /// Whether `low` depends on supplies inside the component, which min and max alone do not settle.
  [[nodiscard]] bool has_inner_supply() const;
  /// Settles the values of one side from the smallest up.
  void settle(Side side);
  struct Settling;
  [[nodiscard]] double left_of(const Settling& now, MemberIndex m) const;
  [[nodiscard]] double least_of(const Settling& now, SystemNode n) const;
  void open_group(Settling& now, GroupIndex g) const;
  void open_node(Settling& now, SystemNode n) const;
  void settle_member(Settling& now, GroupIndex g, double value) const;
  void settle_node(Settling& now, SystemNode n, double value) const;
  void iterate_low(GroupValues& values);
  /// The smallest group of a node at the present values of `low`.
  [[nodiscard]] double lowest_group(GroupValues& values, SystemNode n) const;

  const Requirements* requirements_;
  const Components* components_;
  const Limits* limits_;
  Variants variants_;
  std::uint32_t component_;
  Assessment* assessment_;
  std::vector<double>* group_low_;
  std::vector<double>* group_high_;
  std::vector<SystemNode> nodes_;  ///< those that others rest on come first, as far as a cycle has an order
  std::vector<GroupIndex> groups_;
  std::vector<GroupIndex> suppliers_;
};

}  // namespace chokepoint::detail
