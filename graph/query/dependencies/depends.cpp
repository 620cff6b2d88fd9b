#include "chokepoint/query/depends.hpp"

#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "query/dependencies/dependency_tree.hpp"
#include "query/dependencies/requirement_tree.hpp"
#include "query/dependencies/supply_flow.hpp"
#include "query/facts/fact_table.hpp"
#include "query/facts/groups.hpp"
#include "query/facts/stop_lines.hpp"
#include "query/facts/wording.hpp"
#include "query/session/policy_terms.hpp"
#include "query/session/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace chokepoint {

namespace {

using detail::Names;
using detail::ShownGroup;

/// What was found, with the labels of what is shown.
struct Found {
  std::shared_ptr<const View> view;
  DependencyReport report;
  std::optional<std::vector<DependencyNode>> chosen;  ///< those of the types asked for, where types were
  std::vector<ShownGroup> groups;
  std::map<Arc, const ShownGroup*> group_of;
  [[nodiscard]] const Snapshot& snapshot() const { return view->snapshot(); }
  [[nodiscard]] const std::vector<DependencyNode>& shown() const { return chosen ? *chosen : report.nodes; }
};

Found find(Session& session, const DependsParams& params) {
  Found found;
  found.view = make_local_view(session, params.view);
  const Vertex vertex = detail::resolve_vertex(session, found.snapshot(), params.node);
  ReachOptions options{.depth = params.depth,
                       .edge_types = {},
                       .soft = params.soft,
                       .asked = params.asked,
                       .through_places = params.through_places,
                       .list_arcs = params.edges};
  for (const std::string& type : params.edge_types)
    options.edge_types.push_back(detail::require_edge_type(session, type));
  std::vector<std::uint16_t> types;
  for (const std::string& type : params.types) types.push_back(detail::require_node_type(session, type));
  found.report = params.dependents ? find_dependents(*found.view, vertex, options)
                                   : find_dependencies(*found.view, vertex, options);
  if (types.empty()) return found;
  found.chosen = found.report.nodes;
  std::erase_if(*found.chosen, [&](const DependencyNode& node) {
    return std::ranges::find(types, found.snapshot().columns().node_type[node.vertex]) == types.end();
  });
  return found;
}

void group(Found& found) {
  found.groups = detail::group_arcs(*found.view, found.report.arcs);
  for (const ShownGroup& each : found.groups)
    for (const Arc e : each.arcs) found.group_of[e] = &each;
}

void remember_labels(Session& session, const Found& found, Names& names) {
  const Snapshot& snapshot = found.snapshot();
  if (snapshot.has_names()) {
    names.remember(detail::ref_of(snapshot, found.report.node));
    for (const DependencyNode& node : found.report.nodes) names.remember(detail::ref_of(snapshot, node.vertex));
    return;
  }
  std::vector<std::int64_t> keys{snapshot.columns().node_key[found.report.node]};
  for (const DependencyNode& node : found.report.nodes) keys.push_back(snapshot.columns().node_key[node.vertex]);
  for (NodeRef& ref : session.reader().refs(keys)) names.remember(std::move(ref));
}

Json counts_json(const Found& found) {
  // Sorted by tier; types are few.
  std::vector<std::pair<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>>> tiers;
  std::vector<std::uint64_t> by_type(found.snapshot().ontology().node_types().size(), 0);
  const auto& node_type = found.snapshot().columns().node_type;
  for (const DependencyNode& node : found.shown()) {
    if (tiers.empty() || tiers.back().first != node.tier) tiers.push_back({node.tier, {0, 0}});
    ++tiers.back().second.first;
    tiers.back().second.second += node.soft ? 1U : 0U;
    if (node_type[node.vertex] >= by_type.size()) throw DamagedSnapshot("names a node type that is not there");
    ++by_type[node_type[node.vertex]];
  }
  Json tier_list = Json::array(), type_list = Json::array();
  for (const auto& [tier, counts] : tiers) {
    Json entry = Json::object();
    entry.set("tier", tier);
    entry.set("count", counts.first);
    entry.set("soft", counts.second);
    tier_list.push(std::move(entry));
  }
  for (std::size_t type = 0; type < by_type.size(); ++type) {
    if (by_type[type] == 0) continue;
    Json entry = Json::object();
    entry.set("type", found.snapshot().ontology().node_types()[type].id);
    entry.set("count", by_type[type]);
    type_list.push(std::move(entry));
  }
  Json out = Json::object();
  out.set("nodes", std::uint64_t{found.shown().size()});
  out.set("tiers", std::move(tier_list));
  out.set("types", std::move(type_list));
  return out;
}

Json nodes_json(Names& names, const Found& found) {
  Json list = Json::array();
  for (const DependencyNode& node : found.shown()) {
    Json entry = names.json(std::string(found.snapshot().id(node.vertex)));
    entry.set("tier", node.tier);
    entry.set("soft", node.soft);
    list.push(std::move(entry));
  }
  return list;
}

Json groups_json(const Found& found, const std::map<Arc, std::string>& edge_ids) {
  const Snapshot& snapshot = found.snapshot();
  Json list = Json::array();
  for (const ShownGroup& each : found.groups) {
    Json entry = Json::object();
    entry.set("of", snapshot.id(each.dependent));
    entry.set("type", snapshot.ontology().edge_types()[each.type].id);
    if (each.name != 0) entry.set("group", snapshot.group_name(each.arcs.front()));
    if (each.item != no_vertex) entry.set("item", snapshot.id(each.item));
    entry.set("rule", to_string(each.mark));
    entry.set("k", each.k);
    entry.set("n", each.members);
    Json edges = Json::array();
    for (const Arc e : each.arcs) edges.push(edge_ids.at(e));
    entry.set("edges", std::move(edges));
    list.push(std::move(entry));
  }
  return list;
}

/// Steps through which each node was come to.
std::map<Vertex, std::vector<DependencyHop>> links_of(const Found& found) {
  std::map<Vertex, std::vector<DependencyHop>> out;
  for (const DependencyHop& hop : found.report.hops) out[hop.target].push_back(hop);
  return out;
}

/// Whose the edge is where a need was passed on: the generic thing, or the whole; no_vertex where it is the node's own.
Vertex via_of(const Snapshot& snapshot, const DependencyHop& hop, bool dependents) {
  const Vertex dependent = detail::dependent_of(snapshot, hop.arc);
  const Vertex own = dependents ? hop.target : hop.source;
  // What is delivered into a place is not passed on by it.
  const bool is_delivery = snapshot.type_of_edge(hop.arc).role == Role::flow;
  return own == no_vertex || own == dependent || is_delivery ? no_vertex : dependent;
}

/// `is required by X [all]; …`: the links to the tier before, the first three of them; all others are counted.
std::string links_text(Names& names, const Found& found, const std::vector<DependencyHop>& links,
                       const std::map<Vertex, std::uint32_t>& tiers, bool dependents, std::uint32_t tier) {
  constexpr std::size_t most = 3;
  const Session& session = names.session();
  std::string text;
  std::size_t shown = 0;
  for (const DependencyHop& link : links) {
    const auto before = tiers.find(link.source);
    if (shown == most || (before != tiers.end() && before->second >= tier)) continue;
    ++shown;
    const Arc arc = link.arc;
    const Vertex other =
        dependents ? detail::dependency_of(found.snapshot(), arc) : detail::dependent_of(found.snapshot(), arc);
    const EdgeType& type = found.snapshot().type_of_edge(arc);
    const bool outgoing = type.dependency->from_depends == dependents;
    detail::append_part(session, text,
                        fmt::format("{} {} [{}]", detail::relation_label(session, type.id, outgoing),
                                    names.label(std::string(found.snapshot().id(other))),
                                    detail::mark_text(session, *found.group_of.at(arc))));
  }
  if (links.size() > shown) detail::append_part(session, text, fmt::format("+{}", links.size() - shown));
  return text;
}

std::string sources_text(const std::vector<DependencyHop>& links, const std::map<Arc, Edge>& edges) {
  std::string text;
  for (const DependencyHop& link : links) {
    const std::string cited = detail::citations_text(edges.at(link.arc).sources);
    if (text.find(cited) == std::string::npos) text += (text.empty() ? "" : "; ") + cited;
  }
  return text;
}

/// One table a tier.
std::vector<Table> tier_tables(Names& names, const Found& found, const DependsParams& params,
                               const std::map<Arc, Edge>& edges) {
  const Session& session = names.session();
  auto links = links_of(found);
  std::map<Vertex, std::uint32_t> tiers{{found.report.node, 0}};
  for (const DependencyNode& node : found.report.nodes) tiers[node.vertex] = node.tier;
  std::vector<Table> tables;
  std::uint32_t tier = 0;
  for (const DependencyNode& node : found.shown()) {
    if (node.tier != tier) {
      tier = node.tier;
      Table table;
      table.title = fmt::format("{} {} ({})", detail::word(session, "Tier"), tier,
                                std::ranges::count(found.shown(), tier, &DependencyNode::tier));
      table.columns = {detail::column(session, "node", "Node", true), detail::column(session, "type", "Type"),
                       detail::column(session, "via", "Relation", true), detail::column(session, "soft", "Soft")};
      if (params.with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
      tables.push_back(std::move(table));
    }
    const std::string id(found.snapshot().id(node.vertex));
    const auto& at = links[node.vertex];
    std::vector<Cell> row{names.named(id), names.type_label(id),
                          links_text(names, found, at, tiers, params.dependents, tier),
                          node.soft ? detail::word(session, "soft") : std::string()};
    if (params.with_sources) row.emplace_back(sources_text(at, edges));
    tables.back().rows.push_back(std::move(row));
  }
  return tables;
}

std::vector<Table> count_tables(const Session& session, const Json& counts) {
  const auto table_of = [&](const char* list, const char* key, std::string_view title) {
    Table table;
    table.columns = {detail::column(session, key, title), detail::column(session, "count", "Count")};
    for (const Json& entry : counts.find(list)->as_array())
      table.rows.push_back({detail::value_cell(*entry.find(key)), detail::value_cell(*entry.find("count"))});
    return table;
  };
  return {table_of("tiers", "tier", "Tier"), table_of("types", "type", "Type")};
}

Table data_table(Names& names, const Found& found) {
  Table table;
  for (const char* key : {"id", "label", "type", "tier", "soft"}) table.columns.push_back({key, key});
  for (const DependencyNode& node : found.shown()) {
    const std::string id(found.snapshot().id(node.vertex));
    table.rows.push_back({id, names.label(id), names.ref(id).type, std::int64_t{node.tier}, node.soft});
  }
  return table;
}

Subgraph subgraph_of(const Found& found) {
  Subgraph out;
  out.view = found.view;
  std::map<Vertex, const DependencyNode*> nodes{{found.report.node, nullptr}};
  for (const DependencyNode& node : found.report.nodes) nodes[node.vertex] = &node;
  // An edge that passes a need on, or says what is delivered, may end at a node that is not listed.
  for (const Arc e : found.report.arcs) {
    nodes.emplace(found.snapshot().columns().from[e], nullptr);
    nodes.emplace(found.snapshot().columns().to[e], nullptr);
  }
  std::vector<Cell>& tiers = out.columns.by_name["tier"];
  std::vector<Cell>& soft = out.columns.by_name["soft"];
  for (const auto& [vertex, node] : nodes) {
    out.vertices.push_back(vertex);
    if (node != nullptr || vertex == found.report.node) {
      tiers.emplace_back(std::int64_t{node == nullptr ? 0 : node->tier});
      soft.emplace_back(node != nullptr && node->soft);
    } else {
      tiers.emplace_back();
      soft.emplace_back();
    }
  }
  out.arcs = found.report.arcs;
  return out;
}

constexpr std::size_t most_tree_lines = 40;
/// Larger graphs and longer answers are not searched for what stops whom; a line names the command that does.
constexpr std::size_t most_searched_edges = 200'000, most_searched_nodes = 5000;

/// The nodes to which only what is listed but never needed leads.
std::size_t soft_beside(const Found& found, const DependsParams& params) {
  if (params.soft || found.snapshot().edge_count() > most_searched_edges) return 0;
  ReachOptions options{.depth = params.depth,
                       .soft = true,
                       .asked = params.asked,
                       .through_places = params.through_places,
                       .list_arcs = false};
  for (const std::string& type : params.edge_types)
    if (const auto number = found.snapshot().ontology().edge_type(type)) options.edge_types.push_back(*number);
  const DependencyReport all = params.dependents ? find_dependents(*found.view, found.report.node, options)
                                                 : find_dependencies(*found.view, found.report.node, options);
  return all.nodes.size() - std::min(all.nodes.size(), found.report.nodes.size());
}

std::string summary(Names& names, const Found& found, const DependsParams& params) {
  const std::string node = names.named(std::string(found.snapshot().id(found.report.node)));
  const auto soft = std::ranges::count(found.shown(), true, &DependencyNode::soft);
  const std::uint32_t tiers = found.shown().empty() ? 0 : found.shown().back().tier;
  std::string text = detail::say(
      names.session(),
      params.dependents ? "{}: nodes that depend on it: {}, tiers: {}" : "{}: nodes it depends on: {}, tiers: {}", node,
      found.shown().size(), tiers);
  if (soft > 0) text += detail::say(names.session(), ", of them only softly: {}", soft);
  const std::size_t beside = params.people && params.types.empty() ? soft_beside(found, params) : 0;
  if (beside > 0) text += detail::say(names.session(), "; +{} softly: --soft", beside);
  return text;
}

/// The edges, each in the order of `arcs`, with whom a need is passed on by.
Json edges_json(const Found& found, const std::vector<Edge>& records, bool dependents) {
  std::map<Arc, Vertex> via;
  for (const DependencyHop& hop : found.report.hops) {
    const Vertex passed_on_by = via_of(found.snapshot(), hop, dependents);
    if (passed_on_by != no_vertex) via[hop.arc] = passed_on_by;
  }
  Json list = Json::array();
  for (std::size_t i = 0; i < records.size(); ++i) {
    Json entry = to_json(records[i]);
    const auto passed_on = via.find(found.report.arcs[i]);
    if (passed_on != via.end()) entry.set("via", found.snapshot().id(passed_on->second));
    list.push(std::move(entry));
  }
  return list;
}

/// What stops the node alone and in pairs, as `chokepoints` says.
struct Stops {
  std::set<Vertex> alone, alone_if_all;
  std::vector<std::vector<Vertex>> pairs;
  bool is_impossible = false;
};

std::optional<Stops> stops_of(Session& session, const Found& found, const DependsParams& params) {
  const Snapshot& snapshot = found.snapshot();
  if (snapshot.edge_count() > most_searched_edges || found.report.nodes.size() > most_searched_nodes)
    return std::nullopt;
  ChokepointsParams question;
  question.target = snapshot.id(found.report.node);
  question.view = params.view;
  question.limit = 1;
  const Answer answer = find_chokepoints(session, question);
  Stops stops;
  const auto& bounds = answer.result.find("bounds")->as_array();
  for (std::size_t reading = 0; reading < bounds.size(); ++reading) {
    stops.is_impossible = stops.is_impossible || bounds[reading].find("already_impossible") != nullptr;
    for (const Json& set : bounds[reading].find("cut_sets")->as_array()) {
      std::vector<Vertex> members;
      for (const Json& id : set.as_array()) members.push_back(snapshot.find(id.as_string()).value());
      if (members.size() == 1)
        (reading == 0 ? stops.alone : stops.alone_if_all).insert(members.front());
      else if (reading == 0)
        stops.pairs.push_back(std::move(members));
    }
  }
  return stops;
}

/// What fails without the node, as `whatif` says.
std::optional<Stops> stopped_by(Session& session, const Found& found, const DependsParams& params) {
  if (found.snapshot().edge_count() > most_searched_edges) return std::nullopt;
  ViewParams view_params = params.view;
  view_params.derived = true;
  const auto view = make_view(session, view_params);
  const auto node = view->snapshot().find(found.snapshot().id(found.report.node));
  if (!node || !view->has_node(*node)) return std::nullopt;
  Scenario scenario;
  scenario.removed = {*node};
  scenario.terms = detail::policy_terms(session, view->snapshot());
  scenario.in_force = acting_policies(*view, scenario.terms);
  const WhatIf answer = what_if(*view, scenario);
  Stops stops;
  for (std::size_t reading = 0; reading < 2; ++reading)
    for (const Vertex v : answer.state.bounds[reading].impossible)
      if (v != *node) (reading == 0 ? stops.alone : stops.alone_if_all).insert(v);
  return stops;
}

void add_pairs(Names& names, const Found& found, const Stops& stops, std::vector<std::string>& remarks) {
  constexpr std::size_t most_named = 3;
  const Snapshot& snapshot = found.snapshot();
  std::string text;
  for (std::size_t i = 0; i < std::min(stops.pairs.size(), most_named); ++i) {
    std::string members;
    for (const Vertex v : stops.pairs[i])
      members += (members.empty() ? "" : " + ") + names.label(std::string(snapshot.id(v)));
    detail::append_part(names.session(), text, members);
  }
  if (stops.pairs.size() > most_named) text += fmt::format(" +{}", stops.pairs.size() - most_named);
  const std::string id(snapshot.id(found.report.node));
  if (text.empty())
    remarks.push_back(detail::say(names.session(), "cut sets of one: {}, of two: 0; `chokepoints {}` lists them",
                                  stops.alone.size(), id));
  else
    remarks.push_back(detail::say(names.session(), "cut sets of one: {}, of two: {} ({}); `chokepoints {}` lists them",
                                  stops.alone.size(), stops.pairs.size(), text, id));
}

void add_stops(Session& session, Names& names, const Found& found, const DependsParams& params,
               const std::optional<Stops>& stops, Answer& answer) {
  const std::string id(found.snapshot().id(found.report.node));
  if (!stops) {
    if (params.dependents)
      answer.remarks.push_back(detail::say(session, "what stops without it: `whatif --remove {}`", id));
    else if (found.snapshot().layer(found.report.node) != Layer::place)
      answer.remarks.push_back(detail::say(session, "what stops it alone or in pairs: `chokepoints {}`", id));
    return;
  }
  std::set<Vertex> only_if_all;
  std::ranges::set_difference(stops->alone_if_all, stops->alone, std::inserter(only_if_all, only_if_all.end()));
  if (params.dependents) {
    const auto counted = [&](const std::set<Vertex>& some) {
      return std::ranges::count_if(found.report.nodes,
                                   [&](const DependencyNode& n) { return some.contains(n.vertex); });
    };
    answer.heading.push_back(
        only_if_all.empty()
            ? detail::say(session, "✗ stop without it: {}; `whatif --remove {}` says why", counted(stops->alone), id)
            : detail::say(
                  session,
                  "✗ stop without it: {}, (✗) and if all variants are needed: {}; `whatif --remove {}` says why",
                  counted(stops->alone), counted(only_if_all), id));
    return;
  }
  if (stops->is_impossible) {
    answer.heading.push_back(
        detail::say(session, "impossible as things stand; `chokepoints {}` says which policies", id));
    return;
  }
  std::vector<Vertex> nearest_first;
  for (const DependencyNode& node : found.report.nodes)
    if (stops->alone.contains(node.vertex)) nearest_first.push_back(node.vertex);
  detail::add_stop_lines(names, found.snapshot(), nearest_first, answer.heading);
  if (stops->alone.empty())
    answer.heading.push_back(detail::say(session, "nothing stops it alone, as far as recorded"));
  if (!only_if_all.empty())
    answer.heading.push_back(
        detail::say(session, "(✗) stop it alone only if all variants are needed: {}", only_if_all.size()));
  add_pairs(names, found, *stops, answer.remarks);
}

/// The tree of what must hold, what stops it above, and what stops it in pairs below.
void add_tree(Session& session, const Found& found, Names& names, const DependsParams& params,
              const std::map<Arc, Edge>& edges, Answer& answer) {
  std::optional<Stops> stops;
  if (params.dependents)
    stops = stopped_by(session, found, params);
  else if (found.snapshot().layer(found.report.node) != Layer::place)
    stops = stops_of(session, found, params);
  detail::TreeQuestion question{.root = found.report.node,
                                .dependents = params.dependents,
                                .groups = found.groups,
                                .hops = found.report.hops,
                                .edges = &edges,
                                .stops = stops ? &stops->alone : nullptr,
                                .may_stop = stops ? &stops->alone_if_all : nullptr,
                                .with_sources = params.with_sources,
                                .most_lines = params.tree ? 0 : most_tree_lines};
  detail::DrawnTree tree = detail::draw_tree(names, *found.view, question);
  answer.drawing = std::move(tree.lines);
  add_stops(session, names, found, params, stops, answer);
  if (!params.tree && (!tree.is_whole || tree.is_short))
    answer.remarks.push_back(
        detail::say(session, "drawn to depth {}; --tree draws all, --tiers lists all", tree.depth));
}

/// Reads the edges and fills in what shows them.
void add_details(Session& session, Found& found, Names& names, const DependsParams& params, Answer& answer) {
  group(found);
  std::vector<std::int64_t> keys;
  for (const Arc e : found.report.arcs) keys.push_back(found.snapshot().columns().edge_key[e]);
  auto records = session.reader().edges(keys);
  std::map<Arc, Edge> edges;
  std::map<Arc, std::string> ids;
  answer.result.set("nodes", nodes_json(names, found));
  answer.result.set("edges", edges_json(found, records, params.dependents));
  for (std::size_t i = 0; i < records.size(); ++i) {
    ids[found.report.arcs[i]] = records[i].id;
    edges[found.report.arcs[i]] = std::move(records[i]);
  }
  answer.result.set("groups", groups_json(found, ids));
  answer.data = data_table(names, found);
  if (!params.people) return;
  if (params.tiers || !params.types.empty())
    answer.tables = tier_tables(names, found, params, edges);
  else if (!found.report.nodes.empty())
    add_tree(session, found, names, params, edges, answer);
}

}  // namespace

namespace {

/// Nodes with labels, written row by row from the snapshot.
LongList node_rows(const Session& session, Found found) {
  LongList rows;
  rows.key = "nodes";
  rows.size = found.shown().size();
  const auto shared = std::make_shared<const Found>(std::move(found));
  rows.append = [shared, language = session.language()](std::size_t row, std::optional<unsigned> indent,
                                                        std::string& out) {
    const DependencyNode& node = shared->shown()[row];
    const Snapshot& snapshot = shared->snapshot();
    const auto member = [&](const char* key, bool is_first = false) {
      if (!is_first) out += ',';
      if (indent) out.append(1, '\n').append(*indent + 2, ' ');
      out.append(1, '"').append(key).append(indent ? "\": " : "\":");
    };
    out += '{';
    member("id", true);
    append_json_string(out, snapshot.id(node.vertex));
    member("type");
    append_json_string(out, snapshot.type(node.vertex).id);
    member("label");
    append_json_string(out, snapshot.label(node.vertex, language));
    member("tier");
    out.append(std::to_string(node.tier));
    member("soft");
    out.append(node.soft ? "true" : "false");
    if (indent) out.append(1, '\n').append(*indent, ' ');
    out += '}';
  };
  return rows;
}

std::map<Arc, Edge> edges_of(const Session& session, const Found& found) {
  std::vector<std::int64_t> keys;
  for (const Arc e : found.report.arcs) keys.push_back(found.snapshot().columns().edge_key[e]);
  std::vector<Edge> records = session.reader().edges(keys);
  std::map<Arc, Edge> edges;
  for (std::size_t i = 0; i < records.size(); ++i) edges.emplace(found.report.arcs[i], std::move(records[i]));
  return edges;
}

/// The whole tree of what must hold where a sheet holds it; else how it is stopped, with what lies on the way.
DrawnPicture tree_of(Session& session, const Found& found, const DependsParams& params) {
  Names names(session);
  const std::map<Arc, Edge> edges = edges_of(session, found);
  std::optional<Stops> stops;
  if (found.snapshot().layer(found.report.node) != Layer::place) stops = stops_of(session, found, params);
  FaultTree tree = detail::requirement_tree(names, *found.view,
                                            {.root = found.report.node,
                                             .dependents = false,
                                             .groups = found.groups,
                                             .hops = found.report.hops,
                                             .edges = &edges,
                                             .stops = stops ? &stops->alone : nullptr,
                                             .may_stop = stops ? &stops->alone_if_all : nullptr});
  const bool is_whole = std::ranges::none_of(tree.events, &FaultTreeEvent::goes_on);
  if (is_whole || !stops || (stops->alone.empty() && stops->pairs.empty())) return tree;
  ChokepointsParams question;
  question.target = found.snapshot().id(found.report.node);
  question.view = params.view;
  return find_chokepoints(session, question).pictures.front().make();
}

void offer_pictures_of(Session& session, const Found& found, const DependsParams& params, Answer& answer) {
  if (params.dependents || params.count || !params.edges || found.report.nodes.empty()) return;
  const auto shared = std::make_shared<const Found>(found);
  answer.pictures.push_back({"fault-tree", [&session, shared, params] { return tree_of(session, *shared, params); }});
  if (detail::has_supply_flow(*found.view, found.report.node, found.groups))
    answer.pictures.push_back(
        {"flow", [&session, shared] {
           Names names(session);
           const std::map<Arc, Edge> edges = edges_of(session, *shared);
           return DrawnPicture(detail::supply_flow(names, *shared->view, shared->report.node, shared->groups, edges));
         }});
}

Answer answer_from(Session& session, const DependsParams& params) {
  Found found = find(session, params);
  Names names(session);
  const Snapshot& snapshot = found.snapshot();
  const bool is_long = params.rows && !params.edges && !params.count && snapshot.has_names();
  if (!is_long && !params.count)
    remember_labels(session, found, names);
  else if (snapshot.has_names())
    names.remember(detail::ref_of(snapshot, found.report.node));
  Answer answer{.command = params.dependents ? "dependents" : "depends", .result = Json::object()};
  answer.result.set("node", names.json(std::string(snapshot.id(found.report.node))));
  Json counts = counts_json(found);
  answer.heading = {summary(names, found, params)};
  if (params.count) {
    answer.tables = count_tables(session, counts);
  } else if (params.edges) {
    add_details(session, found, names, params, answer);
  } else if (!is_long) {
    answer.result.set("nodes", nodes_json(names, found));
    answer.data = data_table(names, found);
    answer.tables = {*answer.data};
  }
  answer.result.set("counts", std::move(counts));
  if (params.edges) answer.subgraph = subgraph_of(found);
  offer_pictures_of(session, found, params, answer);
  const ViewCoverage& left_out = found.report.hidden;
  answer.coverage = coverage_of(session, snapshot, left_out);
  const auto hidden = found.report.nodes.size() - found.shown().size();
  answer.coverage.set("nodes_of_other_types", std::uint64_t{hidden});
  if (hidden > 0) answer.remarks.push_back(detail::say(session, "not listed, of other types: {}", hidden));
  if (left_out.edges_of_other_status > 0)
    answer.remarks.push_back(detail::say(
        session,
        "left out: {} forecast, planned, recommended or derived edges on the way; --include and --bridge add them",
        left_out.edges_of_other_status));
  if (is_long) answer.rows = node_rows(session, std::move(found));
  return answer;
}

}  // namespace

Answer follow_dependencies(Session& session, const DependsParams& params) {
  try {
    return answer_from(session, params);
  } catch (const DamagedSnapshot& error) {
    session.renew_snapshot(error.what());
    return answer_from(session, params);
  }
}

}  // namespace chokepoint
