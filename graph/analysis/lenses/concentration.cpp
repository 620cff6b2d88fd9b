// Question: in how few hands is each supply?
// Method: the rows of each supplier group are read as the requirement analyses read them (one layer, repetitions
// dropped, shares normalised); their squares are added up by firm or by country, with what is not known between the
// two extremes.
#include "chokepoint/analysis/concentration.hpp"

#include "analysis/lenses/headquarters.hpp"
#include "analysis/lenses/share_squares.hpp"
#include "analysis/requirements/roles.hpp"
#include "analysis/requirements/supplier_rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

using detail::EdgeRule;
using detail::Holding;
using detail::SupplierReader;
using detail::SupplierReading;
using detail::SupplierRow;

constexpr double index_scale = 10000;

/// Which rows are one supplier group.
struct GroupKey {
  Vertex node = no_vertex;
  Vertex customer = no_vertex;
  std::uint16_t edge_type = 0;
  std::uint32_t group = 0;
  friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
};

struct KeyedRow {
  GroupKey key;
  SupplierRow row;
};

/// Every row of every supplier group that the options ask for, group by group.
std::vector<KeyedRow> supplier_rows(const View& view, const ConcentrationOptions& options) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  const std::vector<EdgeRule> rules = detail::edge_rules(snapshot.ontology());
  std::vector<KeyedRow> rows;
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    const EdgeRule& rule = rules[columns.edge_type[e]];
    if (!view.has_edge(e) || rule.kind != GroupKind::supplier) continue;
    if (rule.is_flow && columns.item[e] == no_vertex) continue;
    GroupKey key{detail::dependent_of(snapshot, rule, e), no_vertex, columns.edge_type[e], columns.group[e]};
    if (rule.is_flow) {
      key.customer = key.node;
      key.node = columns.item[e];
    }
    if (options.node && key.node != *options.node && key.customer != *options.node) continue;
    rows.push_back({key, {detail::provider_of(snapshot, rule, e), e}});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const KeyedRow& a, const KeyedRow& b) { return a.key < b.key; });
  return rows;
}

/// A firm or country of one group, with what its rows say.
struct Hand {
  double share = 0;
  double room = 0;
  bool is_several = false;  ///< "others", a group: many small ones, or for all we know one
};

/// The hands of a group at one layer. Firms without a recorded seat have none by country: theirs is `unseated`.
struct Hands {
  std::map<Vertex, Hand> by_owner;
  std::vector<double> unseated;
  double unseated_room = 0;
};

Hands add_up(const View& view, const std::vector<RequirementMember>& members, bool by_seat) {
  Hands hands;
  for (const RequirementMember& member : members) {
    Vertex owner = member.node;
    if (by_seat) owner = detail::headquarters_of(view, member.node).value_or(no_vertex);
    const double room = member.share_high - member.share_low;
    if (owner == no_vertex) {
      hands.unseated.push_back(member.share_low);
      hands.unseated_room += room;
      continue;
    }
    Hand& hand = hands.by_owner[owner];
    // The rows of one hand may take what is open together.
    hand.share += member.share_low;
    hand.room += room;
    hand.is_several = view.snapshot().is_remainder(owner) || view.snapshot().type(owner).several;
  }
  return hands;
}

void set_index(const Hands& hands, double open, Concentration& result) {
  double seatless = 0;
  for (const double share : hands.unseated) seatless += share;
  std::vector<Holding> holdings;
  for (const auto& [owner, hand] : hands.by_owner) {
    holdings.push_back({hand.share, hand.room + seatless + hands.unseated_room});
  }
  for (const auto& [owner, hand] : hands.by_owner) {
    if (!hand.is_several) result.hhi_low += hand.share * hand.share;
  }
  // A firm without a seat may add to any country or stand alone; for the least it stands alone.
  for (const double share : hands.unseated) result.hhi_low += share * share;
  holdings.push_back({0, open + seatless});  // one further supplier
  const double most = detail::most_squares(std::move(holdings), open + seatless);
  result.hhi_low = std::min(1.0, result.hhi_low) * index_scale;
  result.hhi_high = std::max(result.hhi_low, most * index_scale);
  result.suppliers = static_cast<std::uint32_t>(hands.by_owner.size() + hands.unseated.size());
  for (const auto& [owner, hand] : hands.by_owner) {
    if (!hand.is_several) result.holders.push_back({owner, hand.share, hand.room > 0});
    if (hand.is_several || hand.share <= result.top_share) continue;
    result.top = owner;
    result.top_share = hand.share;
  }
}

/// What the rows say as they are written.
void set_rows(const Snapshot& snapshot, const std::vector<RequirementMember>& members, const SupplierReading& reading,
              Concentration& result) {
  constexpr double least_full_sum = 0.985 - 1e-6;
  for (const RequirementMember& member : members) {
    result.arcs.push_back(member.arc);
    if (member.is_unknown) {
      ++result.unknown_shares;
    } else {
      result.share_sum += snapshot.share(member.arc);
    }
  }
  result.share_sum -= reading.taken_off;
  result.parts_exceed = reading.parts_exceed;
  result.recorded_sum = reading.recorded_sum;
  std::sort(result.arcs.begin(), result.arcs.end());
  result.complete =
      result.unknown_shares == 0 && !reading.has_ranges && !reading.is_rescaled && result.share_sum >= least_full_sum;
}

/// The index of one group at one layer; nullopt when the layer has no rows.
std::optional<Concentration> measure(const View& view, SupplierReader& reader, const GroupKey& key,
                                     std::vector<SupplierRow> rows, Layer layer) {
  std::vector<RequirementMember> members;
  const SupplierReading reading = reader.read(rows, layer, members);
  const bool by_seat = layer == Layer::place && reading.layer == Layer::actor;
  if (members.empty() || (reading.layer != layer && !by_seat)) return std::nullopt;
  const Hands hands = add_up(view, members, by_seat);
  if (by_seat && hands.by_owner.empty()) return std::nullopt;  // nobody's seat is recorded
  Concentration result;
  result.node = key.node;
  result.customer = key.customer;
  result.layer = layer;
  result.edge_type = key.edge_type;
  result.group = key.group;
  set_rows(view.snapshot(), members, reading, result);
  set_index(hands, reading.open_share, result);
  return result;
}

}  // namespace

std::vector<Concentration> find_concentration(const View& view, const ConcentrationOptions& options) {
  const std::vector<KeyedRow> keyed = supplier_rows(view, options);
  SupplierReader reader(view, options.keep_minor);
  std::vector<Concentration> results;
  std::vector<SupplierRow> rows;
  for (std::size_t i = 0; i < keyed.size();) {
    const GroupKey key = keyed[i].key;
    rows.clear();
    for (; i < keyed.size() && keyed[i].key == key; ++i) rows.push_back(keyed[i].row);
    for (const Layer layer : {Layer::place, Layer::actor}) {
      if (auto result = measure(view, reader, key, rows, layer)) results.push_back(std::move(*result));
    }
  }
  std::sort(results.begin(), results.end(), [](const Concentration& a, const Concentration& b) {
    return std::tie(a.node, a.customer, a.layer, a.edge_type, a.group) <
           std::tie(b.node, b.customer, b.layer, b.edge_type, b.group);
  });
  return results;
}

}  // namespace chokepoint
