#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace chokepoint::detail {

/// What a file says of where an edge goes. `reversed`: from its second end to its first, as an import does that who
/// received it reports.
enum class Direction : std::uint8_t { directed, undirected, mutual, reversed };

std::string_view direction_text(Direction direction);
/// What a word of a column of directions says, in any case; nullopt for no direction.
std::optional<Direction> direction_of(std::string_view word);
/// A type as `--map-type` names it: `owns reversed` is owns, of an edge that goes from its second end to its first.
std::string_view without_reversed(std::string_view type, bool& is_reversed);
/// Whether the value of a column for types is a direction instead, as in Gephi's `Type`.
bool is_direction_type(std::string_view type);

}  // namespace chokepoint::detail
