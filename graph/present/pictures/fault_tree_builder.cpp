#include "present/pictures/fault_tree_builder.hpp"

#include "chokepoint/store/reader.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <tuple>

namespace chokepoint::detail {

FaultTreeBuilder::FaultTreeBuilder(Names& names, std::shared_ptr<const Snapshot> snapshot, const Subject& top,
                                   std::string title)
    : names_(&names),
      snapshot_(std::move(snapshot)),
      top_(top),
      frame_(picture_frame(names.session(), std::move(title))) {
  subjects_.insert(top);
}

void FaultTreeBuilder::add(const NodeFate& fate) {
  for (const ChainLink& link : fate.chain) {
    subjects_.insert(link.subject);
    if (!link.group) continue;
    bool by_place = false;
    for (const LinkMember& member : link.members)
      by_place =
          by_place || (link.group == GroupKind::supplier && snapshot_->layer(member.subject.node) == Layer::place);
    Gate& gate = gates_[{link.subject, link.owner, *link.group, link.group_name, by_place}];
    gate.needed = std::max(gate.needed, link.needed);
    gate.of = std::max(gate.of, link.of);
    gate.has_failed = gate.has_failed || fate.is_impossible;
    for (const LinkMember& member : link.members) {
      subjects_.insert(member.subject);
      std::set<Arc>& arcs = gate.members[{member.subject, member.is_cut}];
      if (member.arc != no_arc) arcs.insert(member.arc);
    }
  }
}

void FaultTreeBuilder::mark(Vertex node, chokepoint::Mark mark) { marks_[node] = mark; }
void FaultTreeBuilder::stops_alone(Vertex node) { alone_.insert(node); }
void FaultTreeBuilder::set_detail(const Subject& subject, std::string text) { details_[subject] = std::move(text); }
void FaultTreeBuilder::add_note(std::string sentence) { frame_.notes.push_back(std::move(sentence)); }

std::string FaultTreeBuilder::subject_label(const Subject& subject) const {
  std::string name = names_->label(std::string(snapshot_->id(subject.node)));
  if (subject.is_unnamed) name = say(names_->session(), "another {}", name);
  if (subject.customer == no_vertex) return name;
  return say(names_->session(), "{} delivered to {}", name,
             names_->label(std::string(snapshot_->id(subject.customer))));
}

std::string FaultTreeBuilder::relation_of(const GateKey& key, const Gate& gate) const {
  const Session& session = names_->session();
  std::string text = word(session, to_string(key.kind));
  for (const auto& [member, arcs] : gate.members) {
    if (arcs.empty()) continue;
    const EdgeType& type = snapshot_->type_of_edge(*arcs.begin());
    if (type.dependency) text = relation_label(session, type.id, type.dependency->from_depends);
    break;
  }
  if (key.owner != key.subject && key.owner.customer == no_vertex && key.subject.customer == no_vertex)
    text = say(session, "as {} {}", subject_label(key.owner), text);
  return key.by_place ? text + " · " + word(session, "by country") : text;
}

std::map<Arc, Edge> FaultTreeBuilder::read_edges() const {
  std::set<Arc> arcs;
  for (const auto& [key, gate] : gates_)
    for (const auto& [member, of_member] : gate.members) arcs.insert(of_member.begin(), of_member.end());
  std::vector<std::int64_t> keys;
  for (const Arc e : arcs) keys.push_back(snapshot_->columns().edge_key[e]);
  std::vector<Edge> edges = names_->session().reader().edges(keys);
  std::map<Arc, Edge> found;
  std::size_t next = 0;
  for (const Arc e : arcs) found.emplace(e, std::move(edges[next++]));
  return found;
}

FaultTreeGate FaultTreeBuilder::drawn_gate(const GateKey& key, const Gate& gate, PictureSources& sources,
                                           const std::map<Arc, Edge>& edges,
                                           const std::map<Subject, std::size_t>& number) const {
  const Session& session = names_->session();
  FaultTreeGate out;
  out.k = gate.needed;
  out.n = gate.of;
  out.rule = gate.needed >= gate.of ? GateRule::all : gate.needed <= 1 ? GateRule::any : GateRule::some;
  out.relation = relation_of(key, gate);
  const bool is_choice =
      key.kind == GroupKind::supplier || key.kind == GroupKind::maker || key.kind == GroupKind::variant;
  if (gate.of == 1 && is_choice) out.rule = GateRule::any;
  out.text = gate_text(session, out.rule, out.k, out.n, !is_choice);
  out.has_failed = gate.has_failed;
  struct Member {
    FaultTreeInput input;
    double share = -1;
    std::string id;
  };
  std::vector<Member> members;
  std::set<Subject> distinct;
  for (const auto& [member, arcs] : gate.members) {
    distinct.insert(member.first);
    Member entry{{number.at(member.first), {}, {}, member.second}, -1, to_string(*snapshot_, member.first)};
    std::vector<Citation> cited;
    for (const Arc arc : arcs) {
      const Edge& edge = edges.at(arc);
      cited.insert(cited.end(), edge.sources.begin(), edge.sources.end());
      if (!edge.share || !entry.input.share.empty()) continue;
      entry.share = *edge.share;
      entry.input.share = share_text(*edge.share, edge.bound);
    }
    entry.input.notes = sources.numbers_of(cited);
    members.push_back(std::move(entry));
  }
  std::ranges::stable_sort(members, {}, [](const Member& m) { return std::pair(-m.share, m.id); });
  for (Member& member : members) out.inputs.push_back(std::move(member.input));
  if (gate.of > distinct.size()) out.left_out = say(session, "+{} not drawn", gate.of - distinct.size());
  return out;
}

FaultTreePicture FaultTreeBuilder::tree() const {
  const Session& session = names_->session();
  FaultTreePicture out;
  std::map<Subject, std::size_t> number{{top_, 0}};
  std::vector<Subject> order{top_};
  for (const Subject& subject : subjects_)
    if (number.emplace(subject, order.size()).second) order.push_back(subject);
  PictureSources sources(session);
  const std::map<Arc, Edge> edges = read_edges();
  for (const Subject& subject : order) {
    FaultTreeEvent event{.id = to_string(*snapshot_, subject), .label = subject_label(subject)};
    if (const auto detail = details_.find(subject); detail != details_.end()) event.detail = detail->second;
    if (subject.customer == no_vertex && !subject.is_unnamed) {
      if (const auto found = marks_.find(subject.node); found != marks_.end()) event.mark = found->second;
      event.stops_alone = alone_.contains(subject.node);
    }
    out.events.push_back(std::move(event));
  }
  for (const auto& [key, gate] : gates_)
    out.events[number.at(key.subject)].gates.push_back(drawn_gate(key, gate, sources, edges, number));
  out.frame = frame_;
  out.frame.legend = fault_tree_legend(session, out);
  sources.set(out.frame);
  return out;
}

std::string gate_text(const Session& session, GateRule rule, std::size_t k, std::size_t n, bool is_need) {
  if (n <= 1) return is_need ? word(session, "needed") : word(session, "only one recorded");
  switch (rule) {
    case GateRule::all: return say(session, "all of {}", n);
    case GateRule::any: return say(session, "any of {}", n);
    case GateRule::some: break;
  }
  return say(session, "{} of {}", k, n);
}

namespace {

/// What of a tree a legend must explain.
struct TreeSigns {
  std::set<GateRule> rules;
  std::set<chokepoint::Mark> marks;
  bool has_failed = false, has_cut = false, has_alone = false, has_repeat = false;
};

TreeSigns signs_of(const FaultTreePicture& tree) {
  TreeSigns signs;
  std::vector<std::size_t> uses(tree.events.size(), 0);
  for (const FaultTreeEvent& event : tree.events) {
    if (event.mark != chokepoint::Mark::none) signs.marks.insert(event.mark);
    signs.has_alone = signs.has_alone || event.stops_alone;
    for (const FaultTreeGate& gate : event.gates) {
      signs.rules.insert(gate.rule);
      signs.has_failed = signs.has_failed || gate.has_failed;
      for (const FaultTreeInput& input : gate.inputs) {
        signs.has_cut = signs.has_cut || input.is_cut;
        signs.has_repeat = signs.has_repeat || ++uses[input.event] > 1;
      }
    }
  }
  return signs;
}

}  // namespace

std::vector<LegendEntry> fault_tree_legend(const Session& session, const FaultTreePicture& tree) {
  const TreeSigns signs = signs_of(tree);
  std::vector<LegendEntry> legend;
  const std::string grey = "#6b6b67";
  const auto add = [&](bool occurs, LegendSign sign, std::string colour, std::string text) {
    if (occurs) legend.push_back({sign, std::move(colour), std::move(text)});
  };
  add(signs.rules.contains(GateRule::all), LegendSign::all_gate, grey, say(session, "all are needed"));
  add(signs.rules.contains(GateRule::any), LegendSign::any_gate, grey, say(session, "one is enough"));
  add(signs.rules.contains(GateRule::some), LegendSign::some_gate, grey, say(session, "so many of them are needed"));
  for (const chokepoint::Mark mark : signs.marks) {
    const bool is_single = mark == chokepoint::Mark::chokepoint && signs.has_alone;
    const MarkLook& look = look_of(mark);
    add(true, mark == chokepoint::Mark::may_fail ? LegendSign::dashed : LegendSign::box, std::string(look.colour),
        is_single ? say(session, "✗ stops it alone; else only with others")
                  : std::string(label_of(look.labels, session.language(), to_string(mark))));
  }
  const std::string lost(look_of(chokepoint::Mark::fails).colour);
  add(signs.has_failed, LegendSign::line, lost, say(session, "fails"));
  add(signs.has_cut, LegendSign::cut_line, lost, say(session, "cut by a measure"));
  add(signs.has_repeat, LegendSign::dashed, grey, say(session, "drawn elsewhere in full"));
  return legend;
}

}  // namespace chokepoint::detail
