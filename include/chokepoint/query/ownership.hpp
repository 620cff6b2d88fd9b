#pragma once

#include "chokepoint/query/answer.hpp"
#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct OwnershipParams {
  std::vector<std::string> owners;  ///< ids, labels, aliases or codes; what they hold counts together
  std::optional<double> threshold;  ///< share from which on they control, in (0, 1]; 0.5 when absent
  bool with_sources = false;
  std::size_t limit = 0;  ///< rows; 0 for all
  ViewParams view = {};
};

/// What the owners control, directly or through others: whatever they and those they control hold at least the
/// threshold of, together (the 50 % rule; a fixed point, not a product along chains). Unknown shares make it uncertain.
/// `result`: {"owners","threshold","owned":[ref + "tier","share_low","share_high","certain"],"edges"}. Negative when
/// they control nothing. @throws NotFoundError, UsageError
Answer find_owned(Session& session, const OwnershipParams& params);

}  // namespace chokepoint
