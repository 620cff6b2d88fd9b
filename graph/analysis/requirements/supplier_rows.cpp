#include "analysis/requirements/supplier_rows.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace chokepoint::detail {

namespace {

// Sums of written percentages are off by rounding; the bounds themselves are met despite binary fractions.
constexpr double sum_tolerance = 1e-6;
constexpr double least_full_sum = 0.985 - sum_tolerance;
constexpr double most_full_sum = 1.05 + sum_tolerance;

/// The market that the shares of a group are about: none when a row names none, else the only one; `split` when
/// there are several, whose shares cannot be compared.
struct Frame {
  Vertex market = no_vertex;
  bool is_split = false;
};

Frame frame_of(const SnapshotColumns& columns, const std::vector<SupplierRow>& rows) {
  Frame frame{rows.empty() ? no_vertex : columns.market[rows.front().arc], false};
  for (const SupplierRow& row : rows) {
    const Vertex market = columns.market[row.arc];
    if (market == no_vertex) return {no_vertex, false};
    frame.is_split |= market != frame.market;
  }
  return frame;
}

/// Keeps, of the rows of one supplier [first, last), those that are neither repetitions nor parts of another.
void drop_repetitions(const SnapshotColumns& columns, const Frame& frame, std::vector<SupplierRow>::iterator first,
                      std::vector<SupplierRow>::iterator last, std::vector<SupplierRow>& kept) {
  if (last - first == 1) {
    kept.push_back(*first);
    return;
  }
  const auto in_frame = [&](const SupplierRow& row) {
    return !frame.is_split && columns.market[row.arc] == frame.market;
  };
  const auto rank = [&](const SupplierRow& row) {
    const float stated = columns.confidence[row.arc];
    return std::tuple(!in_frame(row), columns.origin[row.arc] != no_vertex, columns.origin[row.arc],
                      std::isnan(columns.share[row.arc]), std::isnan(stated) ? 1.0F : -stated, row.arc);
  };
  std::sort(first, last, [&](const SupplierRow& a, const SupplierRow& b) { return rank(a) < rank(b); });
  const bool is_framed = in_frame(*first);
  const bool has_whole = columns.origin[first->arc] == no_vertex;
  const auto by_origin = has_whole
                             ? std::find_if(first, last,
                                            [&](const SupplierRow& row) {
                                              return columns.origin[row.arc] != no_vertex || in_frame(row) != is_framed;
                                            })
                             : first;
  const auto part_end =
      std::find_if(by_origin, last, [&](const SupplierRow& row) { return in_frame(row) != is_framed; });
  const bool parts_known = by_origin != part_end && std::none_of(by_origin, part_end, [&](const SupplierRow& row) {
                             return std::isnan(columns.share[row.arc]);
                           });
  if (has_whole && (!parts_known || !std::isnan(columns.share[first->arc]))) {
    kept.push_back(*first);
    return;
  }
  for (auto row = by_origin; row != part_end; ++row) {
    if (row == by_origin || columns.origin[row->arc] != columns.origin[(row - 1)->arc]) kept.push_back(*row);
  }
}

/// A row as a member, its share as written; ranges for at least and at most.
RequirementMember member_of(const Snapshot& snapshot, const SupplierRow& row, const Frame& frame, bool minor) {
  const SnapshotColumns& columns = snapshot.columns();
  RequirementMember member;
  member.node = row.supplier;
  member.arc = row.arc;
  member.is_minor = minor;
  const double share = snapshot.share(row.arc);
  const bool counts = !frame.is_split && columns.market[row.arc] == frame.market;
  member.is_unknown = std::isnan(share) || !counts;
  member.share_low = 0;
  member.share_high = 1;
  if (member.is_unknown) return member;
  const Bound bound = static_cast<Bound>(columns.bound[row.arc]);
  member.share_low = bound == Bound::at_most ? 0 : share;
  member.share_high = bound == Bound::at_least ? 1 : share;
  return member;
}

/// Normalises the shares of `members` from `first` on and says what they leave open.
void settle_shares(std::vector<RequirementMember>& members, std::size_t first, SupplierReading& reading) {
  double sum = 0;
  for (std::size_t i = first; i < members.size(); ++i) {
    reading.has_unknown_shares |= members[i].is_unknown;
    reading.has_ranges |= !members[i].is_unknown && members[i].share_low != members[i].share_high;
    sum += members[i].share_low;
  }
  if (sum < least_full_sum) {
    reading.open_share = 1 - sum;
    reading.has_rest = !reading.has_unknown_shares;
    return;
  }
  reading.is_rescaled = sum > most_full_sum;
  reading.recorded_sum = sum;
  for (std::size_t i = first; i < members.size(); ++i) {
    members[i].share_low /= sum;
    members[i].share_high = members[i].is_unknown ? 1 : std::max(members[i].share_high / sum, members[i].share_low);
  }
}

}  // namespace

bool SupplierReader::is_minor(Arc e) const {
  return !keep_minor_ && static_cast<Significance>(snapshot_->columns().significance[e]) == Significance::minor;
}

SupplierReader::LayerChoice SupplierReader::layer_to_read(const std::vector<SupplierRow>& rows, Layer wanted) const {
  const Layer other = wanted == Layer::place ? Layer::actor : Layer::place;
  bool has_wanted = false;
  bool has_other = false;
  bool has_unlayered = false;
  for (const SupplierRow& row : rows) {
    if (is_minor(row.arc)) continue;
    const Layer layer = snapshot_->layer(row.supplier);
    has_wanted |= layer == wanted;
    has_other |= layer == other;
    has_unlayered |= layer == Layer::none;
  }
  if (has_wanted) return {wanted, has_other};
  if (has_other) return {other, false};
  return {has_unlayered ? wanted : Layer::none, false};
}

/// The rows of each supplier as members, one a row that counts. @param rows  by supplier
void SupplierReader::add_members(std::vector<SupplierRow>& rows, std::vector<RequirementMember>& members) {
  const SnapshotColumns& columns = snapshot_->columns();
  const Frame frame = frame_of(columns, rows);
  for (auto begin = rows.begin(); begin != rows.end();) {
    const auto end =
        std::find_if(begin, rows.end(), [&](const SupplierRow& row) { return row.supplier != begin->supplier; });
    const bool minor = std::all_of(begin, end, [&](const SupplierRow& row) { return is_minor(row.arc); });
    kept_.clear();
    drop_repetitions(columns, frame, begin, end, kept_);
    for (const SupplierRow& row : kept_) {
      const RequirementMember member = member_of(*snapshot_, row, frame, minor);
      // A minor supplier of unknown share stands in for nobody, and nothing is known to be lost with it.
      if (!minor || !member.is_unknown) members.push_back(member);
    }
    begin = end;
  }
}

SupplierReading SupplierReader::read(std::vector<SupplierRow>& rows, Layer wanted,
                                     std::vector<RequirementMember>& members) {
  SupplierReading reading;
  const LayerChoice choice = layer_to_read(rows, wanted);
  reading.layer = choice.layer;
  reading.has_both_layers = choice.has_both;
  if (reading.layer == Layer::none) return reading;
  std::erase_if(rows, [&](const SupplierRow& row) {
    const Layer layer = snapshot_->layer(row.supplier);
    return layer != Layer::none && layer != reading.layer;
  });
  std::sort(rows.begin(), rows.end(), [](const SupplierRow& a, const SupplierRow& b) {
    return std::pair(a.supplier, a.arc) < std::pair(b.supplier, b.arc);
  });
  const std::size_t first = members.size();
  add_members(rows, members);
  const auto has_share = [](const RequirementMember& member) { return !member.is_unknown; };
  reading.states_shares = std::any_of(members.begin() + static_cast<std::ptrdiff_t>(first), members.end(), has_share);
  // Of several that are needed the shares add up, too, where there are any.
  const Column<std::uint32_t>& k = snapshot_->columns().k;
  const bool wants_several =
      std::any_of(rows.begin(), rows.end(), [&](const SupplierRow& row) { return k[row.arc] > 1; });
  if (!wholes_.is_empty() && (reading.states_shares || !wants_several)) {
    const WholesReading wholes = wholes_.take_parts_off(members, first);
    reading.parts_exceed = wholes.exceeds;
    reading.taken_off = wholes.taken_off;
  }
  settle_shares(members, first, reading);
  return reading;
}

}  // namespace chokepoint::detail
