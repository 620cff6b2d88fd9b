#include "present/dependencies/supply_flow.hpp"

#include "present/pictures/picture_sources.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_flow_inputs = 7, most_flow_suppliers = 6;

Role role_of_group(const View& view, const DependencyGroup& group) {
  return view.snapshot().ontology().edge_types()[group.type].role;
}
bool is_supply(const View& view, const DependencyGroup& group) {
  const Role role = role_of_group(view, group);
  return role == Role::supply || (role == Role::make && group.members > 0);
}

/// Who supplies a thing: the rows of its suppliers, else of its makers.
const DependencyGroup* supply_of(const View& view, Vertex thing, std::span<const DependencyGroup> groups) {
  const DependencyGroup* makers = nullptr;
  for (const DependencyGroup& group : groups) {
    if (group.dependent != thing || !is_supply(view, group)) continue;
    if (role_of_group(view, group) == Role::supply) return &group;
    makers = &group;
  }
  return makers;
}

class FlowTeller {
 public:
  FlowTeller(Names& names, const View& view, std::span<const DependencyGroup> groups, const std::map<Arc, Edge>& edges)
      : names_(&names), view_(&view), groups_(groups), edges_(&edges), sources_(names.session()) {}

  ShareFlow tell(Vertex node) {
    const Session& session = names_->session();
    out_.frame = picture_frame(session, say(session, "Who supplies what part of {}", names_->named(id(node))));
    out_.nodes.push_back({id(node), names_->label(id(node)), 0});
    const DependencyGroup* own = supply_of(*view_, node, groups_);
    const std::vector<std::pair<Vertex, const Edge*>> inputs = needs_of(node);
    const std::size_t parts = inputs.size() + (own != nullptr ? 1 : 0);
    least_share_ = least_drawn_share(parts);
    std::vector<std::pair<std::size_t, const DependencyGroup*>> next;
    if (own != nullptr) {
      out_.nodes.push_back({id(node) + " (itself)", say(session, "{} itself", names_->label(id(node))), 1});
      band(out_.nodes.size() - 1, 0, 1.0 / static_cast<double>(parts), true, word(session, "needed"));
      next.emplace_back(out_.nodes.size() - 1, own);
    }
    for (const auto& [input, edge] : inputs) {
      out_.nodes.push_back({id(input), names_->label(id(input)), 1});
      band(out_.nodes.size() - 1, 0, 1.0 / static_cast<double>(parts), true,
           with_notes(rule_of_need(node, input), edge->sources));
      if (const DependencyGroup* supply = supply_of(*view_, input, groups_))
        next.emplace_back(out_.nodes.size() - 1, supply);
    }
    for (const auto& [to, group] : next) add_suppliers(to, *group);
    add_seats();
    finish();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string id(Vertex v) const { return std::string(view_->snapshot().id(v)); }
  [[nodiscard]] std::string with_notes(std::string text, std::span<const Citation> citations) {
    std::string list;
    for (const std::size_t number : sources_.numbers_of(citations))
      list += (list.empty() ? "" : ", ") + std::to_string(number);
    return list.empty() ? text : fmt::format("{} [{}]", text, list);
  }
  void band(std::size_t from, std::size_t to, double share, bool is_known, std::string text) {
    out_.bands.push_back({from, to, share, is_known, std::move(text)});
  }

  /// What the node requires directly, what has the best recorded supply first.
  [[nodiscard]] std::vector<std::pair<Vertex, const Edge*>> needs_of(Vertex node) {
    std::map<Vertex, const Edge*> found;
    for (const DependencyGroup& group : groups_)
      if (group.dependent == node && role_of_group(*view_, group) == Role::need)
        for (const Arc arc : group.arcs) found.emplace(dependency_of(view_->snapshot(), arc), &edges_->at(arc));
    std::vector<std::pair<Vertex, const Edge*>> list(found.begin(), found.end());
    std::ranges::stable_sort(list, {}, [&](const auto& each) {
      const DependencyGroup* supply = supply_of(*view_, each.first, groups_);
      return std::pair(supply == nullptr, id(each.first));
    });
    if (list.size() > most_flow_inputs) {
      left_out_ += list.size() - most_flow_inputs;
      list.resize(most_flow_inputs);
    }
    return list;
  }

  /// `needed`, or `any of 2` where there are alternatives.
  [[nodiscard]] std::string rule_of_need(Vertex node, Vertex input) const {
    const Session& session = names_->session();
    for (const DependencyGroup& group : groups_) {
      if (group.dependent != node || role_of_group(*view_, group) != Role::need || group.rule == MemberRule::all)
        continue;
      for (const Arc arc : group.arcs)
        if (dependency_of(view_->snapshot(), arc) == input && group.members > 1)
          return group.rule == MemberRule::some ? say(session, "{} of {}", group.k, group.members)
                                                : say(session, "any of {}", group.members);
    }
    return word(session, "needed");
  }

  struct Supplier {
    Vertex vertex = no_vertex;
    double share = 0;
    bool is_known = false;
    std::string text;
    std::vector<Citation> citations;
  };
  [[nodiscard]] std::vector<Supplier> suppliers_of(const DependencyGroup& group) const {
    std::map<Vertex, Supplier> found;
    for (const Arc arc : group.arcs) {
      Supplier& supplier = found[dependency_of(view_->snapshot(), arc)];
      const Edge& edge = edges_->at(arc);
      supplier.vertex = dependency_of(view_->snapshot(), arc);
      supplier.citations.insert(supplier.citations.end(), edge.sources.begin(), edge.sources.end());
      if (!edge.share || supplier.is_known) continue;
      supplier.is_known = true;
      supplier.share = *edge.share;
      supplier.text = share_text(*edge.share, edge.bound);
    }
    std::vector<Supplier> list;
    // Countries and firms describe one market twice; only one of them is drawn.
    const bool has_actor = std::ranges::any_of(
        found, [&](const auto& each) { return view_->snapshot().layer(each.first) != Layer::place; });
    for (auto& [v, supplier] : found)
      if (!has_actor || view_->snapshot().layer(v) != Layer::place) list.push_back(std::move(supplier));
    std::ranges::stable_sort(list, {}, [&](const Supplier& s) { return std::pair(-s.share, id(s.vertex)); });
    return list;
  }

  void add_suppliers(std::size_t to, const DependencyGroup& group) {
    const Session& session = names_->session();
    std::vector<Supplier> list = suppliers_of(group);
    double known = 0;
    std::size_t unknown = 0;
    for (const Supplier& supplier : list) {
      known += supplier.share;
      unknown += supplier.is_known ? 0U : 1U;
    }
    const double scale = known > 1 ? 1 / known : 1, open = std::max(0.0, 1 - known * scale);
    if (scale < 1)
      out_.frame.notes.push_back(say(session, "recorded shares of {} add up to {}: drawn in proportion",
                                     out_.nodes[to].label, share_text(std::round(known * 1000) / 1000, Bound::exact)));
    std::size_t drawn = 0, joined = 0;
    double left = 0;
    for (const Supplier& supplier : list) {
      const double share = supplier.is_known ? supplier.share * scale : open / static_cast<double>(unknown);
      if (share < least_share_ || (++drawn > most_flow_suppliers && list.size() > most_flow_suppliers + 1)) {
        left += share;
        ++joined;
        continue;
      }
      const std::size_t from = node_of(id(supplier.vertex), names_->label(id(supplier.vertex)), 2);
      band(from, to, share, supplier.is_known,
           with_notes(supplier.is_known ? supplier.text : word(session, "share unknown"), supplier.citations));
      has_unknown_ = has_unknown_ || !supplier.is_known;
    }
    const double rest = left + (unknown == 0 ? open : 0);
    joined_ += joined;
    if (rest < 0.005 && joined == 0) return;
    out_.nodes.push_back({out_.nodes[to].id + " (rest)",
                          joined > 0 ? say(session, "others, {} of them recorded", joined) : word(session, "others"), 2,
                          false, true});
    band(out_.nodes.size() - 1, to, rest, true, share_text(std::round(rest * 1000) / 1000, Bound::exact));
  }

  std::size_t node_of(const std::string& node, std::string label, std::size_t column) {
    for (std::size_t i = 0; i < out_.nodes.size(); ++i)
      if (out_.nodes[i].id == node && out_.nodes[i].column == column) return i;
    out_.nodes.push_back({node, std::move(label), column});
    return out_.nodes.size() - 1;
  }

  /// Where the suppliers have their seat.
  void add_seats() {
    const std::size_t suppliers = out_.nodes.size();
    for (const DependencyGroup& group : groups_) {
      if (role_of_group(*view_, group) != Role::seat || group.is_site) continue;
      const std::string owner = id(group.dependent);
      for (std::size_t i = 0; i < suppliers; ++i) {
        if (out_.nodes[i].id != owner || out_.nodes[i].column != 2) continue;
        for (const Arc arc : group.arcs) {
          const std::string place = id(dependency_of(view_->snapshot(), arc));
          const std::size_t from = node_of(place, names_->label(place), 3);
          // Its sources stand at the supplier's name, where there is room.
          out_.nodes[i].label = with_notes(out_.nodes[i].label, edges_->at(arc).sources);
          band(from, i, 1.0 / static_cast<double>(group.arcs.size()), true, "");
        }
      }
    }
  }

  /// Places stand beside what has its seat there, so that bands cross as little as can be.
  void order_places() {
    std::map<std::size_t, std::pair<double, double>> sums;
    for (const ShareBand& each : out_.bands)
      if (out_.nodes[each.from].column == 3) {
        sums[each.from].first += static_cast<double>(each.to);
        sums[each.from].second += 1;
      }
    std::vector<std::size_t> order(out_.nodes.size()), place(out_.nodes.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) {
      const auto found = sums.find(i);
      return std::pair(out_.nodes[i].column, found == sums.end() ? 0.0 : found->second.first / found->second.second);
    });
    std::vector<ShareNode> nodes;
    for (std::size_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      nodes.push_back(std::move(out_.nodes[order[i]]));
    }
    out_.nodes = std::move(nodes);
    for (ShareBand& each : out_.bands) each.from = place[each.from], each.to = place[each.to];
    std::ranges::stable_sort(out_.bands, {}, [](const ShareBand& each) { return std::pair(each.to, each.from); });
  }

  void finish() {
    order_places();
    const Session& session = names_->session();
    out_.frame.legend = {{LegendSign::bar, tint_of_known, say(session, "as wide as its share")}};
    if (has_unknown_)
      out_.frame.legend.push_back(
          {LegendSign::dashed, "#0072b2", say(session, "share unknown: equal parts of what is open")});
    out_.frame.notes.push_back(
        say(session, "what is required directly is as wide each: no fact says how much of it is needed"));
    if (joined_ > 0)
      out_.frame.notes.push_back(say(session, "recorded suppliers that are drawn together as others: {}", joined_));
    if (left_out_ > 0)
      out_.frame.notes.push_back(say(session, "direct requirements that are not drawn: {}", left_out_));
    sources_.set(out_.frame);
  }

  static constexpr const char* tint_of_known = "#8cbfde";
  Names* names_;
  const View* view_;
  std::span<const DependencyGroup> groups_;
  const std::map<Arc, Edge>* edges_;
  PictureSources sources_;
  ShareFlow out_;
  double least_share_ = 0;  ///< of an input: what is less cannot be seen
  std::size_t left_out_ = 0, joined_ = 0;
  bool has_unknown_ = false;
};

}  // namespace

bool has_supply_flow(const View& view, Vertex node, std::span<const DependencyGroup> groups) {
  if (supply_of(view, node, groups) != nullptr) return true;
  return std::ranges::any_of(groups, [&](const DependencyGroup& group) {
    return group.dependent == node && role_of_group(view, group) == Role::need &&
           std::ranges::any_of(group.arcs, [&](Arc arc) {
             return supply_of(view, dependency_of(view.snapshot(), arc), groups) != nullptr;
           });
  });
}

ShareFlow supply_flow(Names& names, const View& view, Vertex node, std::span<const DependencyGroup> groups,
                      const std::map<Arc, Edge>& edges) {
  return FlowTeller(names, view, groups, edges).tell(node);
}

}  // namespace chokepoint::detail
