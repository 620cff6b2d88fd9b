#include "chokepoint/query/stats.hpp"

#include "chokepoint/snapshot/delta_snapshot.hpp"

#include <array>
#include <utility>

namespace chokepoint {

namespace {

constexpr std::array all_statuses{Status::reported, Status::estimated,   Status::forecast,
                                  Status::planned,  Status::recommended, Status::derived};

RecordTally status_counts(const RecordCounts& kept) {
  RecordTally out;
  for (const Status status : all_statuses)
    out.emplace_back(to_string(status), kept.statuses[static_cast<std::size_t>(status)]);
  return out;
}

template <typename Type>
RecordTally type_counts(const std::vector<Type>& types, const std::vector<std::int64_t>& kept) {
  RecordTally out;
  for (std::size_t i = 0; i < types.size(); ++i) out.emplace_back(types[i].id, kept[i]);
  return out;
}

std::int64_t sum(const RecordTally& counts) {
  std::int64_t total = 0;
  for (const auto& [name, count] : counts) total += count;
  return total;
}

/// What counts on the session's day: the kept changes up to it, and the edges that others contest, which are looked at
/// one by one. O(changes + contested edges)
void count_day(Session& session, const RecordCounts& kept, StatsResult& totals) {
  std::int64_t nodes = 0, edges = 0;
  for (const RecordCounts::Change& change : kept.changes) {
    if (change.day > session.as_of().days) break;
    nodes += change.nodes;
    edges += change.edges;
  }
  std::uint64_t rivals = 0;
  const auto look = [&](const std::shared_ptr<const Snapshot>& snapshot, const auto& is_meant) {
    ViewOptions options;
    options.as_of = session.as_of();
    options.include_derived = true;
    const View view = View::local(snapshot, std::move(options));
    for (const Arc e : snapshot->columns().claim.contested()) {
      if (!is_meant(e)) continue;
      const Fate fate = view.fate(e);
      edges += fate == Fate::counts ? 1 : 0;
      rivals += fate == Fate::rival ? 1U : 0U;
    }
  };
  const auto all = [](Arc) { return true; };
  if (const DeltaSnapshot* delta = session.delta()) {
    look(delta->base(), [&](Arc e) { return !delta->is_old(e); });
    look(delta->shared_rows(), all);
  } else {
    look(session.local_snapshot(), all);
  }
  totals.nodes_of_day = static_cast<std::uint64_t>(nodes);
  totals.edges_of_day = static_cast<std::uint64_t>(edges);
  totals.rivals = rivals;
}

StatsResult count(Session& session) {
  const RecordCounts kept = session.record_counts();
  StatsResult totals;
  totals.node_types = type_counts(session.ontology().node_types(), kept.node_types);
  totals.edge_types = type_counts(session.ontology().edge_types(), kept.edge_types);
  totals.records = {{"nodes", sum(totals.node_types)},
                    {"edges", sum(totals.edge_types)},
                    {"observations", kept.observations},
                    {"sources", kept.sources},
                    {"datasets", kept.datasets}};
  totals.statuses = status_counts(kept);
  count_day(session, kept, totals);
  return totals;
}

}  // namespace

StatsResult count_records(Session& session) {
  return session.on_sound_snapshot([&] { return count(session); });
}

}  // namespace chokepoint
