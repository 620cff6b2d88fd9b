#include "present/dependencies/dependency_tree.hpp"

#include "present/dependencies/group_words.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t deepest = 64;
/// Members that a line of a tree which is not drawn whole has.
constexpr std::size_t most_in_line = 6;

struct Member {
  Vertex vertex = no_vertex;
  std::vector<Arc> arcs;
  double share = -1;  ///< for the order
};

/// Members that count together, below one node.
struct Bundle {
  const DependencyGroup* group = nullptr;
  Vertex passed_on_by = no_vertex;  ///< whose need it is, where that is not the node's own
  Vertex customer = no_vertex;      ///< of a delivery below the item: to whom
  bool is_of_unnamed = false;       ///< suppliers of a generic: of variants that nobody named
  std::vector<Member> members;
};

using Bundles = std::map<Vertex, std::vector<Bundle>>;

class Drawing {
 public:
  Drawing(Names& names, const View& view, const TreeQuestion& question)
      : names_(&names), snapshot_(&view.snapshot()), question_(&question), bundles_(read_bundles()) {}

  DrawnTree draw(std::size_t depth, bool is_whole, std::size_t most) {
    tree_ = {};
    tree_.depth = depth;
    depth_ = depth;
    most_ = most;
    draws_all_ = is_whole;
    drawn_ = {question_->root};
    is_short_ = false;
    tree_.lines.push_back(mark(question_->root) + names_->named(id(question_->root)));
    expand(question_->root, 0, "");
    tree_.is_short = is_short_;
    return std::move(tree_);
  }

 private:
  [[nodiscard]] const Session& session() const { return names_->session(); }
  [[nodiscard]] std::string id(Vertex v) const { return std::string(snapshot_->id(v)); }
  [[nodiscard]] const EdgeType& type_of(const Bundle& bundle) const {
    return snapshot_->ontology().edge_types()[bundle.group->type];
  }

  /// Parallel edges of one group make one member. Among what depends on a node, equal relations stand together.
  [[nodiscard]] Bundles read_bundles() const {
    std::multimap<Arc, const DependencyHop*> hops_of;
    for (const DependencyHop& hop : question_->hops) hops_of.emplace(hop.arc, &hop);
    std::map<std::tuple<Vertex, std::uint16_t, std::string, Vertex, bool>, std::size_t> alike;
    Bundles out;
    for (const DependencyGroup& group : question_->groups) {
      std::map<Vertex, std::size_t> at;
      for (const Arc arc : group.arcs) {
        const auto [first, last] = hops_of.equal_range(arc);
        for (auto hop = first; hop != last; ++hop) {
          auto& list = out[hop->second->source];
          auto place = at.find(hop->second->source);
          if (place == at.end()) {
            std::size_t index = list.size();
            if (question_->dependents) {
              const auto key =
                  std::tuple(hop->second->source, group.type, mark_text(session(), group), group.item, group.is_site);
              index = alike.emplace(key, list.size()).first->second;
            }
            place = at.emplace(hop->second->source, index).first;
            if (index == list.size()) list.push_back(bundle_of(group, hop->second->source));
          }
          add(list[place->second], hop->second->target, arc);
        }
      }
    }
    for (auto& [parent, list] : out) {
      const bool has_choice =
          std::ranges::any_of(list, [](const Bundle& bundle) { return bundle.group->rule == MemberRule::choice; });
      for (Bundle& bundle : list)
        bundle.is_of_unnamed = has_choice && !question_->dependents && bundle.group->dependent == parent &&
                               (type_of(bundle).role == Role::supply || type_of(bundle).role == Role::make);
      std::ranges::stable_sort(
          list, {}, [](const Bundle& bundle) { return std::pair(bundle.is_of_unnamed, bundle.group->type); });
      for (Bundle& bundle : list) sort_members(bundle);
    }
    return out;
  }

  [[nodiscard]] Bundle bundle_of(const DependencyGroup& group, Vertex parent) const {
    const bool is_of_item = !question_->dependents && group.item == parent && group.item != no_vertex;
    return {&group, passed_on_by(group, parent), is_of_item ? group.dependent : no_vertex, false, {}};
  }
  [[nodiscard]] Vertex passed_on_by(const DependencyGroup& group, Vertex parent) const {
    const bool is_flow = snapshot_->ontology().edge_types()[group.type].role == Role::flow;
    return question_->dependents || is_flow || group.dependent == parent ? no_vertex : group.dependent;
  }

  void add(Bundle& bundle, Vertex target, Arc arc) const {
    const double share = snapshot_->share(arc);
    const double known = share >= 0 ? share : -1;
    auto member = std::ranges::find(bundle.members, target, &Member::vertex);
    // Of long lists only neighbours are looked at, which parallel edges are.
    if (bundle.members.size() > 64) {
      member = bundle.members.back().vertex == target ? bundle.members.end() - 1 : bundle.members.end();
    }
    if (member == bundle.members.end()) {
      bundle.members.push_back({target, {arc}, known});
      return;
    }
    member->arcs.push_back(arc);
    member->share = std::max(member->share, known);
  }

  void sort_members(Bundle& bundle) const {
    std::ranges::stable_sort(bundle.members, {}, [&](const Member& member) {
      return std::tuple(!has(question_->stops, member.vertex), !has(question_->may_stop, member.vertex), -member.share,
                        snapshot_->id(member.vertex));
    });
  }

  static bool has(const std::set<Vertex>* set, Vertex v) { return set != nullptr && set->contains(v); }
  [[nodiscard]] std::string mark(Vertex v) const {
    if (v == question_->root) return {};
    return has(question_->stops, v) ? "✗ " : has(question_->may_stop, v) ? "(✗) " : "";
  }

  /// Where an actor is stands beside its name.
  [[nodiscard]] bool is_seat(const Bundle& bundle) const {
    return !question_->dependents && type_of(bundle).role == Role::seat && !bundle.group->is_site;
  }
  [[nodiscard]] std::vector<const Bundle*> below(Vertex v) const {
    std::vector<const Bundle*> out;
    if (const auto found = bundles_.find(v); found != bundles_.end())
      for (const Bundle& bundle : found->second)
        if (v == question_->root || !is_seat(bundle)) out.push_back(&bundle);
    return out;
  }
  [[nodiscard]] std::string seats(Vertex v) const {
    std::string text;
    if (const auto found = bundles_.find(v); found != bundles_.end() && v != question_->root)
      for (const Bundle& bundle : found->second)
        if (is_seat(bundle))
          for (const Member& member : bundle.members)
            text += std::string(text.empty() ? "" : list_comma(session())) + mark(member.vertex) +
                    names_->label(id(member.vertex));
    return text;
  }

  [[nodiscard]] std::string shares(const Member& member) const {
    std::string text;
    for (const Arc arc : member.arcs) {
      const Edge& edge = question_->edges->at(arc);
      if (text.empty() && edge.share && !question_->dependents) text = " " + share_text(*edge.share, edge.bound);
    }
    return text;
  }
  [[nodiscard]] std::string sources(const Member& member) const {
    std::string text;
    if (question_->with_sources)
      for (const Arc arc : member.arcs) {
        const std::string cited = citations_text(question_->edges->at(arc).sources);
        if (text.find(cited) == std::string::npos) append_part(session(), text, cited);
      }
    return text.empty() ? text : " [" + text + "]";
  }

  [[nodiscard]] std::string member_text(const Member& member, bool with_id, bool is_only = false) const {
    std::string text = mark(member.vertex);
    text += with_id ? names_->named(id(member.vertex)) : names_->label(id(member.vertex));
    text += shares(member);
    if (is_only) text += say(session(), ", the only one recorded");
    if (const std::string where = seats(member.vertex); !where.empty())
      text += with_id ? " · " + where : " (" + where + ")";
    text += sources(member);
    if (drawn_.contains(member.vertex) && !below(member.vertex).empty())
      text += fmt::format(" ({})", word(session(), "shown above"));
    return text;
  }

  [[nodiscard]] std::string relation_text(const Bundle& bundle) const {
    const EdgeType& type = type_of(bundle);
    // Read from the parent: a dependency's dependents are at the other end of the edge.
    const bool outgoing = type.dependency->from_depends != question_->dependents;
    std::string text = relation_label(session(), type.id, outgoing);
    if (bundle.passed_on_by != no_vertex)
      text = say(session(), "as {} {}", names_->label(id(bundle.passed_on_by)), text);
    if (bundle.is_of_unnamed) return say(session(), "or, of variants that nobody named: {}", text);
    if (bundle.customer != no_vertex) return say(session(), "for {}: {}", names_->label(id(bundle.customer)), text);
    if (bundle.group->item == no_vertex) return text;
    const std::string item = names_->label(id(bundle.group->item));
    return question_->dependents ? fmt::format("{} ({})", text, item) : fmt::format("{} {}", item, text);
  }

  /// `is produced by any of 3`: what stands before the members.
  [[nodiscard]] std::string head(const Bundle& bundle) const {
    const DependencyGroup& group = *bundle.group;
    const std::string relation = relation_text(bundle);
    if (question_->dependents) {
      if (is_sole(group)) return say(session(), "{} as the only one", relation);
      if (group.rule == MemberRule::all) return relation;
      return say(session(), "{} as one of {}", relation, group.members);
    }
    if (group.rule == MemberRule::choice && group.members > 1) return members_text(session(), group);
    if (group.rule == MemberRule::all && bundle.members.size() > 1)
      return relation + " " + say(session(), "all of {}", bundle.members.size());
    if (is_sole(group) || group.rule == MemberRule::all) return relation;
    return relation + " " + members_text(session(), group);
  }
  [[nodiscard]] bool is_only_one(const Bundle& bundle) const {
    return is_sole(*bundle.group) && !question_->dependents;
  }

  [[nodiscard]] std::string list_of(const std::vector<const Member*>& members) const {
    std::string text;
    std::size_t shown = 0;
    for (const Member* member : members) {
      if (!draws_all_ && shown == most_in_line && members.size() > most_in_line + 1) break;
      text += std::string(text.empty() ? "" : list_comma(session())) + member_text(*member, members.size() == 1);
      ++shown;
    }
    if (shown == members.size()) return text;
    is_short_ = true;
    return text + fmt::format(" +{}", members.size() - shown);
  }

  /// Members of the group that the walk did not come to, as they are needed by nothing that was asked about.
  [[nodiscard]] std::string more_softly(const Bundle& bundle) const {
    const DependencyGroup& group = *bundle.group;
    const bool is_choice =
        group.rule == MemberRule::any || group.rule == MemberRule::some || group.rule == MemberRule::choice;
    if (question_->dependents || !is_choice || bundle.members.size() >= group.members) return {};
    return say(session(), " +{} softly", group.members - bundle.members.size());
  }

  /// The whole bundle on one line.
  [[nodiscard]] std::string line_of(const Bundle& bundle, const std::vector<const Member*>& members) const {
    if (members.size() == 1 && !question_->dependents &&
        (bundle.group->members == 1 || bundle.group->rule == MemberRule::all))
      return head(bundle) + " " + member_text(*members.front(), true, is_only_one(bundle));
    return head(bundle) + ": " + list_of(members) + more_softly(bundle);
  }

  /// Whether a member has lines below its own.
  [[nodiscard]] bool expands(Vertex v, std::size_t level) const {
    return level <= depth_ && !drawn_.contains(v) && !below(v).empty();
  }

  /// Whether there is no room for another line.
  [[nodiscard]] bool is_full() {
    if (most_ == 0 || tree_.lines.size() < most_) return false;
    tree_.is_whole = false;
    return true;
  }

  bool put(const std::string& indent, bool is_last, std::string text) {
    if (is_full()) return false;
    tree_.lines.push_back(indent + (is_last ? "└─ " : "├─ ") + std::move(text));
    return true;
  }

  /// What is needed at the last level stands behind the name.
  [[nodiscard]] std::string needs_in_line(Vertex v) const {
    std::string text;
    for (const Bundle* bundle : below(v)) {
      std::vector<const Member*> all;
      for (const Member& member : bundle->members) all.push_back(&member);
      append_part(session(), text, line_of(*bundle, all));
    }
    return text;
  }

  /// @param level  of the member
  void put_member(const std::string& indent, bool is_last, const Member& member, std::string text, std::size_t level) {
    drawn_.insert(member.vertex);
    if (level == depth_) {
      tree_.is_whole = false;
      if (draws_all_)
        text += " …";
      else
        text += ": " + needs_in_line(member.vertex);
      put(indent, is_last, std::move(text));
      return;
    }
    if (put(indent, is_last, std::move(text))) expand(member.vertex, level, indent + (is_last ? "   " : "│  "));
  }

  void expand(Vertex v, std::size_t level, const std::string& indent) {
    const std::vector<const Bundle*> all = below(v);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (most_ > 0 && tree_.lines.size() > most_) return;
      put_bundle(*all[i], level, indent, i + 1 == all.size());
    }
  }

  void put_bundle(const Bundle& bundle, std::size_t level, const std::string& indent, bool is_last) {
    std::vector<const Member*> expanding, plain;
    for (const Member& member : bundle.members)
      (expands(member.vertex, level + 1) ? expanding : plain).push_back(&member);
    if (expanding.empty()) {
      put(indent, is_last, line_of(bundle, plain));
      return;
    }
    if (bundle.members.size() == 1) {
      const Member& member = *expanding.front();
      const bool is_alone = bundle.group->members == 1 || bundle.group->rule == MemberRule::all;
      const std::string sep = question_->dependents || !is_alone ? ": " : " ";
      put_member(indent, is_last, member,
                 head(bundle) + sep + member_text(member, true, is_only_one(bundle)) + more_softly(bundle), level + 1);
      return;
    }
    // Without a list of others at the end, the head says that there are more.
    if (!put(indent, is_last, head(bundle) + (plain.empty() ? more_softly(bundle) : "") + ":")) return;
    const std::string inner = indent + (is_last ? "   " : "│  ");
    for (std::size_t i = 0; i < expanding.size(); ++i) {
      if (is_full()) return;
      const bool ends = i + 1 == expanding.size() && plain.empty();
      // A member of this group may have been drawn below another one of it.
      if (drawn_.contains(expanding[i]->vertex))
        put(inner, ends, member_text(*expanding[i], true));
      else
        put_member(inner, ends, *expanding[i], member_text(*expanding[i], true), level + 1);
    }
    if (plain.empty()) return;
    put(inner, true, list_of(plain) + more_softly(bundle));
  }

  Names* names_;
  const Snapshot* snapshot_;
  const TreeQuestion* question_;
  Bundles bundles_;
  std::set<Vertex> drawn_;
  DrawnTree tree_;
  std::size_t depth_ = 0, most_ = 0;
  bool draws_all_ = false;
  mutable bool is_short_ = false;  ///< a list of members was not told to its end
};

}  // namespace

DrawnTree draw_tree(Names& names, const View& view, const TreeQuestion& question) {
  Drawing drawing(names, view, question);
  if (question.most_lines == 0) return drawing.draw(deepest, true, 0);
  DrawnTree best = drawing.draw(1, false, question.most_lines);
  for (std::size_t depth = 2; depth <= deepest && !best.is_whole; ++depth) {
    DrawnTree next = drawing.draw(depth, false, question.most_lines + 1);
    if (next.lines.size() > question.most_lines) break;
    best = std::move(next);
  }
  return best;
}

}  // namespace chokepoint::detail
