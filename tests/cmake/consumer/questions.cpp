// Typed results: ten questions to a database, answered as plain structs, without JSON or words.
#include <chokepoint/ingest/import.hpp>
#include <chokepoint/query/check.hpp>
#include <chokepoint/query/chokepoints.hpp>
#include <chokepoint/query/concentration.hpp>
#include <chokepoint/query/cut.hpp>
#include <chokepoint/query/depends.hpp>
#include <chokepoint/query/ownership.hpp>
#include <chokepoint/query/paths.hpp>
#include <chokepoint/query/rank.hpp>
#include <chokepoint/query/restrictions.hpp>
#include <chokepoint/query/session.hpp>
#include <chokepoint/query/whatif.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  using namespace chokepoint;
  if (argc != 2) return 2;
  Database database = Database::in_memory(Ontology::standard());
  ImportOptions import;
  import.at = "2026-01-01T00:00:00Z";
  import_dataset(database, {argv[1]}, import);
  Session session(database, parse_as_of("2025-06-30").value(), "en");
  const auto id = [](const auto& result, Vertex v) { return std::string(result.view->snapshot().id(v)); };

  for (const CheckOutcome& outcome : check_data(session, {}).outcomes)
    if (outcome.found.count > 0)
      std::printf("check %s: %d\n", std::string(outcome.name).c_str(), static_cast<int>(outcome.found.count));

  const RankResult ranks = rank_nodes(session, {.by = "stops"});
  for (const RankedNode& row : ranks.rows)
    std::printf("without %s %.0f things stop\n", id(ranks, row.vertex).c_str(), row.value);

  const CutResult cut = find_cut(session, {.from = "chip-max", .to = "nl"});
  for (const Vertex v : cut.members) std::printf("every way leads through %s\n", id(cut, v).c_str());

  const PathsResult paths = list_paths(session, {.from = "chip-max", .to = "nl"});
  for (const GraphPath& path : paths.paths)
    std::printf("%zu hops, resting on %zu records\n", path.hops.size(), paths.edges.size());

  const OwnershipResult owned = find_owned(session, {.owners = {"chipco"}, .threshold = {}});
  for (const OwnedVertex& each : owned.holdings.owned)
    std::printf("chipco holds %.2f or more of %s\n", each.share_low, id(owned, each.vertex).c_str());

  const ConcentrationResult supplies = measure_concentration(session, {.node = "resist", .layer = "actor"});
  for (const Concentration& each : supplies.supplies)
    std::printf("resist: HHI %.0f to %.0f\n", each.hhi_low, each.hhi_high);

  const RestrictionsResult restricted = find_restrictions(session, {});
  std::printf("%zu restrictions act\n", restricted.acting.size());

  const DependsResult needs = follow_dependencies(session, {.node = "chip-max", .depth = 2});
  for (const DependencyGroup& group : needs.groups)
    std::printf("%s: %u of %u\n", id(needs, group.dependent).c_str(), group.k, group.members);

  const CutSetsResult stops = find_cut_sets(session, {.target = "chip-max", .order = 1});
  for (const CutSet& set : stops.any.sets)
    std::printf("%s stops it alone, in %zu steps\n", id(stops, set.members.front()).c_str(),
                prove(stops, set, Variants::any).chain.size());

  const WhatIfResult lost = what_if(session, {.remove = {id(stops, stops.any.sets.front().members.front())}});
  const std::vector<Vertex>& impossible = lost.found.state.bounds.front().impossible;
  const bool agree = std::find(impossible.begin(), impossible.end(), stops.vertex) != impossible.end();
  if (!agree || needs.edges.empty() || count_nodes(needs).tiers.size() != 2) return 1;
  return ranks.rows.empty() || !cut.connected || paths.paths.empty() || supplies.supplies.empty() ? 1 : 0;
}
