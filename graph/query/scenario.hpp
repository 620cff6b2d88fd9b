#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/query/session.hpp"
#include "query/names.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The layer a user named: place, actor (also country, firm); nullopt for an empty text. @throws UsageError
std::optional<Layer> require_layer(const std::string& text);

/// How a user wants cycles to be read: hold or unsupported. @throws UsageError
Cycles require_cycles(const std::string& text);

/// The id of a system node: the stored id, or `item@customer`.
std::string system_id(const Requirements& requirements, SystemNode node);
/// The same for people, with labels.
std::string system_name(Names& names, const Requirements& requirements, SystemNode node);

/// A place that lacks something it requires.
struct Unmet {
  Vertex place = no_vertex;
  Vertex item = no_vertex;
  friend auto operator<=>(const Unmet&, const Unmet&) = default;
};

/// Needs of places that fail in the assessment, sorted. O(members of the places' groups)
std::vector<Unmet> unmet_needs(const Situation& situation, const Assessment& assessment);

/// One step of a certificate: the group that failed a node, and the members of it that failed.
struct FailureStep {
  SystemNode node = no_vertex;
  GroupIndex group = no_group;
  std::vector<MemberIndex> failed;  ///< members of the group that do not work
};

/// Why `target` is impossible: from the target to what was removed, each node once, breadth first. Every step's failed
/// members were removed or have a step of their own.
/// @pre assessment.failed[target]. O(size of the chain)
std::vector<FailureStep> explain_failure(const Situation& situation, const Assessment& assessment, SystemNode target);

/// What the answer stands on: things nobody recorded a supplier for, groups with unknown shares, rescaled groups.
Json requirement_coverage(const Requirements& requirements);

/// One sentence: `Nvidia H100 lacks supplier: TSMC`.
std::string step_sentence(Names& names, const Requirements& requirements, const FailureStep& step);

/// A step as JSON: node, group kind, needed, failed members with the edges that say so.
Json step_json(Session& session, const Requirements& requirements, const FailureStep& step, Variants variants);

}  // namespace chokepoint::detail
