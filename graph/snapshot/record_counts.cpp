#include "chokepoint/snapshot/record_counts.hpp"

#include "chokepoint/snapshot/snapshot.hpp"
#include "snapshot/record_tally.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

namespace chokepoint {

namespace {

/// Gathers what comes and goes by day: most days are of two centuries, and millions of edges ask for theirs.
class ChangeBook {
 public:
  ChangeBook() : near_(static_cast<std::size_t>(near_until - near_from)) {}
  void add(detail::Days days, std::int64_t RecordCounts::Change::*what) {
    if (days.from >= days.to) return;
    of(days.from).*what += 1;
    if (days.to != day_open_to) of(days.to).*what -= 1;
  }
  [[nodiscard]] std::vector<RecordCounts::Change> list() const {
    std::vector<RecordCounts::Change> out;
    const auto add = [&](std::int32_t day, RecordCounts::Change change) {
      change.day = day;
      if (change.nodes != 0 || change.edges != 0) out.push_back(change);
    };
    for (const auto& [day, change] : far_)
      if (day < near_from) add(day, change);
    for (std::size_t i = 0; i < near_.size(); ++i) add(near_from + static_cast<std::int32_t>(i), near_[i]);
    for (const auto& [day, change] : far_)
      if (day >= near_until) add(day, change);
    return out;
  }

 private:
  static constexpr std::int32_t near_from = -25'567, near_until = 47'482;  // 1900 to 2099

  RecordCounts::Change& of(std::int32_t day) {
    const bool is_near = near_from <= day && day < near_until;
    return is_near ? near_[static_cast<std::size_t>(day - near_from)] : far_[day];
  }
  std::vector<RecordCounts::Change> near_;
  std::map<std::int32_t, RecordCounts::Change> far_;
};

void append(std::string& bytes, std::int64_t number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Reads numbers one after the other.
class NumberReader {
 public:
  explicit NumberReader(std::string_view bytes) : bytes_(bytes) {}
  std::int64_t next() {
    std::int64_t number = 0;
    if (bytes_.size() < sizeof number) refuse();
    std::memcpy(&number, bytes_.data(), sizeof number);
    bytes_.remove_prefix(sizeof number);
    return number;
  }
  /// A number of things, none of which is less than none.
  std::int64_t count() {
    const std::int64_t number = next();
    if (number < 0) refuse();
    return number;
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size() / sizeof(std::int64_t); }
  void require_end() const {
    if (!bytes_.empty()) refuse();
  }
  [[noreturn]] static void refuse() { throw DamagedSnapshot("counts what cannot be"); }

 private:
  std::string_view bytes_;
};

}  // namespace

bool detail::counts_on_its_days(std::uint8_t status) {
  return status == static_cast<std::uint8_t>(Status::reported) ||
         status == static_cast<std::uint8_t>(Status::estimated) || status == static_cast<std::uint8_t>(Status::derived);
}

detail::Days detail::days_of_node(const Snapshot& snapshot, Vertex v) {
  return {snapshot.columns().node_from[v], snapshot.columns().node_to[v]};
}

detail::Days detail::days_of_edge(const Snapshot& snapshot, Arc e) {
  const SnapshotColumns& c = snapshot.columns();
  const Vertex from = c.from[e], to = c.to[e];
  return {std::max({c.valid_from[e], c.node_from[from], c.node_from[to]}),
          std::min({c.valid_to[e], c.node_to[from], c.node_to[to]})};
}

void detail::RecordTally::add_node(const Snapshot& snapshot, Vertex v, std::int64_t times) {
  const std::uint16_t type = snapshot.columns().node_type[v];
  if (type >= counts_.node_types.size()) throw DamagedSnapshot("names a node type that is not there");
  counts_.node_types[type] += times;
  add(days_of_node(snapshot, v), times, &RecordCounts::Change::nodes);
}

void detail::RecordTally::add_edge(const Snapshot& snapshot, Arc e, std::int64_t times) {
  const SnapshotColumns& c = snapshot.columns();
  // A file that nobody verified may say anything.
  if (c.edge_type[e] >= counts_.edge_types.size() || c.status[e] >= counts_.statuses.size() ||
      c.from[e] >= snapshot.vertex_count() || c.to[e] >= snapshot.vertex_count())
    throw DamagedSnapshot("names a node or a type that is not there");
  counts_.edge_types[c.edge_type[e]] += times;
  counts_.statuses[c.status[e]] += times;
  if (!c.claim.is_contested(e) && counts_on_its_days(c.status[e]))
    add(days_of_edge(snapshot, e), times, &RecordCounts::Change::edges);
}

void detail::RecordTally::add(Days days, std::int64_t times, std::int64_t RecordCounts::Change::*what) {
  if (days.from >= days.to) return;
  const auto note = [&](std::int32_t day, std::int64_t count) {
    RecordCounts::Change change{day};
    change.*what = count;
    changes_.push_back(change);
  };
  note(days.from, times);
  if (days.to != day_open_to) note(days.to, -times);
}

RecordCounts detail::RecordTally::take() && {
  const auto by_day = [](const auto& a, const auto& b) { return a.day < b.day; };
  std::stable_sort(changes_.begin(), changes_.end(), by_day);
  std::vector<RecordCounts::Change> all, summed;
  std::merge(counts_.changes.begin(), counts_.changes.end(), changes_.begin(), changes_.end(), std::back_inserter(all),
             by_day);
  for (const RecordCounts::Change& change : all) {
    if (summed.empty() || summed.back().day != change.day) summed.push_back({change.day});
    summed.back().nodes += change.nodes;
    summed.back().edges += change.edges;
  }
  std::erase_if(summed, [](const RecordCounts::Change& change) { return change.nodes == 0 && change.edges == 0; });
  counts_.changes = std::move(summed);
  return std::move(counts_);
}

RecordCounts counts_of(const Snapshot& snapshot) {
  const SnapshotColumns& c = snapshot.columns();
  RecordCounts counts;
  counts.node_types.resize(snapshot.ontology().node_types().size());
  counts.edge_types.resize(snapshot.ontology().edge_types().size());
  ChangeBook changes;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    ++counts.node_types.at(c.node_type[v]);
    changes.add(detail::days_of_node(snapshot, v), &RecordCounts::Change::nodes);
  }
  const auto contested = c.claim.contested();
  auto next_contested = contested.begin();
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    ++counts.edge_types.at(c.edge_type[e]);
    ++counts.statuses.at(c.status[e]);
    if (next_contested != contested.end() && *next_contested == e) {
      ++next_contested;
      continue;
    }
    if (detail::counts_on_its_days(c.status[e]))
      changes.add(detail::days_of_edge(snapshot, e), &RecordCounts::Change::edges);
  }
  counts.changes = changes.list();
  return counts;
}

std::string packed(const RecordCounts& counts) {
  std::string bytes;
  for (const std::size_t size : {counts.node_types.size(), counts.edge_types.size(), counts.changes.size()})
    append(bytes, static_cast<std::int64_t>(size));
  for (const std::int64_t count : counts.node_types) append(bytes, count);
  for (const std::int64_t count : counts.edge_types) append(bytes, count);
  for (const std::int64_t count : counts.statuses) append(bytes, count);
  for (const std::int64_t count : {counts.observations, counts.sources, counts.datasets}) append(bytes, count);
  for (const RecordCounts::Change& change : counts.changes)
    for (const std::int64_t number : {std::int64_t{change.day}, change.nodes, change.edges}) append(bytes, number);
  return bytes;
}

RecordCounts unpacked_counts(std::string_view bytes, std::size_t node_types, std::size_t edge_types, bool by_day) {
  constexpr std::size_t numbers_of_a_change = 3;
  NumberReader in(bytes);
  if (in.next() != static_cast<std::int64_t>(node_types) || in.next() != static_cast<std::int64_t>(edge_types))
    NumberReader::refuse();
  const auto changes = static_cast<std::uint64_t>(in.count());
  RecordCounts counts;
  for (std::size_t i = 0; i < node_types; ++i) counts.node_types.push_back(in.count());
  for (std::size_t i = 0; i < edge_types; ++i) counts.edge_types.push_back(in.count());
  for (std::int64_t& count : counts.statuses) count = in.count();
  counts.observations = in.count();
  counts.sources = in.count();
  counts.datasets = in.count();
  if (changes > in.left() / numbers_of_a_change) NumberReader::refuse();
  if (!by_day) return counts;
  counts.changes.resize(changes);
  for (RecordCounts::Change& change : counts.changes) {
    const std::int64_t day = in.next();
    if (day < std::numeric_limits<std::int32_t>::min() || day > std::numeric_limits<std::int32_t>::max())
      NumberReader::refuse();
    change.day = static_cast<std::int32_t>(day);
    change.nodes = in.next();
    change.edges = in.next();
  }
  in.require_end();
  return counts;
}

}  // namespace chokepoint
