#include "query/dependency_tree.hpp"

#include "query/facts.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <set>

namespace chokepoint::detail {

namespace {

constexpr std::size_t deepest = 64;

/// A node below another one, by an edge of a group.
struct Child {
  Vertex vertex = no_vertex;
  const ShownGroup* group = nullptr;
  friend bool operator==(const Child&, const Child&) = default;
};

using Children = std::map<Vertex, std::vector<Child>>;

/// Children of every node; parallel edges of one group make one child. Groups stay together, in their order.
Children children_of(std::span<const ShownGroup> groups, std::span<const DependencyHop> hops) {
  Children out;
  std::multimap<Arc, DependencyHop> hops_of;
  for (const DependencyHop& hop : hops) hops_of.emplace(hop.arc, hop);
  for (const ShownGroup& group : groups)
    for (const Arc e : group.arcs) {
      const auto [first, last] = hops_of.equal_range(e);
      for (auto hop = first; hop != last; ++hop) {
        const Child child{hop->second.target, &group};
        auto& list = out[hop->second.source];
        // Parallel edges stand side by side in their group.
        if (list.empty() || !(list.back() == child)) list.push_back(child);
      }
    }
  return out;
}

std::string line_of(Names& names, const Snapshot& snapshot, const Child& child, bool dependents) {
  const Session& session = names.session();
  const EdgeType& type = snapshot.ontology().edge_types()[child.group->type];
  // Read from the parent: a dependency's dependents are at the other end of the edge.
  const bool outgoing = type.dependency->from_depends != dependents;
  std::string text =
      fmt::format("[{}] {} {}", mark_text(session, *child.group), relation_label(session, type.id, outgoing),
                  names.named(std::string(snapshot.id(child.vertex))));
  if (child.group->item != no_vertex) text += " " + qualifier(names, "of", std::string(snapshot.id(child.group->item)));
  return text;
}

struct Frame {
  const std::vector<Child>* children;
  std::size_t next;
  std::string indent;
};

}  // namespace

std::string mark_text(const Session& session, const ShownGroup& group) {
  const bool is_sole = group.members == 1 && (group.mark == Mark::any || group.mark == Mark::choice);
  if (is_sole) return word(session, "sole");
  switch (group.mark) {
    case Mark::all: return word(session, "all");
    case Mark::any: return fmt::format("{} {}", word(session, "any of"), group.members);
    case Mark::some: return fmt::format("{} / {}", group.k, group.members);
    case Mark::choice: {
      std::string text = fmt::format("{} {}", word(session, "choice of"), group.members);
      if (group.variants != Variants::unsettled)
        text += ": " + word(session, group.variants == Variants::any ? "any" : "all");
      return text;
    }
    case Mark::soft: return word(session, "soft");
    case Mark::asked: return word(session, "asked");
  }
  return {};
}

std::vector<std::string> draw_tree(Names& names, const View& view, Vertex root, bool dependents,
                                   std::span<const ShownGroup> groups, std::span<const DependencyHop> hops) {
  const Snapshot& snapshot = view.snapshot();
  const Children children = children_of(groups, hops);
  const auto of = [&](Vertex v) -> const std::vector<Child>* {
    const auto found = children.find(v);
    return found == children.end() ? nullptr : &found->second;
  };
  std::vector<std::string> lines{names.named(std::string(snapshot.id(root)))};
  std::set<Vertex> drawn{root};
  std::vector<Frame> stack;
  if (const auto* first = of(root)) stack.push_back({first, 0, ""});
  while (!stack.empty()) {
    Frame& frame = stack.back();
    if (frame.next == frame.children->size()) {
      stack.pop_back();
      continue;
    }
    const Child& child = (*frame.children)[frame.next++];
    const bool last = frame.next == frame.children->size();
    std::string line = frame.indent + (last ? "└─ " : "├─ ") + line_of(names, snapshot, child, dependents);
    const auto* below = of(child.vertex);
    const bool repeated = !drawn.insert(child.vertex).second;
    if (below != nullptr && repeated) line += fmt::format(" ({})", word(names.session(), "shown above"));
    if (below != nullptr && !repeated && stack.size() == deepest) line += " …";
    lines.push_back(std::move(line));
    if (below != nullptr && !repeated && stack.size() < deepest)
      stack.push_back({below, 0, frame.indent + (last ? "   " : "│  ")});
  }
  return lines;
}

}  // namespace chokepoint::detail
