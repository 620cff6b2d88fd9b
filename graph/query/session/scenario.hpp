#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/model/ontology.hpp"

#include <optional>
#include <string>

namespace chokepoint::detail {

/// The layer a user named: place, actor (also country, firm); nullopt for an empty text. @throws UsageError
std::optional<Layer> require_layer(const std::string& text);

/// How a user wants cycles to be read: hold or unsupported. @throws UsageError
Cycles require_cycles(const std::string& text);

/// @throws UsageError for a threshold that is no share above 0
void require_threshold(const std::optional<double>& threshold);

}  // namespace chokepoint::detail
