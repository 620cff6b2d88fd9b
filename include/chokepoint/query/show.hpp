#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

struct ShowParams {
  std::string node = {};   ///< id, label, alias or code; `list_facts` needs none
  bool every_day = false;  ///< also facts that do not hold on the session's day
  ListParams list = {};    ///< types: of the relation, or of the node at its other end
};

struct ShowResult {
  Node node;
  std::vector<std::string> datasets;  ///< ids of those that hold it, sorted
  std::vector<Edge> edges;            ///< outgoing ones, incoming ones, then those that name it otherwise
  std::size_t outgoing = 0, incoming = 0;
  std::vector<Observation> figures;                                      ///< of which it is the subject
  std::vector<std::vector<std::string>> rival_edges, rival_figures;      ///< ids of claims that contradict each other
  std::size_t of_other_days = 0, later_figures = 0, of_other_types = 0;  ///< left out
  bool is_filtered = false;                                              ///< only some facts were asked for
  bool is_later = false;                                                 ///< it begins after the session's day
};

/// One node with its facts in both directions, the facts that name it as item, market or origin, and its figures.
/// @throws NotFoundError, UsageError for a name that is unknown or ambiguous
ShowResult show_node(Session& session, const ShowParams& params);

/// Facts of all nodes.
struct FactListResult {
  std::vector<Edge> edges;           ///< by type, from, to, id
  std::vector<Observation> figures;  ///< where no types were named
  std::size_t of_other_days = 0;     ///< left out
};

/// The facts of all nodes that `params.list` names: of these relations, between nodes of these types, of these
/// statuses, and figures of these statuses. O(edges)
/// @throws UsageError when it names neither types nor statuses
FactListResult list_facts(Session& session, const ShowParams& params);

}  // namespace chokepoint
