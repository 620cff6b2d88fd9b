#pragma once

#include "analysis/cut_sets/cone.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Nodes of a cone whose failure alone fails the target, as far as groups that can spare nobody tell: the target, the
/// members of a group of such a node that needs all it has left, and what is added. Every support contains them all.
/// What is fatal stays so when more fails, so that only what failures change is looked at.
class FatalNodes {
 public:
  explicit FatalNodes(const Cone& cone) : cone_(&cone), entered_(cone.node_count(), 0) {}

  /// What is fatal before anything fails. O(size of the groups of such nodes)
  /// @param can_spare  bool(ConeGroup): whether the group would hold without one of its working members
  /// @param has_failed  bool(ConeNode): what has failed already
  template <class CanSpare, class HasFailed>
  void begin(const CanSpare& can_spare, const HasFailed& has_failed) {
    stamp_ = always;
    add(cone_->target(), can_spare, has_failed);
    for (const ConeNode n : cone_->fatal()) add(n, can_spare, has_failed);
    stamp_ = run_;
  }

  /// Starts anew from what is fatal before anything fails.
  /// @param failures  all that has failed
  /// @note O(groups of the failures, size of the groups of nodes that are fatal on account of them)
  template <class CanSpare, class HasFailed>
  void restart(std::span<const ConeNode> failures, const CanSpare& can_spare, const HasFailed& has_failed) {
    stamp_ = ++run_;
    for (const ConeNode failed : failures) {
      for (const ConeGroup g : cone_->memberships(failed)) {
        if (can_spare(g) || !has_fatal_dependent(g)) continue;
        enter_members(g, has_failed);
      }
    }
    follow(can_spare, has_failed);
  }

  /// Adds a node known to be fatal, with what follows from that.
  template <class CanSpare, class HasFailed>
  void add(ConeNode n, const CanSpare& can_spare, const HasFailed& has_failed) {
    enter(n);
    follow(can_spare, has_failed);
  }

  [[nodiscard]] bool has(ConeNode n) const { return entered_[n] == run_ || entered_[n] == always; }
  /// Whether the removal takes such a node.
  [[nodiscard]] bool has_event(EventIndex e) const {
    for (const ConeNode n : cone_->nodes_of(e)) {
      if (has(n)) return true;
    }
    return false;
  }

 private:
  static constexpr std::uint32_t always = std::numeric_limits<std::uint32_t>::max();

  void enter(ConeNode n) {
    if (has(n)) return;
    entered_[n] = stamp_;
    queue_.push_back(n);
  }
  template <class HasFailed>
  void enter_members(ConeGroup g, const HasFailed& has_failed) {
    for (const ConeNode member : cone_->members(g)) {
      if (!has_failed(member)) enter(member);
    }
  }
  template <class CanSpare, class HasFailed>
  void follow(const CanSpare& can_spare, const HasFailed& has_failed) {
    while (!queue_.empty()) {
      const ConeNode each = queue_.back();
      queue_.pop_back();
      for (const ConeGroup g : cone_->groups_of(each)) {
        if (!can_spare(g)) enter_members(g, has_failed);
      }
    }
  }
  [[nodiscard]] bool has_fatal_dependent(ConeGroup g) const {
    for (const ConeNode d : cone_->dependents(g)) {
      if (has(d)) return true;
    }
    return false;
  }

  const Cone* cone_;
  std::vector<std::uint32_t> entered_;  ///< [nodes] the run in which it was last found to be fatal, or `always`
  std::uint32_t run_ = 1;
  std::uint32_t stamp_ = 1;
  std::vector<ConeNode> queue_;
};

}  // namespace chokepoint::detail
