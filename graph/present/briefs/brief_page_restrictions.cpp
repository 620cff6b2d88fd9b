// What a brief says of measures: what one does, what bears on the node, what holds in a market.
#include "chokepoint/query/measures.hpp"
#include "present/briefs/brief_writer.hpp"
#include "present/words/fact_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint::detail {

void BriefWriter::measure() {
  if (!brief_->measure) return;
  const BriefMeasure& m = *brief_->measure;
  section("As a measure");
  const std::string day = to_string(session_->as_of());
  const RestrictionsResult none;
  const RestrictionsResult& r = brief_->restricted ? *brief_->restricted : none;
  if (!r.acting.empty())
    add(say(*session_, "acts on {}; restrictions: {}", day, r.acting.size()), {});
  else if (!r.suspended.empty())
    add(say(*session_, "suspended on {}: it restricts nothing then", day), {});
  else if (r.not_begun > 0)
    add(say(*session_, "does not act yet on {}", day), {});
  else if (r.ended > 0)
    add(say(*session_, "acts no more on {}: its restrictions have ended", day), {});
  else
    add(say(*session_, "restricts nothing, as far as recorded"), {});
  std::string dates;
  for (const auto& [name, date] :
       {std::pair{"Announced", &m.announced}, std::pair{"Effective", &m.effective},
        std::pair{"Suspended", &m.suspended}, std::pair{"since", &m.since}, std::pair{"until", &m.until}})
    if (!date->empty()) {
      std::string shown = *date;
      if (const std::size_t slash = shown.find('/'); slash != std::string::npos) shown.replace(slash, 1, " – ");
      append_part(*session_, dates, word(name) + " " + shown);
    }
  if (!dates.empty()) add(dates, notes_of(std::vector{brief_->node}));
  for (const auto* edges : {&m.amends, &m.amended_by, &m.targets}) {
    // Rival claims on one relation are one statement.
    std::map<std::pair<std::string, std::string>, std::vector<Edge>> relations;
    for (const Edge& edge : *edges) relations[{edge.since, edge.from == id() ? edge.to : edge.from}].push_back(edge);
    std::size_t shown = 0;
    for (const auto& [key, same] : relations) {
      if (++shown > most()) break;
      const Edge& edge = same.front();
      const bool begins = edge.from == id();
      std::string text =
          detail::relation_label(*session_, edge.type, begins) + " " + named(begins ? edge.to : edge.from);
      if (const auto mode = text_attribute(edge.attributes, "mode"); mode && *mode != edge.type)
        text += " (" + word(*mode) + ")";
      if (!edge.since.empty()) append_part(*session_, text, edge.since);
      add(text, notes_of(same));
    }
  }
}

namespace {

/// Restrictions that are alike but for the market, in the order of the first of each.
std::vector<std::vector<const Restriction*>> alike(const std::vector<const Restriction*>& rows) {
  const auto key = [](const Restriction* r) {
    return std::tuple(r->mode, r->edge.from, r->edge.to, r->edge.item, r->edge.origin, r->since, r->edge.until,
                      r->pause.has_value());
  };
  std::vector<std::vector<const Restriction*>> groups;
  std::map<decltype(key(nullptr)), std::size_t> place;
  for (const Restriction* row : rows) {
    const auto [at, is_new] = place.emplace(key(row), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(row);
  }
  return groups;
}

std::vector<std::string> markets_of(const std::vector<const Restriction*>& rows) {
  std::vector<std::string> markets;
  for (const Restriction* row : rows)
    if (!row->edge.market.empty() && std::ranges::find(markets, row->edge.market) == markets.end())
      markets.push_back(row->edge.market);
  return markets;
}

std::vector<Edge> edges_of(const std::vector<const Restriction*>& rows) {
  std::vector<Edge> edges;
  for (const Restriction* row : rows) edges.push_back(row->edge);
  return edges;
}

}  // namespace

std::string BriefWriter::restriction_text(const Restriction& r, bool names_thing,
                                          const std::vector<std::string>& markets) {
  std::string text = word(r.mode);
  if (names_thing || r.edge.to != id()) text += fmt::format("{}{}", colon(), named(r.edge.to));
  if (!markets.empty()) text += " → " + list(markets, most_in_list());
  if (!r.edge.item.empty()) text += std::string(comma()) + detail::qualifier(names_, "for", r.edge.item);
  if (!r.edge.origin.empty()) text += std::string(comma()) + detail::qualifier(names_, "from", r.edge.origin);
  if (!r.since.empty()) append_part(*session_, text, say(*session_, "since {}", r.since));
  if (!r.edge.until.empty()) append_part(*session_, text, word("until") + " " + r.edge.until);
  if (r.edge.from != id()) append_part(*session_, text, named(r.edge.from));
  if (r.pause)
    append_part(*session_, text, say(*session_, "suspended, not acting on {}", to_string(session_->as_of())));
  return text;
}

void BriefWriter::add_responses(const RestrictionsResult& result, const std::set<std::string>& policies) {
  std::vector<RestrictionResponse> responses = result.responses;
  std::ranges::stable_sort(responses, {}, [](const RestrictionResponse& r) {
    return std::tuple(r.is_measure, r.closed_by.empty(), r.since.empty());
  });
  // Those that answer one measure and end alike are one statement.
  std::vector<std::vector<const RestrictionResponse*>> groups;
  std::map<std::tuple<std::string, std::string, bool>, std::size_t> place;
  for (const RestrictionResponse& each : responses) {
    if (!policies.contains(each.to)) continue;
    const auto [at, is_new] = place.emplace(std::tuple(each.to, each.closed_by, each.is_measure), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(&each);
  }
  for (std::size_t i = 0; i < std::min(groups.size(), most()); ++i) {
    std::vector<std::string> names;
    std::vector<Edge> edges;
    for (const RestrictionResponse* each : groups[i]) {
      names.push_back(groups[i].size() == 1 ? named(each->response) : label(each->response));
      if (!each->since.empty()) names.back() += " (" + say(*session_, "since {}", each->since) + ")";
      edges.push_back(each->edge);
    }
    const RestrictionResponse& first = *groups[i].front();
    std::string text = say(*session_, "answered by {}", joined(names, most_in_list()));
    if (first.to != id()) text += " → " + first.to;
    if (!first.closed_by.empty()) {
      append_part(*session_, text, say(*session_, "closed by {}", named(first.closed_by)));
      if (first.closed_since) text += " " + to_string(*first.closed_since);
    }
    add(text, notes_of(edges));
  }
}

void BriefWriter::add_restriction_list(const RestrictionsResult& result, bool names_thing, std::string_view command) {
  std::vector<const Restriction*> rows;
  for (const auto* list : {&result.acting, &result.suspended})
    for (const Restriction& each : *list) rows.push_back(&each);
  // What cuts wholly stands first, then the latest.
  std::ranges::stable_sort(rows, {}, [](const Restriction* r) {
    return std::tuple(r->pause.has_value(), r->is_on_actor, r->mode_order,
                      r->first_day ? -r->first_day->days : std::numeric_limits<std::int32_t>::max());
  });
  std::set<std::string> policies;
  for (const Restriction* each : rows) policies.insert(each->edge.from);
  std::size_t shown = 0, left = rows.size();
  for (const auto& group : alike(rows)) {
    if (++shown > most()) break;
    left -= group.size();
    add(restriction_text(*group.front(), names_thing, markets_of(group)), notes_of(edges_of(group)));
  }
  if (left > 0) add(say(*session_, "{} more: `{}`", left, command), {});
  add_responses(result, policies);
}

void BriefWriter::restrictions() {
  if (!brief_->restricted) return;
  const RestrictionsResult& result = *brief_->restricted;
  const bool has_own = !result.acting.empty() || !result.suspended.empty();
  if (!has_own && brief_->restricted_needs.empty()) return;
  const bool is_measure = brief_->kind == BriefKind::measure;
  section(is_measure ? "What it restricts" : "Which measures restrict it");
  if (has_own)
    add_restriction_list(result, is_measure, fmt::format("restrictions {} {}", is_measure ? "--by" : "--item", id()));
  std::vector<const Restriction*> rows;
  for (const Restriction& each : brief_->restricted_needs) rows.push_back(&each);
  std::size_t shown = 0, left = rows.size();
  for (const auto& group : alike(rows)) {
    if (++shown > most()) break;
    if (shown == 1) add(say(*session_, "on what it needs"), {});
    left -= group.size();
    add(restriction_text(*group.front(), true, markets_of(group)), notes_of(edges_of(group)), 1);
  }
  if (left > 0) add(say(*session_, "and {} more on what it needs", left), {});
}

void BriefWriter::market() {
  if (!brief_->market || brief_->market->acting.empty()) return;
  section("What is restricted there");
  std::set<std::string> things, actors;
  for (const Restriction& each : brief_->market->acting) (each.is_on_actor ? actors : things).insert(each.edge.to);
  add(say(*session_, "things {}, actors {}", things.size(), actors.size()), {});
  RestrictionsResult shown = *brief_->market;
  if (!things.empty()) std::erase_if(shown.acting, [](const Restriction& each) { return each.is_on_actor; });
  shown.responses.clear();
  add_restriction_list(shown, true, fmt::format("restrictions {}", id()));
}

void BriefWriter::issued() {
  if (!brief_->issued || (brief_->issued->acting.empty() && brief_->issued->suspended.empty())) return;
  section("What it restricts elsewhere");
  RestrictionsResult shown = *brief_->issued;
  const std::size_t all = shown.acting.size();
  const bool has_things = std::ranges::any_of(shown.acting, [](const Restriction& each) { return !each.is_on_actor; });
  if (has_things) std::erase_if(shown.acting, [](const Restriction& each) { return each.is_on_actor; });
  add(say(*session_, "restrictions acting: {}, suspended: {}", all, shown.suspended.size()), {});
  shown.responses.clear();
  add_restriction_list(shown, true, fmt::format("restrictions --by {}", id()));
}

}  // namespace chokepoint::detail
