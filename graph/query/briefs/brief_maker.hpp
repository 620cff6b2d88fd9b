#pragma once

#include "chokepoint/query/brief.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/claims.hpp"
#include "chokepoint/query/concentration.hpp"
#include "chokepoint/query/depends.hpp"
#include "chokepoint/query/later.hpp"
#include "chokepoint/query/measures.hpp"
#include "chokepoint/query/timeline.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Asks the questions of other commands one after the other and keeps what answers them; nothing is worked out here a
/// second time, so that a page agrees with them.
class BriefMaker {
 public:
  BriefMaker(Session& session, const BriefParams& params)
      : session_(&session), params_(&params), claims_(session), later_(session) {}

  BriefResult make();

 private:
  [[nodiscard]] Role role(const Edge& edge) const { return role_of(session_->ontology(), edge.type); }
  [[nodiscard]] bool holds(const Edge& edge) {
    return holds_on(edge.since, edge.until, session_->as_of()) && !later_.is_later(edge);
  }
  void read_node();
  void read_identity();
  void ask_needs();
  BriefNeed need_of(const DependsResult& found, const DependencyGroup& group,
                    const std::map<std::string, std::uint32_t>& tiers) const;
  void sort_needs();
  void draw_needs(const std::shared_ptr<const View>& view);
  void ask_stops();
  void sort_stops(BriefStops& stops, const CutSetsResult& found);
  void read_unknown(const CutSetsResult& found);
  void ask_dependents();
  void ask_stopped(const DependsResult& found);
  [[nodiscard]] ConcentrationResult concentration_of(const std::string& node);
  void ask_concentration();
  void read_supplies(const ConcentrationResult& found);
  void read_supply_sources();
  void ask_restrictions();
  void ask_restricted_needs();
  void ask_measure(const TimelineResult& timeline);
  void ask_changes();
  void add_measure_changes(const TimelineResult& timeline, Date first, Date last, std::set<std::string>& told);
  void add_edge_changes(Date first, Date last, const std::set<std::string>& told);
  void ask_figures();
  void read_sources();

  Session* session_;
  const BriefParams* params_;
  Claims claims_;
  Later later_;
  BriefResult out_;
  std::vector<Edge> about_;  ///< every edge at the node, of every day
};

}  // namespace chokepoint::detail
