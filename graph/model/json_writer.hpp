#pragma once

#include "chokepoint/model/json.hpp"

#include <string>

namespace chokepoint {

/// Appends a value as `to_pretty` writes it, for a place that is indented by `indent` spaces already: its first line
/// follows what is there, the others are indented. O(size)
void append_pretty(std::string& out, const Json& value, unsigned indent);

}  // namespace chokepoint
