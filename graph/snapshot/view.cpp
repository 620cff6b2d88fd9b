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

constexpr std::size_t status_count = 6;

/// Which status values enter the view.
std::array<bool, status_count> admitted_statuses(const ViewOptions& options) {
  std::array<bool, status_count> admitted{};
  admitted[static_cast<std::size_t>(Status::reported)] = true;
  admitted[static_cast<std::size_t>(Status::estimated)] = true;
  for (const Status status : options.include) admitted[static_cast<std::size_t>(status)] = true;
  if (options.include_derived) admitted[static_cast<std::size_t>(Status::derived)] = true;
  return admitted;
}

std::vector<std::uint8_t> admitted_types(const Ontology& ontology, const ViewOptions& options) {
  std::vector<std::uint8_t> admitted(ontology.edge_types().size(), options.edge_types.empty() ? 1 : 0);
  for (const std::uint16_t type : options.edge_types) admitted.at(type) = 1;
  return admitted;
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

/// Of `claims` on one fact, which are all valid on one day and so overlap: the one that counts stays, the others'
/// bits go and are named in `coverage`.
void settle_fact(const SnapshotColumns& columns, std::int32_t day, std::vector<Arc>& claims,
                 std::vector<std::uint64_t>& bits, ViewCoverage& coverage) {
  std::sort(claims.begin(), claims.end(), [&](Arc a, Arc b) {
    const auto rank_a = date_rank(columns.as_of[a], day);
    const auto rank_b = date_rank(columns.as_of[b], day);
    return rank_a != rank_b ? rank_a < rank_b : is_better_claim(columns, a, b);
  });
  for (std::size_t i = 1; i < claims.size(); ++i) {
    clear_bit(bits, claims[i]);
    const bool is_rival = columns.as_of[claims[i]] == columns.as_of[claims.front()];
    (is_rival ? coverage.rivals : coverage.superseded).push_back(claims[i]);
  }
}

std::vector<std::uint64_t> admitted_nodes(const SnapshotColumns& columns, std::int32_t day) {
  const std::size_t n = columns.node_key.size();
  std::vector<std::uint64_t> bits((n + 63) / 64, 0);
  for (std::uint32_t v = 0; v < n; ++v) {
    if (columns.node_from[v] <= day && day < columns.node_to[v]) set_bit(bits, v);
  }
  return bits;
}

/// The edges that pass every filter; rivals and older measures are still among them.
std::vector<std::uint64_t> admitted_edges(const Snapshot& snapshot, const ViewOptions& options,
                                          const std::vector<std::uint64_t>& nodes, ViewCoverage& coverage) {
  const SnapshotColumns& columns = snapshot.columns();
  const Arc m = snapshot.edge_count();
  const std::int32_t day = options.as_of.days;
  const auto statuses = admitted_statuses(options);
  const auto types = admitted_types(snapshot.ontology(), options);
  // Compared as the column stores it, so that a stated 0.7 is not below 0.7; an unstated one is NaN, below nothing.
  const float least = static_cast<float>(options.min_confidence.value_or(0));
  std::vector<std::uint64_t> bits((m + std::size_t{63}) / 64, 0);
  for (Arc e = 0; e < m; ++e) {
    if (options.edge_mask && (*options.edge_mask)[e] == 0) continue;
    if (types[columns.edge_type[e]] == 0) continue;
    if (columns.valid_from[e] > day || day >= columns.valid_to[e] || !has_bit(nodes, columns.from[e]) ||
        !has_bit(nodes, columns.to[e])) {
      ++coverage.edges_of_other_days;
    } else if (!statuses[columns.status[e]]) {
      ++coverage.edges_of_other_status;
    } else if (columns.confidence[e] < least) {
      ++coverage.edges_below_confidence;
    } else {
      set_bit(bits, e);
    }
  }
  return bits;
}

/// Leaves one claim of each fact. Claims on one fact stand in one run of edges with equal (from, type, to).
void settle_claims(const Snapshot& snapshot, std::int32_t day, std::vector<std::uint64_t>& bits,
                   ViewCoverage& coverage) {
  const SnapshotColumns& columns = snapshot.columns();
  const Arc m = snapshot.edge_count();
  std::vector<Arc> run;
  std::vector<Arc> claims;
  for (Arc first = 0; first < m;) {
    Arc last = first + 1;
    while (last < m && columns.from[last] == columns.from[first] && columns.to[last] == columns.to[first] &&
           columns.edge_type[last] == columns.edge_type[first]) {
      ++last;
    }
    run.clear();
    for (Arc e = first; e < last && last - first > 1; ++e) {
      if (has_bit(bits, e)) run.push_back(e);
    }
    std::stable_sort(run.begin(), run.end(), [&](Arc a, Arc b) { return columns.claim[a] < columns.claim[b]; });
    for (std::size_t i = 0; i < run.size();) {
      claims.clear();
      const std::uint64_t fact = columns.claim[run[i]];
      for (; i < run.size() && columns.claim[run[i]] == fact; ++i) claims.push_back(run[i]);
      settle_fact(columns, day, claims, bits, coverage);
    }
    first = last;
  }
  std::sort(coverage.superseded.begin(), coverage.superseded.end());
  std::sort(coverage.rivals.begin(), coverage.rivals.end());
}

}  // namespace

View::View(std::shared_ptr<const Snapshot> snapshot, ViewOptions options)
    : snapshot_(std::move(snapshot)), options_(std::move(options)) {
  assert(!options_.edge_mask || options_.edge_mask->size() == snapshot_->edge_count());
  const std::int32_t day = options_.as_of.days;
  nodes_ = admitted_nodes(snapshot_->columns(), day);
  edges_ = admitted_edges(*snapshot_, options_, nodes_, coverage_);
  settle_claims(*snapshot_, day, edges_, coverage_);
}

}  // namespace chokepoint
