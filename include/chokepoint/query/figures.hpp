#pragma once

#include "chokepoint/query/list_params.hpp"
#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

/// Which figures; empty texts do not filter. Nodes are named by id, label, alias or code.
struct FiguresParams {
  std::string node;  ///< subject, item, market or yardstick of the figure
  std::string indicator;
  std::string item, market, relative_to;
  std::string from, to;    ///< only figures about days from the first of `from` to the last of `to`
  bool latest = false;     ///< of each series only the figure that counts on the session's day
  bool rivals = false;     ///< only figures on which sources disagree
  bool every_day = false;  ///< also figures about days after the session's
  std::string sort;        ///< series (default), value or date
  ListParams list = {};    ///< types: of the subject
  bool with_sources = false;
};

/// Observations as series (subject, indicator, item, market, relative_to, unit) in order of time; of each series
/// one figure counts on the session's day; rival claims stand side by side and are marked.
/// @throws NotFoundError, UsageError for an unknown node, indicator or date
Answer list_figures(Session& session, const FiguresParams& params);

}  // namespace chokepoint
