#include "chokepoint/present/depends.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "chokepoint/query/depends.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/dependencies/depends_parts.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint {

Vertex detail::via_of(const Snapshot& snapshot, const DependencyHop& hop, bool dependents) {
  const Vertex dependent = dependent_of(snapshot, hop.arc);
  const Vertex own = dependents ? hop.target : hop.source;
  // What is delivered into a place is not passed on by it.
  const bool is_delivery = snapshot.type_of_edge(hop.arc).role == Role::flow;
  return own == no_vertex || own == dependent || is_delivery ? no_vertex : dependent;
}

DependsCounts count_nodes(const DependsResult& found) {
  DependsCounts counts;
  counts.nodes = found.nodes().size();
  std::vector<std::size_t> by_type(found.snapshot().ontology().node_types().size(), 0);
  const auto& node_type = found.snapshot().columns().node_type;
  for (const DependencyNode& node : found.nodes()) {
    // Sorted by tier.
    if (counts.tiers.empty() || counts.tiers.back().tier != node.tier) counts.tiers.push_back({node.tier});
    ++counts.tiers.back().count;
    counts.tiers.back().soft += node.soft ? 1U : 0U;
    if (node_type[node.vertex] >= by_type.size()) throw DamagedSnapshot("names a node type that is not there");
    ++by_type[node_type[node.vertex]];
  }
  for (std::uint16_t type = 0; type < by_type.size(); ++type)
    if (by_type[type] > 0) counts.types.push_back({type, by_type[type]});
  return counts;
}

namespace {

using detail::Names;

void remember_labels(Session& session, const DependsResult& found, Names& names) {
  const Snapshot& snapshot = found.snapshot();
  if (snapshot.has_names()) {
    names.remember(ref_of(snapshot, found.report.node));
    for (const DependencyNode& node : found.report.nodes) names.remember(ref_of(snapshot, node.vertex));
    return;
  }
  std::vector<std::int64_t> keys{snapshot.columns().node_key[found.report.node]};
  for (const DependencyNode& node : found.report.nodes) keys.push_back(snapshot.columns().node_key[node.vertex]);
  for (NodeRef& ref : session.reader().refs(keys)) names.remember(std::move(ref));
}

Json counts_json(const Ontology& ontology, const DependsCounts& counts) {
  Json tiers = Json::array(), types = Json::array();
  for (const DependsTier& each : counts.tiers) {
    Json entry = Json::object();
    entry.set("tier", each.tier);
    entry.set("count", std::uint64_t{each.count});
    entry.set("soft", std::uint64_t{each.soft});
    tiers.push(std::move(entry));
  }
  for (const DependsType& each : counts.types) {
    Json entry = Json::object();
    entry.set("type", ontology.node_types()[each.type].id);
    entry.set("count", std::uint64_t{each.count});
    types.push(std::move(entry));
  }
  Json out = Json::object();
  out.set("nodes", std::uint64_t{counts.nodes});
  out.set("tiers", std::move(tiers));
  out.set("types", std::move(types));
  return out;
}

Json nodes_json(Names& names, const DependsResult& found) {
  Json list = Json::array();
  for (const DependencyNode& node : found.nodes()) {
    Json entry = names.json(std::string(found.snapshot().id(node.vertex)));
    entry.set("tier", node.tier);
    entry.set("soft", node.soft);
    list.push(std::move(entry));
  }
  return list;
}

Json groups_json(const DependsResult& found) {
  const Snapshot& snapshot = found.snapshot();
  Json list = Json::array();
  for (const DependencyGroup& each : found.groups) {
    Json entry = Json::object();
    entry.set("of", snapshot.id(each.dependent));
    entry.set("type", snapshot.ontology().edge_types()[each.type].id);
    if (each.name != 0) entry.set("group", snapshot.group_name(each.arcs.front()));
    if (each.item != no_vertex) entry.set("item", snapshot.id(each.item));
    entry.set("rule", to_string(each.rule));
    entry.set("k", each.k);
    entry.set("n", each.members);
    Json edges = Json::array();
    for (const Arc e : each.arcs) edges.push(found.edges.at(e).id);
    entry.set("edges", std::move(edges));
    list.push(std::move(entry));
  }
  return list;
}

/// The edges, each in the order of the walk's arcs, with whom a need is passed on by.
Json edges_json(const DependsResult& found) {
  std::map<Arc, Vertex> via;
  for (const DependencyHop& hop : found.report.hops) {
    const Vertex passed_on_by = detail::via_of(found.snapshot(), hop, found.dependents);
    if (passed_on_by != no_vertex) via[hop.arc] = passed_on_by;
  }
  Json list = Json::array();
  for (const auto& [arc, edge] : found.edges) {
    Json entry = to_json(edge);
    const auto passed_on = via.find(arc);
    if (passed_on != via.end()) entry.set("via", found.snapshot().id(passed_on->second));
    list.push(std::move(entry));
  }
  return list;
}

/// What the answer says of a node that is listed: what stops the one that was asked about, or stops without it.
Mark mark_of(const DependsResult& found, const std::optional<DependsStops>& stops, Vertex v) {
  if (v == found.report.node) return Mark::subject;
  const bool any = stops && stops->alone.contains(v), all = stops && stops->alone_if_all.contains(v);
  if (found.dependents && any && all) return Mark::fails;
  if (any && !found.dependents) return Mark::chokepoint;
  return any || all ? Mark::may_fail : Mark::found;
}

Subgraph subgraph_of(const DependsResult& found, const std::optional<DependsStops>& stops) {
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
    const bool is_listed = node != nullptr || vertex == found.report.node;
    out.marks.push_back(is_listed ? mark_of(found, stops, vertex) : Mark::none);
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

/// Nodes with labels, written row by row from the snapshot.
LongList node_rows(const Session& session, const std::shared_ptr<const DependsResult>& shared) {
  LongList rows;
  rows.key = "nodes";
  rows.size = shared->nodes().size();
  rows.append = [shared, language = session.language()](std::size_t row, std::optional<unsigned> indent,
                                                        std::string& out) {
    const DependencyNode& node = shared->nodes()[row];
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

std::string summary(Names& names, const DependsResult& found) {
  const Session& session = names.session();
  const std::string node = names.named(std::string(found.snapshot().id(found.report.node)));
  const std::size_t all = found.report.nodes.size();
  if (all > found.nodes().size())
    return detail::say(session,
                       found.dependents ? "{}: nodes that depend on it: {}, of these types: {}"
                                        : "{}: nodes it depends on: {}, of these types: {}",
                       node, all, found.nodes().size());
  const auto soft = std::ranges::count(found.nodes(), true, &DependencyNode::soft);
  const std::uint32_t tiers = found.nodes().empty() ? 0 : found.nodes().back().tier;
  std::string text = detail::say(
      session,
      found.dependents ? "{}: nodes that depend on it: {}, tiers: {}" : "{}: nodes it depends on: {}, tiers: {}", node,
      found.nodes().size(), tiers);
  if (soft > 0) text += detail::say(session, ", of them only softly: {}", soft);
  if (found.softly_beside > 0) text += detail::say(session, "; +{} softly: --soft", found.softly_beside);
  return text;
}

/// What the edges show.
void add_details(Names& names, const DependsResult& found, const DependsStyle& style, Answer& answer) {
  answer.result.set("nodes", nodes_json(names, found));
  answer.result.set("edges", edges_json(found));
  answer.result.set("groups", groups_json(found));
  answer.data.push_back(detail::dependency_data(names, found));
  if (!style.people) return;
  if (style.tiers || found.chosen)
    answer.tables = detail::tier_tables(names, found, style.with_sources);
  else if (!found.report.nodes.empty())
    detail::add_dependency_tree(names, found, style, std::nullopt, answer);
}

void add_coverage(Session& session, const DependsResult& found, Answer& answer) {
  const ViewCoverage& left_out = found.report.hidden;
  answer.coverage = coverage_of(session, found.snapshot(), left_out);
  const auto hidden = found.report.nodes.size() - found.nodes().size();
  answer.coverage.set("nodes_of_other_types", std::uint64_t{hidden});
  if (hidden > 0) answer.remarks.push_back(detail::say(session, "not listed, of other types: {}", hidden));
  if (left_out.edges_of_other_status > 0)
    answer.remarks.push_back(detail::say(
        session,
        "left out: {} forecast, planned, recommended or derived edges on the way; --include and --bridge add them",
        left_out.edges_of_other_status));
}

/// Answers of more nodes are too long to be read as a whole.
constexpr std::size_t most_read = 20'000;

/// How far an answer is drawn that is too long; nothing where it is not.
std::optional<std::uint32_t> drawn_depth(const DependsCounts& counts) {
  constexpr std::size_t most_drawn = 5000;
  if (counts.nodes <= most_read) return std::nullopt;
  std::uint32_t depth = 0;
  std::size_t nodes = 0;
  for (const DependsTier& tier : counts.tiers) {
    nodes += tier.count;
    if (depth > 0 && nodes > most_drawn) break;
    depth = tier.tier;
  }
  return depth;
}

/// For people, of an answer of many thousand nodes: how many there are, and the tree near the node. The edges further
/// away are not read.
std::optional<Answer> long_answer(Session& session, const DependsParams& params, const DependsStyle& style) {
  if (!style.people || !params.edges || style.tree || style.tiers || style.count || !params.types.empty())
    return std::nullopt;
  // Fewer edges lead to fewer nodes: no need to walk in order to count.
  if (session.edge_count() <= most_read) return std::nullopt;
  DependsParams asked = params;
  asked.edges = false;
  const DependsResult all = follow_dependencies(session, asked);
  const DependsCounts counts = count_nodes(all);
  const std::optional<std::uint32_t> depth = drawn_depth(counts);
  if (!depth) return std::nullopt;
  asked = params;
  asked.depth = *depth;
  const DependsResult near = follow_dependencies(session, asked);
  Names names(session);
  remember_labels(session, near, names);
  Answer answer{.command = params.dependents ? "dependents" : "depends", .result = Json::object()};
  answer.heading = {summary(names, all)};
  detail::add_dependency_tree(names, near, style, depth, answer);
  answer.subgraph = [subgraph = subgraph_of(near, std::nullopt)] { return subgraph; };
  add_coverage(session, all, answer);
  return answer;
}

/// What stops it alone in the order of `rank_stops`, the others nearest first.
Json stops_json(const DependsResult& found) {
  const auto ids = [&](const std::set<Vertex>& some) {
    Json list = Json::array();
    for (const DependencyNode& node : found.report.nodes)
      if (some.contains(node.vertex)) list.push(found.snapshot().id(node.vertex));
    return list;
  };
  Json ranked = Json::array();
  for (const RankedStop& stop : found.stops->ranked) ranked.push(found.snapshot().id(stop.vertex));
  Json out = Json::object();
  out.set("alone", found.dependents ? ids(found.stops->alone) : std::move(ranked));
  out.set("alone_if_all", ids(found.stops->alone_if_all));
  return out;
}

Answer answer_from(Session& session, const DependsParams& params, const DependsStyle& style) {
  if (auto answer = long_answer(session, params, style)) return *std::move(answer);
  DependsParams asked = params;
  asked.count_soft = style.people && params.types.empty();
  asked.stops = style.page || (params.types.empty() && params.edges && !style.count && !style.tiers);
  const auto shared = std::make_shared<const DependsResult>(follow_dependencies(session, asked));
  const DependsResult& found = *shared;
  Names names(session);
  const Snapshot& snapshot = found.snapshot();
  const bool is_long = style.rows && !params.edges && !style.count && snapshot.has_names();
  if (!is_long && !style.count)
    remember_labels(session, found, names);
  else if (snapshot.has_names())
    names.remember(ref_of(snapshot, found.report.node));
  Answer answer{.command = params.dependents ? "dependents" : "depends", .result = Json::object()};
  answer.result.set("node", names.json(std::string(snapshot.id(found.report.node))));
  const DependsCounts counts = count_nodes(found);
  answer.heading = {summary(names, found)};
  if (style.count) {
    answer.tables = answer.data = detail::count_tables(session, snapshot.ontology(), counts);
    answer.data[0].title = "tiers";
    answer.data[1].title = "types";
  } else if (params.edges) {
    add_details(names, found, style, answer);
  } else if (!is_long) {
    answer.result.set("nodes", nodes_json(names, found));
    answer.data.push_back(detail::dependency_data(names, found));
    answer.tables = answer.data;
  }
  answer.result.set("counts", counts_json(snapshot.ontology(), counts));
  if (params.edges && found.stops) answer.result.set("stops", stops_json(found));
  if (params.edges)
    answer.subgraph = [&session, shared, view = params.view] {
      return subgraph_of(*shared, shared->stops ? shared->stops : find_stops(session, *shared, view));
    };
  if (params.edges && !params.dependents && !style.count && !found.report.nodes.empty())
    detail::offer_dependency_pictures(session, shared, params.view, answer);
  add_coverage(session, found, answer);
  if (is_long) answer.rows = node_rows(session, shared);
  return answer;
}

}  // namespace

Answer depends_answer(Session& session, const DependsParams& params, const DependsStyle& style) {
  return session.on_sound_snapshot([&] { return answer_from(session, params, style); });
}

}  // namespace chokepoint
