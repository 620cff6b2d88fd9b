#include "chokepoint/analysis/wholes.hpp"
#include "chokepoint/query/claims.hpp"
#include "chokepoint/store/reader.hpp"
#include "query/checks/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// Above this a sum of shares is no rounding any more (graph/SEMANTICS.md §3.2).
constexpr double largest_sum = 1.05;

/// A supplier group of one dependent as one layer describes it; rows with different qualifiers speak of different
/// markets.
struct SupplierGroup {
  std::uint16_t type;
  std::uint32_t group;
  Vertex item, market, origin;
  Layer layer;
  friend auto operator<=>(const SupplierGroup&, const SupplierGroup&) = default;
};

struct ShareSum {
  double sum = 0;                            ///< of what everybody has at least, parts not counted in their wholes
  bool parts_exceed = false;                 ///< the parts of a supplier have more than it
  std::vector<RequirementMember> suppliers;  ///< shares as they are written
};

CheckedSupplies supplies_of(const Snapshot& snapshot, Vertex dependent, const SupplierGroup& group) {
  const auto id = [&](Vertex v) { return v == no_vertex ? std::string() : std::string(snapshot.id(v)); };
  const EdgeType& type = snapshot.ontology().edge_types()[group.type];
  const bool incoming = type.dependency && !type.dependency->from_depends;
  return {id(dependent), type.id, !incoming, id(group.item), id(group.market), id(group.origin)};
}

/// The groups of one dependent after the other, so that only its own are held.
class ShareSums {
 public:
  explicit ShareSums(const View& view) : view_(view), snapshot_(view.snapshot()), wholes_(view) {}

  const std::map<SupplierGroup, ShareSum>& of(Vertex dependent) {
    sums_.clear();
    const auto range = snapshot_.out_edges(dependent);
    for (Arc e = range.first; e < range.last; ++e) add(e, true);
    for (const Arc e : snapshot_.in_edges(dependent)) add(e, false);
    for (auto& [group, sum] : sums_) add_up(sum);
    return sums_;
  }

 private:
  void add(Arc e, bool is_outgoing) {
    const SnapshotColumns& columns = snapshot_.columns();
    if (std::isnan(columns.share[e])) return;
    const auto& dependency = snapshot_.type_of_edge(e).dependency;
    if (!dependency || dependency->from_depends != is_outgoing || dependency->group != GroupRule::any ||
        !view_.has_edge(e))
      return;
    const Vertex supplier = is_outgoing ? columns.to[e] : columns.from[e];
    ShareSum& sum = sums_[{columns.edge_type[e], columns.group[e], columns.item[e], columns.market[e],
                           columns.origin[e], snapshot_.layer(supplier)}];
    RequirementMember member{.node = supplier, .arc = e};
    member.share_high = snapshot_.share(e);
    // `at-most` says nothing about the least that the members have together.
    if (static_cast<Bound>(columns.bound[e]) != Bound::at_most) member.share_low = member.share_high;
    sum.suppliers.push_back(member);
  }

  void add_up(ShareSum& sum) {
    std::vector<RequirementMember> members = sum.suppliers;
    std::ranges::stable_sort(members, {}, &RequirementMember::node);
    sum.parts_exceed = wholes_.take_parts_off(members, 0).exceeds;
    for (const RequirementMember& member : members) sum.sum += member.share_low;
  }

  const View& view_;
  const Snapshot& snapshot_;
  Wholes wholes_;
  std::map<SupplierGroup, ShareSum> sums_;
};

/// Whether any edge states a share; a column of unknown ones takes no memory, and no look.
bool has_shares(const SnapshotColumns& columns) {
  return !columns.share.empty() && !(columns.share.is_constant() && std::isnan(columns.share.front()));
}

}  // namespace

CheckFindings find_share_sums(CheckRun& run) {
  Session& session = run.session();
  const auto snapshot = session.snapshot();
  CheckFindings found;
  if (!has_shares(snapshot->columns())) return found;
  ViewOptions options;
  options.as_of = session.as_of();
  const View view(snapshot, std::move(options));
  ShareSums sums(view);
  for (Vertex dependent = 0; dependent < snapshot->vertex_count(); ++dependent) {
    for (const auto& [group, sum] : sums.of(dependent)) {
      const auto add = [&, &group = group, &sum = sum](std::string message) {
        CheckFinding finding{{}, {}, std::move(message), supplies_of(*snapshot, dependent, group)};
        std::vector<std::int64_t> keys;
        for (const RequirementMember& each : sum.suppliers) keys.push_back(snapshot->columns().edge_key[each.arc]);
        for (const Edge& edge : session.reader().edges(keys)) finding.ids.push_back(edge.id);
        found.add(std::move(finding));
      };
      const std::string_view layer = to_string(group.layer);
      // Shares are stored as floats: a hair above the limit is the limit.
      if (sum.sum > largest_sum + 1e-6)
        add(fmt::format("the shares of {} {} suppliers add up to {:.4g}", sum.suppliers.size(), layer, sum.sum));
      if (sum.parts_exceed)
        add(fmt::format("of {} {} suppliers, the parts of one have more than it", sum.suppliers.size(), layer));
    }
  }
  return found;
}

CheckFindings find_orphans(CheckRun& run) {
  Session& session = run.session();
  const auto snapshot = session.snapshot();
  const SnapshotColumns& columns = snapshot->columns();
  std::vector<bool> mentioned(snapshot->vertex_count());
  const auto mention = [&](Vertex v) {
    if (v != no_vertex) mentioned[v] = true;
  };
  for (Arc e = 0; e < snapshot->edge_count(); ++e)
    for (const Vertex v : {columns.from[e], columns.to[e], columns.item[e], columns.market[e], columns.origin[e]})
      mention(v);
  const auto mention_id = [&](const std::string& id) {
    if (!id.empty()) mention(snapshot->find(id).value_or(no_vertex));
  };
  session.reader().for_each_observation("", [&](const Observation& o) {
    for (const std::string* id : {&o.subject, &o.item, &o.market, &o.relative_to}) mention_id(*id);
  });
  CheckFindings found;
  for (Vertex v = 0; v < snapshot->vertex_count(); ++v) {
    if (mentioned[v]) continue;
    const std::string id(snapshot->id(v));
    found.add({"node " + id, {id}, "no edge and no figure speaks of it"});
  }
  return found;
}

CheckFindings find_open_repealed(CheckRun& run) {
  Session& session = run.session();
  // Which amendments repeal is the ontology's word for them; the other modes leave the earlier measure standing.
  constexpr std::string_view repeals = "repeals";
  const auto snapshot = session.snapshot();
  const SnapshotColumns& columns = snapshot->columns();
  std::map<Vertex, Vertex> repealed_by;
  for (Arc e = 0; e < snapshot->edge_count(); ++e) {
    const EdgeType& type = snapshot->type_of_edge(e);
    if (type.role == Role::amend && columns.mode[e] < type.modes.size() && type.modes[columns.mode[e]] == repeals)
      repealed_by.emplace(columns.to[e], columns.from[e]);
  }
  CheckFindings found;
  for (const auto& [measure, by] : repealed_by) {
    std::vector<std::int64_t> open;
    const auto range = snapshot->out_edges(measure);
    for (Arc e = range.first; e < range.last; ++e)
      if (snapshot->role(e) == Role::restrict && columns.valid_to[e] == day_open_to)
        open.push_back(columns.edge_key[e]);
    if (open.empty()) continue;
    const std::string id(snapshot->id(measure));
    CheckFinding finding{
        "node " + id,
        {id},
        fmt::format("repealed by {}; restrictions of it without `until`: {}", snapshot->id(by), open.size())};
    for (const Edge& edge : session.reader().edges(open)) finding.ids.push_back(edge.id);
    found.add(std::move(finding));
  }
  return found;
}

CheckFindings find_rivals(CheckRun& run) {
  Session& session = run.session();
  const auto snapshot = session.snapshot();
  // The snapshot lists the edges whose fact another edge claims, too, and numbers these facts.
  const ClaimColumn& claim = snapshot->columns().claim;
  std::vector<std::pair<Arc, Arc>> contested;
  for (std::size_t i = 0; i < claim.contested().size(); ++i)
    contested.emplace_back(claim.claims()[i], claim.contested()[i]);
  std::ranges::sort(contested);
  std::vector<std::int64_t> keys;
  for (const auto& [fact, e] : contested) keys.push_back(snapshot->columns().edge_key[e]);
  CheckFindings found;
  Claims claims(session);
  const auto add = [&](const auto& records) {
    std::map<std::string, std::string> described;
    for (const auto& record : records) described.emplace(record.id, describe(record));
    for (auto& ids : contradictions(claims, std::span(records)))
      found.add({described.at(ids.front()), ids, fmt::format("{} claims contradict one another", ids.size())});
  };
  const std::vector<Edge> edges = session.reader().edges(keys);
  add(edges);
  const std::vector<Observation> observations = session.reader().observations(ObservationFilter{});
  add(observations);
  return found;
}

}  // namespace chokepoint::detail
