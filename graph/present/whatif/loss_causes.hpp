#pragma once

#include "chokepoint/analysis/whatif.hpp"
#include "present/words/loss_words.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// How much is lost in all, what was removed left out, and how many have less for certain, though not nothing.
struct LossTotals {
  LossCount any, all;
  std::size_t reduced = 0;
};
LossTotals loss_totals(const WhatIf& answer);

/// A place where chains end by which something is lost, and what is told of it. Whatever is lost stands in one of them,
/// so that their counts add up to all that is lost; what was removed is not counted.
struct LossCause {
  Subject cause;
  bool counts_itself = false;     ///< it is lost and was not removed
  std::size_t certain = 0;        ///< lost where any unsettled variant does
  std::size_t lost = 0;           ///< lost if all variants are needed
  std::vector<Subject> others{};  ///< that are lost with it: certain ones first, things before deliveries and actors
};

/// Whatever is lost, by cause: those that take most along first, who was removed last; empty where very much has less,
/// see `most_by_cause`.
/// @note O(n log n) in what is lost, times the ends of a chain
std::vector<LossCause> losses_by_cause(const View& view, const WhatIf& answer);

/// Of those that a node depends on by edges of one type, the ones that are lost.
struct LostInputs {
  std::uint16_t edge_type = 0;
  std::vector<Subject> nodes{};
};

/// Its suppliers and makers that are lost; where none of them is, its variants and steps, or else what it requires.
LostInputs inputs_lost(const View& view, const WhatIf& answer, const Subject& subject);

/// What has less for certain, though not nothing, because of one supply.
struct ReducedCause {
  Subject cause;
  std::vector<Subject> reduced{};  ///< things first; the cause among them
};

/// Whatever is certainly reduced, each once, by the cause that takes most along.
std::vector<ReducedCause> reductions_by_cause(const View& view, const WhatIf& answer);

}  // namespace chokepoint::detail
