#pragma once

#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint {

/// Which restrictions are asked for; what is absent does not filter.
struct RestrictionQuestion {
  std::optional<Vertex> market;           ///< they hold there (graph/SEMANTICS.md §4.1: "in M")
  std::optional<Vertex> item;             ///< they bear on it, on a variant of it or on what it is a variant of
  std::optional<Vertex> issuer;           ///< it issued their policy, rules where that was done, or is the policy
  std::vector<std::uint16_t> node_types;  ///< of what is restricted; empty: all
};

/// An edge of the restricting role that has begun and not ended.
struct StandingRestriction {
  Arc arc = no_arc;
  std::optional<Date> since;         ///< it acts from here: by the terms of its policy, else its own
  std::optional<Validity> pause;     ///< the suspension that it stands in; absent: it acts
  std::vector<Vertex> issuers;       ///< sorted
  std::vector<Vertex> jurisdiction;  ///< sorted
};

/// Restrictions on a view's day, and how many others there are on the same question.
struct RestrictionReport {
  std::vector<StandingRestriction> standing;  ///< by arc
  std::size_t not_begun = 0;                  ///< act later
  std::size_t ended = 0;
  std::size_t not_stated = 0;     ///< planned, forecast, recommended, or not confident enough to enter the view
  std::size_t in_parts = 0;       ///< hold in a part of the market only; the same edges are in no other count
  std::size_t without_place = 0;  ///< name no market, and nobody is recorded to have issued them: they hold nowhere
};

/// The restrictions that stand on the view's day, each edge judged by itself (graph/SEMANTICS.md §4.3).
/// @note O(m), and the containers of each issuer
RestrictionReport standing_restrictions(const View& view, std::span<const PolicyTerms> terms,
                                        const RestrictionQuestion& question);

/// The part of a graph that has all restrictions, and what tells whether they answer a question: who issued their
/// policies, what adapts to these, what stands in for what is restricted, where all that is, and how it hangs together.
/// @param named  what the question names, numbered as in `whole`
/// @param counts  of the whole
/// @return nullptr where it would be no small one
/// @throws DamagedSnapshot where the base, if nobody verified it, names what is not there
std::shared_ptr<const Snapshot> part_of_restrictions(const DeltaSnapshot& whole, const std::vector<Vertex>& named,
                                                     const RecordCounts& counts);

}  // namespace chokepoint
