#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <string>

namespace chokepoint {

struct ConcentrationParams {
  std::string node;         ///< a thing, an item or a customer; empty: every supply
  std::string layer;        ///< place, actor (also country, firm); empty: both
  bool keep_minor = false;  ///< minor suppliers of unknown share count
  std::size_t limit = 0;    ///< rows; 0 for all
  ViewParams view = {};
};

/// How concentrated each supply is: the Herfindahl–Hirschman index by country and by firm, as an interval where shares
/// are unknown. Most concentrated first. Negative when nothing is recorded.
/// `result`: [{"node","customer","layer","suppliers","share_sum","complete","hhi_low","hhi_high","top","top_share"}…]
/// @throws NotFoundError, UsageError
Answer measure_concentration(Session& session, const ConcentrationParams& params);

}  // namespace chokepoint
