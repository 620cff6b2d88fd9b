#include "present/whatif/loss_map.hpp"

#include "chokepoint/analysis/concentration.hpp"
#include "present/pictures/country_map.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace chokepoint::detail {

namespace {

/// A thing that its place no longer makes, or a delivery that no longer comes to it.
using Losses = std::map<Vertex, std::set<std::pair<Vertex, Vertex>>>;

/// Countries that supply a thing themselves, or where those have their seat who do.
void add_suppliers(const View& view, const std::vector<Vertex>& impossible, Losses& losses) {
  for (const Concentration& supply : find_concentration(view)) {
    if (supply.layer != Layer::place || supply.customer != no_vertex) continue;
    if (!std::ranges::binary_search(impossible, supply.node)) continue;
    for (const Holder& holder : supply.holders) losses[holder.owner].emplace(supply.node, no_vertex);
  }
}

}  // namespace

TileMap loss_map(Names& names, const View& view, const WhatIf& answer, const std::string& causes) {
  const Session& session = names.session();
  const Snapshot& snapshot = view.snapshot();
  Losses losses;
  const WhatIfBound& bound = answer.state.bounds.front();
  add_suppliers(view, bound.impossible, losses);
  for (const Flow& flow : bound.flows)
    if (snapshot.layer(flow.customer) == Layer::place) losses[flow.customer].emplace(flow.item, flow.customer);
  std::map<std::string, PlaceValue> values;
  for (const auto& [place, lost] : losses) {
    const double count = static_cast<double>(lost.size());
    values[std::string(snapshot.id(place))] = {count, number_text(count)};
  }
  return country_map(names, values,
                     {.title = say(session, "Where things are lost {}", causes),
                      .colour = "#d55e00",
                      .what = say(session, "things made there, and deliveries to it, that are lost"),
                      .none = say(session, "nothing is lost there, as far as recorded")});
}

}  // namespace chokepoint::detail
