#include "chokepoint/snapshot/delta_snapshot.hpp"

#include "snapshot/record_tally.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

DeltaSnapshot::DeltaSnapshot(std::shared_ptr<const Snapshot> base, SnapshotDelta delta)
    : base_(std::move(base)), delta_(std::move(delta)) {
  const Vertex n = base_->vertex_count();
  for (Vertex row = 0; row < rows().vertex_count(); ++row) {
    const auto of_base = base_->find(rows().id(row));
    numbers_.push_back(of_base ? *of_base : n + static_cast<Vertex>(only_in_rows_.size()));
    if (!of_base) only_in_rows_.push_back(row);
    row_of_.emplace(numbers_.back(), row);
  }
}

std::shared_ptr<const DeltaSnapshot> unchanged(std::shared_ptr<const Snapshot> snapshot) {
  SnapshotDelta nothing;
  nothing.rows = SnapshotBuilder(snapshot->shared_ontology()).build(snapshot->columns().settled_from);
  return std::make_shared<const DeltaSnapshot>(std::move(snapshot), std::move(nothing));
}

std::shared_ptr<const DeltaSnapshot> unchanged_if_large(std::shared_ptr<const Snapshot> snapshot) {
  constexpr Arc few = 50'000;
  return snapshot->edge_count() < few ? nullptr : unchanged(std::move(snapshot));
}

std::string_view DeltaSnapshot::id(Vertex v) const {
  if (const auto row = row_of_.find(v); row != row_of_.end()) return rows().id(row->second);
  return base_->id(v);
}

Layer DeltaSnapshot::layer(Vertex v) const {
  if (const auto row = row_of_.find(v); row != row_of_.end()) return rows().layer(row->second);
  return base_->layer(v);
}

std::uint64_t DeltaSnapshot::edge_count() const {
  std::uint64_t old = 0;
  for (const auto& [first, last] : delta_.old_edges) old += last - first;
  return base_->edge_count() - old + rows().edge_count();
}

std::optional<Vertex> DeltaSnapshot::find(std::string_view id) const {
  if (const auto row = rows().find(id)) return numbers_[*row];
  const auto of_base = base_->find(id);
  if (!of_base || is_old_node(*of_base)) return std::nullopt;
  return of_base;
}

bool DeltaSnapshot::is_old_node(Vertex v) const {
  return std::binary_search(delta_.old_nodes.begin(), delta_.old_nodes.end(), v);
}

bool DeltaSnapshot::is_old(Arc e) const {
  if (delta_.old_edges.empty()) return false;
  const auto after = std::upper_bound(delta_.old_edges.begin(), delta_.old_edges.end(), e,
                                      [](Arc arc, const auto& range) { return arc < range.first; });
  return after != delta_.old_edges.begin() && e < std::prev(after)->second;
}

bool DeltaSnapshot::is_touched(Vertex row) const { return !is_of_base(numbers_[row]) || is_old_node(numbers_[row]); }

RecordCounts DeltaSnapshot::counts(RecordCounts of_base) const {
  detail::RecordTally tally(std::move(of_base));
  for (const Vertex v : delta_.old_nodes) tally.add_node(*base_, v, -1);
  for_each_old_edge([&](Arc e) { tally.add_edge(*base_, e, -1); });
  for (Vertex row = 0; row < rows().vertex_count(); ++row)
    if (is_touched(row)) tally.add_node(rows(), row, 1);
  for (Arc e = 0; e < rows().edge_count(); ++e) tally.add_edge(rows(), e, 1);
  return std::move(tally).take();
}

ViewCoverage DeltaSnapshot::coverage(const View& base) const {
  ViewCoverage whole = base.coverage();
  for_each_old_edge([&](Arc e) {
    switch (base.fate(e)) {
      case Fate::other_day: --whole.edges_of_other_days; break;
      case Fate::other_status: --whole.edges_of_other_status; break;
      case Fate::low_confidence: --whole.edges_below_confidence; break;
      default: break;
    }
  });
  const auto drop_old = [this](std::vector<Arc>& arcs) { std::erase_if(arcs, [this](Arc e) { return is_old(e); }); };
  drop_old(whole.superseded);
  drop_old(whole.rivals);
  const View own(delta_.rows, base.options());
  const ViewCoverage& more = own.coverage();
  whole.edges_of_other_days += more.edges_of_other_days;
  whole.edges_of_other_status += more.edges_of_other_status;
  whole.edges_below_confidence += more.edges_below_confidence;
  whole.superseded.insert(whole.superseded.end(), more.superseded.size(), no_arc);
  whole.rivals.insert(whole.rivals.end(), more.rivals.size(), no_arc);
  return whole;
}

}  // namespace chokepoint
