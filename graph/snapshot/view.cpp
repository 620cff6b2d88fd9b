#include "chokepoint/snapshot/view.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

/// Which status values enter the view; what is none of them, in a damaged file, does not.
std::array<bool, 8> admitted_statuses(const ViewOptions& options) {
  std::array<bool, 8> admitted{};
  admitted[static_cast<std::size_t>(Status::reported)] = true;
  admitted[static_cast<std::size_t>(Status::estimated)] = true;
  for (const Status status : options.include) admitted[static_cast<std::size_t>(status)] = true;
  if (options.include_derived) admitted[static_cast<std::size_t>(Status::derived)] = true;
  return admitted;
}

/// What each gate byte tells under these options.
std::array<std::uint8_t, 256> gates_of(const Snapshot& snapshot, const ViewOptions& options) {
  std::array<std::uint8_t, 256> gates{};
  gates.fill(static_cast<std::uint8_t>(Gate::ask));
  const bool is_settled =
      options.as_of.days >= snapshot.columns().settled_from && options.as_of.days < snapshot.columns().settled_until;
  if (!is_settled || options.edge_mask || !options.edge_types.empty()) return gates;
  for (std::size_t type = 0; type < gate_type_mask; ++type) {
    const auto place = [&](Gate gate) { return type | static_cast<std::size_t>(gate) << gate_shift; };
    gates[place(Gate::closed)] = static_cast<std::uint8_t>(Gate::closed);
    if (!options.min_confidence) gates[place(Gate::open)] = static_cast<std::uint8_t>(Gate::open);
  }
  return gates;
}

void set_bit(std::vector<std::uint64_t>& bits, std::uint32_t place) {
  bits[place >> 6U] |= std::uint64_t{1} << (place & 63U);
}

bool has_bit(const std::vector<std::uint64_t>& bits, std::uint32_t place) {
  return (bits[place >> 6U] >> (place & 63U)) & 1U;
}

void clear_bit(std::vector<std::uint64_t>& bits, std::uint32_t place) {
  bits[place >> 6U] &= ~(std::uint64_t{1} << (place & 63U));
}

/// How well a measure's date suits `day`; smaller is better: the latest date up to the day, an undated one after
/// every dated one, then the earliest later date.
std::pair<bool, std::int64_t> date_rank(std::int32_t as_of, std::int32_t day) {
  return as_of <= day ? std::pair{false, -std::int64_t{as_of}} : std::pair{true, std::int64_t{as_of}};
}

/// Order of rival claims, best first: higher confidence with absent lowest, then status as enumerated, then the later
/// source, then the lower id (rivals are numbered by id).
bool is_better_claim(const SnapshotColumns& columns, Arc a, Arc b) {
  const auto rank = [&](Arc e) {
    const float stated = columns.confidence[e];
    const float confidence = std::isnan(stated) ? -1.0F : stated;
    return std::tuple(-confidence, columns.status[e], -std::int64_t{columns.source_day[e]}, e);
  };
  return rank(a) < rank(b);
}

/// Whether of two claims on one fact, or measures of it, `a` counts before `b` where both state what is asked for.
bool stands_before(const SnapshotColumns& columns, std::int32_t day, Arc a, Arc b) {
  const auto rank = date_rank(columns.as_of[a], day);
  const auto other = date_rank(columns.as_of[b], day);
  return rank < other || (rank == other && is_better_claim(columns, a, b));
}

/// The same for the edge that stands for the fact: one that states a share is never hidden by one that does not.
bool stands_for(const SnapshotColumns& columns, std::int32_t day, Arc a, Arc b) {
  const bool is_unstated = std::isnan(columns.share[a]);
  if (is_unstated != std::isnan(columns.share[b])) return !is_unstated;
  return stands_before(columns, day, a, b);
}

}  // namespace

View::View(std::shared_ptr<const Snapshot> snapshot, ViewOptions options)
    : View(local(std::move(snapshot), std::move(options))) {
  look_at_all();
  settle_claims();
  is_local_ = false;
}

View View::local(std::shared_ptr<const Snapshot> snapshot, ViewOptions options) {
  assert(!options.edge_mask || options.edge_mask->size() == snapshot->edge_count());
  View view;
  view.snapshot_ = std::move(snapshot);
  view.options_ = std::move(options);
  view.is_local_ = true;
  view.statuses_ = admitted_statuses(view.options_);
  const auto& types = view.options_.edge_types;
  view.types_.assign(view.snapshot_->ontology().edge_types().size(), types.empty() ? 1 : 0);
  for (const std::uint16_t type : types) view.types_.at(type) = 1;
  view.gates_ = gates_of(*view.snapshot_, view.options_);
  return view;
}

/// Everything but the other claims on the same fact.
Fate View::fate_alone(Arc e) const {
  const SnapshotColumns& columns = snapshot_->columns();
  if (e >= snapshot_->edge_count()) throw DamagedSnapshot("names an edge that is not there");
  if (options_.edge_mask && (*options_.edge_mask)[e] == 0) return Fate::unwanted;
  const std::uint16_t type = columns.edge_type[e];
  const Vertex from = columns.from[e];
  const Vertex to = columns.to[e];
  if (type >= types_.size() || from >= snapshot_->vertex_count() || to >= snapshot_->vertex_count())
    throw DamagedSnapshot("names a node or a type that is not there");
  if (types_[type] == 0) return Fate::unwanted;
  const std::int32_t day = options_.as_of.days;
  if (columns.valid_from[e] > day || day >= columns.valid_to[e] || !has_node(from) || !has_node(to))
    return Fate::other_day;
  if (!statuses_[columns.status[e] & 7U]) return Fate::other_status;
  // Compared as the column stores it, so that a stated 0.7 is not below 0.7; an unstated one is NaN, below nothing.
  if (columns.confidence[e] < static_cast<float>(options_.min_confidence.value_or(0))) return Fate::low_confidence;
  return Fate::counts;
}

/// Calls `visit(other)` for the other claims on a fact that count but for each other. They stand in one run of edges
/// with equal (from, type, to).
template <typename Visit>
void View::for_each_claim(Arc e, Visit visit) const {
  const SnapshotColumns& columns = snapshot_->columns();
  const std::uint64_t fact = columns.claim[e];
  const auto in_run = [&](Arc other) {
    return columns.from[other] == columns.from[e] && columns.to[other] == columns.to[e] &&
           columns.edge_type[other] == columns.edge_type[e];
  };
  const auto consider = [&](Arc other) {
    if (columns.claim[other] == fact && fate_alone(other) == Fate::counts) visit(other);
  };
  for (Arc other = e; other-- > 0 && in_run(other);) consider(other);
  for (Arc other = e + 1; other < snapshot_->edge_count() && in_run(other); ++other) consider(other);
}

Fate View::fate_among_claims(Arc e) const {
  const SnapshotColumns& columns = snapshot_->columns();
  Arc best = e;
  for_each_claim(e, [&](Arc other) {
    if (stands_for(columns, options_.as_of.days, other, best)) best = other;
  });
  if (best == e) return Fate::counts;
  return columns.as_of[best] == columns.as_of[e] ? Fate::rival : Fate::superseded;
}

float View::performance(Arc e) const {
  const SnapshotColumns& columns = snapshot_->columns();
  Arc best = e;
  if (columns.claim.is_contested(e)) {
    for_each_claim(e, [&](Arc other) {
      if (std::isnan(columns.performance[other])) return;
      const bool is_first = std::isnan(columns.performance[best]);
      if (is_first || stands_before(columns, options_.as_of.days, other, best)) best = other;
    });
  }
  return columns.performance[best];
}

Fate View::fate(Arc e) const {
  const SnapshotColumns& columns = snapshot_->columns();
  if (e >= snapshot_->edge_count()) throw DamagedSnapshot("names an edge that is not there");
  switch (gate(columns.gate[e])) {
    case Gate::open: return Fate::counts;
    case Gate::closed: return Fate::other_day;
    case Gate::ask: break;
  }
  const Fate alone = fate_alone(e);
  return alone == Fate::counts && columns.claim.is_contested(e) ? fate_among_claims(e) : alone;
}

/// The nodes of the day, and the edges that pass every filter; rivals and older measures are still among them.
void View::look_at_all() {
  const SnapshotColumns& columns = snapshot_->columns();
  const Vertex n = snapshot_->vertex_count();
  const Arc m = snapshot_->edge_count();
  nodes_.assign((n + std::size_t{63}) / 64, 0);
  for (Vertex v = 0; v < n; ++v) {
    if (has_node(v)) set_bit(nodes_, v);
  }
  edges_.assign((m + std::size_t{63}) / 64, 0);
  for (Arc e = 0; e < m; ++e) {
    const Gate known = gate(columns.gate[e]);
    const Fate fate = known == Gate::open ? Fate::counts : known == Gate::closed ? Fate::other_day : fate_alone(e);
    if (fate == Fate::counts) set_bit(edges_, e);
    coverage_.edges_of_other_days += fate == Fate::other_day ? 1U : 0U;
    coverage_.edges_of_other_status += fate == Fate::other_status ? 1U : 0U;
    coverage_.edges_below_confidence += fate == Fate::low_confidence ? 1U : 0U;
  }
}

/// Leaves one claim of each fact; the others' bits go and are named in the coverage.
void View::settle_claims() {
  const SnapshotColumns& columns = snapshot_->columns();
  const std::int32_t day = options_.as_of.days;
  const auto contested = columns.claim.contested();
  // Claims on one fact are gathered by their number; equal ones by edge, which is by id.
  std::vector<std::pair<std::uint32_t, Arc>> claims;
  for (std::size_t i = 0; i < contested.size(); ++i) {
    if (contested[i] >= snapshot_->edge_count()) throw DamagedSnapshot("names an edge that is not there");
    if (has_bit(edges_, contested[i])) claims.emplace_back(columns.claim.claims()[i], contested[i]);
  }
  std::sort(claims.begin(), claims.end());
  for (std::size_t first = 0; first < claims.size();) {
    std::size_t last = first + 1;
    while (last < claims.size() && claims[last].first == claims[first].first) ++last;
    Arc best = claims[first].second;
    for (std::size_t i = first + 1; i < last; ++i) {
      if (stands_for(columns, day, claims[i].second, best)) best = claims[i].second;
    }
    for (std::size_t i = first; i < last; ++i) {
      const Arc other = claims[i].second;
      if (other == best) continue;
      clear_bit(edges_, other);
      const bool is_rival = columns.as_of[other] == columns.as_of[best];
      (is_rival ? coverage_.rivals : coverage_.superseded).push_back(other);
    }
    first = last;
  }
  std::sort(coverage_.superseded.begin(), coverage_.superseded.end());
  std::sort(coverage_.rivals.begin(), coverage_.rivals.end());
}

}  // namespace chokepoint
