#include "analysis/requirements/passed_needs.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace chokepoint::detail {

namespace {

bool is_passed(GroupKind kind) { return kind == GroupKind::need || kind == GroupKind::step; }

}  // namespace

PassedNeeds::PassedNeeds(const View& view, const std::vector<EdgeRule>& rules, const Kinship& kinship)
    : view_(&view), rules_(&rules), kinship_(&kinship) {
  // Places lack what they require and pass it on to nobody.
  for (const Vertex generic : kinship.generics()) {
    if (view.snapshot().layer(generic) != Layer::place) collect(generic);
  }
}

void PassedNeeds::collect(Vertex generic) {
  const SnapshotColumns& columns = view_->snapshot().columns();
  struct Need {
    GroupKind kind;
    std::uint16_t edge_type;
    std::uint32_t name;
    Row row;
  };
  std::vector<Need> needs;
  for_each_requirement(*view_, *rules_, generic, [&](Arc e) {
    const EdgeRule& rule = (*rules_)[columns.edge_type[e]];
    if (!is_passed(rule.kind)) return;
    needs.push_back({rule.kind, columns.edge_type[e], columns.group[e], {provider_of(view_->snapshot(), rule, e), e}});
  });
  const auto key = [](const Need& need) { return std::tuple(need.kind, need.edge_type, need.name); };
  std::sort(needs.begin(), needs.end(), [&](const Need& a, const Need& b) {
    return std::tuple(key(a), a.row.item, a.row.arc) < std::tuple(key(b), b.row.item, b.row.arc);
  });
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (i == 0 || key(needs[i]) != key(needs[i - 1])) {
      const EdgeRule& rule = (*rules_)[needs[i].edge_type];
      const auto first = static_cast<std::uint32_t>(rows_.size());
      groups_.push_back({generic, needs[i].kind, needs[i].edge_type, needs[i].name,
                         rule.rule == GroupRule::all && needs[i].name == 0, 1, first, first});
    }
    PassedGroup& group = groups_.back();
    group.k = std::max(group.k, columns.k[needs[i].row.arc]);
    if (group.last > group.first && rows_.back().item == needs[i].row.item) continue;
    rows_.push_back(needs[i].row);
    ++group.last;
  }
}

std::pair<std::uint32_t, std::uint32_t> PassedNeeds::own_groups(Vertex generic) const {
  const auto first = std::ranges::lower_bound(groups_, generic, {}, &PassedGroup::generic);
  const auto last = std::ranges::upper_bound(groups_, generic, {}, &PassedGroup::generic);
  return {static_cast<std::uint32_t>(first - groups_.begin()), static_cast<std::uint32_t>(last - groups_.begin())};
}

/// The items that the needs of `v` itself stand in the place of.
void PassedNeeds::add_replaced_items(Vertex v, std::vector<Vertex>& items) const {
  const Snapshot& snapshot = view_->snapshot();
  for_each_requirement(*view_, *rules_, v, [&](Arc e) {
    const EdgeRule& rule = (*rules_)[snapshot.columns().edge_type[e]];
    if (!is_passed(rule.kind)) return;
    const Vertex item = provider_of(snapshot, rule, e);
    items.push_back(item);
    if (!kinship_->generics_of(item).empty()) {
      const std::vector<Vertex> above = kinship_->above({&item, 1});
      items.insert(items.end(), above.begin(), above.end());
    }
    if (snapshot.columns().replaces_edge.empty()) return;
    const std::vector<Vertex> named = snapshot.replaced_by(e);
    items.insert(items.end(), named.begin(), named.end());
  });
}

/// Whether every way from `source` down to something below `generics` passes one of the replacers.
bool PassedNeeds::is_replaced(std::span<const Vertex> generics, Vertex source, std::vector<Vertex> replacers) const {
  std::erase(replacers, source);
  if (replacers.empty()) return false;
  std::unordered_set<Vertex> seen(replacers.begin(), replacers.end());
  std::vector<Vertex> queue;
  const auto enter = [&](Vertex v) {
    if (seen.insert(v).second) queue.push_back(v);
  };
  for (const Vertex generic : generics) enter(generic);
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (queue[i] == source) return false;
    for (const Vertex generic : kinship_->generics_of(queue[i])) enter(generic);
  }
  return true;
}

bool PassedNeeds::is_void(const InheritedGroup& inherited) const {
  const PassedGroup& group = groups_[inherited.group];
  return inherited.dropped.size() >= (group.is_one_by_one ? group.last - group.first : group.k);
}

PassedNeeds::Profile PassedNeeds::make_profile(std::span<const Vertex> generics) {
  const std::vector<Vertex> above = kinship_->above(generics);
  const std::unordered_set<Vertex> is_above(above.begin(), above.end());
  Replacers replacers;
  for (const Vertex v : above) {
    std::vector<Vertex> items;
    add_replaced_items(v, items);
    sort_unique(items);
    for (const Vertex item : items) replacers[item].push_back(v);
  }
  const auto replacers_of = [&](Vertex item) {
    const auto found = replacers.find(item);
    return found == replacers.end() ? std::vector<Vertex>{} : found->second;
  };
  Profile profile;
  for (const Vertex source : above) {
    const auto [first, last] = own_groups(source);
    for (std::uint32_t g = first; g < last; ++g) {
      const PassedGroup& group = groups_[g];
      InheritedGroup inherited{g, {}};
      std::vector<Vertex> of_group;
      for (std::uint32_t r = group.first; r < group.last; ++r) {
        const std::vector<Vertex> some = replacers_of(rows_[r].item);
        if (is_above.contains(rows_[r].item) || (group.is_one_by_one && is_replaced(generics, source, some))) {
          inherited.dropped.push_back(r);
        }
        of_group.insert(of_group.end(), some.begin(), some.end());
      }
      if (is_void(inherited) || (!group.is_one_by_one && is_replaced(generics, source, of_group))) continue;
      profile.groups.push_back(std::move(inherited));
    }
  }
  std::sort(profile.groups.begin(), profile.groups.end(),
            [](const InheritedGroup& a, const InheritedGroup& b) { return a.group < b.group; });
  for (std::uint32_t i = 0; i < profile.groups.size(); ++i) {
    const PassedGroup& group = groups_[profile.groups[i].group];
    for (std::uint32_t r = group.first; r < group.last; ++r) profile.places[rows_[r].item].emplace_back(i, r);
  }
  return profile;
}

const PassedNeeds::Profile& PassedNeeds::profile_of(std::span<const Vertex> generics) {
  const auto [place, is_new] = profiles_.try_emplace({generics.begin(), generics.end()});
  if (is_new) place->second = make_profile(generics);
  return place->second;
}

const std::vector<InheritedGroup>& PassedNeeds::inherited_below(Vertex generic) {
  return is_empty() ? none_ : profile_of({&generic, 1}).groups;
}

const std::vector<InheritedGroup>& PassedNeeds::inherited_by(Vertex variant) {
  const auto generics = kinship_->generics_of(variant);
  if (is_empty() || generics.empty() || view_->snapshot().layer(variant) == Layer::place) return none_;
  const Profile& profile = profile_of(generics);
  if (profile.groups.empty()) return none_;
  items_.clear();
  add_replaced_items(variant, items_);
  sort_unique(items_);
  bool is_changed = false;
  std::vector<std::uint8_t> is_gone;
  const auto drop = [&](Vertex item, bool is_replacement) {
    const auto found = profile.places.find(item);
    if (found == profile.places.end()) return;
    if (!std::exchange(is_changed, true)) {
      changed_ = profile.groups;
      is_gone.assign(changed_.size(), 0);
    }
    for (const auto& [i, row] : found->second) {
      const bool is_one_by_one = groups_[changed_[i].group].is_one_by_one;
      if (is_replacement && !is_one_by_one) is_gone[i] = 1;
      if (!is_replacement || is_one_by_one) changed_[i].dropped.push_back(row);
    }
  };
  for (const Vertex item : items_) drop(item, true);
  drop(variant, false);
  if (!is_changed) return profile.groups;
  std::vector<InheritedGroup> left;
  for (std::size_t i = 0; i < changed_.size(); ++i) {
    sort_unique(changed_[i].dropped);
    if (is_gone[i] == 0 && !is_void(changed_[i])) left.push_back(std::move(changed_[i]));
  }
  changed_ = std::move(left);
  return changed_;
}

}  // namespace chokepoint::detail
