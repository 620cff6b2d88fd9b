#pragma once

#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <memory>
#include <string>
#include <vector>

namespace chokepoint {

struct CutParams {
  std::string from, to;  ///< ids, labels, aliases or codes
  bool soft = true;
  ViewParams view = {};
};

struct CutResult {
  NodeRef from, to;
  std::vector<Vertex> members;  ///< of the smallest set, sorted; empty where nothing cuts
  std::vector<Vertex>
      dominators;          ///< each stands on every path by itself, the nearest to `to` first; the ends are none
  bool connected = false;  ///< whether `from` depends on `to` at all
  bool adjacent = false;   ///< directly, so that no set of other nodes cuts them
  std::shared_ptr<const View> view;
};

/// The fewest nodes, the ends excluded, that stand on every dependency path between two nodes (Menger), and those that
/// dominate the end on all of them. A lens: a path is not a recipe.
/// @throws NotFoundError, UsageError
CutResult find_cut(Session& session, const CutParams& params);

}  // namespace chokepoint
