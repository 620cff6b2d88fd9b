#pragma once

#include "chokepoint/analysis/coverage.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <span>

namespace chokepoint::test {

/// Fails, fatally, where answers about some nodes stand on something else in a part of a system than in the whole:
/// evidence, counts, what nobody recorded. @param scope  [nodes] 1: looked at
inline void assert_same_footing(const Requirements& whole, const Requirements& part, const View& view,
                                std::span<const std::uint8_t> scope) {
  ASSERT_EQ(evidence_of(part, scope), evidence_of(whole, scope));
  const RequirementCoverage all = coverage_of(whole, view, scope), own = coverage_of(part, view, scope);
  ASSERT_EQ(own.nodes, all.nodes);
  ASSERT_EQ(own.supplier_groups, all.supplier_groups);
  ASSERT_EQ(own.rows_of_unknown_share, all.rows_of_unknown_share);
  ASSERT_EQ(own.without_supplier, all.without_supplier);
  ASSERT_EQ(own.taken_over, all.taken_over);
  ASSERT_EQ(own.unread, all.unread);
  ASSERT_EQ(own.unsettled, all.unsettled);
  ASSERT_EQ(own.short_groups, all.short_groups);
}

}  // namespace chokepoint::test
