#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"

#include <optional>
#include <string>

namespace chokepoint::detail {

/// The edge of a JSON object that is plainly right: known keys, each with a value that its field takes, and no
/// attributes, some of which have rules of their own. nullopt for any other, which RecordReader looks at in full.
/// @param default_source  cited where the object cites none. O(members), each looked at once
std::optional<Edge> plain_edge(const Json& value, const Ontology& ontology, const std::string& default_source);

}  // namespace chokepoint::detail
