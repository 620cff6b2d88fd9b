// What stops a node, and the tree of what must hold, for people.
#include "chokepoint/present/chokepoints.hpp"
#include "present/chokepoints/cut_set_tree.hpp"
#include "present/dependencies/dependency_tree.hpp"
#include "present/dependencies/depends_parts.hpp"
#include "present/dependencies/requirement_tree.hpp"
#include "present/dependencies/supply_flow.hpp"
#include "present/words/stop_lines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_tree_lines = 40;

void add_pairs(Names& names, const DependsResult& found, const DependsStops& stops, std::vector<std::string>& remarks) {
  constexpr std::size_t most_named = 3;
  const Snapshot& snapshot = found.snapshot();
  std::string text;
  for (std::size_t i = 0; i < std::min(stops.pairs.size(), most_named); ++i) {
    std::string members;
    for (const Vertex v : stops.pairs[i])
      members += (members.empty() ? "" : " + ") + names.label(std::string(snapshot.id(v)));
    append_part(names.session(), text, members);
  }
  if (stops.pairs.size() > most_named) text += fmt::format(" +{}", stops.pairs.size() - most_named);
  const std::string id(snapshot.id(found.report.node));
  if (text.empty())
    remarks.push_back(
        say(names.session(), "cut sets of one: {}, of two: 0; `chokepoints {}` lists them", stops.alone.size(), id));
  else
    remarks.push_back(say(names.session(), "cut sets of one: {}, of two: {} ({}); `chokepoints {}` lists them",
                          stops.alone.size(), stops.pairs.size(), text, id));
}

std::string id_of(const DependsResult& found) { return std::string(found.snapshot().id(found.report.node)); }

/// Those that fail only where all variants are needed.
std::set<Vertex> only_if_all(const DependsStops& stops) {
  std::set<Vertex> out;
  std::ranges::set_difference(stops.alone_if_all, stops.alone, std::inserter(out, out.end()));
  return out;
}

void add_stopped(const Session& session, const DependsResult& found, const DependsStops& stops, Answer& answer) {
  const auto counted = [&](const std::set<Vertex>& some) {
    return std::ranges::count_if(found.report.nodes, [&](const DependencyNode& n) { return some.contains(n.vertex); });
  };
  const std::string id = id_of(found);
  const std::set<Vertex> uncertain = only_if_all(stops);
  answer.heading.push_back(
      uncertain.empty()
          ? say(session, "✗ stop without it: {}; `whatif --remove {}` says why", counted(stops.alone), id)
          : say(session, "✗ stop without it: {}, (✗) and if all variants are needed: {}; `whatif --remove {}` says why",
                counted(stops.alone), counted(uncertain), id));
}

void add_stoppers(Names& names, const DependsResult& found, const DependsStops& stops, Answer& answer) {
  const Session& session = names.session();
  if (stops.is_impossible) {
    answer.heading.push_back(
        say(session, "impossible as things stand; `chokepoints {}` says which policies", id_of(found)));
    return;
  }
  add_stop_lines(names, found.snapshot(), stops.ranked, answer.heading);
  if (stops.alone.empty()) answer.heading.push_back(say(session, "nothing stops it alone, as far as recorded"));
  if (const std::set<Vertex> uncertain = only_if_all(stops); !uncertain.empty())
    answer.heading.push_back(say(session, "(✗) stop it alone only if all variants are needed: {}", uncertain.size()));
  add_pairs(names, found, stops, answer.remarks);
  add_remainder_line(names, stops.with_remainder, answer.remarks);
}

void add_stops(Names& names, const DependsResult& found, Answer& answer) {
  const Session& session = names.session();
  if (found.stops && found.dependents)
    add_stopped(session, found, *found.stops, answer);
  else if (found.stops)
    add_stoppers(names, found, *found.stops, answer);
  else if (found.dependents)
    answer.remarks.push_back(say(session, "what stops without it: `whatif --remove {}`", id_of(found)));
  else if (found.snapshot().layer(found.report.node) != Layer::place)
    answer.remarks.push_back(say(session, "what stops it alone or in pairs: `chokepoints {}`", id_of(found)));
}

TreeQuestion question_of(const DependsResult& found, const std::optional<DependsStops>& stops) {
  return {.root = found.report.node,
          .dependents = found.dependents,
          .groups = found.groups,
          .hops = found.report.hops,
          .edges = &found.edges,
          .stops = stops ? &stops->alone : nullptr,
          .may_stop = stops ? &stops->alone_if_all : nullptr};
}

/// The whole tree of what must hold where a sheet holds it; else how it is stopped, with what lies on the way.
DrawnPicture picture_of(Session& session, const DependsResult& found, const ViewParams& view) {
  Names names(session);
  const std::optional<DependsStops> stops = found.stops ? found.stops : find_stops(session, found, view);
  FaultTreePicture tree = requirement_tree(names, *found.view, question_of(found, stops));
  const bool is_whole = std::ranges::none_of(tree.events, &FaultTreeEvent::goes_on);
  if (is_whole || !stops || (stops->alone.empty() && stops->pairs.empty())) return tree;
  ChokepointsParams question;
  question.target = id_of(found);
  question.view = view;
  return cut_set_tree(session, find_cut_sets(session, question));
}

}  // namespace

void add_dependency_tree(Names& names, const DependsResult& found, const DependsStyle& style,
                         std::optional<std::uint32_t> depth, Answer& answer) {
  TreeQuestion question = question_of(found, found.stops);
  question.with_sources = style.with_sources;
  question.most_lines = style.tree ? 0 : most_tree_lines;
  DrawnTree tree = draw_tree(names, *found.view, question);
  answer.drawing = std::move(tree.lines);
  add_stops(names, found, answer);
  if (!style.tree && (!tree.is_whole || tree.is_short || depth))
    answer.remarks.push_back(
        say(names.session(), "drawn to depth {}; --tree draws all, --tiers lists all",
            std::min<std::size_t>(tree.depth, depth.value_or(std::numeric_limits<std::uint32_t>::max()))));
}

void offer_dependency_pictures(Session& session, const std::shared_ptr<const DependsResult>& found,
                               const ViewParams& view, Answer& answer) {
  answer.pictures.push_back({"fault-tree", [&session, found, view] { return picture_of(session, *found, view); }});
  if (!has_supply_flow(*found->view, found->report.node, found->groups)) return;
  answer.pictures.push_back({"flow", [&session, found] {
                               Names names(session);
                               return DrawnPicture(
                                   supply_flow(names, *found->view, found->report.node, found->groups, found->edges));
                             }});
}

}  // namespace chokepoint::detail
