#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

/// The records of an answer's subgraph, ready for any exporter; its metrics become node columns. Ends of its arcs
/// are always among the nodes.
GraphDocument to_document(Session& session, const Subgraph& subgraph, std::string title);

/// Every node and edge of the database, or of one dataset (with the nodes its edges need).
/// @throws NotFoundError naming the datasets there are
GraphDocument to_document(Session& session, const std::string& dataset);

}  // namespace chokepoint
