#pragma once

// An answer's JSON as a reader sees it who cannot trust it: a saved answer may be a file that somebody else wrote. What
// is missing or of another kind is nothing.

#include "chokepoint/model/json.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A member of an object; nullptr where there is none.
const Json* json_member(const Json& object, std::string_view key);
/// A text; empty for anything else.
std::string json_text(const Json* value);
std::string json_text(const Json& object, std::string_view key);
/// A number as the closest double; nullopt for anything else.
std::optional<double> json_number(const Json* value);
/// The entries of a list; none of anything else.
const std::vector<Json>& json_list(const Json* list);
std::size_t json_size(const Json* list);
/// An id, or that of a ref `{"id",…}`.
std::string json_id(const Json* value);
std::vector<std::string> json_ids(const Json* list);

}  // namespace chokepoint::detail
