#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint {

struct ConcentrationParams {
  std::string node;         ///< a thing, an item or a customer; empty: every supply
  std::string layer;        ///< place, actor (also country, firm); empty: both
  bool keep_minor = false;  ///< minor suppliers of unknown share count
  std::size_t limit = 0;    ///< rows; 0 for all
  ViewParams view = {};
};

struct ConcentrationResult {
  std::string node;                     ///< id of what was asked for; empty: every supply was
  std::vector<Concentration> supplies;  ///< most concentrated first; sums and indices to 9 decimals
  std::shared_ptr<const View> view;     ///< of one node's supplies perhaps of a part of the graph
  ViewCoverage left_out;                ///< of the whole graph
};

/// How concentrated each supply is: the Herfindahl–Hirschman index by country and by firm, as an interval where shares
/// are unknown.
/// @throws NotFoundError, UsageError
ConcentrationResult measure_concentration(Session& session, const ConcentrationParams& params);

}  // namespace chokepoint
