#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/query/session.hpp"

namespace chokepoint::detail {

/// Figures about the nodes: of one dataset its own, else all.
/// @param brings_subjects  whether nodes that figures of the dataset are about, and that are not there, will be added
/// @note O(figures of the database, or of the dataset)
void add_figures(const Session& session, const DocumentParams& params, bool brings_subjects, GraphDocument& document);

/// Adds the nodes that are named and not there, so that a file of the document can be read back.
/// @param by_figures  those that only figures name, too
void add_companions(const Session& session, bool by_figures, GraphDocument& document);

/// The sources that are cited, names of nodes outside, day and source line of a picture.
void add_context(const Session& session, bool on_day, GraphDocument& document);

}  // namespace chokepoint::detail
