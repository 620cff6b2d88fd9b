#include "export/formats/spells.hpp"

#include "chokepoint/model/date.hpp"

namespace chokepoint::detail {

std::optional<Spell> spell_of(const std::string& since, const std::string& until) {
  const std::optional<Validity> validity = parse_validity(since, until);
  if (!validity || (!validity->from && !validity->to)) return std::nullopt;
  Spell spell;
  if (validity->from) spell.start = to_string(*validity->from);
  if (validity->to) spell.end = to_string(Date{validity->to->days - 1});
  return spell;
}

}  // namespace chokepoint::detail
