#include "present/words/chain.hpp"

#include "chokepoint/store/reader.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

namespace chokepoint::detail {

namespace {

/// The edges that a chain names, read once.
class Evidence {
 public:
  Evidence(const Session& session, const Snapshot& snapshot, const std::vector<ChainLink>& chain)
      : snapshot_(&snapshot) {
    std::set<std::int64_t> keys;
    for (const ChainLink& link : chain)
      for (const LinkMember& member : link.members)
        if (member.arc != no_arc) keys.insert(snapshot.columns().edge_key[member.arc]);
    const std::vector<std::int64_t> list(keys.begin(), keys.end());
    std::vector<Edge> edges = session.reader().edges(list);
    for (std::size_t i = 0; i < edges.size(); ++i) edges_.emplace(list[i], std::move(edges[i]));
  }

  /// Of one link, each once, by arc.
  [[nodiscard]] std::vector<const Edge*> of(const ChainLink& link) const {
    std::set<Arc> arcs;
    for (const LinkMember& member : link.members)
      if (member.arc != no_arc) arcs.insert(member.arc);
    std::vector<const Edge*> found;
    for (const Arc e : arcs) found.push_back(&edges_.at(snapshot_->columns().edge_key[e]));
    return found;
  }

 private:
  const Snapshot* snapshot_;
  std::map<std::int64_t, Edge> edges_;
};

std::string sentence_of(Names& names, const Snapshot& snapshot, const ChainLink& link, bool is_failure) {
  const Session& session = names.session();
  const std::string node = subject_name(names, snapshot, link.subject);
  const std::string left = percent_text(link.capacity, link.capacity);
  if (!link.group) {
    return is_failure || link.capacity <= 0 ? say(session, "{} is removed", node)
                                            : say(session, "{} is left with {} itself", node, left);
  }
  std::string members;
  std::set<std::pair<Subject, bool>> named;
  for (const LinkMember& member : link.members) {
    if (!named.emplace(member.subject, member.is_cut).second) continue;
    const std::string name = subject_name(names, snapshot, member.subject);
    append_part(session, members, member.is_cut ? say(session, "{} [cut]", name) : name);
  }
  const std::string kind = word(session, to_string(*link.group));
  if (members.empty()) members = word(session, "none");
  if (!is_failure) return say(session, "{} is left with {} for want of {}: {}", node, left, kind, members);
  if (link.is_starved) return say(session, "{} has too little left of {}: {}", node, kind, members);
  return say(session, "{} fails for want of {}: {}", node, kind, members);
}

}  // namespace

std::string subject_name(Names& names, const Snapshot& snapshot, const Subject& subject) {
  std::string name = names.named(std::string(snapshot.id(subject.node)));
  if (subject.is_unnamed) name = say(names.session(), "another {}", name);
  if (subject.customer == no_vertex) return name;
  return say(names.session(), "{} delivered to {}", name, names.named(std::string(snapshot.id(subject.customer))));
}

std::string percent_text(double low, double high) {
  const auto text = [](double value) { return number_text(std::round(value * 1000) / 10); };
  return (text(low) == text(high) ? text(low) : text(low) + " – " + text(high)) + " %";
}

Json chain_json(Session& session, const Snapshot& snapshot, const NodeFate& fate) {
  const Evidence evidence(session, snapshot, fate.chain);
  Json steps = Json::array();
  for (const ChainLink& link : fate.chain) {
    Json step = Json::object(), members = Json::array(), failed = Json::array(), edges = Json::array();
    step.set("node", to_string(snapshot, link.subject));
    step.set("group", link.group ? to_string(*link.group) : "removed");
    step.set("owner", to_string(snapshot, link.owner));
    step.set("group_name", link.group_name);
    step.set("needed", link.needed);
    step.set("of", link.of);
    step.set("low", link.capacity);
    step.set("starved", link.is_starved);
    std::set<std::string> ids;
    for (const LinkMember& member : link.members) {
      Json entry = Json::object();
      ids.insert(to_string(snapshot, member.subject));
      entry.set("id", to_string(snapshot, member.subject));
      entry.set("cut", member.is_cut);
      members.push(std::move(entry));
    }
    for (const std::string& id : ids) failed.push(id);
    for (const Edge* edge : evidence.of(link)) edges.push(to_json(*edge));
    step.set("members", std::move(members));
    step.set("failed", std::move(failed));
    step.set("edges", std::move(edges));
    steps.push(std::move(step));
  }
  return steps;
}

namespace {

std::string sources_of(const Session& session, const Evidence& evidence, const ChainLink& link) {
  std::string sources;
  std::set<std::string> seen;
  for (const Edge* edge : evidence.of(link))
    for (const Citation& citation : edge->sources) {
      const std::string text = citations_text({&citation, 1});
      if (seen.insert(text).second) append_part(session, sources, text);
    }
  return sources;
}

/// Draws links below those that they explain, without recursion.
class ChainTree {
 public:
  ChainTree(Names& names, const Snapshot& snapshot, const NodeFate& fate)
      : names_(&names), snapshot_(&snapshot), fate_(&fate), evidence_(names.session(), snapshot, fate.chain) {
    for (std::size_t i = 0; i < fate.chain.size(); ++i) at_.emplace(fate.chain[i].subject, i);
  }

  void draw(std::vector<std::string>& lines) {
    // Causes stand first in the chain of what is impossible, the node itself first where its capacity is told.
    const std::size_t root = fate_->is_impossible ? fate_->chain.size() - 1 : 0;
    struct Frame {
      std::vector<std::size_t> links;
      std::size_t next;
      std::string indent;
    };
    std::size_t drawn = 0;
    std::vector<Frame> stack;
    drawn_.insert(root);
    lines.push_back(text(root));
    stack.push_back({below(root), 0, ""});
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == frame.links.size()) {
        stack.pop_back();
        continue;
      }
      const std::size_t link = frame.links[frame.next++];
      const bool is_last = frame.next == frame.links.size();
      const bool is_new = drawn_.insert(link).second;
      std::string line = frame.indent + (is_last ? "└─ " : "├─ ");
      if (++drawn > most_links_shown) {
        const std::size_t left_out = fate_->chain.size() - std::min(fate_->chain.size(), drawn);
        lines.push_back(line + say(names_->session(), "steps not shown: {}; JSON has them", left_out));
        return;
      }
      if (!is_new) {
        lines.push_back(line + fmt::format("{} ({})", subject_name(*names_, *snapshot_, fate_->chain[link].subject),
                                           word(names_->session(), "shown above")));
        continue;
      }
      lines.push_back(line + text(link));
      std::string indent = frame.indent + (is_last ? "   " : "│  ");
      stack.push_back({below(link), 0, std::move(indent)});
    }
  }

 private:
  [[nodiscard]] std::string text(std::size_t link) const {
    std::string line = sentence_of(*names_, *snapshot_, fate_->chain[link], fate_->is_impossible);
    const std::string sources = sources_of(names_->session(), evidence_, fate_->chain[link]);
    return sources.empty() ? line : line + " [" + sources + "]";
  }
  [[nodiscard]] std::vector<std::size_t> below(std::size_t link) const {
    std::vector<std::size_t> found;
    for (const LinkMember& member : fate_->chain[link].members) {
      const auto place = at_.find(member.subject);
      if (place != at_.end() && place->second != link && std::ranges::find(found, place->second) == found.end())
        found.push_back(place->second);
    }
    return found;
  }

  Names* names_;
  const Snapshot* snapshot_;
  const NodeFate* fate_;
  Evidence evidence_;
  std::map<Subject, std::size_t> at_;
  std::set<std::size_t> drawn_;
};

}  // namespace

void append_chain_tree(Names& names, const Snapshot& snapshot, const NodeFate& fate, std::string title,
                       std::vector<std::string>& lines) {
  if (!lines.empty()) lines.emplace_back();
  lines.push_back(std::move(title));
  if (!fate.chain.empty()) ChainTree(names, snapshot, fate).draw(lines);
}

Table chain_table(Names& names, const Snapshot& snapshot, const NodeFate& fate, std::string title) {
  const Session& session = names.session();
  const std::size_t left_out = fate.chain.size() > most_links_shown ? fate.chain.size() - most_links_shown : 0;
  std::vector<ChainLink> shown = fate.chain;
  const auto gap = shown.begin() + most_links_shown / 2;
  if (left_out > 0) shown.erase(gap, gap + static_cast<std::ptrdiff_t>(left_out));
  const Evidence evidence(session, snapshot, shown);
  Table table;
  table.title = std::move(title);
  table.columns = {column(session, "step", "Step"), column(session, "why", "Why", true),
                   column(session, "sources", "Sources", true)};
  std::size_t step = 0;
  for (const ChainLink& link : shown) {
    if (left_out > 0 && step == most_links_shown / 2) {
      table.rows.push_back(
          {std::string("…"), say(session, "steps not shown: {}; JSON has them", left_out), std::string()});
      step += left_out;
    }
    table.rows.push_back({static_cast<std::int64_t>(++step), sentence_of(names, snapshot, link, fate.is_impossible),
                          sources_of(session, evidence, link)});
  }
  return table;
}

}  // namespace chokepoint::detail
