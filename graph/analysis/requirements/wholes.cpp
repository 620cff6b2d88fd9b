#include "chokepoint/analysis/wholes.hpp"

#include "analysis/requirements/roles.hpp"

#include <algorithm>
#include <map>

namespace chokepoint {

namespace {

/// Written percentages are off by rounding, those of several parts by more; so sums of shares are, see SupplierReader.
constexpr double rounding = 0.015 + 1e-6;
constexpr double least_rest = 1e-9;

}  // namespace

Wholes::Wholes(const View& view) : view_(&view) {
  const Snapshot& snapshot = view.snapshot();
  const auto& types = snapshot.ontology().edge_types();
  std::vector<bool> is_part(types.size());
  for (std::size_t type = 0; type < types.size(); ++type) is_part[type] = types[type].role == Role::part;
  if (std::find(is_part.begin(), is_part.end(), true) == is_part.end()) return;
  const SnapshotColumns& columns = snapshot.columns();
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    if (!is_part[columns.edge_type[e]] || !view.has_edge(e)) continue;
    has_parts_.resize(snapshot.vertex_count());
    has_parts_[columns.to[e]] = true;
  }
}

/// What `v` is part of, directly or through others.
std::vector<Vertex> Wholes::climb(Vertex v) const {
  std::vector<Vertex> above{v};
  for (std::size_t i = 0; i < above.size(); ++i)
    detail::for_each_out(*view_, Role::part, above[i], [&](Arc e) {
      const Vertex whole = view_->snapshot().columns().to[e];
      if (std::find(above.begin(), above.end(), whole) == above.end()) above.push_back(whole);
    });
  above.erase(above.begin());
  return above;
}

/// The members that others are part of, each with those, the innermost first.
std::vector<Wholes::Whole> Wholes::find(std::span<const RequirementMember> members) const {
  std::vector<Whole> wholes;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!has_parts_[members[i].node] || members[i].is_unknown) continue;
    if (wholes.empty() || wholes.back().node != members[i].node) wholes.push_back({members[i].node, {}, {}});
    wholes.back().rows.push_back(i);
  }
  if (wholes.empty()) return {};
  std::map<Vertex, std::vector<Vertex>> above;
  for (const RequirementMember& member : members)
    if (const auto [found, is_new] = above.try_emplace(member.node); is_new) found->second = climb(member.node);
  const auto is_inside = [&](Vertex part, Vertex whole) {
    return std::find(above[part].begin(), above[part].end(), whole) != above[part].end();
  };
  for (Whole& whole : wholes)
    for (std::size_t i = 0; i < members.size(); ++i) {
      const Vertex part = members[i].node;
      // Two that are part of each other are neither's part.
      if (is_inside(part, whole.node) && !is_inside(whole.node, part)) whole.parts.push_back(i);
    }
  // What is inside has fewer parts than what it is inside of.
  std::stable_sort(wholes.begin(), wholes.end(),
                   [](const Whole& a, const Whole& b) { return a.parts.size() < b.parts.size(); });
  return wholes;
}

WholesReading Wholes::take_parts_off(std::vector<RequirementMember>& members, std::size_t first) {
  WholesReading reading;
  if (has_parts_.empty()) return reading;
  const std::span<RequirementMember> group = std::span(members).subspan(first);
  std::vector<bool> is_out(group.size());
  for (const Whole& whole : find(group)) {
    if (whole.parts.empty()) continue;
    double least = 0, most = 0;
    bool is_unknown = false;
    for (const std::size_t part : whole.parts) {
      least += group[part].share_low;
      most += group[part].share_high;
      is_unknown |= group[part].is_unknown;
    }
    for (const std::size_t row : whole.rows) {
      RequirementMember& member = group[row];
      const double low_off = std::min(most, member.share_low), high_off = std::min(least, member.share_high);
      member.share_low -= low_off;
      member.share_high -= high_off;
      most -= low_off;
      least -= high_off;
      is_out[row] = member.share_high < least_rest || (is_unknown && member.is_minor);
      if (!is_unknown && !is_out[row]) reading.taken_off += high_off;
      if (!is_unknown || is_out[row]) continue;
      member.is_unknown = true;
      member.share_low = 0;
      member.share_high = 1;
    }
    reading.exceeds |= least > rounding;
  }
  std::size_t kept = first;
  for (std::size_t i = 0; i < is_out.size(); ++i)
    if (!is_out[i]) members[kept++] = members[first + i];
  members.resize(kept);
  return reading;
}

}  // namespace chokepoint
