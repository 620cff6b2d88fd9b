#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct WhatIfParams {
  std::vector<std::string> remove;    ///< ids, labels, aliases or codes
  std::string target;                 ///< only this node in the tables; empty: everything
  std::string layer;                  ///< place, actor (country, firm); empty: place when only places are removed
  std::string cycles;                 ///< hold (default) or unsupported
  std::optional<double> threshold;    ///< a supplier group fails below this share, in (0, 1]
  bool keep_minor = false;            ///< minor suppliers count wholly
  bool why = false;                   ///< the chain from the removal to the target, or to each impossible node
  std::size_t limit = 20;             ///< rows of the capacity table; 0 for all
  ViewParams view = {};
};

/// What becomes impossible and how much is left of everything else when nodes are removed, for both readings of
/// unsettled variants (any: optimistic, all: pessimistic). What is impossible with nothing removed is the baseline and
/// is not blamed on the removal. Never negative.
/// `result`: {"removed","enforced","layer","bounds":[{"variants","impossible","flows","unmet","capacity"}…]}.
/// @throws NotFoundError, UsageError
Answer what_if(Session& session, const WhatIfParams& params);

}  // namespace chokepoint
