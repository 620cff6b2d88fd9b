#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/present/brief.hpp"

#include <optional>
#include <vector>

namespace chokepoint::detail {

/// What the node needs, with what stops it alone marked; nothing where the brief has nothing to draw from.
std::optional<Subgraph> needs_picture(const BriefResult& result);

/// What stops it, how concentrated its supplies are, its time line: those that the brief has something of.
std::vector<OfferedPicture> brief_pictures(Session& session, const BriefResult& result);

}  // namespace chokepoint::detail
