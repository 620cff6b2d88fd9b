#include "analysis/requirements/ruled_part.hpp"

#include "analysis/requirements/marked_part.hpp"
#include "analysis/requirements/rule_neighbourhood.hpp"

#include <utility>

namespace chokepoint::detail {

namespace {

std::shared_ptr<const Snapshot> part_of(RuleNeighbourhood& neighbourhood) {
  return neighbourhood.spread() ? neighbourhood.part() : nullptr;
}

}  // namespace

std::shared_ptr<const Snapshot> ruled_part_of_targets(const DeltaSnapshot& whole, std::span<const View> bases,
                                                      const std::vector<Vertex>& targets, const RecordCounts& counts) {
  RuleNeighbourhood neighbourhood(whole, counts, RuleNeighbourhood::Aim::answer, most_of_a_part(counts));
  for (const Vertex v : targets) neighbourhood.add(v, need_read);
  // The anonymous rest of a supply may lie in any place that fails, and places fail with those they are in.
  const Column<std::uint8_t>& layer = whole.base()->columns().node_layer;
  for (Vertex v = 0; v < whole.base()->vertex_count(); ++v)
    if (static_cast<Layer>(layer[v]) == Layer::place) neighbourhood.add(v, need_read);
  for (Vertex row = 0; row < whole.rows().vertex_count(); ++row)
    if (whole.rows().layer(row) == Layer::place) neighbourhood.add(whole.number_of_row(row), need_read);
  for (const View& base : bases) neighbourhood.obey_policies(base);
  return part_of(neighbourhood);
}

std::shared_ptr<const Snapshot> ruled_part_of_loss(const DeltaSnapshot& whole, const View& base,
                                                   const std::vector<Vertex>& lost, bool in_part,
                                                   const RecordCounts& counts) {
  RuleNeighbourhood neighbourhood(whole, counts, RuleNeighbourhood::Aim::answer, most_of_a_part(counts));
  neighbourhood.obey_policies(base);
  neighbourhood.begin_loss(in_part);
  for (const Vertex v : lost) neighbourhood.add(v, need_touched);
  return part_of(neighbourhood);
}

std::shared_ptr<const Snapshot> ruled_part_of_walk(const DeltaSnapshot& whole, Vertex node, bool dependents,
                                                   const RecordCounts& counts) {
  RuleNeighbourhood neighbourhood(whole, counts, RuleNeighbourhood::Aim::walk, most_of_a_part(counts));
  neighbourhood.add(node, need_start | (dependents ? need_touched : need_read));
  return part_of(neighbourhood);
}

}  // namespace chokepoint::detail
