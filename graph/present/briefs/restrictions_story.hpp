#pragma once

#include "chokepoint/present/restrictions.hpp"

namespace chokepoint::detail {

/// Says for people what is restricted, by which measures, and who adapted: as lines, or as tables.
void tell_restrictions(Session& session, const RestrictionsResult& result, const RestrictionsStyle& style,
                       Answer& answer);

}  // namespace chokepoint::detail
