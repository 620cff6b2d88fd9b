#include "chokepoint/present/ownership.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "present/words/chain.hpp"
#include "present/words/facts.hpp"
#include "present/words/headlines.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

std::string owner_list(detail::Names& names, const OwnershipResult& found) {
  std::string list;
  for (const Vertex v : found.owners)
    detail::append_part(names.session(), list, names.named(std::string(found.view->snapshot().id(v))));
  return list;
}

Json owned_json(detail::Names& names, const OwnershipResult& found) {
  Json owned = Json::array();
  for (const OwnedVertex& each : found.holdings.owned) {
    Json entry = names.json(std::string(found.view->snapshot().id(each.vertex)));
    entry.set("tier", each.tier);
    entry.set("share_low", each.share_low);
    entry.set("share_high", each.share_high);
    entry.set("certain", each.certain);
    owned.push(std::move(entry));
  }
  return owned;
}

Table owned_table(detail::Names& names, const OwnershipResult& found, const OwnershipStyle& style) {
  const Session& session = names.session();
  std::multimap<std::string, const Edge*> holdings;
  for (const Edge& edge : found.edges) holdings.emplace(edge.to, &edge);
  Table table;
  table.title = detail::say(session, "Controlled by {}", owner_list(names, found));
  table.columns = {detail::column(session, "node", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "tier", "Tier"),       detail::column(session, "share", "Held"),
                   detail::column(session, "certain", "Certain"), detail::column(session, "through", "Through", true)};
  if (style.with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  for (const OwnedVertex& each : found.holdings.owned) {
    if (style.limit > 0 && table.rows.size() == style.limit) break;
    const std::string id(found.view->snapshot().id(each.vertex));
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
    if (style.with_sources) row.emplace_back(sources);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Subgraph owned_subgraph(const OwnershipResult& found) {
  Subgraph subgraph;
  subgraph.view = found.view;
  std::set<Vertex> touched(found.owners.begin(), found.owners.end());
  for (const OwnedVertex& each : found.holdings.owned) touched.insert(each.vertex);
  subgraph.vertices.assign(touched.begin(), touched.end());
  subgraph.arcs = found.holdings.arcs;
  for (const Vertex v : subgraph.vertices) {
    const auto at = std::ranges::find(found.holdings.owned, v, &OwnedVertex::vertex);
    const bool is_owned = at != found.holdings.owned.end();
    subgraph.columns.by_name["share_low"].push_back(is_owned ? Cell(at->share_low) : Cell());
    subgraph.columns.by_name["share_high"].push_back(is_owned ? Cell(at->share_high) : Cell());
    subgraph.marks.push_back(is_owned ? Mark::found : Mark::subject);
  }
  return subgraph;
}

}  // namespace

Answer ownership_answer(Session& session, const OwnershipResult& found, const OwnershipStyle& style) {
  const std::vector<OwnedVertex>& owned = found.holdings.owned;
  detail::Names names(session);
  Answer answer{.command = "ownership", .result = Json::object(), .coverage = Json::object()};
  Json owner_ids = Json::array();
  for (const Vertex v : found.owners) owner_ids.push(found.view->snapshot().id(v));
  answer.result.set("owners", std::move(owner_ids));
  answer.result.set("threshold", found.threshold);
  answer.result.set("owned", owned_json(names, found));
  answer.result.set("edges", detail::edges_json(found.edges));
  answer.negative = owned.empty();
  answer.title = detail::say(session, "Controlled by {}", owner_list(names, found));
  answer.heading.push_back(detail::headline(names, answer.command, answer.result));
  if (!owned.empty()) answer.tables.push_back(owned_table(names, found, style));
  const auto unsure = std::ranges::count(owned, false, &OwnedVertex::certain);
  if (unsure > 0)
    answer.remarks.push_back(detail::say(session, "controlled only if unknown shares are large: {}", unsure));
  Subgraph subgraph = owned_subgraph(found);
  answer.coverage = coverage_of(session, *found.view, subgraph.vertices);
  answer.subgraph = [subgraph = std::move(subgraph)] { return subgraph; };
  answer.coverage.set("controlled_for_certain", owned.size() - static_cast<std::size_t>(unsure));
  answer.coverage.set("controlled_perhaps", static_cast<std::uint64_t>(unsure));
  return answer;
}

}  // namespace chokepoint
