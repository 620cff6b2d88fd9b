#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/model/ontology.hpp"
#include "chokepoint/snapshot/snapshot.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The layer a user named: place, actor (also country, firm); nullopt for an empty text. @throws UsageError
std::optional<Layer> require_layer(const std::string& text);

/// How a user wants cycles to be read: hold or unsupported. @throws UsageError
Cycles require_cycles(const std::string& text);

/// @param option  that named the nodes
/// @throws UsageError where one is of a type that restricts nothing in this ontology
void require_policies(const Snapshot& snapshot, const std::vector<Vertex>& nodes, std::string_view option);

/// @throws UsageError for a threshold that is no share above 0
void require_threshold(const std::optional<double>& threshold);

}  // namespace chokepoint::detail
