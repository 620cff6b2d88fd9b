#pragma once

#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/query/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The nodes that may be members of a cut set, with the requirement system of the layer in which they are judged.
struct CutField {
  Requirements requirements;
  std::vector<Vertex> candidates;
};

/// One field with `among` (node types) or `layer`; else places in their layer, everything else in the actor layer, so
/// that no set mixes the two. @throws UsageError for an unknown type
std::vector<CutField> make_cut_fields(const View& view, const Session& session, const std::vector<std::string>& among,
                                      std::optional<Layer> layer, bool keep_minor);

}  // namespace chokepoint::detail
