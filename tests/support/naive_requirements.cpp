#include "tests/support/naive_requirements.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace chokepoint::test {

namespace {

std::string unnamed(const std::string& generic) { return "(unnamed) " + generic; }

}  // namespace

NaiveRequirements::NaiveRequirements(const View& view, Layer layer, bool keep_minor, Variants reading)
    : layer_(layer), keep_minor_(keep_minor), reading_(reading) {
  read(view);
  make_flows();
  for (const auto& [node, type] : types_) make_groups(node);
  for (const auto& [node, type] : types_) make_unnamed(node);
  for (const auto& [item, customer] : flows_) {
    std::vector<Group>& groups = groups_[item + "@" + customer];
    const auto rows = flow_rows_.find({item, customer});
    if (rows == flow_rows_.end()) {
      // Only variants are delivered: each has what it needs.
      std::vector<std::string> members;
      for (const std::string& variant : variants_of(item)) {
        if (flows_.contains({variant, customer})) members.push_back(variant + "@" + customer);
      }
      for (Group& group : choices(item, members, false)) groups.push_back(group);
      continue;
    }
    // A flow needs whoever supplies it, and what its item needs, a generic's own included.
    std::map<std::string, std::vector<Row>> by_group;
    for (const Row& row : rows->second) by_group[row.group].push_back(row);
    for (const auto& [name, some] : by_group) {
      if (auto group = supplier_group(some, true)) groups.push_back(*group);
    }
    std::vector<Need> needs = own_needs(item);
    for (const Need& need : inherited(item)) needs.push_back(need);
    for (const Need& need : needs) {
      if (need.type == "requires") groups.push_back(group_of(need, item));
    }
  }
}

void NaiveRequirements::read(const View& view) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    if (!view.has_node(v)) continue;
    const std::string id(snapshot.id(v));
    types_[id] = snapshot.type(v).id;
    layers_[id] = snapshot.type(v).layer;
    variants_[id] = static_cast<Variants>(columns.node_variants[v]);
    if (columns.node_released[v] != 0) released_.insert(id);
    if (columns.node_complete[v] != 0) complete_.insert(id);
  }
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    if (!view.has_edge(e)) continue;
    Row row;
    row.type = snapshot.type_of_edge(e).id;
    const std::string from(snapshot.id(columns.from[e]));
    const std::string to(snapshot.id(columns.to[e]));
    const bool from_depends = row.type == "requires" || row.type == "located-in";
    row.other = from_depends ? to : from;
    row.group = snapshot.group_name(e);
    row.k = std::max<std::size_t>(columns.k[e], 1);
    if (columns.item[e] != no_vertex) row.item = snapshot.id(columns.item[e]);
    if (row.type == "located-in") row.role = columns.mode[e] == 0 ? "seat" : "site";
    if (!std::isnan(columns.share[e])) row.share = std::round(static_cast<double>(columns.share[e]) * 1e6) / 1e6;
    row.is_minor = !keep_minor_ && static_cast<Significance>(columns.significance[e]) == Significance::minor;
    for (const Vertex item : snapshot.replaced_by(e)) row.replaces.emplace_back(snapshot.id(item));
    if (row.type == "part-of") {
      wholes_[from].push_back(to);
    } else if (row.type == "supplies") {
      if (!row.item.empty()) flow_rows_[{row.item, to}].push_back(row);
    } else {
      rows_[from_depends ? from : to].push_back(row);
    }
  }
}

std::map<std::string, int> NaiveRequirements::climb(const std::string& node) const {
  std::map<std::string, int> found{{node, 0}};
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const auto& [inner, distance] : std::map(found)) {
      std::vector<std::string> outer;
      if (wholes_.contains(inner)) outer = wholes_.at(inner);
      if (rows_.contains(inner)) {
        for (const Row& row : rows_.at(inner)) {
          if (row.role == "seat") outer.push_back(row.other);
        }
      }
      for (const std::string& place : outer) {
        if (!found.contains(place) || found[place] > distance + 1) {
          found[place] = distance + 1;
          has_grown = true;
        }
      }
    }
  }
  return found;
}

std::map<std::string, int> NaiveRequirements::containers(const std::string& node) const {
  std::map<std::string, int> found;
  std::set<std::string> makers;
  if (types_.contains(node)) {
    found = climb(node);
    if (layer_of(node) != Layer::none) return found;
    for (const Row& row : own_suppliers(node)) makers.insert(row.other);
    for (const std::string& generic : lenders(node)) {
      for (const Row& row : own_suppliers(generic)) makers.insert(row.other);
    }
  } else {
    makers = suppliers_left(node.substr(unnamed("").size()));  // an unnamed variant is where its makers are
  }
  std::map<std::string, int> common;
  for (const std::string& maker : makers) {
    const std::map<std::string, int> own = climb(maker);
    if (maker == *makers.begin()) common = own;
    for (auto it = common.begin(); it != common.end();) {
      if (own.contains(it->first)) {
        it->second = std::max(it->second, own.at(it->first));
        ++it;
      } else {
        it = common.erase(it);
      }
    }
  }
  for (const auto& [place, distance] : common) found.emplace(place, distance + 1);
  return found;
}

std::string NaiveRequirements::draw(const std::string& dependent, const std::string& item) const {
  std::pair<int, std::string> best{1 << 20, ""};
  for (const auto& [place, distance] : containers(dependent)) {
    if (flows_.contains({item, place})) best = std::min(best, {distance, place});
  }
  return best.second.empty() ? item : item + "@" + best.second;
}

void NaiveRequirements::make_flows() {
  for (const auto& [key, rows] : flow_rows_) flows_.insert(key);
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const auto& [generic, rows] : rows_) {
      for (const Row& row : rows) {
        if (row.type != "variant-of") continue;
        for (const auto& [item, customer] : std::set(flows_)) {
          if (item == row.other) has_grown |= flows_.insert({generic, customer}).second;
        }
      }
    }
  }
}

std::optional<NaiveRequirements::Group> NaiveRequirements::supplier_group(const std::vector<Row>& all,
                                                                          bool is_supply) const {
  const auto in_layer = [&](Layer layer) {
    std::vector<Row> rows;
    for (const Row& row : all) {
      if (layer_of(row.other) == layer) rows.push_back(row);
    }
    const bool has_major = std::any_of(rows.begin(), rows.end(), [](const Row& row) { return !row.is_minor; });
    return has_major ? rows : std::vector<Row>{};
  };
  std::vector<Row> rows = in_layer(layer_);
  if (rows.empty()) rows = in_layer(layer_ == Layer::place ? Layer::actor : Layer::place);
  if (rows.empty()) return std::nullopt;
  Group group;
  group.is_supply = is_supply;
  group.is_provision = true;
  double sum = 0;
  bool is_complete = true;
  for (const Row& row : rows) group.k = std::max(group.k, row.k);
  for (const Row& row : rows) {
    if (row.is_minor && (!row.share || !is_supply)) continue;
    group.members.push_back({row.other, row.share, row.is_minor});
  }
  // Of several that are needed shares add up only where somebody stated one.
  const bool adds_up = group.k == 1 || std::any_of(group.members.begin(), group.members.end(),
                                                   [](const Member& member) { return member.share.has_value(); });
  if (adds_up) take_parts_off(group);
  for (const Member& member : group.members) {
    sum += member.share.value_or(0);
    is_complete = is_complete && member.share;
  }
  if (!is_supply) return group;
  group.weighs = adds_up;
  if (sum > 0.984999) {
    for (Member& member : group.members) {
      if (member.share) member.share = *member.share / sum;
    }
  } else {
    group.open = 1 - sum;
    group.rest = is_complete;
  }
  return group;
}

bool NaiveRequirements::is_part(const std::string& part, const std::string& whole) const {
  std::set<std::string> above;
  std::vector<std::string> open{part};
  while (!open.empty()) {
    const std::string node = open.back();
    open.pop_back();
    if (!wholes_.contains(node)) continue;
    for (const std::string& next : wholes_.at(node)) {
      if (above.insert(next).second) open.push_back(next);
    }
  }
  return part != whole && above.contains(whole);
}

/// What a member adds to those that are parts of it.
std::optional<double> NaiveRequirements::added(const Group& group, const Member& member) const {
  std::optional<double> rest = member.share;
  for (const Member& part : group.members) {
    if (!is_part(part.node, member.node) || is_part(member.node, part.node)) continue;
    const std::optional<double> theirs = added(group, part);
    rest = rest && theirs ? std::optional(*rest - *theirs) : std::nullopt;
  }
  return rest ? std::optional(std::max(0.0, *rest)) : std::nullopt;
}

void NaiveRequirements::take_parts_off(Group& group) const {
  const Group written = group;
  group.members.clear();
  for (Member member : written.members) {
    const bool is_whole = std::any_of(written.members.begin(), written.members.end(), [&](const Member& part) {
      return is_part(part.node, member.node) && !is_part(member.node, part.node);
    });
    if (is_whole && member.share) {
      member.share = added(written, member);
      // All of it may be theirs, and then it is nobody; so is who replaces nobody with nothing that is known.
      double known = 0;
      for (const Member& part : written.members) {
        if (is_part(part.node, member.node) && !is_part(member.node, part.node))
          known += added(written, part).value_or(0);
      }
      const double most = *std::find_if(written.members.begin(), written.members.end(),
                                        [&](const Member& m) { return m.node == member.node; })
                               ->share -
                          known;
      if (most < 1e-9 || (!member.share && member.is_minor)) continue;
    }
    group.members.push_back(member);
  }
}

std::set<std::string> NaiveRequirements::variants_of(const std::string& generic) const {
  std::set<std::string> found;
  if (!rows_.contains(generic)) return found;
  for (const Row& row : rows_.at(generic)) {
    if (row.type == "variant-of") found.insert(row.other);
  }
  return found;
}

std::set<std::string> NaiveRequirements::generics_of(const std::string& variant) const {
  std::set<std::string> found;
  for (const auto& [node, type] : types_) {
    if (variants_of(node).contains(variant)) found.insert(node);
  }
  return found;
}

std::set<std::string> NaiveRequirements::all_above(const std::string& variant) const {
  std::set<std::string> found = generics_of(variant);
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (const std::string& generic : std::set(found)) found.merge(generics_of(generic));
  }
  return found;
}

std::set<std::string> NaiveRequirements::all_below(const std::string& generic) const {
  std::set<std::string> found = variants_of(generic);
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (const std::string& variant : std::set(found)) found.merge(variants_of(variant));
  }
  return found;
}

std::vector<NaiveRequirements::Row> NaiveRequirements::own_suppliers(const std::string& thing) const {
  std::vector<Row> found;
  if (!rows_.contains(thing)) return found;
  for (const Row& row : rows_.at(thing)) {
    if ((row.type == "produces" || row.type == "develops") && !row.is_minor) found.push_back(row);
  }
  return found;
}

/// The generics from which a thing without suppliers takes them over.
std::set<std::string> NaiveRequirements::lenders(const std::string& thing) const {
  std::set<std::string> found;
  if (!own_suppliers(thing).empty()) return found;
  std::set<std::string> asked{thing};
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const std::string& each : std::set(asked)) {
      if (!own_suppliers(each).empty()) continue;  // it has suppliers to give, and need not ask further up
      for (const std::string& generic : generics_of(each)) has_grown |= asked.insert(generic).second;
    }
  }
  for (const std::string& each : asked) {
    if (!own_suppliers(each).empty() && !complete_.contains(each)) found.insert(each);
  }
  return found;
}

std::vector<NaiveRequirements::Group> NaiveRequirements::groups_taken_over(const std::string& thing,
                                                                           const std::string& type) const {
  std::vector<Group> groups;
  for (const std::string& generic : lenders(thing)) {
    if (type == "develops" && (released_.contains(generic) || released_.contains(thing))) continue;
    std::map<std::string, std::vector<Row>> named;
    for (const Row& row : rows_.at(generic)) {
      if (row.type == type) named[row.group].push_back(row);
    }
    for (const auto& [name, rows] : named) {
      if (auto group = supplier_group(rows, type == "produces")) groups.push_back(*group);
    }
  }
  return groups;
}

/// The suppliers of a generic that supply none of its variants, whatever the layer.
std::set<std::string> NaiveRequirements::suppliers_left(const std::string& generic) const {
  std::set<std::string> busy;
  for (const std::string& variant : all_below(generic)) {
    if (variant == generic) continue;
    for (const Row& row : own_suppliers(variant)) busy.insert(row.other);
  }
  // A place supplies what the makers seated in it do.
  for (std::size_t before = 0; before != busy.size();) {
    before = busy.size();
    for (const std::string& each : std::set(busy)) {
      if (!rows_.contains(each)) continue;
      for (const Row& row : rows_.at(each)) {
        if (row.role == "seat") busy.insert(row.other);
      }
    }
  }
  std::set<std::string> left;
  for (const Row& row : own_suppliers(generic)) {
    if (!busy.contains(row.other)) left.insert(row.other);
  }
  return left;
}

/// … of their rows those that are read in this layer: it is chosen by who is left, but what a whole adds to its parts
/// is read off all rows.
std::set<std::string> NaiveRequirements::unnamed_members(const std::string& generic) const {
  if (layer_of(generic) != Layer::none || complete_.contains(generic) || variants_of(generic).empty()) return {};
  if (variants_.at(generic) == Variants::all) return {};
  const std::set<std::string> left = suppliers_left(generic);
  std::map<std::pair<std::string, std::string>, std::vector<Row>> lists;
  for (const Row& row : rows_.at(generic)) {
    const bool counts = row.type == "produces" || (row.type == "develops" && !released_.contains(generic));
    if (counts) lists[{row.type, row.group}].push_back(row);
  }
  std::set<std::string> members;
  for (auto& [key, rows] : lists) {
    const auto is_left = [&](Layer layer) {
      return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return !row.is_minor && left.contains(row.other) && layer_of(row.other) == layer;
      });
    };
    const Layer other = layer_ == Layer::place ? Layer::actor : Layer::place;
    const Layer read = is_left(layer_) ? layer_ : other;
    if (!is_left(read)) continue;
    std::erase_if(rows, [&](const Row& row) { return layer_of(row.other) != read; });
    const Group group = supplier_group(rows, true).value();
    for (const Member& member : group.members) {
      if (!member.is_minor && left.contains(member.node)) members.insert(member.node);
    }
  }
  return members;
}

std::vector<NaiveRequirements::Need> NaiveRequirements::own_needs(const std::string& node) const {
  std::vector<Need> needs;
  if (!rows_.contains(node)) return needs;
  std::map<std::pair<std::string, std::string>, Need> named;
  for (const Row& row : rows_.at(node)) {
    if (row.type != "requires" && row.type != "step-of") continue;
    if (row.group.empty()) {
      needs.push_back({row.type, {row.other}, 1, false});
      continue;
    }
    Need& need = named[{row.type, row.group}];
    need.type = row.type;
    need.is_alternative = true;
    need.k = std::max(need.k, row.k);
    if (std::count(need.items.begin(), need.items.end(), row.other) == 0) need.items.push_back(row.other);
  }
  for (const auto& [key, need] : named) needs.push_back(need);
  return needs;
}

/// Whether what `node` needs itself stands in the place of a need that comes from above.
bool NaiveRequirements::replaces(const std::string& node, const Need& need) const {
  if (!rows_.contains(node)) return false;
  for (const Row& row : rows_.at(node)) {
    if (row.type != "requires" && row.type != "step-of") continue;
    for (const std::string& item : need.items) {
      const bool is_named = std::count(row.replaces.begin(), row.replaces.end(), item) > 0;
      if (row.other == item || is_named || all_above(row.other).contains(item)) return true;
    }
  }
  return false;
}

/// Follows a need from the generic that has it down every way that does not replace it.
void NaiveRequirements::hand_down(const std::string& source, const Need& need, std::set<std::string>& reached) const {
  for (const std::string& variant : variants_of(source)) {
    if (layer_of(variant) == Layer::place || replaces(variant, need)) continue;
    if (reached.insert(variant).second) hand_down(variant, need, reached);
  }
}

std::optional<NaiveRequirements::Need> NaiveRequirements::without_met(Need need, const std::set<std::string>& met) {
  for (const std::string& each : met) {
    if (std::erase(need.items, each) == 0) continue;
    if (need.k == 1) return std::nullopt;
    --need.k;
  }
  return need;
}

std::vector<NaiveRequirements::Need> NaiveRequirements::inherited(const std::string& node) const {
  std::vector<Need> needs;
  std::set<std::string> met = all_above(node);
  met.insert(node);
  for (const std::string& generic : all_above(node)) {
    for (const Need& need : own_needs(generic)) {
      std::set<std::string> reached;
      hand_down(generic, need, reached);
      if (!reached.contains(node)) continue;
      if (auto left = without_met(need, met)) needs.push_back(*left);
    }
  }
  return needs;
}

/// A variant of which nothing is known but its generic, and that needs nothing of its own.
std::vector<NaiveRequirements::Need> NaiveRequirements::inherited_by_unnamed(const std::string& generic) const {
  std::vector<Need> needs;
  std::set<std::string> met = all_above(generic);
  met.insert(generic);
  for (const std::string& source : met) {
    for (const Need& need : own_needs(source)) {
      std::set<std::string> reached{source};
      hand_down(source, need, reached);
      if (!reached.contains(generic)) continue;
      if (auto left = without_met(need, met)) needs.push_back(*left);
    }
  }
  return needs;
}

NaiveRequirements::Group NaiveRequirements::group_of(const Need& need, const std::string& holder) const {
  Group group;
  group.k = need.k;
  for (const std::string& item : need.items) {
    group.members.push_back({need.type == "requires" ? draw(holder, item) : item, {}, false});
  }
  return group;
}

void NaiveRequirements::make_unnamed(const std::string& generic) {
  const std::set<std::string> members = unnamed_members(generic);
  if (members.empty()) return;
  std::vector<Group>& groups = groups_[unnamed(generic)];
  Group suppliers;
  suppliers.is_supply = true;
  suppliers.is_provision = true;
  for (const std::string& member : members) suppliers.members.push_back({member, {}, false});
  groups.push_back(suppliers);
  for (const Need& need : inherited_by_unnamed(generic)) groups.push_back(group_of(need, unnamed(generic)));
}

std::vector<NaiveRequirements::Group> NaiveRequirements::choices(const std::string& generic,
                                                                 const std::vector<std::string>& members,
                                                                 bool has_unnamed) const {
  const std::set<std::string> distinct(members.begin(), members.end());
  const Variants own = variants_.at(generic);
  const bool wants_all = own == Variants::all || (own == Variants::unsettled && reading_ == Variants::all);
  std::vector<Group> groups;
  if (!wants_all) groups.emplace_back();
  for (const std::string& member : distinct) {
    if (wants_all) groups.emplace_back();
    groups.back().members.push_back({member, {}, false});
  }
  if (!wants_all && has_unnamed) groups.back().members.push_back({unnamed(generic), {}, false});
  return groups;
}

void NaiveRequirements::make_groups(const std::string& node) {
  const Layer layer = layer_of(node);
  std::map<std::string, std::map<std::string, std::vector<Row>>> by_type;  // type (and role), then group name
  for (const Row& row : rows_[node]) by_type[row.type + row.role][row.group].push_back(row);
  std::vector<Group>& groups = groups_[node];
  const std::set<std::string> variants = variants_of(node);
  if (!variants.empty()) {
    for (const Group& group : choices(node, {variants.begin(), variants.end()}, !unnamed_members(node).empty())) {
      groups.push_back(group);
    }
  } else if (layer == Layer::none) {
    for (const std::string type : {"produces", "develops"}) {
      if (type == "develops" && released_.contains(node)) continue;
      for (const auto& [name, rows] : by_type[type]) {
        if (auto group = supplier_group(rows, type == "produces")) groups.push_back(*group);
      }
      for (const Group& group : groups_taken_over(node, type)) groups.push_back(group);
    }
  }
  for (const std::string kind : {"located-inseat", "located-insite"}) {
    for (const auto& [name, rows] : by_type[kind]) {
      Group any;
      for (const Row& row : rows) {
        any.k = std::max(any.k, row.k);
        if (name.empty() && kind == "located-inseat") {
          groups.push_back({{{row.other, {}, false}}, 1, false, false, false, false, 0});
        } else {
          any.members.push_back({row.other, {}, false});
        }
      }
      if (!any.members.empty()) groups.push_back(any);
    }
  }
  std::vector<Need> needs = own_needs(node);
  if (!variants.empty() && layer != Layer::place) needs.clear();  // its variants have them
  if (variants.empty() && layer != Layer::place) {
    for (const Need& need : inherited(node)) needs.push_back(need);
  }
  for (const Need& need : needs) {
    const bool is_unmet_only = layer == Layer::place && need.type == "requires";
    (is_unmet_only ? place_needs_[node] : groups).push_back(group_of(need, node));
  }
  // A step also needs the suppliers of its whole: look for the wholes of this node.
  if (layer != Layer::none) return;
  for (const auto& [whole, rows] : rows_) {
    const bool is_step = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
      return row.type == "step-of" && row.other == node && whole != node;
    });
    if (!is_step || !variants_of(whole).empty() || layer_of(whole) != Layer::none) continue;
    std::map<std::string, std::vector<Row>> named;
    for (const Row& row : rows) {
      if (row.type == "produces") named[row.group].push_back(row);
    }
    for (const auto& [name, some] : named) {
      if (auto group = supplier_group(some, true)) groups.push_back(*group);
    }
    for (const Group& group : groups_taken_over(whole, "produces")) groups.push_back(group);
  }
}

std::set<std::string> NaiveRequirements::gone(const std::set<std::string>& removed) const {
  std::set<std::string> all = removed;
  for (const auto& [item, customer] : flows_) {
    if (removed.contains(item)) all.insert(item + "@" + customer);
  }
  for (const std::string& node : removed) {
    if (groups_.contains(unnamed(node))) all.insert(unnamed(node));
  }
  return all;
}

namespace {

bool works(const NaiveRequirements::Group& group, const std::function<bool(const std::string&)>& is_up) {
  std::size_t up = group.rest ? 1 : 0;
  for (const auto& member : group.members) up += !member.is_minor && is_up(member.node) ? 1U : 0U;
  return up >= group.k;
}

}  // namespace

std::set<std::string> NaiveRequirements::impossible(const std::set<std::string>& removed, Cycles cycles) const {
  const std::set<std::string> out = gone(removed);
  std::set<std::string> down = out;
  if (cycles == Cycles::unsupported) {
    for (const auto& [node, groups] : groups_) down.insert(node);
  }
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (const auto& [node, groups] : groups_) {
      const bool is_up = !out.contains(node) && std::all_of(groups.begin(), groups.end(), [&](const Group& group) {
        return works(group, [&](const std::string& member) { return !down.contains(member); });
      });
      if (cycles == Cycles::hold ? !is_up && down.insert(node).second : is_up && down.erase(node) > 0) {
        has_changed = true;
      }
    }
  }
  return down;
}

std::set<std::pair<std::string, std::string>> NaiveRequirements::unmet(const std::set<std::string>& impossible) const {
  std::set<std::pair<std::string, std::string>> lacking;
  for (const auto& [place, groups] : place_needs_) {
    if (impossible.contains(place)) continue;
    for (const Group& group : groups) {
      if (works(group, [&](const std::string& member) { return !impossible.contains(member); })) continue;
      for (const Member& member : group.members) {
        if (impossible.contains(member.node)) lacking.emplace(place, member.node.substr(0, member.node.find('@')));
      }
    }
  }
  return lacking;
}

double NaiveRequirements::group_value(const Group& group, bool low, const std::map<std::string, double>& capacity,
                                      bool place_removed_without_row) const {
  if (!group.weighs) {
    std::vector<double> values;
    for (const Member& member : group.members) {
      if (!member.is_minor) values.push_back(capacity.at(member.node));
    }
    if (group.rest) values.push_back(low && place_removed_without_row ? 0 : 1);
    std::sort(values.begin(), values.end(), std::greater<>());
    return values.size() < group.k ? 0 : values[group.k - 1];
  }
  const double rest = group.rest ? (low && place_removed_without_row ? 0 : 1) : 0;
  double known = 0;
  std::optional<double> least, most;
  std::set<std::string> working;
  for (const Member& member : group.members) {
    const double c = capacity.at(member.node);
    if (c >= 1e-6 && !member.is_minor) working.insert(member.node);
    if (member.share) {
      known += *member.share * c;
    } else {
      least = std::min(least.value_or(1), c);
      most = std::max(most.value_or(0), c);
    }
  }
  if (group.k > 1 && working.size() + (rest > 0 ? 1U : 0U) < group.k) return 0;
  if (least) return known + group.open * (low ? *least : *most);
  return known + group.open * rest;
}

NaiveRequirements::Capacities NaiveRequirements::capacities(const std::set<std::string>& removed,
                                                            std::optional<double> threshold) const {
  Capacities result;
  std::set<std::pair<std::string, std::size_t>> starved;
  std::set<std::string> down = impossible(removed, Cycles::hold);
  std::set<std::string> places_down;
  for (const std::string& node : down) {
    if (types_.contains(node) && layer_of(node) == Layer::place) places_down.insert(node);
  }
  const auto rest_may_be_gone = [&](const Group& group) {
    return std::any_of(places_down.begin(), places_down.end(), [&](const std::string& place) {
      return std::none_of(group.members.begin(), group.members.end(),
                          [&](const Member& member) { return member.node == place; });
    });
  };
  for (bool has_starved = true; has_starved;) {
    has_starved = false;
    // Who can reach whom along dependencies of what has not failed, for what is inside a cycle.
    std::map<std::string, std::set<std::string>> rests_on;
    for (const auto& [node, groups] : groups_) {
      std::vector<std::string> queue{node};
      for (std::size_t i = 0; i < queue.size(); ++i) {
        if (down.contains(queue[i])) continue;
        for (const Group& group : groups_.at(queue[i])) {
          for (const Member& member : group.members) {
            if (rests_on[node].insert(member.node).second) queue.push_back(member.node);
          }
        }
      }
    }
    for (const bool low : {false, true}) {
      std::map<std::string, double>& value = low ? result.low : result.high;
      value.clear();
      for (const auto& [node, groups] : groups_) value[node] = down.contains(node) ? 0 : 1;
      for (double change = 1; change > 1e-13;) {
        change = 0;
        std::map<std::string, double> next = value;
        for (const auto& [node, groups] : groups_) {
          if (down.contains(node)) continue;
          double least = 1;
          for (const Group& group : groups) {
            std::map<std::string, double> seen = value;
            for (const Member& member : group.members) {
              const bool is_inner = rests_on[member.node].contains(node);
              if (!low && is_inner && group.is_provision) seen[member.node] = down.contains(member.node) ? 0 : 1;
            }
            least = std::min(least, group_value(group, low, seen, rest_may_be_gone(group)));
          }
          change = std::max(change, std::abs(value[node] - least));
          next[node] = least;
        }
        value = next;
      }
    }
    if (!threshold) break;
    for (const auto& [node, groups] : groups_) {
      if (down.contains(node)) continue;
      for (const Group& group : groups) {
        if (!group.is_supply) continue;
        std::map<std::string, double> seen = result.high;
        for (const Member& member : group.members) {
          if (rests_on[member.node].contains(node)) seen[member.node] = down.contains(member.node) ? 0 : 1;
        }
        if (group_value(group, false, seen, false) < *threshold - 1e-9) {
          down.insert(node);
          has_starved = true;
          break;
        }
      }
    }
    for (bool has_changed = true; has_changed;) {
      has_changed = false;
      for (const auto& [node, groups] : groups_) {
        const bool is_up = std::all_of(groups.begin(), groups.end(), [&](const Group& group) {
          return works(group, [&](const std::string& member) { return !down.contains(member); });
        });
        if (!is_up) has_changed |= down.insert(node).second;
      }
    }
  }
  result.impossible = down;
  return result;
}

std::set<std::vector<std::string>> NaiveRequirements::cut_sets(const std::string& target,
                                                               const std::vector<std::string>& candidates,
                                                               std::size_t order, std::optional<double> threshold,
                                                               Cycles cycles) const {
  const auto fails = [&](const std::vector<std::string>& some) {
    const std::set<std::string> removed(some.begin(), some.end());
    return (threshold ? capacities(removed, threshold).impossible : impossible(removed, cycles)).contains(target);
  };
  std::set<std::vector<std::string>> minimal;
  if (fails({})) return minimal;
  std::vector<std::vector<std::string>> sets{{}};
  for (std::size_t size = 1; size <= order; ++size) {
    std::vector<std::vector<std::string>> larger;
    for (const auto& set : sets) {
      for (const std::string& candidate : candidates) {
        if (candidate == target || (!set.empty() && candidate <= set.back())) continue;
        std::vector<std::string> next = set;
        next.push_back(candidate);
        larger.push_back(next);
      }
    }
    for (const auto& set : larger) {
      const bool has_smaller = std::any_of(minimal.begin(), minimal.end(), [&](const auto& cut) {
        return std::includes(set.begin(), set.end(), cut.begin(), cut.end());
      });
      if (!has_smaller && fails(set)) minimal.insert(set);
    }
    sets = std::move(larger);
  }
  return minimal;
}

std::set<std::vector<std::string>> layered_cut_sets(const NaiveRequirements& by_place,
                                                    const NaiveRequirements& by_actor, const std::string& target,
                                                    const std::vector<std::string>& candidates, std::size_t order,
                                                    Cycles cycles) {
  using Set = std::vector<std::string>;
  const auto has = [&](const Set& set, Layer layer) {
    return std::any_of(set.begin(), set.end(), [&](const auto& each) { return by_place.layer_of(each) == layer; });
  };
  const auto layer_of = [&](const Set& set) { return has(set, Layer::place) ? Layer::place : Layer::actor; };
  std::map<std::pair<Layer, Set>, bool> known;
  const auto is_impossible = [&](const Set& set, Layer layer) {
    const auto [place, is_new] = known.try_emplace({layer, set});
    const NaiveRequirements& naive = layer == Layer::place ? by_place : by_actor;
    if (is_new) place->second = naive.impossible({set.begin(), set.end()}, cycles).contains(target);
    return place->second;
  };
  const auto stops = [&](const Set& set, Layer layer) {
    return !is_impossible({}, layer) && is_impossible(set, layer);
  };
  std::vector<Set> sets{{}};
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (sets[i].size() == order) continue;
    for (const std::string& next : candidates) {
      if (next == target || (!sets[i].empty() && next <= sets[i].back())) continue;
      Set larger = sets[i];
      larger.push_back(next);
      sets.push_back(std::move(larger));
    }
  }
  std::set<Set> minimal;
  for (const Set& set : sets) {
    if (set.empty() || (has(set, Layer::place) && has(set, Layer::actor)) || !stops(set, layer_of(set))) continue;
    const bool has_part = std::any_of(sets.begin(), sets.end(), [&](const Set& part) {
      return !part.empty() && part.size() < set.size() &&
             std::includes(set.begin(), set.end(), part.begin(), part.end()) &&
             (stops(part, layer_of(set)) || stops(part, layer_of(part)));
    });
    if (!has_part) minimal.insert(set);
  }
  return minimal;
}

}  // namespace chokepoint::test
