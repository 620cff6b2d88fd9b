#include "chokepoint/present/concentration.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "chokepoint/query/figures.hpp"
#include "present/pictures/country_map.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/facts.hpp"
#include "present/words/headlines.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

std::string id_of(const Snapshot& snapshot, Vertex v) {
  return v == no_vertex ? std::string() : std::string(snapshot.id(v));
}

/// As many digits as the shares can bear.
double rounded(double value, double unit) { return std::round(value / unit) * unit; }

/// A bar to the lower bound, hatched on to the upper one.
Chart chart_of(detail::Names& names, const Snapshot& snapshot, const std::vector<Concentration>& found) {
  const Session& session = names.session();
  Chart chart;
  chart.frame = detail::picture_frame(session, detail::word(session, "Concentration of supplies"));
  chart.frame.notes = {
      detail::say(session, "HHI from 0 (many small) to 10000 (one); a range where shares are unknown")};
  detail::set_computed_source(session, chart.frame);
  chart.high = 10000;
  for (const int at : {0, 2500, 5000, 7500, 10000})
    chart.ticks.push_back({static_cast<double>(at), std::to_string(at)});
  chart.series = {detail::word(session, "by country"), detail::word(session, "by firm")};
  constexpr std::size_t most_rows = 45;
  std::size_t unknown = 0, beyond = 0;
  for (const Concentration& each : found) {
    if (each.hhi_low <= 0 && each.hhi_high >= chart.high) {
      ++unknown;
      continue;
    }
    if (chart.rows.size() == most_rows) {
      ++beyond;
      continue;
    }
    const std::string customer = id_of(snapshot, each.customer);
    ChartRow row{names.label(id_of(snapshot, each.node)) + (customer.empty() ? "" : " → " + names.label(customer))};
    const std::size_t series = each.layer == Layer::place ? 0 : 1;
    const bool ranges = each.hhi_high > each.hhi_low;
    const std::string text = detail::index_text(each.hhi_low, each.hhi_high);
    row.bars.push_back({.from = 0, .to = each.hhi_low, .series = series, .text = ranges ? "" : text});
    if (ranges)
      row.bars.push_back({.from = each.hhi_low, .to = each.hhi_high, .series = series, .hatched = true, .text = text});
    chart.rows.push_back(std::move(row));
  }
  if (beyond > 0) chart.frame.notes.push_back(detail::say(session, "rows that are not drawn: {}", beyond));
  if (unknown > 0) chart.frame.notes.push_back(detail::say(session, "not drawn, since no share is known: {}", unknown));
  if (std::ranges::any_of(chart.rows, [](const ChartRow& row) { return row.bars.size() > 1; }))
    chart.hatched_text = detail::say(session, "possible, since shares are unknown");
  return chart;
}

/// `89.6 %`, or `89.6 % (recorded 92.6 %)` where shares were normalised. @param share  as it is used
std::string used_share_text(const Session& session, const Concentration& supply, double share) {
  const std::string used = detail::share_text(rounded(share, 1e-4), Bound::exact),
                    recorded = detail::share_text(rounded(share * supply.recorded_sum, 1e-4), Bound::exact);
  return used == recorded ? used : detail::say(session, "{} (recorded {})", used, recorded);
}

Json supply_json(detail::Names& names, const Snapshot& snapshot, const Concentration& each) {
  const std::string customer = id_of(snapshot, each.customer), top = id_of(snapshot, each.top);
  Json entry = Json::object();
  entry.set("node", names.json(id_of(snapshot, each.node)));
  if (!customer.empty()) entry.set("customer", names.json(customer));
  entry.set("layer", std::string(to_string(each.layer)));
  entry.set("suppliers", each.suppliers);
  entry.set("unknown_shares", each.unknown_shares);
  entry.set("share_sum", each.share_sum);
  entry.set("complete", each.complete);
  if (each.parts_exceed) entry.set("parts_exceed", true);
  entry.set("hhi_low", each.hhi_low);
  entry.set("hhi_high", each.hhi_high);
  entry.set("top", names.json(top));
  entry.set("top_share", top.empty() ? Json(nullptr) : Json(each.top_share));
  entry.set("top_share_recorded", top.empty() ? Json(nullptr) : Json(each.top_share * each.recorded_sum));
  return entry;
}

Table supply_table(detail::Names& names, const Snapshot& snapshot, const std::vector<Concentration>& found) {
  const Session& session = names.session();
  Table table;
  table.columns = {
      detail::column(session, "node", "Supply", true),           detail::column(session, "layer", "Layer"),
      detail::column(session, "suppliers", "Suppliers"),         detail::column(session, "hhi", "HHI"),
      detail::column(session, "top", "Largest", true),           detail::column(session, "top_share", "Share"),
      detail::column(session, "top_share_recorded", "Recorded"), detail::column(session, "share_sum", "Known")};
  for (const Concentration& each : found) {
    const std::string node = id_of(snapshot, each.node), customer = id_of(snapshot, each.customer),
                      top = id_of(snapshot, each.top);
    const Cell unknown;
    const auto share = [](double value) { return detail::share_text(rounded(value, 1e-4), Bound::exact); };
    const bool is_as_recorded = top.empty() || share(each.top_share) == share(each.top_share * each.recorded_sum);
    table.rows.push_back({customer.empty() ? names.named(node) : names.named(node) + " → " + names.named(customer),
                          detail::word(session, each.layer == Layer::place ? "by country" : "by firm"),
                          static_cast<std::int64_t>(each.suppliers), detail::index_text(each.hhi_low, each.hhi_high),
                          top.empty() ? unknown : Cell(names.named(top)),
                          top.empty() ? unknown : Cell(share(each.top_share)),
                          is_as_recorded ? unknown : Cell(share(each.top_share * each.recorded_sum)),
                          detail::share_text(rounded(each.share_sum, 1e-4), Bound::exact)});
  }
  return table;
}

Table supply_data(const Snapshot& snapshot, const std::vector<Concentration>& found) {
  Table data = detail::data_table("", {"node", "customer", "layer", "suppliers", "share_sum", "complete", "hhi_low",
                                       "hhi_high", "top", "top_share", "top_share_recorded"});
  for (const Concentration& each : found) {
    const std::string customer = id_of(snapshot, each.customer), top = id_of(snapshot, each.top);
    const Cell unknown;
    data.rows.push_back({id_of(snapshot, each.node), customer.empty() ? unknown : Cell(customer),
                         std::string(to_string(each.layer)), static_cast<std::int64_t>(each.suppliers), each.share_sum,
                         each.complete, each.hhi_low, each.hhi_high, top.empty() ? unknown : Cell(top),
                         top.empty() ? unknown : Cell(each.top_share),
                         top.empty() ? unknown : Cell(each.top_share * each.recorded_sum)});
  }
  return data;
}

/// `AI chip → China, by firm: Huawei 40 %, Nvidia 40 % +3`: who is known to hold how much, the largest first.
std::string hands_text(detail::Names& names, const Snapshot& snapshot, const Concentration& each) {
  constexpr std::size_t most_named = 8;
  const Session& session = names.session();
  std::vector<Holder> holders = each.holders;
  std::erase_if(holders, [](const Holder& holder) { return holder.share <= 0; });
  std::ranges::stable_sort(holders, std::greater<>{}, &Holder::share);
  std::string hands;
  for (std::size_t i = 0; i < std::min(holders.size(), most_named); ++i)
    detail::append_part(session, hands,
                        fmt::format("{} {}", names.label(id_of(snapshot, holders[i].owner)),
                                    used_share_text(session, each, holders[i].share)));
  if (holders.size() > most_named) hands += fmt::format(" +{}", holders.size() - most_named);
  return hands;
}

std::string market_text(detail::Names& names, const Snapshot& snapshot, const Concentration& each) {
  const std::string customer = id_of(snapshot, each.customer);
  return names.label(id_of(snapshot, each.node)) + (customer.empty() ? "" : " → " + names.label(customer));
}

/// What figures the customer has of the thing: how large the market is.
std::string figures_text(Session& session, const Snapshot& snapshot, const Concentration& each) {
  constexpr std::size_t most_named = 4;
  const std::string customer = id_of(snapshot, each.customer);
  std::string text;
  std::size_t count = 0;
  for (const Observation& o :
       list_figures(session, {.node = customer, .item = id_of(snapshot, each.node), .latest = true}).figures) {
    if (o.subject != customer || !o.value.to_double() || ++count > most_named) continue;
    std::string when = detail::when_text(session, o.since, o.until, o.as_of);
    if (const std::string status = detail::status_text(session, o.status); !status.empty())
      detail::append_part(session, when, status);
    std::string figure = detail::indicator_label(session, o.indicator) + " " + detail::short_value_text(session, o);
    if (!when.empty()) figure += " (" + when + ")";
    detail::append_part(session, text, figure);
  }
  return text;
}

/// Of what was asked for: who holds how much of each supply, and what figures there are of a market.
void add_hands(Session& session, const ConcentrationResult& found, Answer& answer) {
  constexpr std::size_t most_supplies = 6;
  if (found.node.empty() || found.supplies.size() > most_supplies) return;
  detail::Names names(session);
  const Snapshot& snapshot = found.view->snapshot();
  std::set<std::pair<Vertex, Vertex>> markets;
  for (const Concentration& each : found.supplies) {
    if (each.top == no_vertex) continue;
    const std::string market = market_text(names, snapshot, each), hands = hands_text(names, snapshot, each);
    answer.heading.push_back(each.layer == Layer::place ? detail::say(session, "{}, by country: {}", market, hands)
                                                        : detail::say(session, "{}, by firm: {}", market, hands));
    if (each.customer == no_vertex || !markets.insert({each.node, each.customer}).second) continue;
    if (const std::string figures = figures_text(session, snapshot, each); !figures.empty())
      answer.heading.push_back(detail::say(session, "{}, figures: {}", market, figures));
  }
}

/// The rows that the indices were computed from; things with the index of their supply.
Subgraph supply_subgraph(const ConcentrationResult& found) {
  const Snapshot& snapshot = found.view->snapshot();
  std::vector<Vertex> touched;
  std::vector<Arc> arcs;
  for (const Concentration& each : found.supplies) arcs.insert(arcs.end(), each.arcs.begin(), each.arcs.end());
  std::ranges::sort(arcs);
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  for (const Arc e : arcs) {
    touched.push_back(snapshot.columns().from[e]);
    touched.push_back(snapshot.columns().to[e]);
  }
  std::ranges::sort(touched);
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  Subgraph subgraph{found.view, touched, arcs, {}};
  // A supply that is read in both layers shows the more concentrated one, which comes first.
  std::map<Vertex, const Concentration*> most;
  for (const Concentration& each : found.supplies)
    if (each.customer == no_vertex) most.emplace(each.node, &each);
  for (const Vertex v : touched) {
    const auto at = most.find(v);
    const bool known = at != most.end();
    subgraph.columns.by_name["hhi_low"].push_back(known ? Cell(at->second->hhi_low) : Cell());
    subgraph.columns.by_name["hhi_high"].push_back(known ? Cell(at->second->hhi_high) : Cell());
  }
  return subgraph;
}

/// Who holds how much of the one supply that was asked for, by country; of several the first with known shares.
void offer_map(Session& session, const ConcentrationResult& found, Answer& answer) {
  const auto of_places = std::ranges::find_if(
      found.supplies, [](const Concentration& each) { return each.layer == Layer::place && each.top != no_vertex; });
  if (of_places == found.supplies.end()) return;
  answer.pictures.push_back(
      {"map", [&session, view = found.view, each = *of_places] {
         const Snapshot& snapshot = view->snapshot();
         detail::Names again(session);
         std::map<std::string, detail::PlaceValue> values;
         for (const Holder& holder : each.holders)
           if (holder.share > 0)
             values[id_of(snapshot, holder.owner)] = {holder.share,
                                                      detail::share_text(rounded(holder.share, 1e-3), Bound::exact)};
         std::string supply = again.label(id_of(snapshot, each.node));
         if (each.customer != no_vertex) supply += " → " + again.label(id_of(snapshot, each.customer));
         return DrawnPicture(detail::country_map(again, values,
                                                 {.title = detail::say(session, "Who holds {}, by country", supply),
                                                  .colour = "#0072b2",
                                                  .what = detail::say(session, "known share of the supply"),
                                                  .none = detail::say(session, "nothing recorded"),
                                                  .is_share = true}));
       }});
}

}  // namespace

Answer concentration_answer(Session& session, const ConcentrationResult& found) {
  const Snapshot& snapshot = found.view->snapshot();
  detail::Names names(session);
  Answer answer{.command = "concentration", .result = Json::array(), .coverage = Json::object()};
  for (const Concentration& each : found.supplies) answer.result.push(supply_json(names, snapshot, each));
  answer.title = detail::word(session, "Concentration of supplies");
  answer.negative = found.supplies.empty();
  Subgraph subgraph = supply_subgraph(found);
  answer.coverage = coverage_of(session, *found.view, subgraph.vertices, found.left_out);
  answer.subgraph = [subgraph = std::move(subgraph)] { return subgraph; };
  answer.heading.push_back(detail::headline(names, answer.command, answer.result));
  if (found.supplies.empty()) return answer;
  answer.pictures.push_back({"bars", [&session, found] {
                               detail::Names again(session);
                               return DrawnPicture(chart_of(again, found.view->snapshot(), found.supplies));
                             }});
  offer_map(session, found, answer);
  add_hands(session, found, answer);
  answer.tables.push_back(supply_table(names, snapshot, found.supplies));
  answer.data.push_back(supply_data(snapshot, found.supplies));
  const auto exceeding = std::ranges::count_if(found.supplies, &Concentration::parts_exceed);
  if (exceeding > 0)
    answer.remarks.push_back(detail::say(
        session, "supplies in which parts have more than their whole, which then adds nothing: {}", exceeding));
  answer.remarks.push_back(
      detail::say(session, "HHI from 0 (many small) to 10000 (one); a range where shares are unknown"));
  return answer;
}

}  // namespace chokepoint
