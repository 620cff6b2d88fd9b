#pragma once

#include "chokepoint/present/depends.hpp"
#include "present/words/names.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace chokepoint::detail {

/// Whose the edge is where a need was passed on: the generic thing, or the whole; no_vertex where it is the node's own.
Vertex via_of(const Snapshot& snapshot, const DependencyHop& hop, bool dependents);

/// One table a tier: nodes with their links to the tier before.
std::vector<Table> tier_tables(Names& names, const DependsResult& found, bool with_sources);
/// How many, by tier and by type.
std::vector<Table> count_tables(const Session& session, const Ontology& ontology, const DependsCounts& counts);
/// The nodes, for programs.
Table dependency_data(Names& names, const DependsResult& found);

/// Draws the tree of what must hold, with what stops it above and in pairs below.
/// @param depth  where `found` ends before the answer does: how far it goes
void add_dependency_tree(Names& names, const DependsResult& found, const DependsStyle& style,
                         std::optional<std::uint32_t> depth, Answer& answer);

/// The pictures that the answer can be shown as.
void offer_dependency_pictures(Session& session, const std::shared_ptr<const DependsResult>& found,
                               const ViewParams& view, Answer& answer);

}  // namespace chokepoint::detail
