// What a brief says of needs, of what stops the node, of who rests on it, and of concentration.
#include "present/briefs/brief_writer.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/stop_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint::detail {

std::string BriefWriter::need_text(const BriefNeed& need) {
  std::vector<std::string> members;
  std::string text = detail::relation_label(*session_, need.type, need.needs_from);
  if (need.of != id()) text = label(need.of) + " " + text;
  if (!need.item.empty()) text += " (" + label(need.item) + ")";
  std::string shown;
  std::size_t count = 0;
  const std::size_t most_members = brief_->limit == 0 ? need.edges.size() : 8;
  for (const Edge& edge : need.edges) {
    if (count++ == most_members) break;
    if (count > 1) shown += list_comma();
    shown += label(need.member(edge));
    if (edge.share && !need.needs_from) shown += " " + detail::share_text(*edge.share, edge.bound);
  }
  // Of what a generic thing needs, its variant may name something nearer instead: that stands in its own group.
  const std::size_t all = need.rule == "all" ? need.edges.size() : std::max<std::size_t>(need.n, need.edges.size());
  const std::size_t rest = all - std::min(count, most_members);
  if (rest > 0) shown += fmt::format(" +{}", rest);
  if (need.is_sole()) return say(*session_, "{}: {}, the only one recorded", text, shown);
  if (all <= 1) return say(*session_, "{}: {}", text, shown);
  if (need.rule == "all") return say(*session_, "{} all of: {}", text, shown);
  if (need.rule == "any") return say(*session_, "{} any of {}: {}", text, need.n, shown);
  if (need.rule == "choice") return say(*session_, "{}, a choice of {}: {}", text, need.n, shown);
  return say(*session_, "{}, {} of {}: {}", text, need.k, need.n, shown);
}

void BriefWriter::needs() {
  if (brief_->needs.empty()) return;
  section("What it needs");
  std::size_t shown = 0, first = 0, left = 0;
  for (const BriefNeed& need : brief_->needs) {
    const bool is_first = need.tier == 1;
    // The second tier has what is told shortly: who supplies what it needs.
    if (!is_first && (need.rule == "all" || need.rule == "soft")) continue;
    if (is_first ? ++first > 2 * most() : ++shown > most()) {
      ++left;
      continue;
    }
    if (!is_first && shown == 1) add(say(*session_, "what these need in turn"), {});
    add(need_text(need), notes_of(need.edges), is_first ? 0 : 1);
  }
  add(left > 0 ? say(*session_, "nodes it rests on in all: {}; groups not shown: {}; `depends {} --tree`",
                     brief_->rests_on, left, id())
               : say(*session_, "nodes it rests on in all: {}; `depends {} --tree`", brief_->rests_on, id()),
      {});
}

/// @param any  those of the reading that `chokepoints` counts, in which any variant does; else those of the other alone
void BriefWriter::add_pairs(const BriefStops& stops, bool any) {
  std::string text;
  std::vector<std::string> sources;
  std::size_t count = 0;
  for (const BriefCutSet& set : stops.pairs) {
    if (set.any != any || ++count > most()) continue;
    append_part(*session_, text, label(set.members[0]) + " + " + label(set.members[1]));
    sources.insert(sources.end(), set.sources.begin(), set.sources.end());
  }
  if (count == 0) return;
  if (count > most()) text += fmt::format(" +{}", count - most());
  add(any ? say(*session_, "in pairs ({}): {}", count, text)
          : say(*session_, "in pairs if every variant is needed ({}): {}", count, text),
      notes(sources));
}

void BriefWriter::stops() {
  if (!brief_->stops) return;
  const BriefStops& stops = *brief_->stops;
  const bool is_found = !stops.alone.empty() || !stops.pairs.empty() || !stops.with_remainder.sets.empty();
  if (!stops.asked || (!is_found && !stops.impossible)) return;
  section("What stops it");
  if (stops.impossible)
    add(stops.policies.empty() ? say(*session_, "it is impossible as things stand, without any loss")
                               : say(*session_, "it is impossible as things stand; possible without {}",
                                     list(stops.policies, most(), true)),
        {});
  // Alone, by kind: places, actors, things.
  const auto snapshot = session_->snapshot();
  const auto layer_of = [&](const std::string& node) {
    const auto v = snapshot->find(node);
    return v ? snapshot->layer(*v) : Layer::none;
  };
  for (const bool any : {true, false})
    for (const auto& [layer, name] :
         {std::pair{Layer::place, "Places"}, std::pair{Layer::actor, "Actors"}, std::pair{Layer::none, "Things"}}) {
      std::vector<std::string> ids, sources;
      const std::size_t told = any ? most_in_list() : most();
      for (const BriefCutSet& set : stops.alone) {
        if (set.any != any || layer_of(set.members.front()) != layer) continue;
        ids.push_back(label(set.members.front()) + (set.holder.empty() ? "" : " (" + label(set.holder) + ")"));
        if (ids.size() <= told) sources.insert(sources.end(), set.sources.begin(), set.sources.end());
      }
      if (ids.empty()) continue;
      const std::string members = joined(ids, told);
      add(any ? say(*session_, "alone, {} ({}): {}", word(name), ids.size(), members)
              : say(*session_, "alone if every variant is needed, {} ({}): {}", word(name), ids.size(), members),
          notes(sources));
    }
  for (const bool any : {true, false}) add_pairs(stops, any);
  std::vector<std::string> left_out;
  add_remainder_line(names_, stops.with_remainder, left_out);
  for (const std::string& line : left_out) add(line, {});
  if (!stops.complete) add(say(*session_, "the search was stopped before its end"), {});
}

void BriefWriter::dependents() {
  if (!brief_->dependents) return;
  const BriefDependents& found = *brief_->dependents;
  section(brief_->kind == BriefKind::place ? "What stops without it" : "Who depends on it");
  std::string types;
  for (std::size_t i = 0; i < std::min<std::size_t>(found.types.size(), 5); ++i)
    append_part(*session_, types,
                detail::node_type_label(*session_, found.types[i].first) + fmt::format(" {}", found.types[i].second));
  add(say(*session_, "nodes that depend on it: {}, directly: {}; {}", found.count, found.direct, types), {});
  if (!found.stopped.empty())
    add(say(*session_, "impossible without it alone ({}): {}", found.stopped.size(),
            list(found.stopped, most_in_list())),
        {});
  if (found.may_stop > 0) add(say(*session_, "and if every variant is needed: {} more", found.may_stop), {});
  // What cannot do without it stands first.
  std::map<std::pair<std::ptrdiff_t, std::string>, const Edge*> by_rank;
  for (const Edge& edge : found.edges) {
    const std::string& other = edge.from == id() ? edge.to : edge.from;
    by_rank.emplace(std::pair(std::ranges::find(found.stopped, other) - found.stopped.begin(), other), &edge);
  }
  if (!by_rank.empty() && brief_->kind != BriefKind::place) {
    // Those that were just named are not named again.
    const bool are_few = by_rank.size() <= most_in_list();
    const std::size_t told = are_few ? 0 : std::min(found.stopped.size(), most_in_list());
    std::vector<std::string> direct, sources;
    for (const auto& [rank, edge] : by_rank) {
      if (static_cast<std::size_t>(rank.first) >= told) direct.push_back(rank.second);
      for (const Citation& citation : edge->sources) sources.push_back(citation.source);
    }
    if (direct.empty())
      add(say(*session_, "directly: {} of these", by_rank.size()), notes(sources));
    else if (direct.size() == by_rank.size())
      add(say(*session_, "directly: {}", list(direct, most_in_list())), notes(sources));
    else
      add(say(*session_, "directly: {} of these, and {}", by_rank.size() - direct.size(), list(direct, most())),
          notes(sources));
  }
}

void BriefWriter::seats() {
  if (brief_->seats.empty()) return;
  section("What has its seat there");
  std::map<std::string, std::vector<const Edge*>> by_type;
  for (const Edge& edge : brief_->seats) by_type[names_.ref(edge.from).type].push_back(&edge);
  for (const auto& [type, edges] : by_type) {
    std::vector<std::string> ids, sources;
    for (const Edge* edge : edges) {
      ids.push_back(edge->from);
      for (const Citation& citation : edge->sources) sources.push_back(citation.source);
    }
    add(fmt::format("{} ({}){}{}", detail::node_type_label(*session_, type), ids.size(), colon(),
                    list(ids, 2 * std::min<std::size_t>(most(), 1000))),
        notes(sources));
  }
}

/// `by firm HHI 8873, largest ASML 94.1 %, suppliers: 3`
std::string BriefWriter::concentration_text(const BriefConcentration& row) {
  std::string text = word(row.by_place ? "by country" : "by firm");
  if (row.share_sum <= 0)
    return text + std::string(comma()) + say(*session_, "no share is known; suppliers: {}", row.suppliers);
  const auto whole = [](double value) { return detail::number_text(std::round(value)); };
  const std::string low = whole(row.hhi_low), high = whole(row.hhi_high);
  text += " HHI " + (low == high ? low : low + " – " + high);
  if (!row.top.empty()) {
    const auto share = [](double value) { return detail::share_text(std::round(value * 1e4) / 1e4, Bound::exact); };
    const std::string used = share(row.top_share), recorded = share(row.top_share * row.recorded_sum);
    text += std::string(comma()) + say(*session_, "largest {} {}", label(row.top),
                                       used == recorded ? used : say(*session_, "{} (recorded {})", used, recorded));
  }
  return text + std::string(comma()) + say(*session_, "suppliers: {}", row.suppliers);
}

void BriefWriter::concentration() {
  if (brief_->concentration.empty()) return;
  const bool leads = brief_->kind == BriefKind::place || brief_->kind == BriefKind::actor;
  section(leads ? "Supplies in its hands" : "How concentrated its supplies are");
  // By firm and by country of one supply are one statement.
  std::vector<std::vector<const BriefConcentration*>> supplies;
  for (const BriefConcentration& row : brief_->concentration) {
    const auto same = std::ranges::find_if(supplies, [&](const auto& rows) {
      return rows.front()->node == row.node && rows.front()->customer == row.customer &&
             std::ranges::none_of(rows, [&](const auto* other) { return other->by_place == row.by_place; });
    });
    if (same == supplies.end())
      supplies.push_back({&row});
    else
      same->push_back(&row);
  }
  std::size_t shown = 0, left = brief_->concentration.size();
  for (const auto& rows : supplies) {
    if (++shown > most()) break;
    left -= rows.size();
    std::string text = label(rows.front()->node), parts;
    if (!rows.front()->customer.empty()) text += " → " + label(rows.front()->customer);
    std::vector<std::string> sources;
    for (const BriefConcentration* row : rows) {
      append_part(*session_, parts, concentration_text(*row));
      sources.insert(sources.end(), row->sources.begin(), row->sources.end());
    }
    add(text + std::string(colon()) + parts, notes(sources));
  }
  if (leads && left > 0)
    add(say(*session_, "{} more: `{}`", left, fmt::format("brief {} --limit 0", id())), {});
  else
    more(left, "concentration");
}

}  // namespace chokepoint::detail
