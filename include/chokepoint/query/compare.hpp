#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

struct CompareParams {
  std::vector<std::string> nodes;  ///< two or more, by id, label, alias or code
  bool everything = false;         ///< also figures and relations that only one of them has
};

/// One figure of several nodes; the slots follow the order of the nodes.
struct ComparedFigure {
  std::string indicator, item, market, relative_to, unit;
  std::vector<std::optional<Observation>> values;
  bool same_period = false;  ///< false: of each the one that counts on the session's day
};

/// One relation of several nodes to the same other node; the slots follow the order of the nodes.
struct ComparedRelation {
  std::string type, item, market, origin, other;
  bool outgoing = true;  ///< the compared nodes are `from`
  std::vector<std::optional<Edge>> edges;
};

struct CompareResult {
  std::vector<std::string> nodes;           ///< ids, as they were named
  std::vector<Edge> links;                  ///< facts between them
  std::vector<ComparedFigure> figures;      ///< by indicator, item, market, relative_to, unit
  std::vector<ComparedRelation> relations;  ///< by type, direction, other end, item, market, origin
  /// How many facts of a relation (edge type; whether they begin there) each node has.
  std::map<std::pair<std::string, bool>, std::vector<std::size_t>> counts;
  bool everything = false;                               ///< as it was asked for
  std::size_t later_figures = 0;                         ///< about days after the session's, left out
  std::size_t single_figures = 0, single_relations = 0;  ///< that only one of the nodes has
};

/// Nodes side by side: the facts that link them, the same relation to the same node, and figure by figure (same
/// indicator, item, market, what it is relative to, unit). Of each series the figures of the latest period that
/// both have stand side by side, else the one of each that counts on the session's day.
/// @throws UsageError for fewer than two nodes or one named twice; NotFoundError
CompareResult compare_nodes(Session& session, const CompareParams& params);

}  // namespace chokepoint
