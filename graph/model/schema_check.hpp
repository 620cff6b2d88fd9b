#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Checks a JSON text against a compiled-in JSON Schema (draft 4). Only our own schemas are ever compiled:
/// RapidJSON's pattern engine asserts on malformed patterns (threats, 3).
/// @param schema  name of an embedded file, such as `schema/ontology.schema.json`
/// @return what is wrong and where (a JSON pointer); nullopt when the text is valid
std::optional<std::string> schema_violation(std::string_view schema, std::string_view text);

}  // namespace chokepoint::detail
