#pragma once

#include "chokepoint/query/session.hpp"
#include "chokepoint/query/timeline.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// Role of an edge type by id; `none` for a type the ontology lacks.
Role role_of(const Ontology& ontology, std::string_view edge_type);

/// Which nodes are measures: nodes of no layer that are issued, that restrict, that amend or are amended, or that carry
/// one of the attributes `announced`, `effective`, `suspended`.
class Measures {
 public:
  explicit Measures(Session& session) : session_(&session) {}
  /// O(edges at the node), until so many have been asked about that all are gathered
  bool contains(const std::string& id);
  /// The ids of all. O(n + m), once
  const std::set<std::string>& all();

 private:
  [[nodiscard]] bool is_measure(const std::string& id) const;

  Session* session_;
  std::map<std::string, bool> known_;
  std::optional<std::set<std::string>> all_;
};

/// Measures that concern a node. O(edges at the nodes concerned)
std::set<std::string> measures_about(Session& session, const std::string& node, Measures& measures);

/// Measures that a node issued; of a place also what those issued who have their seat there.
std::set<std::string> measures_issued_by(Session& session, const std::string& node, Measures& measures);

/// The dates of a measure.
MeasureDates dates_of(const Node& node);

/// First day of a partial date, for sorting and filtering; nullopt when it is none.
std::optional<Date> first_day(std::string_view partial_date);

}  // namespace chokepoint
