#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "analysis/capacity/limits.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Which end of a capacity interval is asked for.
enum class Side : std::uint8_t { low, high };

inline double side_of(const Interval& interval, Side side) { return side == Side::low ? interval.low : interval.high; }

/// A capacity below this counts as none: what converges towards nothing is nothing.
inline constexpr double nothing = 1e-6;

/// A capacity and how much of a group's supply may take it.
struct Portion {
  double capacity = 1;
  double room = 0;
};

/// Shares `open` out over the portions so that the sum of share times capacity is least (or greatest).
/// @param portions  scratch, reordered
double share_out(std::vector<Portion>& portions, double open, Side side);

/// Values of groups from the capacities of their members.
class GroupValues {
 public:
  /// @param impaired  places that failed or are limited, with what is left of them, sorted by that
  GroupValues(const Requirements& requirements, const Limits& limits, Variants variants,
              std::vector<NodeLimit> impaired)
      : requirements_(&requirements), limits_(&limits), variants_(variants), impaired_(std::move(impaired)) {}

  /// @param capacity  double(SystemNode): capacity of a member
  /// @return in [0, 1]. O(members), times log where shares are ranges
  template <class Capacity>
  double value(GroupIndex g, Side side, const Capacity& capacity) {
    const RequirementGroup& group = requirements_->group(g);
    const auto members = requirements_->members(g);
    if (needs_each_member(g)) {
      double least = 1;
      for (const RequirementMember& member : members) least = std::min(least, capacity(member.node));
      return tidy(least);
    }
    double refill = 0;
    capacities_.clear();
    for (std::size_t i = 0; i < members.size(); ++i) {
      const RequirementMember& member = members[i];
      const Interval left = limits_->of_member(requirements_->first_member(g) + static_cast<MemberIndex>(i));
      const double c = capacity(member.node) * (side == Side::low ? left.low : left.high);
      if (member.is_refill) {
        refill += c * (side == Side::low ? member.share_low : member.share_high);
      } else {
        capacities_.push_back(member.is_scaled ? c * (side == Side::low ? member.share_low : member.share_high) : c);
      }
    }
    const double met = group.weighs_shares ? weighed(g, side) : best(g, side);
    return tidy(met + refill);
  }

 private:
  /// Rounding must not leave 1 - 1e-16 of what is whole.
  static double tidy(double value) { return value > 1 - 1e-12 ? 1 : std::max(value, 0.0); }
  /// Whether the group is as its worst member, whole rows all of them, and nothing comes to them.
  [[nodiscard]] bool needs_each_member(GroupIndex g) const {
    return !requirements_->has_parts() && limits_->cuts().empty() &&
           requirements_->needed(g, variants_) == requirements_->group(g).voters &&
           requirements_->group(g).voters == requirements_->members(g).size();
  }
  double weighed(GroupIndex g, Side side);
  double best(GroupIndex g, Side side);
  [[nodiscard]] double rest(GroupIndex g, Side side) const;

  const Requirements* requirements_;
  const Limits* limits_;
  Variants variants_;
  std::vector<NodeLimit> impaired_;
  std::vector<double> capacities_;  ///< scratch: of the members that are no refills, in order
  std::vector<Portion> portions_;   ///< scratch
};

/// Places that an assessment leaves with less than all, sorted by what is left of them.
std::vector<NodeLimit> impaired_places(const Requirements& requirements, const Assessment& assessment,
                                       const Limits& limits);

}  // namespace chokepoint::detail
