#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// How the members of a group count.
enum class MemberRule : std::uint8_t {
  all,     ///< each is needed
  any,     ///< one is needed
  some,    ///< `k` are needed
  choice,  ///< variants: one or all, as DependencyGroup::variants says
  soft,    ///< listed, and never needed
  asked,   ///< counts only when asked for
};
/// `all`, `any`, `k-of-n`, `choice`, `soft`, `asked`.
std::string_view to_string(MemberRule rule);

/// Edges by which one node depends on others and which count together.
struct DependencyGroup {
  Vertex dependent = no_vertex;
  std::uint16_t type = 0;   ///< number of the edge type in the ontology
  std::uint32_t name = 0;   ///< number of the group's name in the snapshot; 0: none
  Vertex item = no_vertex;  ///< of flows
  bool is_site = false;     ///< rows with a second role of the type (sites beside seats)
  MemberRule rule = MemberRule::all;
  Variants variants = Variants::unsettled;  ///< of a choice
  std::uint32_t k = 0;                      ///< how many of `members` are needed; 0: none
  std::uint32_t members = 0;                ///< distinct nodes, also those whose edges are not among `arcs`
  std::vector<Arc> arcs;                    ///< sorted
};

/// Ends of a dependency edge. @pre its type has a dependency
Vertex dependent_of(const Snapshot& snapshot, Arc e);
Vertex dependency_of(const Snapshot& snapshot, Arc e);

/// Dependency edges by group, sorted by (dependent, type, name, item). All members of a group are counted in the view,
/// also those that are not among `arcs`, so that `any of 3` is true whatever was walked.
std::vector<DependencyGroup> group_arcs(const View& view, std::span<const Arc> arcs);

struct DependsParams {
  std::string node = {};                     ///< id, label, alias or code
  bool dependents = false;                   ///< what depends on the node, instead of what it depends on
  std::optional<std::uint32_t> depth = {};   ///< largest tier
  std::vector<std::string> types = {};       ///< node types to list; walks still go through the others
  std::vector<std::string> edge_types = {};  ///< edge types to walk
  bool soft = false;                         ///< walk dependencies that are listed but never needed
  bool asked = false;                        ///< walk dependencies that count only when asked for
  bool through_places = false;               ///< walk on from places, not only from one that is asked for
  bool edges = true;                         ///< false: the nodes alone, which saves most of the time
  bool stops = false;                        ///< also what stops it
  bool count_soft = false;                   ///< also how many nodes `soft` would add
  ViewParams view = {};
};

/// What stops the node alone and in pairs, as `find_cut_sets` says; of dependents what fails without it, as `what_if`
/// says.
struct DependsStops {
  std::set<Vertex> alone;          ///< where any unsettled variant does
  std::set<Vertex> alone_if_all;   ///< where all unsettled variants are needed; most are in `alone`, too
  std::vector<RankedStop> ranked;  ///< those of `alone` in the order in which they are told; vertices as in `alone`
  std::vector<std::vector<Vertex>> pairs;  ///< neither alone, where any unsettled variant does
  bool is_impossible = false;              ///< as things stand, before anything is lost
  RemainderSets with_remainder = {};       ///< further sets, which nobody can bring about
};

struct DependsResult {
  bool dependents = false;                            ///< as it was asked for
  DependencyReport report;                            ///< every node and edge that the walk came by
  std::optional<std::vector<DependencyNode>> chosen;  ///< of the types asked for, where types were; by tier, vertex
  std::vector<DependencyGroup> groups;                ///< of the edges; by dependent, type, name, item
  std::map<Arc, Edge> edges;                          ///< the records of `report.arcs`
  std::optional<DependsStops> stops;  ///< absent where not asked for, of a place, and in graphs that are too large
  std::size_t softly_beside = 0;      ///< nodes that `soft` would add; 0 where not counted
  std::shared_ptr<const View> view;   ///< what vertices and arcs are of

  [[nodiscard]] const Snapshot& snapshot() const { return view->snapshot(); }
  /// Those that are listed.
  [[nodiscard]] const std::vector<DependencyNode>& nodes() const { return chosen ? *chosen : report.nodes; }
};

/// What a node depends on, or what depends on it, by tier (the start is not among them): by default exactly what the
/// requirement rules read; see find_dependencies. With the requirement group of every edge: all of, any of, k of n,
/// choice of variants, soft.
/// @throws NotFoundError, UsageError
/// @note as find_dependencies; `edges` reads each edge from the database, `stops` and `count_soft` take a search of
/// their
///       own, which graphs of more than 200,000 edges are spared
DependsResult follow_dependencies(Session& session, const DependsParams& params);

struct DependsTier {
  std::uint32_t tier = 0;
  std::size_t count = 0, soft = 0;  ///< nodes; of them those that only soft dependencies lead to
};
struct DependsType {
  std::uint16_t type = 0;  ///< number of the node type in the ontology
  std::size_t count = 0;
};

/// How many nodes are listed.
struct DependsCounts {
  std::size_t nodes = 0;
  std::vector<DependsTier> tiers;  ///< by tier, those that have any
  std::vector<DependsType> types;  ///< in the order of the ontology, those that have any
};
/// O(nodes). @throws DamagedSnapshot
DependsCounts count_nodes(const DependsResult& found);

/// What stops the node of a result, or what fails without it; nothing of a place, and where that would take long.
std::optional<DependsStops> find_stops(Session& session, const DependsResult& found, const ViewParams& view);

}  // namespace chokepoint
