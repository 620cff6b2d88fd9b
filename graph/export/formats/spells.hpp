#pragma once

#include <optional>
#include <string>

namespace chokepoint::detail {

/// When a record holds, with both ends inclusive, as GEXF says it: full dates, empty for an open end.
struct Spell {
  std::string start, end;
};

/// The half-open validity of `since` and `until` (see parse_validity) as an inclusive spell: the last day is the one
/// before the end. This is the only place where ends are converted.
/// @return nullopt for an undated record and for texts that are no dates
std::optional<Spell> spell_of(const std::string& since, const std::string& until);

}  // namespace chokepoint::detail
