#pragma once

#include "chokepoint/analysis/whatif.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Why nobody knows how much of a supply is lost.
enum class DoubtKind : std::uint8_t {
  unnamed,   ///< its unnamed rest may lie in the place that is lost
  unstated,  ///< shares of its suppliers are not recorded
  between,   ///< what it needs is in doubt, or shares are bounds
};

std::string_view to_string(DoubtKind kind);

/// A supply of which more or less may be lost.
struct LossDoubt {
  Subject cause;
  DoubtKind kind = DoubtKind::between;
  Interval left;                   ///< of it, in both readings together
  std::vector<Subject> hanging{};  ///< what else may have less by it; sorted
};

/// What may be lost since nobody recorded how much of a supply goes: things before deliveries, those on which most
/// hangs first; empty where very much has less, see `most_by_cause`.
/// @note one requirement system of what is touched
std::vector<LossDoubt> loss_doubts(const View& view, const WhatIf& answer, bool keep_minor);

}  // namespace chokepoint::detail
