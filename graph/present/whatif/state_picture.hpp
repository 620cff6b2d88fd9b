#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/export/state_comparison.hpp"
#include "present/words/names.hpp"

#include <optional>
#include <string>

namespace chokepoint::detail {

/// What is left before, as asked and, with a policy, once everybody has adapted: deliveries that are cut first, then
/// what is lost, then what loses most; both readings of unsettled variants in one interval. As many rows as a sheet
/// holds.
/// @param target  only this; empty: everything that loses something
StateComparison state_picture(Names& names, const Snapshot& snapshot, const WhatIf& answer,
                              const std::optional<Subject>& target, const std::string& causes);

}  // namespace chokepoint::detail
