#pragma once

#include "analysis/cut_sets/cone.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Failures in a cone, spread by counting; removals can be taken back in reverse order at the cost of what they did.
class FailureState {
 public:
  explicit FailureState(const Cone& cone);

  void remove(EventIndex e);
  /// Takes the last removal back. @pre there is one
  void undo();
  [[nodiscard]] bool has_failed(ConeNode n) const { return failed_[n] != 0; }
  /// Failed nodes in the order in which they failed.
  [[nodiscard]] const std::vector<ConeNode>& failures() const { return trail_; }
  /// Whether a group that holds would do so without one of its working members.
  [[nodiscard]] bool can_spare(ConeGroup g) const { return spare_[g] > 0; }

 private:
  void fail(ConeNode n);

  const Cone* cone_;
  std::vector<std::int32_t> spare_;  ///< [groups] members that may still fail
  std::vector<std::uint8_t> failed_;
  std::vector<ConeNode> trail_;     ///< failed nodes in the order in which they failed
  std::vector<std::size_t> marks_;  ///< length of the trail before each removal
};

}  // namespace chokepoint::detail
