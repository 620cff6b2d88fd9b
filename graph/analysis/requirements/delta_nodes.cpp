#include "analysis/requirements/delta_nodes.hpp"

#include "analysis/requirements/marked_part.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::detail {

void DeltaNodes::add(Vertex v) {
  if (has(v)) return;
  is_grown_ = true;
  if (whole_.is_of_base(v))
    starts_.push_back(v);
  else
    only_in_rows_.insert(v);
}

bool DeltaNodes::gather(const Search& search, const std::function<void()>& lead_on) {
  constexpr int most_turns = 12;
  for (int turn = 0; turn < most_turns; ++turn) {
    auto found = search(starts_);
    if (!found) return false;
    marks_ = *std::move(found);
    is_grown_ = false;
    lead_on();
    if (!is_grown_) return true;
  }
  return false;
}

std::vector<Vertex> DeltaNodes::nodes() const {
  std::vector<Vertex> nodes = marked_nodes(marks_);
  nodes.insert(nodes.end(), only_in_rows_.begin(), only_in_rows_.end());
  return nodes;
}

bool DeltaNodes::has_place() const {
  const std::vector<Vertex> marked = marked_nodes(marks_);
  return has_new_place() ||
         std::any_of(marked.begin(), marked.end(), [&](Vertex v) { return whole_.base()->layer(v) == Layer::place; });
}

bool DeltaNodes::has_new_place() const {
  const Snapshot& rows = whole_.rows();
  for (Vertex row = 0; row < rows.vertex_count(); ++row)
    if (only_in_rows_.contains(whole_.number_of_row(row)) && rows.layer(row) == Layer::place) return true;
  return false;
}

TouchedRequirements::TouchedRequirements(const DeltaSnapshot& whole, const std::vector<EdgeRule>& rules) {
  const Snapshot &base = *whole.base(), &rows = whole.rows();
  const auto as_it_is = [](Vertex v) { return v; };
  const auto of_row = [&whole](Vertex row) { return whole.number_of_row(row); };
  for (Arc e = 0; e < rows.edge_count(); ++e) note(rows, e, rules, of_row);
  whole.for_each_old_edge([&](Arc e) { note(base, e, rules, as_it_is); });
  for (auto& entry : owners_) {
    const Vertex owner = entry.first;
    Owner& what = entry.second;
    if (!whole.is_of_base(owner)) continue;
    const auto consider = [&](Arc e) {
      const EdgeRule& rule = checked_rule(base, rules, e);
      if (!rule.is_hard || dependent_of(base, rule, e) != owner) return;
      what.providers.push_back(provider_of(base, rule, e));
      what.has_k = what.has_k || base.columns().k[e] > 1;
    };
    const auto [first, last] = base.out_edges(owner);
    for (Arc e = first; e < last; ++e) consider(e);
    for (const Arc e : base.in_edges(owner)) consider(e);
  }
}

void TouchedRequirements::note(const Snapshot& snapshot, Arc e, const std::vector<EdgeRule>& rules,
                               const std::function<Vertex(Vertex)>& number) {
  const EdgeRule& rule = checked_rule(snapshot, rules, e);
  if (!rule.is_hard) return;
  Owner& owner = owners_[number(dependent_of(snapshot, rule, e))];
  owner.providers.push_back(number(provider_of(snapshot, rule, e)));
  owner.has_k = owner.has_k || snapshot.columns().k[e] > 1;
  owner.has_share = owner.has_share || !std::isnan(snapshot.columns().share[e]);
}

void TouchedRequirements::add_affected(DeltaNodes& nodes) const {
  const bool has_place = nodes.has_place();
  for (const auto& [owner, what] : owners_) {
    if (nodes.has(owner)) continue;
    // Too few members are less than all without any loss, and where a place is lost, so is what is open of a supply.
    const bool is_reached =
        what.has_k || (has_place && what.has_share) ||
        std::any_of(what.providers.begin(), what.providers.end(), [&](Vertex provider) { return nodes.has(provider); });
    if (is_reached) nodes.add(owner);
  }
}

}  // namespace chokepoint::detail
