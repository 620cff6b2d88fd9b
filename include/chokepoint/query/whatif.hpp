#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct WhatIfParams {
  std::vector<std::string> remove = {};   ///< ids, labels, aliases or codes
  std::vector<std::string> enforce = {};  ///< policies switched on whatever their dates
  std::vector<std::string> without = {};  ///< policies switched off
  std::string target = {};                ///< only this node in the tables; empty: everything
  std::string layer = {};                 ///< place, actor (country, firm); empty: place when only places are removed
  std::string cycles = {};                ///< hold (default) or unsupported
  std::optional<double> threshold = {};   ///< a supplier group fails below this share, in (0, 1]
  bool keep_minor = false;                ///< minor suppliers count wholly
  bool why = false;                       ///< the chain from the cause to the target, or to what fails last
  std::size_t limit = 20;                 ///< rows of a table; without `people` ten times as many of a list; 0 for all
  bool people = false;                    ///< tables that people read, the most important first, instead of plain lists
  ViewParams view = {};
};

/// What becomes impossible and how much is left of everything else when nodes are removed and policies switched on or
/// off, for both readings of unsettled variants (any: optimistic, all: pessimistic). The baseline is the graph as of
/// the day with nothing removed and the policies in force, the enforced ones left out; what is impossible there is not
/// blamed on the scenario. Never negative.
/// `result`: {"removed","enforced","without","in_force","layer","bounds":[{"variants","impossible","flows","unmet",
/// "capacity"}…]}; with a policy also "baseline" and "adapted" (as "bounds"), "responses", "response_history", "cut",
/// "freed" and "notes"; with `why` also "why". @throws NotFoundError, UsageError
Answer what_if(Session& session, const WhatIfParams& params);

}  // namespace chokepoint
