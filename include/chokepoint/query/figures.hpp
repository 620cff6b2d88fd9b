#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace chokepoint {

/// Which figures; empty texts do not filter. Nodes are named by id, label, alias or code.
struct FiguresParams {
  std::string node = {};  ///< subject, item, market or yardstick of the figure
  std::string indicator = {};
  std::string item = {}, market = {}, relative_to = {};
  std::string from = {}, to = {};  ///< only figures about days from the first of `from` to the last of `to`
  bool latest = false;             ///< of each series only the figure that counts on the session's day
  bool rivals = false;             ///< only figures on which sources disagree
  bool every_day = false;          ///< also figures about days after the session's
  std::string sort = {};           ///< series (default), value or date
  ListParams list = {};            ///< types: of the subject
};

struct FiguresResult {
  std::string node;                              ///< id of what was asked for; empty: nothing was
  std::string item, market, relative_to;         ///< ids of the qualifiers that were asked for; empty: any
  bool is_sorted = false;                        ///< by value or date, as it was asked for
  std::vector<Observation> figures;              ///< as series in order of time, or as asked
  std::set<std::string> counting;                ///< ids: of each series the figure that counts
  std::vector<std::vector<std::string>> rivals;  ///< ids of claims that contradict each other, who counts first
  std::size_t later = 0;                         ///< left out: figures about days after the session's
};

/// Observations as series (subject, indicator, item, market, relative_to, unit) in order of time; of each series
/// one figure counts on the session's day; rival claims stand side by side.
/// @throws NotFoundError, UsageError for an unknown node, indicator or date
FiguresResult list_figures(Session& session, const FiguresParams& params);

}  // namespace chokepoint
