#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/export/lean.hpp"
#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// Which nodes come along that a part names and does not hold: items, markets and origins of its edges, and what its
/// figures are about.
enum class BroughtAlong : std::uint8_t { none, of_edges, of_edges_and_figures };

/// Which part of a database is written.
struct DocumentParams {
  std::string dataset{};                 ///< only its records, with the nodes that its edges need; empty: all
  std::vector<std::string> types{};      ///< node types by id or label; empty: all
  bool on_day = false;                   ///< only what holds on the session's day
  std::string around{};                  ///< a node: only what is at most `depth` edges away, in either direction
  std::optional<std::uint32_t> depth{};  ///< default 1
  BroughtAlong companions = BroughtAlong::none;
  [[nodiscard]] bool selects() const { return !types.empty() || on_day || !around.empty(); }
};

/// The records of an answer's subgraph, ready for any exporter; its metrics become node columns, its marks the column
/// `result`. Ends of its arcs are always among the nodes.
GraphDocument to_document(Session& session, const Subgraph& subgraph, std::string title);

/// The nodes and edges that `params` selects, with their figures and sources.
/// @throws NotFoundError naming the datasets or nodes there are; UsageError for an unknown type, an ambiguous node, a
///         depth without a node
/// @note O(n + m), around a node O(edges at what is near); with a selection of the whole database only what is selected
///       is read from it
GraphDocument to_document(Session& session, const DocumentParams& params);

/// The same selection for a lean file, from the snapshot alone: the database is read for a dataset only.
/// @throws as above
LeanGraph to_lean_graph(Session& session, const DocumentParams& params);

/// Adds what the requirement rules read on the session's day among the document's nodes, so that a page walks what
/// `depends` and `dependents` say. Of a graph of more than 200,000 edges it adds nothing: pages show the edges then.
void add_requirements(Session& session, GraphDocument& document);

/// Keeps the nodes nearest to `starts` (over edges in either direction, marked nodes first, then the best-linked)
/// as long as nodes and edges together are at most `limit`.
/// @return how many nodes were left out
std::size_t trim_document(GraphDocument& document, const std::vector<std::string>& starts, std::size_t limit);

/// What a saved answer (`--json`) says of nodes: its target, members of its cut sets, what it removed and what stops,
/// else every node that it lists.
/// @throws UsageError for JSON that is no answer of this program
std::map<std::string, Mark> marks_of_answer(const Json& envelope);

/// Puts marks on the nodes of a document; ids that it lacks are passed over.
void set_marks(GraphDocument& document, const std::map<std::string, Mark>& marks);

}  // namespace chokepoint
