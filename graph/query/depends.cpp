#include "chokepoint/query/depends.hpp"

#include "chokepoint/analysis/reach.hpp"
#include "query/dependency_tree.hpp"
#include "query/fact_table.hpp"
#include "query/groups.hpp"
#include "query/types.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

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

std::string summary(Names& names, const Found& found, const DependsParams& params) {
  const std::string node = names.named(std::string(found.snapshot().id(found.report.node)));
  const auto soft = std::ranges::count(found.shown(), true, &DependencyNode::soft);
  const std::uint32_t tiers = found.shown().empty() ? 0 : found.shown().back().tier;
  return detail::say(names.session(),
                     params.dependents ? "{}: nodes that depend on it: {}, tiers: {}, only softly: {}"
                                       : "{}: nodes it depends on: {}, tiers: {}, only softly: {}",
                     node, found.shown().size(), tiers, soft);
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
  if (params.tree)
    answer.drawing =
        detail::draw_tree(names, *found.view, found.report.node, params.dependents, found.groups, found.report.hops);
  else
    answer.tables = tier_tables(names, found, params, edges);
  answer.data = data_table(names, found);
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
  answer.heading = {summary(names, found, params)};
  if (params.edges) answer.subgraph = subgraph_of(found);
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
