#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct OwnershipParams {
  std::vector<std::string> owners;  ///< ids, labels, aliases or codes; what they hold counts together
  std::optional<double> threshold;  ///< share from which on they control, in (0, 1]; 0.5 when absent
  ViewParams view = {};
};

struct OwnershipResult {
  std::vector<Vertex> owners;  ///< sorted
  double threshold = 0;        ///< share from which on they control
  OwnershipReport holdings;    ///< what they control, by (tier, vertex), and the holdings that say so
  std::vector<Edge> edges;     ///< the records of `holdings.arcs`, in their order
  std::shared_ptr<const View> view;
};

/// What the owners control, directly or through others: whatever they and those they control hold at least the
/// threshold of, together (the 50 % rule; a fixed point, not a product along chains). Unknown shares make it uncertain.
/// @throws NotFoundError, UsageError
OwnershipResult find_owned(Session& session, const OwnershipParams& params);

}  // namespace chokepoint
