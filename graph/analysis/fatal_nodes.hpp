#pragma once

#include "analysis/cone.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Nodes of a cone whose failure alone fails the target, as far as groups that can spare nobody tell: the target, the
/// members of a group of such a node that needs all it has left, and what is added. Every support contains them all.
class FatalNodes {
 public:
  explicit FatalNodes(const Cone& cone) : cone_(&cone), entered_(cone.node_count(), 0) {}

  /// Starts anew from the target.
  /// @param can_spare  bool(ConeGroup): whether the group would hold without one of its working members
  /// @param has_failed  bool(ConeNode): what has failed already
  /// @note O(size of the groups of fatal nodes), which is at most the size of a support's
  template <class CanSpare, class HasFailed>
  void restart(const CanSpare& can_spare, const HasFailed& has_failed) {
    ++run_;
    add(cone_->target(), can_spare, has_failed);
  }

  /// Adds a node known to be fatal, with what follows from that.
  template <class CanSpare, class HasFailed>
  void add(ConeNode n, const CanSpare& can_spare, const HasFailed& has_failed) {
    enter(n);
    while (!queue_.empty()) {
      const ConeNode each = queue_.back();
      queue_.pop_back();
      for (const ConeGroup g : cone_->groups_of(each)) {
        if (can_spare(g)) continue;
        for (const ConeNode member : cone_->members(g)) {
          if (!has_failed(member)) enter(member);
        }
      }
    }
  }

  [[nodiscard]] bool has(ConeNode n) const { return entered_[n] == run_; }
  /// Whether the removal takes such a node.
  [[nodiscard]] bool has_event(EventIndex e) const {
    for (const ConeNode n : cone_->nodes_of(e)) {
      if (has(n)) return true;
    }
    return false;
  }

 private:
  void enter(ConeNode n) {
    if (has(n)) return;
    entered_[n] = run_;
    queue_.push_back(n);
  }

  const Cone* cone_;
  std::vector<std::uint32_t> entered_;  ///< [nodes] the run in which it was last found to be fatal
  std::uint32_t run_ = 0;
  std::vector<ConeNode> queue_;
};

}  // namespace chokepoint::detail
