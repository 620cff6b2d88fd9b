#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chokepoint {

class DeltaSnapshot;

/// How far and along what a dependency question goes. Derived edges follow the view: plain reachability leaves them
/// out there unless they are asked for.
struct ReachOptions {
  std::optional<std::uint32_t> depth = {};     ///< largest tier; nullopt for all
  std::vector<std::uint16_t> edge_types = {};  ///< numbers in the ontology; empty: every type with a dependency
  bool soft = false;                           ///< walk dependencies that are listed but never needed
  bool asked = false;                          ///< walk dependencies that count only when asked for
  bool through_places = false;                 ///< walk on from places, not only from one that is asked for
  bool list_arcs = true;                       ///< false: `arcs` stays empty, which saves most of the time
};

/// What `node` depends on, directly and indirectly: its inputs, their makers, their places … By default exactly what
/// the requirement rules read, in either layer: whoever requires a thing rests on what is delivered to where it is,
/// where such deliveries are recorded, and variants on what their generic requires. Places end the walk, since they
/// fail for want of nothing but the place that they lie in, which is listed, too; one that is asked for is followed to
/// what it requires and to who delivers into it.
/// @note O(nodes and arcs within the depth) and a few bits per vertex of the graph where requirements are arcs (see
///       SnapshotColumns), else O(n + m); where a node was reached over soft dependencies alone, O(n + m)
/// @throws DamagedSnapshot
DependencyReport find_dependencies(const View& view, Vertex node, const ReachOptions& options = {});

/// The part of a graph that changed since its snapshot was made in which a walk is what it is in the whole.
/// @param node  numbered as in `whole`
/// @param dependents  whether it shall be walked from by find_dependents, or by find_dependencies
/// @return a snapshot with the same keys and ids; nullptr where it would be no small one, or, where requirements are no
///         arcs, the walk goes over soft dependencies or through places
/// @throws DamagedSnapshot
std::shared_ptr<const Snapshot> part_of_walk(const DeltaSnapshot& whole, const ViewOptions& view, Vertex node,
                                             bool dependents, const ReachOptions& options, const RecordCounts& counts);

/// The same of a snapshot as it is; nullptr also where the walk costs what it meets anyway.
std::shared_ptr<const Snapshot> part_of_walk(const std::shared_ptr<const Snapshot>& whole, const ViewOptions& view,
                                             Vertex node, bool dependents, const ReachOptions& options,
                                             const RecordCounts& counts);

/// Everything that the requirement rules read on a day, for those who walk it themselves: what find_dependencies goes
/// over by default, whatever it is asked for.
struct RequirementMap {
  struct State {
    Vertex listed = no_vertex;  ///< the node itself, or the item of a delivery
    bool is_delivery = false;
    Vertex customer = no_vertex;  ///< of a delivery; no_vertex: it has none
    bool is_unnamed = false;      ///< a delivery of the unnamed variant
    friend auto operator<=>(const State&, const State&) = default;
  };
  /// Whether the rules read a step, or it is only listed with soft dependencies: on the way from a dependent to what
  /// it depends on, or on the way back. The two differ where the rules read an edge for another state. What says that
  /// a place lies in a place is read, and passes a walk on that ends at places.
  enum class Kind : std::uint8_t { read, soft_ahead, soft_back, lies_in };
  struct Step {
    std::uint32_t from = 0, to = 0;  ///< states: `from` rests on `to`
    Arc arc = no_arc;                ///< no_arc: no edge of its own says so
    Kind kind = Kind::read;
    friend auto operator<=>(const Step&, const Step&) = default;
  };
  std::vector<State> states;  ///< the stored nodes in their order, then deliveries
  std::vector<Step> steps;    ///< sorted
};
/// @param soft  whether steps over soft dependencies are listed, too
/// @param only  [vertices] 1: its steps are read, see RequirementOptions::only; empty: those of all
/// @note O(n + m)
RequirementMap read_requirements(const View& view, bool soft = false, const std::vector<std::uint8_t>& only = {});

/// What depends on `node`, directly and indirectly. Like find_dependencies, against the arcs: a place that lies in
/// `node` fails with it and is walked through, others end the walk.
DependencyReport find_dependents(const View& view, Vertex node, const ReachOptions& options = {});

}  // namespace chokepoint
