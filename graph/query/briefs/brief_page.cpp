#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/query/brief.hpp"
#include "chokepoint/query/subgraph_document.hpp"
#include "chokepoint/support/error.hpp"
#include "query/facts/fact_table.hpp"
#include "query/facts/measures.hpp"
#include "query/facts/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

namespace chokepoint {

namespace {

using detail::append_part;
using detail::say;

/// A picture of more nodes and edges than this cannot be read on a page.
constexpr std::size_t most_drawn = 120;

/// Turns a result into statements, numbering the sources in the order in which they are named.
class Writer {
 public:
  Writer(Session& session, const BriefResult& brief) : session_(&session), names_(session), brief_(&brief) {
    for (const Source& source : brief.sources) known_.emplace(source.id, &source);
  }

  Page write();

 private:
  [[nodiscard]] std::string word(std::string_view english) const { return detail::word(*session_, english); }
  std::string label(const std::string& id) { return names_.label(id); }
  std::string named(const std::string& id) { return names_.named(id); }
  [[nodiscard]] const std::string& id() const { return brief_->node.id; }
  [[nodiscard]] std::size_t most() const {
    return brief_->limit == 0 ? std::numeric_limits<std::size_t>::max() : brief_->limit;
  }
  /// `A, B, C +4`.
  std::string list(const std::vector<std::string>& ids, std::size_t most, bool with_ids = false);
  std::size_t number(const std::string& source);
  std::vector<std::size_t> notes(const std::vector<std::string>& sources);
  template <typename Records>
  std::vector<std::size_t> notes_of(const Records& records) {
    std::vector<std::string> ids;
    for (const auto& record : records)
      for (const Citation& citation : record.sources) ids.push_back(citation.source);
    return notes(ids);
  }
  PageSection& section(std::string_view title);
  void add(std::string text, std::vector<std::size_t> notes, std::size_t level = 0);
  void more(std::size_t count, std::string_view command);
  [[nodiscard]] bool is_chinese() const { return session_->language() == "zh"; }
  [[nodiscard]] std::string_view colon() const { return is_chinese() ? "：" : ": "; }
  [[nodiscard]] std::string_view comma() const { return is_chinese() ? "，" : ", "; }
  [[nodiscard]] std::string_view list_comma() const { return is_chinese() ? "、" : ", "; }

  void what_it_is();
  void measure();
  void needs();
  void stops();
  void dependents();
  void seats();
  void concentration();
  void restrictions();
  void market();
  void issued();
  void changes();
  void figures();
  void unknown();
  void add_sources();

  std::string need_text(const BriefNeed& need);
  std::string restriction_text(const Restriction& r, bool names_thing);
  void add_responses(const RestrictionsResult& result, const std::set<std::string>& policies);
  void add_restriction_list(const RestrictionsResult& result, bool names_thing, std::string_view command);

  Session* session_;
  detail::Names names_;
  const BriefResult* brief_;
  std::map<std::string, const Source*> known_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> cited_;
  Page page_;
};

std::string Writer::list(const std::vector<std::string>& ids, std::size_t most, bool with_ids) {
  std::string text;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) {
    if (i > 0) text += list_comma();
    text += with_ids ? named(ids[i]) : label(ids[i]);
  }
  if (ids.size() > most) text += fmt::format(" +{}", ids.size() - most);
  return text;
}

std::size_t Writer::number(const std::string& source) {
  const auto [place, is_new] = numbers_.try_emplace(source, cited_.size() + 1);
  if (is_new) cited_.push_back(source);
  return place->second;
}

std::vector<std::size_t> Writer::notes(const std::vector<std::string>& sources) {
  // Of many sources of one statement the first few stand for all; JSON has every one.
  constexpr std::size_t most_sources = 6;
  std::set<std::size_t> numbers;
  std::set<std::string_view> seen;
  for (const std::string& source : sources) {
    if (!seen.insert(source).second || seen.size() > most_sources) continue;
    numbers.insert(number(source));
  }
  return {numbers.begin(), numbers.end()};
}

PageSection& Writer::section(std::string_view title) {
  page_.sections.push_back({.title = word(title)});
  return page_.sections.back();
}

void Writer::add(std::string text, std::vector<std::size_t> notes, std::size_t level) {
  page_.sections.back().lines.push_back({std::move(text), level, std::move(notes)});
}

void Writer::more(std::size_t count, std::string_view command) {
  if (count > 0) add(say(*session_, "{} more: `{}`", count, fmt::format("{} {}", command, id())), {});
}

void Writer::what_it_is() {
  section("What it is");
  if (!brief_->node.description.empty()) add(brief_->node.description, notes_of(std::vector{brief_->node}));
  const std::string when = detail::when_text(*session_, brief_->node.since, brief_->node.until, "");
  std::map<std::pair<std::string, bool>, std::vector<const Edge*>> by_relation;
  for (const Edge& edge : brief_->identity) by_relation[{edge.type, edge.from == id()}].push_back(&edge);
  for (const auto& [relation, edges] : by_relation) {
    std::vector<std::string> others, sources;
    for (const Edge* edge : edges) {
      others.push_back(relation.second ? edge->to : edge->from);
      for (const Citation& citation : edge->sources) sources.push_back(citation.source);
    }
    add(detail::relation_label(*session_, relation.first, relation.second) + " " + list(others, most(), true),
        notes(sources));
  }
  if (!when.empty() && brief_->kind != BriefKind::measure)
    add(fmt::format("{}{}{}", word("When"), colon(), when), notes_of(std::vector{brief_->node}));
}

void Writer::measure() {
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
      if (const auto mode = detail::text_attribute(edge.attributes, "mode"); mode && *mode != edge.type)
        text += " (" + word(*mode) + ")";
      if (!edge.since.empty()) append_part(*session_, text, edge.since);
      add(text, notes_of(same));
    }
  }
}

std::string Writer::need_text(const BriefNeed& need) {
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

void Writer::needs() {
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

void Writer::stops() {
  if (!brief_->stops) return;
  const BriefStops& stops = *brief_->stops;
  if (!stops.asked || (stops.alone.empty() && stops.pairs.empty() && !stops.impossible)) return;
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
      for (const BriefCutSet& set : stops.alone) {
        if (set.any != any || layer_of(set.members.front()) != layer) continue;
        ids.push_back(set.members.front());
        if (ids.size() <= most()) sources.insert(sources.end(), set.sources.begin(), set.sources.end());
      }
      if (ids.empty()) continue;
      const std::string members = list(ids, most() > 100 ? most() : 2 * most());
      add(any ? say(*session_, "alone, {} ({}): {}", word(name), ids.size(), members)
              : say(*session_, "alone if every variant is needed, {} ({}): {}", word(name), ids.size(), members),
          notes(sources));
    }
  if (!stops.pairs.empty()) {
    std::string text;
    std::vector<std::string> sources;
    std::size_t shown = 0;
    for (const BriefCutSet& set : stops.pairs) {
      if (++shown > most()) break;
      append_part(*session_, text, label(set.members[0]) + " + " + label(set.members[1]));
      sources.insert(sources.end(), set.sources.begin(), set.sources.end());
    }
    if (stops.pairs.size() > most()) text += fmt::format(" +{}", stops.pairs.size() - most());
    add(say(*session_, "in pairs ({}): {}", stops.pairs.size(), text), notes(sources));
  }
  if (!stops.complete) add(say(*session_, "the search was stopped before its end"), {});
}

void Writer::dependents() {
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
            list(found.stopped, 2 * std::min<std::size_t>(most(), 1000))),
        {});
  if (found.may_stop > 0) add(say(*session_, "and if every variant is needed: {} more", found.may_stop), {});
  // What cannot do without it stands first.
  std::map<std::pair<std::ptrdiff_t, std::string>, const Edge*> by_rank;
  for (const Edge& edge : found.edges) {
    const std::string& other = edge.from == id() ? edge.to : edge.from;
    by_rank.emplace(std::pair(std::ranges::find(found.stopped, other) - found.stopped.begin(), other), &edge);
  }
  if (!by_rank.empty() && brief_->kind != BriefKind::place) {
    std::vector<std::string> direct, sources;
    for (const auto& [rank, edge] : by_rank) {
      direct.push_back(rank.second);
      for (const Citation& citation : edge->sources) sources.push_back(citation.source);
    }
    add(say(*session_, "directly: {}", list(direct, 2 * std::min<std::size_t>(most(), 1000))), notes(sources));
  }
}

void Writer::seats() {
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

void Writer::concentration() {
  if (brief_->concentration.empty()) return;
  const bool leads = brief_->kind == BriefKind::place || brief_->kind == BriefKind::actor;
  section(leads ? "Supplies in its hands" : "How concentrated its supplies are");
  std::size_t shown = 0;
  for (const BriefConcentration& row : brief_->concentration) {
    if (++shown > most()) break;
    std::string text = label(row.node);
    if (!row.customer.empty()) text += " → " + label(row.customer);
    text += fmt::format("{}{}{}", comma(), word(row.by_place ? "by country" : "by firm"), colon());
    const auto whole = [](double value) { return detail::number_text(std::round(value)); };
    const std::string hhi = whole(row.hhi_low) == whole(row.hhi_high)
                                ? whole(row.hhi_low)
                                : whole(row.hhi_low) + " – " + whole(row.hhi_high);
    if (row.share_sum <= 0) {
      text += say(*session_, "no share is known; suppliers: {}", row.suppliers);
    } else {
      text += "HHI " + hhi;
      if (!row.top.empty())
        append_part(*session_, text,
                    say(*session_, "largest {} {}", label(row.top),
                        detail::share_text(std::round(row.top_share * 1e4) / 1e4, Bound::exact)));
      append_part(*session_, text, say(*session_, "suppliers: {}", row.suppliers));
    }
    add(text, notes(row.sources));
  }
  more(brief_->concentration.size() - std::min(brief_->concentration.size(), most()), "concentration");
}

std::string Writer::restriction_text(const Restriction& r, bool names_thing) {
  std::string text = word(r.mode);
  if (names_thing || r.edge.to != id()) text += fmt::format("{}{}", colon(), named(r.edge.to));
  if (!r.edge.market.empty()) text += " → " + label(r.edge.market);
  if (!r.edge.item.empty()) text += std::string(comma()) + detail::qualifier(names_, "for", r.edge.item);
  if (!r.edge.origin.empty()) text += std::string(comma()) + detail::qualifier(names_, "from", r.edge.origin);
  if (!r.since.empty()) append_part(*session_, text, say(*session_, "since {}", r.since));
  if (!r.edge.until.empty()) append_part(*session_, text, word("until") + " " + r.edge.until);
  if (r.edge.from != id()) append_part(*session_, text, named(r.edge.from));
  if (r.pause)
    append_part(*session_, text, say(*session_, "suspended, not acting on {}", to_string(session_->as_of())));
  return text;
}

void Writer::add_responses(const RestrictionsResult& result, const std::set<std::string>& policies) {
  std::vector<RestrictionResponse> responses = result.responses;
  std::ranges::stable_sort(responses, {}, [](const RestrictionResponse& r) {
    return std::tuple(r.is_measure, r.closed_by.empty(), r.since.empty());
  });
  std::size_t shown = 0;
  for (const RestrictionResponse& each : responses) {
    if (!policies.contains(each.to)) continue;
    if (++shown > most()) break;
    std::string text = say(*session_, "answered by {}", named(each.response));
    if (each.to != id()) text += " → " + each.to;
    if (!each.since.empty()) append_part(*session_, text, say(*session_, "since {}", each.since));
    if (!each.closed_by.empty()) {
      append_part(*session_, text, say(*session_, "closed by {}", named(each.closed_by)));
      if (each.closed_since) text += " " + to_string(*each.closed_since);
    }
    add(text, notes_of(std::vector{each.edge}));
  }
}

void Writer::add_restriction_list(const RestrictionsResult& result, bool names_thing, std::string_view command) {
  std::vector<const Restriction*> rows;
  for (const auto* list : {&result.acting, &result.suspended})
    for (const Restriction& each : *list) rows.push_back(&each);
  // What cuts wholly stands first, then the latest.
  std::ranges::stable_sort(rows, {}, [](const Restriction* r) {
    return std::tuple(r->pause.has_value(), r->is_on_actor, r->mode_order,
                      r->first_day ? -r->first_day->days : std::numeric_limits<std::int32_t>::max());
  });
  std::set<std::string> policies;
  std::size_t shown = 0;
  for (const Restriction* each : rows) {
    policies.insert(each->edge.from);
    if (++shown > most()) continue;
    add(restriction_text(*each, names_thing), notes_of(std::vector{each->edge}));
  }
  if (rows.size() > most()) add(say(*session_, "{} more: `{}`", rows.size() - most(), command), {});
  add_responses(result, policies);
}

void Writer::restrictions() {
  if (!brief_->restricted) return;
  const RestrictionsResult& result = *brief_->restricted;
  const bool has_own = !result.acting.empty() || !result.suspended.empty();
  if (!has_own && brief_->restricted_needs.empty()) return;
  const bool is_measure = brief_->kind == BriefKind::measure;
  section(is_measure ? "What it restricts" : "Which measures restrict it");
  if (has_own)
    add_restriction_list(result, is_measure, fmt::format("restrictions {} {}", is_measure ? "--by" : "--item", id()));
  std::size_t shown = 0;
  for (const Restriction& each : brief_->restricted_needs) {
    if (++shown > most()) break;
    if (shown == 1) add(say(*session_, "on what it needs"), {});
    add(restriction_text(each, true), notes_of(std::vector{each.edge}), 1);
  }
  if (brief_->restricted_needs.size() > most())
    add(say(*session_, "and {} more on what it needs", brief_->restricted_needs.size() - most()), {});
}

void Writer::market() {
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

void Writer::issued() {
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

void Writer::changes() {
  if (brief_->changes.empty()) return;
  section("What changed in a year");
  std::size_t shown = 0;
  for (const BriefChange& change : brief_->changes) {
    if (++shown > most()) break;
    std::string text = change.date + "  ";
    switch (change.what) {
      case BriefChange::What::began: text += word("began"); break;
      case BriefChange::What::ended: text += word("ended"); break;
      case BriefChange::What::announced: text += word("announced"); break;
      case BriefChange::What::effective: text += word("took effect"); break;
      case BriefChange::What::suspended: text += word("suspended"); break;
    }
    text += colon();
    text += change.edge ? detail::sentence(names_, *change.edge) : named(change.measure);
    if (change.edge)
      if (const std::string status = detail::status_text(*session_, change.edge->status); !status.empty())
        append_part(*session_, text, status);
    std::vector<std::string> sources;
    for (const Citation& citation : change.sources) sources.push_back(citation.source);
    add(text, notes(sources));
  }
  more(brief_->changes.size() - std::min(brief_->changes.size(), most()), "timeline");
}

void Writer::figures() {
  if (brief_->figures.empty()) return;
  section("Figures");
  std::size_t shown = 0;
  for (const BriefFigure& each : brief_->figures) {
    if (++shown > most()) break;
    const Observation& o = each.figure;
    std::string text;
    if (o.subject != id()) text += fmt::format("{}{}", label(o.subject), comma());
    text += detail::indicator_label(*session_, o.indicator);
    if (const std::string more = detail::detail_text(names_, o); !more.empty()) text += " (" + more + ")";
    text += fmt::format("{}{}", colon(), detail::value_text(*session_, o));
    if (const std::string period = detail::figure_period(o); !period.empty()) append_part(*session_, text, period);
    if (const std::string status = detail::status_text(*session_, o.status); !status.empty())
      append_part(*session_, text, status);
    add(text, notes_of(std::vector{o}));
    for (const Observation& rival : each.rivals)
      add(say(*session_, "others say {}", detail::value_text(*session_, rival)), notes_of(std::vector{rival}), 1);
  }
  more(brief_->figures.size() - std::min(brief_->figures.size(), most()), "figures");
}

void Writer::unknown() {
  section("What is not known");
  const BriefUnknown& u = brief_->unknown;
  const bool can_need = brief_->kind == BriefKind::thing || brief_->kind == BriefKind::actor;
  if (!brief_->is_there) add(say(*session_, "{} is not there on {}", named(id()), to_string(session_->as_of())), {});
  if (brief_->is_large) add(say(*session_, "the graph is large: chokepoints and what depends were not looked for"), {});
  if (can_need && brief_->is_there && brief_->rests_on == 0)
    add(say(*session_, "nothing is recorded that it needs, and no supplier of it"), {});
  if (!u.unsupplied.empty())
    add(say(*session_, "things in its supply without a recorded supplier ({}): {}", u.without_supplier,
            list(u.unsupplied, most())),
        {});
  if (brief_->stops && brief_->stops->asked && !brief_->stops->impossible && brief_->stops->alone.empty() &&
      brief_->stops->pairs.empty())
    add(say(*session_, "no loss of up to {} nodes stops {}, as far as suppliers are recorded", brief_->stops->order,
            label(id())),
        {});
  if (u.unknown_shares > 0)
    add(say(*session_, "supplies with unknown shares, whose lists are taken as complete: {} of {}", u.unknown_shares,
            u.supplies),
        {});
  if (u.rests > 0) add(say(*session_, "supplies with a rest that nobody names, which never fails: {}", u.rests), {});
  if (u.edges > 0)
    add(say(*session_, "facts about its supply on one source alone: {} of {}", u.on_one_source, u.edges), {});
  std::string none;
  const auto lacks = [&](bool missing, std::string_view what) {
    if (missing) append_part(*session_, none, word(what));
  };
  lacks(brief_->kind != BriefKind::measure && !brief_->dependents && brief_->is_there, "who depends on it");
  lacks(can_need && brief_->restricted_needs.empty() &&
            (!brief_->restricted || (brief_->restricted->acting.empty() && brief_->restricted->suspended.empty())),
        "measures that restrict it");
  lacks(brief_->changes.empty(), "changes in the year before");
  lacks(brief_->figures.empty(), "figures");
  lacks(brief_->node.description.empty(), "a description");
  if (!none.empty()) add(say(*session_, "not recorded: {}", none), {});
  if (page_.sections.back().lines.empty()) page_.sections.pop_back();
}

void Writer::add_sources() {
  page_.sources_title = word("Sources");
  for (const std::string& id : cited_) {
    PageSource out{.text = id};
    if (const auto source = known_.find(id); source != known_.end()) {
      out.text = source->second->title.empty() ? id : source->second->title;
      for (const std::string* part : {&source->second->publisher, &source->second->date})
        if (!part->empty()) append_part(*session_, out.text, *part);
      if (out.text.find(id) == std::string::npos) append_part(*session_, out.text, id);
      out.url = source->second->url;
    }
    page_.sources.push_back(std::move(out));
  }
}

Page Writer::write() {
  page_.language = session_->language();
  page_.title = fmt::format("{} · {}", named(id()), detail::node_type_label(*session_, brief_->node.type));
  page_.lead.push_back(say(*session_, "as of {}", to_string(session_->as_of())));
  what_it_is();
  measure();
  needs();
  stops();
  dependents();
  concentration();
  restrictions();
  seats();
  market();
  issued();
  changes();
  figures();
  unknown();
  std::erase_if(page_.sections, [](const PageSection& each) { return each.lines.empty(); });
  add_sources();
  return std::move(page_);
}

}  // namespace

Page brief_page(Session& session, const BriefResult& result) { return Writer(session, result).write(); }

std::vector<std::string> draw_brief(Session& session, const BriefResult& result, Page& page) {
  std::vector<std::string> missing;
  PageSection pictures{.title = detail::word(session, "Pictures")};
  const bool has_tree = std::ranges::any_of(result.pictures, [](const auto& p) { return p.kind == "fault-tree"; });
  if (result.picture && !has_tree) {
    GraphDocument document = to_document(session, *result.picture, page.title);
    const std::size_t left_out = trim_document(document, {result.node.id}, most_drawn);
    std::ostringstream svg;
    try {
      write_picture(document, PictureFormat::svg, svg);
      std::string caption = detail::word(session, result.stops ? "What it needs, and what stops it" : "What it needs");
      if (left_out > 0) append_part(session, caption, say(session, "{} nodes are not drawn", left_out));
      pictures.pictures.push_back({std::move(caption), std::move(svg).str()});
    } catch (const IoError& error) {
      missing.push_back(say(session, "the picture of the graph is left out: {}", error.what()));
    }
  }
  for (const OfferedPicture& offered : result.pictures) {
    const DrawnPicture picture = offered.make();
    std::ostringstream svg;
    write_svg(picture, svg);
    pictures.pictures.push_back({frame_of(picture).title, std::move(svg).str()});
  }
  for (const std::string& sentence : missing) pictures.lines.push_back({sentence});
  if (!pictures.pictures.empty() || !pictures.lines.empty()) page.sections.push_back(std::move(pictures));
  return missing;
}

}  // namespace chokepoint
