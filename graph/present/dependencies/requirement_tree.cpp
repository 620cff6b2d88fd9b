#include "present/dependencies/requirement_tree.hpp"

#include "present/pictures/fault_tree_builder.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_tiers = 64;

/// A gate before it is known which events are drawn.
struct NeedGate {
  const DependencyGroup* group = nullptr;
  std::map<Vertex, std::vector<Arc>> members;
};

class RequirementTreeTeller {
 public:
  RequirementTreeTeller(Names& names, const View& view, const TreeQuestion& question)
      : names_(&names), snapshot_(&view.snapshot()), question_(&question) {
    std::multimap<Arc, const DependencyHop*> hops;
    for (const DependencyHop& hop : question.hops) hops.emplace(hop.arc, &hop);
    for (const DependencyGroup& group : question.groups)
      for (const Arc arc : group.arcs) {
        const auto [first, last] = hops.equal_range(arc);
        for (auto hop = first; hop != last; ++hop) add(group, *hop->second, arc);
      }
  }

  FaultTreePicture tell() {
    FaultTreePicture best = with_tiers(1);
    for (std::size_t tiers = 2; tiers <= most_tiers && goes_on_; ++tiers) {
      const bool went_on = goes_on_;
      FaultTreePicture next = with_tiers(tiers);
      if (page_scale(fault_tree_size(next)) < least_page_scale) {
        goes_on_ = went_on;
        break;
      }
      best = std::move(next);
    }
    return best;
  }

 private:
  [[nodiscard]] const Session& session() const { return names_->session(); }
  [[nodiscard]] std::string label(Vertex v) const { return names_->label(std::string(snapshot_->id(v))); }
  [[nodiscard]] const EdgeType& type_of(const DependencyGroup& group) const {
    return snapshot_->ontology().edge_types()[group.type];
  }
  [[nodiscard]] bool is_seat(const DependencyGroup& group) const {
    return type_of(group).role == Role::seat && !group.is_site;
  }

  void add(const DependencyGroup& group, const DependencyHop& hop, Arc arc) {
    std::vector<NeedGate>& gates = gates_[hop.source];
    auto gate = std::ranges::find(gates, &group, &NeedGate::group);
    if (gate == gates.end()) gate = gates.insert(gates.end(), NeedGate{&group, {}});
    gate->members[hop.target].push_back(arc);
  }

  FaultTreePicture with_tiers(std::size_t tiers) {
    tree_ = {};
    numbers_.clear();
    goes_on_ = false;
    sources_.emplace(session());
    tree_.frame = picture_frame(
        session(), say(session(), "What must hold for {}", names_->named(std::string(snapshot_->id(question_->root)))));
    std::vector<Vertex> level{question_->root};
    event_of(question_->root);
    for (std::size_t tier = 0; tier < tiers && !level.empty(); ++tier) level = expand(level);
    for (const Vertex v : level)
      if (has_gates(v)) tree_.events[numbers_.at(v)].goes_on = goes_on_ = true;
    if (goes_on_) tree_.frame.notes.push_back(say(session(), "drawn to tier {}; what goes on is marked …", tiers));
    tree_.frame.legend = fault_tree_legend(session(), tree_);
    sources_->set(tree_.frame);
    return std::move(tree_);
  }

  [[nodiscard]] bool has_gates(Vertex v) const {
    const auto found = gates_.find(v);
    return found != gates_.end() && std::ranges::any_of(found->second, [&](const NeedGate& gate) {
             return v == question_->root || !is_seat(*gate.group);
           });
  }

  /// Draws what the nodes of a tier need. @return who is new
  std::vector<Vertex> expand(const std::vector<Vertex>& level) {
    std::vector<Vertex> next;
    for (const Vertex v : level) {
      const auto found = gates_.find(v);
      if (found == gates_.end()) continue;
      for (const NeedGate& gate : found->second) {
        if (v != question_->root && is_seat(*gate.group)) continue;
        for (const auto& [member, arcs] : gate.members)
          if (!numbers_.contains(member)) {
            event_of(member);
            next.push_back(member);
          }
        const std::size_t number = numbers_.at(v);
        tree_.events[number].gates.push_back(drawn(v, gate));
      }
    }
    return next;
  }

  std::size_t event_of(Vertex v) {
    const auto [entry, is_new] = numbers_.emplace(v, tree_.events.size());
    if (!is_new) return entry->second;
    FaultTreeEvent event{.id = std::string(snapshot_->id(v)), .label = label(v)};
    const auto has = [v](const std::set<Vertex>* set) { return set != nullptr && set->contains(v); };
    event.stops_alone = v != question_->root && has(question_->stops);
    event.mark = v == question_->root       ? Mark::subject
                 : event.stops_alone        ? Mark::chokepoint
                 : has(question_->may_stop) ? Mark::may_fail
                                            : Mark::none;
    if (const auto found = gates_.find(v); found != gates_.end() && v != question_->root)
      for (const NeedGate& gate : found->second)
        if (is_seat(*gate.group))
          for (const auto& [place, arcs] : gate.members)
            event.detail +=
                (event.detail.empty() ? "" : ", ") + std::string(has_stop(place) ? "✗ " : "") + label(place);
    tree_.events.push_back(std::move(event));
    return entry->second;
  }
  [[nodiscard]] bool has_stop(Vertex v) const { return question_->stops != nullptr && question_->stops->contains(v); }

  [[nodiscard]] FaultTreeGate drawn(Vertex v, const NeedGate& gate) {
    const DependencyGroup& group = *gate.group;
    FaultTreeGate out;
    out.n = group.members;
    out.k = group.k;
    const bool is_all =
        group.rule == MemberRule::all || (group.rule == MemberRule::choice && group.variants == Variants::all);
    out.rule = is_all ? GateRule::all : group.rule == MemberRule::some ? GateRule::some : GateRule::any;
    out.relation = relation_label(session(), type_of(group).id, type_of(group).dependency->from_depends);
    const bool is_flow = type_of(group).role == Role::flow;
    if (group.dependent != v && !is_flow)
      out.relation = say(session(), "as {} {}", label(group.dependent), out.relation);
    const bool has_choice =
        std::ranges::any_of(gates_.at(v), [](const NeedGate& each) { return each.group->rule == MemberRule::choice; });
    if (has_choice && group.dependent == v &&
        (type_of(group).role == Role::supply || type_of(group).role == Role::make))
      out.relation = say(session(), "or, of variants that nobody named: {}", out.relation);
    else if (group.item == v && group.item != no_vertex)
      out.relation = say(session(), "for {}: {}", label(group.dependent), out.relation);
    else if (group.item != no_vertex)
      out.relation = label(group.item) + " " + out.relation;
    const Role role = type_of(group).role;
    const bool is_need = role == Role::need || role == Role::step || role == Role::seat;
    out.text = group.rule == MemberRule::soft || group.rule == MemberRule::asked
                   ? word(session(), group.rule == MemberRule::soft ? "softly" : "asked")
                   : gate_text(session(), out.rule, out.k, out.n, is_need);
    for (const auto& [member, arcs] : gate.members) out.inputs.push_back(input(member, arcs));
    std::ranges::stable_sort(out.inputs, {}, [&](const FaultTreeInput& each) {
      const FaultTreeEvent& event = tree_.events[each.event];
      return std::tuple(!event.stops_alone, event.id);
    });
    if (group.members > gate.members.size())
      out.left_out = say(session(), "+{} not drawn", group.members - gate.members.size());
    return out;
  }
  [[nodiscard]] FaultTreeInput input(Vertex member, const std::vector<Arc>& arcs) {
    FaultTreeInput out{numbers_.at(member), {}, {}, false};
    std::vector<Citation> cited;
    for (const Arc arc : arcs) {
      const Edge& edge = question_->edges->at(arc);
      cited.insert(cited.end(), edge.sources.begin(), edge.sources.end());
      if (edge.share && out.share.empty()) out.share = share_text(*edge.share, edge.bound);
    }
    out.notes = sources_->numbers_of(cited);
    return out;
  }

  Names* names_;
  const Snapshot* snapshot_;
  const TreeQuestion* question_;
  std::map<Vertex, std::vector<NeedGate>> gates_;
  std::optional<PictureSources> sources_;
  std::map<Vertex, std::size_t> numbers_;
  FaultTreePicture tree_;
  bool goes_on_ = false;
};

}  // namespace

FaultTreePicture requirement_tree(Names& names, const View& view, const TreeQuestion& question) {
  return RequirementTreeTeller(names, view, question).tell();
}

}  // namespace chokepoint::detail
