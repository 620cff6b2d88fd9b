#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Bytes of a file of data/ that was compiled in (`ontology.json`, `schema/001_initial.sql`); nullopt for others.
std::optional<std::string_view> embedded(std::string_view name);
/// Names of all of them, sorted.
std::vector<std::string_view> embedded_names();

}  // namespace chokepoint::detail
