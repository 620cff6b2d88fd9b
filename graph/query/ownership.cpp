#include "chokepoint/query/ownership.hpp"

#include "chokepoint/analysis/ownership.hpp"
#include "chokepoint/model/error.hpp"
#include "query/chain.hpp"
#include "query/facts.hpp"
#include "query/wording.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace chokepoint {

Answer find_owned(Session& session, const OwnershipParams& params) {
  OwnershipOptions options;
  if (params.threshold) options.threshold = *params.threshold;
  if (!(options.threshold > 0 && options.threshold <= 1)) throw UsageError("--threshold is a share above 0, at most 1");
  const auto view = make_view(session, params.view);
  const Snapshot& snapshot = view->snapshot();
  std::set<Vertex> owners;
  for (const std::string& name : params.owners) owners.insert(snapshot.find(session.reader().resolve(name).id).value());
  const OwnershipReport report = find_ownership(*view, std::vector<Vertex>(owners.begin(), owners.end()), options);

  detail::Names names(session);
  Answer answer{.command = "ownership", .result = Json::object(), .coverage = Json::object()};
  std::vector<std::int64_t> keys;
  for (const Arc e : report.arcs) keys.push_back(snapshot.columns().edge_key[e]);
  const std::vector<Edge> edges = session.reader().edges(keys);
  std::multimap<std::string, const Edge*> holdings;
  for (const Edge& edge : edges) holdings.emplace(edge.to, &edge);

  Json owner_ids = Json::array(), owned = Json::array();
  std::string owner_names;
  for (const Vertex v : owners) {
    owner_ids.push(snapshot.id(v));
    detail::append_part(session, owner_names, names.named(std::string(snapshot.id(v))));
  }
  Table table;
  table.title = detail::say(session, "Controlled by {}", owner_names);
  table.columns = {detail::column(session, "node", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "tier", "Tier"),       detail::column(session, "share", "Held"),
                   detail::column(session, "certain", "Certain"), detail::column(session, "through", "Through", true)};
  if (params.with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  for (const OwnedVertex& each : report.owned) {
    const std::string id(snapshot.id(each.vertex));
    Json entry = names.json(id);
    entry.set("tier", each.tier);
    entry.set("share_low", each.share_low);
    entry.set("share_high", each.share_high);
    entry.set("certain", each.certain);
    owned.push(std::move(entry));
    if (params.limit > 0 && table.rows.size() == params.limit) continue;
    std::string through, sources;
    const auto [first, last] = holdings.equal_range(id);
    for (auto at = first; at != last; ++at) {
      detail::append_part(session, through, names.named(at->second->from));
      detail::append_part(session, sources, detail::citations_text(at->second->sources));
    }
    std::vector<Cell> row{names.named(id),
                          names.type_label(id),
                          static_cast<std::int64_t>(each.tier),
                          detail::percent_text(each.share_low, each.share_high),
                          each.certain,
                          through};
    if (params.with_sources) row.emplace_back(sources);
    table.rows.push_back(std::move(row));
  }
  answer.result.set("owners", std::move(owner_ids));
  answer.result.set("threshold", options.threshold);
  answer.result.set("owned", std::move(owned));
  answer.result.set("edges", detail::edges_json(edges));
  answer.negative = report.owned.empty();
  if (!table.rows.empty()) answer.tables.push_back(std::move(table));
  if (report.owned.empty())
    answer.remarks.push_back(detail::say(session,
                                         owners.size() == 1 ? "{} controls nothing, as far as holdings are recorded"
                                                            : "{} control nothing, as far as holdings are recorded",
                                         owner_names));
  const auto unsure = std::ranges::count(report.owned, false, &OwnedVertex::certain);
  if (unsure > 0)
    answer.remarks.push_back(detail::say(session, "controlled only if unknown shares are large: {}", unsure));

  Subgraph subgraph;
  subgraph.view = view;
  std::set<Vertex> touched = owners;
  for (const OwnedVertex& each : report.owned) touched.insert(each.vertex);
  subgraph.vertices.assign(touched.begin(), touched.end());
  subgraph.arcs = report.arcs;
  for (const Vertex v : subgraph.vertices) {
    const auto at = std::ranges::find(report.owned, v, &OwnedVertex::vertex);
    const bool is_owned = at != report.owned.end();
    subgraph.columns.by_name["share_low"].push_back(is_owned ? Cell(at->share_low) : Cell());
    subgraph.columns.by_name["share_high"].push_back(is_owned ? Cell(at->share_high) : Cell());
  }
  answer.coverage = coverage_of(session, *view, subgraph.vertices);
  answer.coverage.set("controlled_for_certain", report.owned.size() - static_cast<std::size_t>(unsure));
  answer.coverage.set("controlled_perhaps", static_cast<std::uint64_t>(unsure));
  answer.subgraph = std::move(subgraph);
  return answer;
}

}  // namespace chokepoint
