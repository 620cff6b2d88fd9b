// The first thing that a page of the whole graph says: what `rank --by stops`, `concentration` and `timeline` answer,
// the worst first, each line with its reason.

#include "chokepoint/present/page_opening.hpp"

#include "chokepoint/query/concentration.hpp"
#include "chokepoint/query/rank.hpp"
#include "chokepoint/query/timeline.hpp"
#include "present/documents/page_words.hpp"
#include "present/words/facts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace chokepoint {

namespace {

using detail::first_labels;
using detail::Names;
using detail::PageWords;
using detail::say;

constexpr std::size_t most_opening_lines = 8;
/// Larger graphs are not searched for what stops what: that takes longer than writing the page.
constexpr std::size_t most_opened_edges = 60'000;

/// How many nodes fail without a node, by id, of those that stop any.
struct StopCounts {
  std::vector<std::pair<std::string, std::size_t>> rows;  ///< most first
  std::unordered_map<std::string, std::size_t> of;
};

StopCounts stops_of(Session& session, bool sided) {
  RankParams params{.by = "stops", .limit = 0};
  for (const NodeType& type : session.ontology().node_types())
    if ((type.layer != Layer::none) == sided) params.types.push_back(type.id);
  StopCounts stops;
  if (params.types.empty()) return stops;
  const RankResult found = rank_nodes(session, params);
  for (const RankedNode& row : found.rows) {
    if (row.value <= 0) break;
    std::string id(found.view->snapshot().id(row.vertex));
    stops.of.emplace(id, static_cast<std::size_t>(row.value));
    stops.rows.emplace_back(std::move(id), static_cast<std::size_t>(row.value));
  }
  return stops;
}

class OpeningBuilder {
 public:
  OpeningBuilder(Session& session, const GraphDocument& document)
      : session_(&session), document_(&document), words_(session) {
    for (const Node& node : document.nodes) shown_.insert(node.id);
  }

  PageOpening build() {
    PageOpening opening;
    if (session_->snapshot()->edge_count() <= most_opened_edges) {
      const StopCounts sided = stops_of(*session_, true), things = stops_of(*session_, false);
      opening.headline = headline(sided, things);
      opening.lists.push_back(stop_list("What most hangs on: actors and places", sided));
      opening.lists.push_back(supply_list(things));
      opening.lists.push_back(stop_list("What most hangs on: things", things));
    }
    opening.lists.push_back(measure_list());
    std::erase_if(opening.lists, [](const OpeningList& list) { return list.lines.empty(); });
    if (opening.lists.empty()) opening.lists.push_back(linked_list());
    if (opening.headline.empty()) opening.headline = size_sentence();
    return opening;
  }

 private:
  [[nodiscard]] bool has(const std::string& id) const { return shown_.contains(id); }

  Labels size_sentence() {
    return words_.say_in_each("{} nodes, {} relations", document_->nodes.size(), document_->edges.size());
  }

  Labels headline(const StopCounts& sided, const StopCounts& things) {
    std::vector<std::pair<std::string, std::size_t>> worst;
    for (const StopCounts* stops : {&sided, &things})
      for (const auto& row : stops->rows)
        if (has(row.first) && worst.size() < 3) worst.push_back(row);
    if (worst.empty()) return {};
    return words_.in_each([&](Names& names) {
      const Session& session = names.session();
      const auto& [first, count] = worst.front();
      std::string text = count == 1 ? say(session, "Without {} one node becomes impossible", names.label(first))
                                    : say(session, "Without {} {} nodes become impossible", names.label(first), count);
      for (std::size_t i = 1; i < worst.size(); ++i)
        text += say(names.session(), ", without {} {}", names.label(worst[i].first), worst[i].second);
      return text + say(names.session(), ".");
    });
  }

  OpeningList stop_list(std::string_view title, const StopCounts& stops) {
    OpeningList list{.title = words_.say_in_each(title), .lines = {}, .more = {}};
    std::size_t beyond = 0;
    for (const auto& [id, count] : stops.rows) {
      if (!has(id)) continue;
      if (list.lines.size() == most_opening_lines) {
        ++beyond;
        continue;
      }
      list.lines.push_back(
          {.nodes = {id}, .date = {}, .reason = words_.say_in_each("impossible without it: {}", count)});
    }
    if (beyond > 0) list.more = words_.say_in_each("{} more: `rank --by stops --limit 0`", beyond);
    return list;
  }

  /// Supplies of which most comes from one hand; by what fails without them, times the share of that hand.
  OpeningList supply_list(const StopCounts& things) {
    constexpr double large_share = 0.5;
    const ConcentrationResult found = measure_concentration(*session_, {});
    const Snapshot& snapshot = found.view->snapshot();
    std::map<std::string, const Concentration*> by_thing;
    for (const Concentration& each : found.supplies) {
      const std::string id(snapshot.id(each.node));
      if (each.customer != no_vertex || each.top == no_vertex || each.top_share < large_share) continue;
      if (!has(id) || !has(std::string(snapshot.id(each.top)))) continue;
      const Concentration*& known = by_thing[id];
      if (known == nullptr || each.top_share > known->top_share) known = &each;
    }
    const auto weight = [&](const std::string& id) {
      const auto at = things.of.find(id);
      return at == things.of.end() ? std::size_t{0} : at->second;
    };
    std::vector<std::pair<std::string, const Concentration*>> rows(by_thing.begin(), by_thing.end());
    std::ranges::stable_sort(rows, [&](const auto& a, const auto& b) {
      return static_cast<double>(weight(a.first)) * a.second->top_share >
             static_cast<double>(weight(b.first)) * b.second->top_share;
    });
    OpeningList list{.title = words_.say_in_each("Supplies that mostly come from one hand"), .lines = {}, .more = {}};
    for (const auto& [id, supply] : rows) {
      if (list.lines.size() == most_opening_lines) break;
      const std::string top(snapshot.id(supply->top));
      const std::string share =
          detail::share_text(std::round(supply->top_share * supply->recorded_sum * 1e3) / 1e3, Bound::exact);
      list.lines.push_back({.nodes = {id, top}, .date = {}, .reason = words_.in_each([&](Names& names) {
                              const Session& session = names.session();
                              const std::string whence = say(session, "{} from {}", share, names.label(top));
                              if (weight(id) == 0) return whence;
                              return whence + std::string(detail::separator(session)) +
                                     say(session, "impossible without it: {}", weight(id));
                            })});
    }
    if (rows.size() > list.lines.size())
      list.more = words_.say_in_each("{} more: `concentration`", rows.size() - list.lines.size());
    return list;
  }

  OpeningList measure_list() {
    OpeningList list{.title = words_.say_in_each("Latest measures"), .lines = {}, .more = {}};
    constexpr std::int32_t three_years = 3 * 366;
    TimelineParams recent;
    recent.from = to_string(Date{session_->as_of().days - three_years});
    const TimelineResult told = tell_timeline(*session_, recent);
    std::vector<const TimelineEntry*> entries;
    for (const TimelineEntry& entry : told.entries)
      if (entry.measure && entry.day && has(entry.measure->id)) entries.push_back(&entry);
    for (auto at = entries.rbegin(); at != entries.rend() && list.lines.size() < most_opening_lines; ++at)
      list.lines.push_back(measure_line(**at));
    if (entries.size() > list.lines.size())
      list.more = words_.say_in_each("{} more: `timeline`", entries.size() - list.lines.size());
    return list;
  }

  OpeningLine measure_line(const TimelineEntry& entry) {
    std::vector<std::string> issuers, restricted;
    const auto add = [](std::vector<std::string>& ids, const std::string& id) {
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    };
    for (std::size_t i = 0; i < entry.edges.size(); ++i) {
      if (entry.facts[i] == MeasureFact::issued) add(issuers, entry.edges[i].from);
      if (entry.facts[i] == MeasureFact::restricts) add(restricted, entry.edges[i].to);
    }
    OpeningLine line{
        .nodes = {entry.measure->id}, .date = entry.date, .reason = words_.in_each([&](Names& names) {
          const Session& session = names.session();
          std::string text;
          if (!restricted.empty())
            detail::append_part(session, text, say(session, "restricts {}", first_labels(names, restricted, 3)));
          if (!issuers.empty())
            detail::append_part(session, text, say(session, "issued by {}", first_labels(names, issuers, 2)));
          return text;
        })};
    for (const auto& id : restricted)
      if (has(id)) line.nodes.push_back(id);
    return line;
  }

  /// Where nothing depends on anything: the nodes with the most relations.
  OpeningList linked_list() {
    std::map<std::string, std::size_t> links;
    for (const Edge& edge : document_->edges) ++links[edge.from], ++links[edge.to];
    std::vector<std::pair<std::string, std::size_t>> rows(links.begin(), links.end());
    std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.second > b.second; });
    OpeningList list{.title = words_.say_in_each("Nodes with the most relations"), .lines = {}, .more = {}};
    for (const auto& [id, count] : rows) {
      if (list.lines.size() == most_opening_lines) break;
      list.lines.push_back({.nodes = {id}, .date = {}, .reason = words_.say_in_each("{} relations", count)});
    }
    return list;
  }

  Session* session_;
  const GraphDocument* document_;
  PageWords words_;
  std::unordered_set<std::string> shown_;
};

}  // namespace

void add_opening(Session& session, GraphDocument& document) {
  document.opening = OpeningBuilder(session, document).build();
  if (document.titles.empty() && !document.is_part)
    document.titles = detail::PageWords(session).say_in_each("Dependencies and chokepoints");
  document.metric_labels = metric_labels(session, document.node_columns);
  document.importance = rows_by_importance(document);
}

}  // namespace chokepoint
