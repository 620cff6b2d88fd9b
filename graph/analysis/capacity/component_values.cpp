#include "analysis/capacity/component_values.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr double convergence = 1e-9;
constexpr int most_rounds = 10'000;

/// A value that becomes known: of a node, or of one member of a group.
struct Event {
  double value;
  bool is_group;
  std::uint32_t index;
  friend bool operator>(const Event& a, const Event& b) {
    return std::tuple(a.value, a.is_group, a.index) > std::tuple(b.value, b.is_group, b.index);
  }
};

/// A group on its way to a value.
struct OpenGroup {
  std::uint32_t votes = 0;  ///< members still to settle before the group does; 0: it has
  double refill = 0;        ///< what refills add
};

}  // namespace

/// What is known so far of one side, and what will be next.
struct ComponentValues::Settling {
  Side side;
  std::vector<double>& node_value;
  std::vector<double>& group_value;
  std::vector<OpenGroup> open;           ///< by position in the component
  std::vector<std::uint8_t> is_settled;  ///< the same
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
};

ComponentValues::ComponentValues(const Requirements& requirements, const Components& components, const Limits& limits,
                                 Variants variants, std::size_t component, Assessment& assessment,
                                 std::vector<double>& group_low, std::vector<double>& group_high)
    : requirements_(&requirements),
      components_(&components),
      limits_(&limits),
      variants_(variants),
      component_(static_cast<std::uint32_t>(component)),
      assessment_(&assessment),
      group_low_(&group_low),
      group_high_(&group_high) {
  for (const std::uint32_t vertex : components.vertices(component)) {
    if (!components.is_group(vertex)) {
      nodes_.push_back(vertex);
    } else {
      const GroupIndex g = components.group(vertex);
      groups_.push_back(g);
      if (is_weighed(g)) suppliers_.push_back(g);
    }
  }
}

void ComponentValues::weigh(GroupValues& values, GroupIndex g) {
  const auto high = [&](SystemNode n) {
    if (!is_inside(n)) return assessment_->high[n];
    return assessment_->failed[n] != 0 ? 0.0 : limits_->most_of(n).high;
  };
  (*group_high_)[g] = assessment_->starved[g] != 0 ? 0 : values.value(g, Side::high, high);
}

void ComponentValues::settle_high() { settle(Side::high); }

bool ComponentValues::has_inner_supply() const {
  for (const GroupIndex g : groups_) {
    for (const RequirementMember& member : requirements_->members(g)) {
      if ((is_weighed(g) || member.is_refill || member.is_scaled) && is_inside(member.node)) return true;
    }
  }
  return false;
}

void ComponentValues::settle_low(GroupValues& values) {
  if (has_inner_supply()) {
    iterate_low(values);
    return;
  }
  for (const GroupIndex g : suppliers_) {
    const auto low = [&](SystemNode n) { return assessment_->low[n]; };
    (*group_low_)[g] = assessment_->starved[g] != 0 ? 0 : values.value(g, Side::low, low);
  }
  settle(Side::low);
}

/// Values settle in ascending order, as shortest distances do: a node has the smallest value of its groups, a group
/// asking for k of n the value of the member whose settling leaves fewer than k.
void ComponentValues::settle(Side side) {
  const std::size_t size = components_->vertices(component_).size();
  Settling now{.side = side,
               .node_value = side == Side::low ? assessment_->low : assessment_->high,
               .group_value = side == Side::low ? *group_low_ : *group_high_,
               .open = std::vector<OpenGroup>(size),
               .is_settled = std::vector<std::uint8_t>(size, 0),
               .events = {}};
  for (const GroupIndex g : groups_)
    if (!is_weighed(g)) open_group(now, g);
  for (const SystemNode n : nodes_) open_node(now, n);
  while (!now.events.empty()) {
    const Event event = now.events.top();
    now.events.pop();
    if (event.is_group) {
      settle_member(now, event.index, event.value);
    } else if (std::exchange(now.is_settled[components_->position_of_node(event.index)], std::uint8_t{1}) == 0) {
      settle_node(now, event.index, event.value);
    }
  }
}

double ComponentValues::left_of(const Settling& now, MemberIndex m) const {
  return side_of(limits_->of_member(m), now.side);
}

double ComponentValues::least_of(const Settling& now, SystemNode n) const {
  return assessment_->failed[n] != 0 ? 0 : side_of(limits_->least_of(n), now.side);
}

/// A group with what its members outside the component have.
void ComponentValues::open_group(Settling& now, GroupIndex g) const {
  OpenGroup& group = now.open[components_->position_of_group(g)];
  const std::uint32_t needed = requirements_->needed(g, variants_);
  const std::uint32_t voters = requirements_->group(g).voters;
  group.votes = voters < needed ? 1 : voters - needed + 1;
  now.group_value[g] = 1;
  if (voters < needed) now.events.push({0, true, g});
  const auto members = requirements_->members(g);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const RequirementMember& member = members[i];
    const double left = left_of(now, requirements_->first_member(g) + static_cast<MemberIndex>(i));
    const bool is_known = !is_inside(member.node);
    const double whole = assessment_->failed[member.node] != 0 ? 0 : 1;
    const double factor = now.side == Side::low ? member.share_low : member.share_high;
    double value = (is_known ? now.node_value[member.node] : whole) * left;
    if (member.is_scaled) value *= factor;
    if (member.is_refill) {
      group.refill += value * factor;
    } else if (is_known || member.is_scaled || left <= 0) {
      now.events.push({value, true, g});
    }
  }
}

/// A node with what its groups outside the component, and its supplies, leave it.
void ComponentValues::open_node(Settling& now, SystemNode n) const {
  double value = assessment_->failed[n] != 0 ? 0 : side_of(limits_->most_of(n), now.side);
  for (const GroupIndex g : requirements_->groups_of(n)) {
    if (!is_inside_group(g) || is_weighed(g)) value = std::max(std::min(value, now.group_value[g]), least_of(now, n));
  }
  now.node_value[n] = 1;
  if (value < 1) now.events.push({value, false, n});
}

/// One more member of a group has no more than `value`.
void ComponentValues::settle_member(Settling& now, GroupIndex g, double value) const {
  OpenGroup& group = now.open[components_->position_of_group(g)];
  if (group.votes == 0 || --group.votes > 0) return;
  now.group_value[g] = std::min(1.0, value + group.refill);
  for (const SystemNode d : requirements_->dependents(g)) {
    if (is_inside(d)) now.events.push({std::max(now.group_value[g], least_of(now, d)), false, d});
  }
}

void ComponentValues::settle_node(Settling& now, SystemNode n, double value) const {
  now.node_value[n] = value;
  for (const MemberIndex m : requirements_->memberships(n)) {
    const GroupIndex g = requirements_->group_of_member(m);
    const RequirementMember& member = requirements_->member(m);
    const bool has_vote = !member.is_refill && !member.is_scaled && left_of(now, m) > 0;
    if (has_vote && is_inside_group(g) && !is_weighed(g)) now.events.push({value, true, g});
  }
}

double ComponentValues::lowest_group(GroupValues& values, SystemNode n) const {
  double value = limits_->most_of(n).low;
  for (const GroupIndex g : requirements_->groups_of(n)) {
    if (!is_inside_group(g)) {
      value = std::min(value, (*group_low_)[g]);
    } else if (assessment_->starved[g] != 0) {
      value = 0;
    } else {
      value = std::min(value, values.value(g, Side::low, [&](SystemNode m) { return assessment_->low[m]; }));
    }
  }
  return std::max(value, limits_->least_of(n).low);
}

/// Rounds over the nodes whose inputs have changed, dependencies first as far as a cycle has an order.
void ComponentValues::iterate_low(GroupValues& values) {
  std::vector<double>& low = assessment_->low;
  for (const SystemNode n : nodes_) low[n] = assessment_->high[n];
  std::vector<std::uint8_t> is_due(components_->vertices(component_).size(), 1);
  bool has_changed = true;
  for (int round = 0; has_changed && round < most_rounds; ++round) {
    has_changed = false;
    for (const SystemNode n : nodes_) {
      std::uint8_t& due = is_due[components_->position_of_node(n)];
      if (due == 0) continue;
      due = 0;
      const double value = assessment_->failed[n] != 0 ? 0 : lowest_group(values, n);
      if (low[n] - value < convergence) continue;
      low[n] = value;
      has_changed = true;
      for (const MemberIndex m : requirements_->memberships(n)) {
        for (const SystemNode d : requirements_->dependents(requirements_->group_of_member(m))) {
          if (is_inside(d)) is_due[components_->position_of_node(d)] = 1;
        }
      }
    }
  }
  for (const SystemNode n : nodes_) {
    // What did not settle is not known to be more than nothing; what converges towards nothing is nothing.
    if (has_changed || low[n] < nothing) low[n] = 0;
  }
  for (const GroupIndex g : groups_) {
    (*group_low_)[g] =
        assessment_->starved[g] != 0 ? 0 : values.value(g, Side::low, [&](SystemNode m) { return low[m]; });
  }
}

}  // namespace chokepoint::detail
