#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/query/session.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// What a page of the graph says before it draws anything, in every language that it can be switched to: on whom and
/// what most hangs (`rank --by stops`), which supplies mostly come from one hand (`concentration`), the latest measures
/// (`timeline`); only of nodes of the document. Sets `opening`, `metric_labels` and `importance`.
/// @note the cost of those three answers; of more than 60,000 edges the measures alone
void add_opening(Session& session, GraphDocument& document);

/// The same for a page of an answer: what it found, the nodes with their reasons.
/// @param envelope  the answer as JSON; of what it does not say the opening is silent
/// @throws UsageError for JSON that is no answer of this program
void add_opening(Session& session, GraphDocument& document, const Json& envelope);

/// Everything that a page needs beside its records: the opening, that of an answer where one is given, and what the
/// requirement rules read (`add_requirements`).
/// @throws as add_opening
void prepare_page(Session& session, GraphDocument& document, const std::optional<Json>& envelope = std::nullopt);

/// Names of an answer's metrics in every language of a page, by column.
std::map<std::string, Labels> metric_labels(const Session& session, const Columns& columns);

/// Rows of the nodes, what the opening names first, then by mark, then the best linked.
/// @note O(n log n + m)
std::vector<std::uint32_t> rows_by_importance(const GraphDocument& document);

}  // namespace chokepoint
