#pragma once

#include "chokepoint/query/depends.hpp"

#include <string>

namespace chokepoint::detail {

/// `all`, `any of 3`, `2 of 3`, `choice of 2 (any)`, `soft`: how a group counts, in the session's language.
std::string mark_text(const Session& session, const DependencyGroup& group);
/// The same within a sentence: `all of 3`, `variants, any of 2`, `softly`.
std::string members_text(const Session& session, const DependencyGroup& group);
/// Whether the group has one member, whose failure is therefore its own.
bool is_sole(const DependencyGroup& group);

}  // namespace chokepoint::detail
