#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <memory>
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
  ViewParams view = {};
};

struct WhatIfResult {
  Scenario scenario;              ///< what was asked; its target is explained
  bool target_was_named = false;  ///< false: it is what fails last, or nothing
  std::optional<Subject>
      unrecorded;                  ///< the delivery that was named, where none is recorded: the target is in its place
  bool why = false;                ///< as it was asked for
  std::vector<Vertex> in_force;    ///< policies that act besides the enforced ones, sorted
  std::vector<Vertex> parts_kept;  ///< what is part of an actor or place that is removed and holds without it, sorted
  WhatIf found;                    ///< in both readings, before and adapted where there are policies
  std::shared_ptr<const View> view;  ///< what vertices and arcs are of; the part of the graph that a loss may touch
  ViewCoverage left_out;             ///< what the view of the whole graph hides
};

/// What becomes impossible and how much is left of everything else when nodes are removed and policies switched on or
/// off, for both readings of unsettled variants (any: optimistic, all: pessimistic). The baseline is the graph as of
/// the day with nothing removed and the policies in force, the enforced ones left out; what is impossible there is not
/// blamed on the scenario.
/// @throws NotFoundError, UsageError
/// @note as what_if of a scenario; `why` without a target takes it twice
WhatIfResult what_if(Session& session, const WhatIfParams& params);

}  // namespace chokepoint
