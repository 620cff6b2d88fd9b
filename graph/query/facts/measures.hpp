#pragma once

#include "chokepoint/query/session.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Role of an edge type by id; `none` for a type the ontology lacks.
Role role_of(const Ontology& ontology, std::string_view edge_type);

/// Ids of all measures: nodes of no layer that are issued, that restrict, that amend or are amended, or that carry
/// one of the attributes `announced`, `effective`, `suspended`. O(n + m)
std::set<std::string> all_measures(Session& session);

/// Measures that concern a node. O(edges at the nodes concerned), plus a scan of edges for variants.
/// @param measures  as `all_measures` returned them
std::set<std::string> measures_about(Session& session, const std::string& node, const std::set<std::string>& measures);

/// The dates of a measure.
struct MeasureDates {
  std::string announced, effective, suspended, since, until;  ///< as written; empty where absent
  std::string first;                                          ///< the earliest of the first four
};
MeasureDates dates_of(const Node& node);

/// First day of a partial date, for sorting and filtering; nullopt when it is none.
std::optional<Date> first_day(std::string_view partial_date);

}  // namespace chokepoint::detail
